import { randomUUID } from 'node:crypto';
import { eventually } from '@cartage/testkit';
import type { Json } from './client';
import { orderOf, PATIENCE, unique, type Shop } from './shop';

/** Goods that come back otherwise than they were announced: the same on every wiring. */
export const returnsContract = (shop: () => Shop): void => {
  it('parts of a return arrive at two docks, one with what nobody announced: each unit is booked where it is, and paid once', async () => {
    const { stock, place, deliver, moneyOf, available, post, get, ask } = shop();
    const [home, away, hat, scarf] = [unique('LDN'), unique('PAR'), unique('HAT'), unique('SCARF')];
    await stock(away, [{ sku: unique('OTHER'), quantity: 1 }]);
    await stock(home, [
      { sku: hat, quantity: 2 },
      { sku: scarf, quantity: 1 },
    ]);
    const orderId = await place(
      orderOf([
        { sku: hat, quantity: 2, unitPrice: 1_000 },
        { sku: scarf, quantity: 1, unitPrice: 700 },
      ]),
    );
    await deliver(orderId);
    const lines = [{ lineId: '1', quantity: 2, reason: 'too-small' }];
    const key = randomUUID();
    // The returns service hears of the delivery in its own time; until then it refuses, and the key may be used again.
    const { returnId } = await eventually(() => post('/returns', key, { orderId, lines }), PATIENCE);
    const path = `/returns/${String(returnId)}`;
    const nowhere = { location: unique('NOWHERE'), lines: [{ sku: hat, quantity: 1 }] };
    expect(await ask('POST', `${path}/receive`, { key: randomUUID(), body: nowhere })).toMatchObject({
      ...{ status: 422, body: { code: 'LOCATION_UNKNOWN' } },
    });
    await Promise.all([
      post(`${path}/receive`, randomUUID(), { location: home, lines: [{ lineId: '1', quantity: 1 }] }),
      post('/returns/receipts', randomUUID(), {
        ...{ orderId, location: away },
        lines: [
          { sku: hat, quantity: 1 },
          { sku: scarf, quantity: 1 },
        ],
      }),
    ]);
    const { receipts } = await get(path);
    expect((receipts as readonly Json[]).map(({ location }) => location).toSorted()).toEqual([home, away].toSorted());
    for (const sku of [hat, hat, scarf]) await post(`${path}/grade`, randomUUID(), { sku, quantity: 1, grade: 'A' });
    await eventually(async () => expect(await get(path)).toMatchObject({ status: 'closed', owed: 2_700, refunded: 2_700 }), PATIENCE);
    expect(await moneyOf(orderId)).toMatchObject({ captured: 2_700, refunded: 2_700, discrepancies: [] });
    await eventually(async () => {
      expect(await available(hat)).toMatchObject({ onHand: 2, atp: 2 });
      expect(await available(scarf)).toMatchObject({ onHand: 1, atp: 1 });
    }, PATIENCE);
  }, 90_000);

  it('goods are exchanged for cheaper ones, which wait for them: the rest of their price goes back to the card, each cent explained', async () => {
    const { stock, place, deliver, moneyOf, available, post, get, reached } = shop();
    const [home, hat, scarf] = [unique('LDN'), unique('HAT'), unique('SCARF')];
    await stock(home, [
      { sku: hat, quantity: 1 },
      { sku: scarf, quantity: 1 },
    ]);
    const orderId = await place(orderOf([{ sku: hat, quantity: 1, unitPrice: 1_000 }]));
    await deliver(orderId);
    const exchangeFor = [{ sku: scarf, quantity: 1, unitPrice: 700 }];
    const asked = { orderId, lines: [{ lineId: '1', quantity: 1, reason: 'too-small', exchangeFor }] };
    const key = randomUUID();
    const { returnId } = await eventually(() => post('/returns', key, asked), PATIENCE);
    const exchanges = `/returns/exchanges?orderId=${orderId}`;
    const [exchange] = await eventually(async () => {
      const { items } = await get(exchanges);
      expect(items).toMatchObject([{ returnId, status: 'waiting', expected: 1_000 }]);
      return items as readonly Json[];
    }, PATIENCE);
    const other = String(exchange?.['replacementOrderId']);
    await eventually(async () => expect(await get(`/orders/${other}`)).toMatchObject({ holds: [{ type: 'exchange' }] }), PATIENCE);
    await post(`/returns/${String(returnId)}/receive`, randomUUID(), { location: home, lines: [{ lineId: '1', quantity: 1 }] });
    await post(`/returns/${String(returnId)}/grade`, randomUUID(), { lineId: '1', quantity: 1, grade: 'A' });
    await deliver(other);
    await eventually(async () => {
      expect((await get(exchanges))['items']).toMatchObject([{ status: 'settled', credited: 1_000 }]);
      expect(await moneyOf(orderId)).toMatchObject({
        ...{ captured: 1_000, refunded: 1_000, discrepancies: [] },
        refunds: [
          { tender: 'exchange', amount: 700, status: 'issued' },
          { tender: 'original', amount: 300, cause: 'exchange', status: 'issued' },
        ],
      });
    }, PATIENCE);
    await eventually(async () => {
      expect(await moneyOf(other)).toMatchObject({ captured: 700, refunded: 0, discrepancies: [] });
      expect((await get(`/payments/balances?orderId=${other}`))['items']).toMatchObject([{ kind: 'exchange', owed: 0 }]);
    }, PATIENCE);
    expect(await reached(other, 'completed')).toMatchObject({ replaces: { orderId, exchange: { advance: false } } });
    await eventually(async () => expect(await available(hat)).toMatchObject({ onHand: 1, atp: 1 }), PATIENCE);
  }, 90_000);
};
