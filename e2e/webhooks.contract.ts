import { createHmac, randomUUID } from 'node:crypto';
import { eventually } from '@cartage/testkit';
import type { Json } from './client';
import { orderOf, PATIENCE, unique, type Shop } from './shop';

/** A payment that the shop began with its provider, and what the provider tells of it: the same on every wiring. */
export const webhooksContract = (shop: () => Shop): void => {
  /** The simulated provider tells, signed, that the customer paid. */
  const paid = async (reference: string, amount: number): Promise<Json> => {
    const notice = { id: `n-${reference}`, kind: 'captured', at: new Date().toISOString(), reference, number: `c-${reference}` };
    const body = JSON.stringify({ notices: [{ ...notice, currency: 'GBP', amount }] });
    const timestamp = Math.floor(Date.now() / 1_000);
    const signature = createHmac('sha256', 'simulated-payments').update(`${timestamp}.${body}`).digest('hex');
    const headers = { 'simulated-signature': `t=${timestamp},v1=${signature}` };
    const answer = await shop().ask('POST', '/payments/webhooks/simulated', { body, headers });
    expect(answer).toMatchObject({ status: 200 });
    return answer.body;
  };
  const payingBy = (token: string): Json => ({ payment: { method: 'card', token } });

  describe('a payment that its provider tells of', () => {
    it('is complete though the webhook comes before the order, and twice', async () => {
      const { stock, place, reached, moneyOf } = shop();
      const [location, sku, token] = [unique('LDN'), unique('MUG'), `pay_${randomUUID()}`];
      await stock(location, [{ sku, quantity: 1 }]);
      for (const _ of [1, 2]) expect(await paid(token, 1_200)).toEqual({ received: 1, applied: 0, parked: 1 });
      const orderId = await place(orderOf([{ sku, quantity: 1, unitPrice: 1_200 }], payingBy(token)));
      await reached(orderId, 'in-fulfillment');
      expect(await moneyOf(orderId)).toMatchObject({ captured: 1_200, refunded: 0, discrepancies: [] });
      await paid(token, 1_200);
      expect(await moneyOf(orderId)).toMatchObject({ captured: 1_200, refunded: 0 });
    }, 90_000);

    it('goes back by itself when it comes after the cancellation', async () => {
      const { place, post, reached, moneyOf, payment } = shop();
      const token = `pay_${randomUUID()}`;
      const orderId = await place(orderOf([{ sku: unique('NONE'), quantity: 1, unitPrice: 700 }], payingBy(token)));
      await eventually(async () => expect(await payment(orderId)).toMatchObject({ status: 'pending' }), PATIENCE);
      await post(`/orders/${orderId}/cancellations`, randomUUID(), { reason: { code: 'changed-mind' }, by: 'customer' });
      await reached(orderId, 'cancelled');
      await eventually(async () => expect(await payment(orderId)).toMatchObject({ due: 0 }), PATIENCE);
      await paid(token, 700);
      await eventually(
        async () => expect(await moneyOf(orderId)).toMatchObject({ captured: 700, refunded: 700, discrepancies: [] }),
        PATIENCE,
      );
    }, 90_000);
  });
};
