import { createHmac, randomUUID } from 'node:crypto';
import { eventually } from '@cartage/testkit';
import { itemsOf, type Json } from './client';
import { orderOf, PATIENCE, unique, type Shop } from './shop';

/** Money that does not go the way it was meant to, and losses of goods, as other systems’ users have reported them: the same on every wiring. */
export const stuckMoneyContract = (shop: () => Shop): void => {
  /** The simulated provider tells something, signed. */
  const tells = async (notice: Json): Promise<void> => {
    const body = JSON.stringify({ notices: [{ id: unique('n'), at: new Date().toISOString(), ...notice }] });
    const timestamp = Math.floor(Date.now() / 1_000);
    const signature = createHmac('sha256', 'simulated-payments').update(`${timestamp}.${body}`).digest('hex');
    const headers = { 'simulated-signature': `t=${timestamp},v1=${signature}` };
    const answer = await shop().ask('POST', '/payments/webhooks/simulated', { body, headers });
    expect(answer).toMatchObject({ status: 200, body: { applied: 1 } });
  };
  const stocked = async (quantity: number): Promise<readonly [location: string, sku: string]> => {
    const [location, sku] = [unique('LDN'), unique('MUG')];
    await shop().stock(location, [{ sku, quantity }]);
    return [location, sku];
  };
  /** Shipping hears a moment later that something held the order, and that nothing does any more. */
  const shipped = async (orderId: string): Promise<void> => {
    const { shipmentsAt, pack, dispatch } = shop();
    const [shipmentId = ''] = await shipmentsAt(orderId, 'to-pack', 1);
    await eventually(() => pack(shipmentId), PATIENCE);
    await eventually(() => dispatch(shipmentId), PATIENCE);
  };
  const cardOf = (token: string): Json => ({ payment: { method: 'card', token } });
  const money = (orderId: string, expected: Json): Promise<void> =>
    eventually(async () => expect(await shop().moneyOf(orderId)).toMatchObject({ discrepancies: [], ...expected }), PATIENCE);
  const promiseOf = async (orderId: string): Promise<string> =>
    eventually(async () => {
      const [tender] = (await shop().payment(orderId))['payments'] as readonly { readonly authorizations: readonly Json[] }[];
      expect(tender?.authorizations.at(-1)).toMatchObject({ status: 'authorized' });
      return String(tender?.authorizations.at(-1)?.['authorizationId']);
    }, PATIENCE);
  /** Units come back, and are as good as new. */
  const sendBack = async (orderId: string, location: string, quantity: number): Promise<string> => {
    const { post } = shop();
    const [key, line] = [randomUUID(), { lineId: '1', quantity }];
    const asked = { orderId, lines: [{ ...line, reason: 'changed-my-mind' }] };
    const { returnId } = await eventually(() => post('/returns', key, asked), PATIENCE);
    const path = `/returns/${String(returnId)}`;
    await post(`${path}/receive`, randomUUID(), { location, lines: [line] });
    await post(`${path}/grade`, randomUUID(), { ...line, grade: 'A' });
    return path;
  };

  describe('money that does not go its usual way', () => {
    it('is to the last millime what the price with tax in it says, there and back (P02)', async () => {
      const { place, deliver, order } = shop();
      const [location, sku] = await stocked(12);
      const oil = { sku, quantity: 12, unitPrice: 79_000, tax: 151_361 };
      const orderId = await place({ ...orderOf([]), currency: 'TND', taxIncluded: true, lines: [oil], total: 948_000 });
      expect(await order(orderId)).toMatchObject({ totals: { total: 948_000, tax: 151_361, discount: 0 } });
      await deliver(orderId);
      await money(orderId, { captured: 948_000 });
      await sendBack(orderId, location, 1);
      await money(orderId, { captured: 948_000, refunded: 79_000 });
      await sendBack(orderId, location, 11);
      await money(orderId, { captured: 948_000, refunded: 948_000, refundable: 0 });
    }, 120_000);

    it('is owed while its account is closed, and paid out once in another way, which closes the return (P06)', async () => {
      const { place, deliver, get, post, ask, order, available } = shop();
      const [location, sku] = await stocked(1);
      const orderId = await place(orderOf([{ sku, quantity: 1, unitPrice: 1_250 }], cardOf('tok_refund_decline')));
      await deliver(orderId);
      const path = await sendBack(orderId, location, 1);
      const failed = { status: 'refund-failed', reason: { code: 'account-closed' }, owed: 1_250, refunded: 0 };
      await eventually(async () => expect(await get(path)).toMatchObject(failed), PATIENCE);
      await money(orderId, { refunded: 0, refundable: 1_250, refunds: [{ status: 'failed', failures: 1 }] });
      await eventually(async () => expect(await available(sku)).toMatchObject({ onHand: 1, atp: 1 }), PATIENCE);
      const [{ refundId } = {}] = ((await shop().moneyOf(orderId))['refunds'] ?? []) as readonly Json[];
      const refund = `/payments/${orderId}/refunds/${String(refundId)}`;
      await post(`${refund}/retry`, randomUUID());
      await money(orderId, { refunded: 0, refunds: [{ status: 'failed', failures: 2 }] });
      const payout = { tender: 'transfer', reference: unique('BACS') };
      for (const _ of [1, 2])
        expect(await ask('POST', `${refund}/payout`, { key: randomUUID(), body: payout })).toMatchObject({ status: 200 });
      await money(orderId, { refunded: 1_250, refundable: 0, refunds: [{ status: 'issued', ...payout }] });
      await eventually(async () => expect(await get(path)).toMatchObject({ status: 'closed', refunded: 1_250 }), PATIENCE);
      expect(await order(orderId)).toMatchObject({ status: 'completed' });
    }, 120_000);

    it('is booked when the provider was silent on the capture and tells of it at last', async () => {
      const { place, payment } = shop();
      const [, sku] = await stocked(1);
      const orderId = await place(orderOf([{ sku, quantity: 1, unitPrice: 900 }], cardOf('tok_capture_timeout')));
      await shipped(orderId);
      const [{ key } = {}] = await eventually(async () => {
        const { outstanding } = await payment(orderId);
        expect(outstanding).toMatchObject([{ operation: 'capture', amount: 900 }]);
        return outstanding as readonly Json[];
      }, PATIENCE);
      const taken = { kind: 'captured', orderId, authorizationId: await promiseOf(orderId), attemptId: key };
      await tells({ ...taken, number: `sim_capture_${String(key)}`, currency: 'GBP', amount: 900 });
      await money(orderId, { captured: 900, uncharged: 0 });
      expect(await payment(orderId)).toMatchObject({ outstanding: [], attention: [] });
    }, 90_000);

    it('is promised again where a promise ended before the goods left, and taken once', async () => {
      const { place, payment, reached } = shop();
      const [, sku] = await stocked(1);
      const orderId = await place(orderOf([{ sku, quantity: 1, unitPrice: 800 }], cardOf('tok_expires')));
      await reached(orderId, 'in-fulfillment');
      const first = await promiseOf(orderId);
      await tells({ kind: 'ended', orderId, authorizationId: first });
      await eventually(async () => expect(await promiseOf(orderId)).not.toBe(first), PATIENCE);
      expect(await payment(orderId)).toMatchObject({ payments: [{ authorizations: [{ status: 'expired' }, { status: 'authorized' }] }] });
      await shipped(orderId);
      await money(orderId, { captured: 800 });
    }, 90_000);

    it('keeps what has not left in the house while a bank has it, and lets it go once it is won', async () => {
      const { place, get, post, moneyOf, reached, shipmentsAt, pack, dispatch } = shop();
      const [[, mug], [, lamp]] = [await stocked(1), await stocked(1)];
      const orderId = await place(orderOf([mug, lamp].map((sku) => ({ sku, quantity: 1, unitPrice: 600 }))));
      const [first = '', second = ''] = await shipmentsAt(orderId, 'to-pack', 2);
      await pack(first);
      await dispatch(first);
      await money(orderId, { captured: 600 });
      const [{ captureId } = {}] = (await moneyOf(orderId))['captures'] as readonly Json[];
      const entry = { captureId, amount: 600, reasonCode: 'not-received' };
      // A capture is found by its id in a view, which may be a moment behind.
      const { chargebackId } = await eventually(() => post('/payments/chargebacks', randomUUID(), entry), PATIENCE);
      const held = (isHeld: boolean): Promise<void> =>
        eventually(async () => {
          const { holds = [] } = (await get(`/shipping/shipments/${second}`)) as { readonly holds?: readonly Json[] };
          expect(holds.map(({ type }) => type)).toEqual(isHeld ? ['chargeback'] : []);
        }, PATIENCE);
      await held(true);
      await post(`/payments/chargebacks/${String(chargebackId)}/outcome`, randomUUID(), { outcome: 'won' });
      await held(false);
      await pack(second);
      await dispatch(second);
      await money(orderId, { captured: 1_200, chargedBack: 0 });
      await reached(orderId, 'shipped');
    }, 120_000);
  });

  it('a unit that a count finds missing is booked as lost, its order waits for it, and no other is promised it (P13)', async () => {
    const { place, post, order, reached, available, get, stock } = shop();
    const [location, sku] = await stocked(2);
    const first = await place(orderOf([{ sku, quantity: 2 }]));
    await reached(first, 'in-fulfillment');
    await post('/inventory/adjustments', randomUUID(), { location, sku, quantity: -1, cause: 'count' });
    await eventually(async () => expect(await available(sku)).toMatchObject({ onHand: 1, atp: 0 }), PATIENCE);
    expect(itemsOf(await get(`/inventory/items/${sku}/movements`))[0]).toMatchObject({ onHand: -1, reason: 'count' });
    // Routing is asked about what is left, too, and may hold it beside.
    const isShort = expect.objectContaining({ type: 'stock-short' }) as unknown;
    await eventually(async () => expect((await order(first))['holds']).toEqual(expect.arrayContaining([isShort])), PATIENCE);
    await reached(first, 'on-hold');
    await stock(unique('MAN'), [{ sku, quantity: 1 }]);
    await place(orderOf([{ sku, quantity: 1 }]));
    await eventually(async () => {
      const { onHand, reserved, allocated, atp } = (await available(sku)) as Readonly<Record<string, number>>;
      expect({ onHand, atp }).toEqual({ onHand: 2, atp: 0 });
      expect(Number(reserved) + Number(allocated)).toBe(2);
    }, PATIENCE);
  }, 90_000);
};
