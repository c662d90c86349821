import { randomUUID } from 'node:crypto';
import { eventually } from '@cartage/testkit';
import { itemsOf, type Json } from './client';
import { orderOf, PATIENCE, unique, type Shop } from './shop';

const columns = { kind: 'type', ownReference: 'order', trackingNumber: 'awb', gross: 'amount', fee: 'fee', settledAt: 'day' };

/** What a provider and a courier say that they hand over, compared with what moved: the same on every wiring. */
export const settlementsContract = (shop: () => Shop): void => {
  const delivered = async (method: 'card' | 'cod') => {
    const { stock, ask, place, shipmentsAt, pack, dispatch, scan, reached } = shop();
    const [location, sku] = [unique('LDN'), unique('MUG')];
    const cost = { amount: 1_300, currency: 'GBP', reason: 'opening-cost' };
    expect(await ask('PUT', `/inventory/items/${sku}/unit-cost`, { body: cost })).toMatchObject({ status: 200 });
    await stock(location, [{ sku, quantity: 1 }]);
    const payment = method === 'card' ? { method, token: 'tok_visa' } : { method };
    const orderId = await place(orderOf([{ sku, quantity: 1, unitPrice: 2_000 }], { payment }));
    const [shipmentId = ''] = await shipmentsAt(orderId, 'to-pack', 1);
    await pack(shipmentId);
    const awb = await dispatch(shipmentId);
    await scan(awb, ['PICKED_UP', 'DELIVERED']);
    await reached(orderId, 'completed');
    return { orderId, awb };
  };
  const settled = (orderId: string, expected: readonly Json[]): Promise<void> =>
    eventually(async () => {
      expect(itemsOf(await shop().get(`/payments/settlements/lines?orderId=${orderId}`))).toMatchObject(expected);
    }, PATIENCE);

  /** What its goods cost, which inventory knows, stands in the books that payments keep. */
  const costIsBooked = (orderId: string): Promise<void> =>
    eventually(async () => {
      const file = (await shop().bytes('/payments/journal.csv')).toString();
      const rows = file.split('\r\n').filter((row) => row.includes(orderId) && row.includes('stock-sold'));
      expect(rows.map((row) => row.split(',').slice(-3))).toEqual([
        ['GBP', '0.00', '13.00'],
        ['GBP', '13.00', '0.00'],
      ]);
    }, PATIENCE);

  describe('a settlement file', () => {
    it('closes the cycle of what was charged and of cash that was collected, and tells what is missing', async () => {
      const { ask, moneyOf, get } = shop();
      const [card, cash] = [await delivered('card'), await delivered('cod')];
      await eventually(async () => expect(await moneyOf(cash.orderId)).toMatchObject({ collected: 2_000 }), PATIENCE);
      await eventually(async () => expect(await moneyOf(card.orderId)).toMatchObject({ captured: 2_000 }), PATIENCE);
      for (const { orderId } of [card, cash]) await costIsBooked(orderId);

      const source = unique('psp');
      const mapping = { columns, currency: 'GBP', dateFormat: 'dd/MM/yyyy' };
      const registered = await ask('PUT', `/payments/settlement-sources/${source}`, { body: { overdueDays: 7, mapping } });
      expect(registered.status).toBe(200);
      const rows = [
        `charge,${card.orderId},,19.50,0.30,20/11/2026`,
        `cod-remittance,,${cash.awb},20.00,,20/11/2026`,
        'payout,,,39.20,,21/11/2026',
      ];
      const file = { body: `type,order,awb,amount,fee,day\n${rows.join('\n')}\n`, headers: { 'content-type': 'text/csv' } };
      const send = () => ask('POST', `/payments/settlements?settlementSource=${source}`, { ...file, key: randomUUID() });
      const first = await send();
      expect(first).toMatchObject({ status: 200, body: { status: 'done', imported: 3, rejected: 0 } });
      expect((await send()).body).toEqual(first.body);

      await settled(cash.orderId, [{ kind: 'cod-remittance', outcome: 'matched' }]);
      await settled(card.orderId, [{ kind: 'charge', outcome: 'short', gross: 1_950, expected: 2_000, open: true }]);
      await eventually(async () => expect(await moneyOf(cash.orderId)).toMatchObject({ remitted: 2_000, discrepancies: [] }), PATIENCE);
      await eventually(async () => {
        const report = await get(`/payments/settlements/${String(first.body['settlementId'])}`);
        expect(report['totals']).toMatchObject([{ net: 3_920, payout: 3_920, unexplained: 0, matched: 2_000, mismatched: 1_920 }]);
      }, PATIENCE);

      const [line] = itemsOf(await get(`/payments/settlements/lines?orderId=${card.orderId}`));
      const resolution = `/payments/settlements/lines/${String(line?.['settlementLineId'])}/resolution`;
      const closed = await ask('POST', resolution, { key: randomUUID(), body: { resolution: 'write-off', reasonCode: 'bank-charges' } });
      expect(closed).toMatchObject({ status: 200, body: { resolution: 'write-off', open: false } });
      await eventually(async () => {
        expect(await get(`/payments/cash-cycle/${card.orderId}`)).toMatchObject({ steps: [{ captured: 2_000, settled: 2_000 }] });
      }, PATIENCE);
    }, 90_000);
  });
};
