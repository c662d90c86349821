import { randomUUID } from 'node:crypto';
import { eventually } from '@cartage/testkit';
import { itemsOf, type Json } from './client';
import { orderOf, PATIENCE, unique, type Shop } from './shop';

/** An edit that makes an order dearer is verified like an order of that price: the same on every wiring. */
export const dearerOrdersContract = (shop: () => Shop): void => {
  it('holds what an edit added, and that alone, until a person has accepted the new price; then it ships', async () => {
    const { stock, place, shipmentsAt, post, get, order, moneyOf, deliver } = shop();
    const [location, mug, vase] = [unique('LDN'), unique('MUG'), unique('VASE')];
    await stock(location, [
      { sku: mug, quantity: 1 },
      { sku: vase, quantity: 3 },
    ]);
    const orderId = await place(orderOf([{ sku: mug, quantity: 1, unitPrice: 1_000 }]));
    await shipmentsAt(orderId, 'to-pack', 1);
    const add = [{ sku: vase, quantity: 3, unitPrice: 90_000 }];
    await post(`/orders/${orderId}/edits`, randomUUID(), { add, reason: { code: 'wants-more' }, by: 'customer' });

    await eventually(async () => {
      expect((await order(orderId))['holds']).toMatchObject([{ type: 'payment-review', lines: [{ sku: vase, quantity: 3 }] }]);
    }, PATIENCE);
    expect(await moneyOf(orderId)).toMatchObject({ promised: 1_000, discrepancies: [] });
    await shipmentsAt(orderId, 'to-pack', 1);
    expect(await get(`/payments/${orderId}/verdict`)).toMatchObject({ verdict: { decision: 'accept' }, raise: { orderVersion: 2 } });
    await eventually(
      async () => expect(itemsOf(await get('/payments/reviews')).map((each: Json) => each['orderId'])).toContain(orderId),
      PATIENCE,
    );

    await post(`/payments/${orderId}/review`, randomUUID(), { decision: 'accept', note: 'Called back.' });
    await deliver(orderId, 2);
    await eventually(async () => expect(await moneyOf(orderId)).toMatchObject({ captured: 271_000, discrepancies: [] }), PATIENCE);
  }, 90_000);
};
