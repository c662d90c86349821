import { randomUUID } from 'node:crypto';
import { eventually } from '@cartage/testkit';
import { itemsOf } from './client';
import { orderOf, PATIENCE, unique, type Shop } from './shop';

const DAY_MS = 86_400_000;

/** What is sold before it is there: the same on every wiring. */
export const backordersContract = (shop: () => Shop): void => {
  const steps = async (orderId: string): Promise<readonly string[]> =>
    itemsOf(await shop().get(`/orders/${orderId}/timeline?limit=200`)).map(({ step }) => String(step));
  const hears = (orderId: string, step: string): Promise<void> =>
    eventually(async () => expect(await steps(orderId)).toContain(step), PATIENCE);
  it('a SKU that is only on order is sold with a date; the supplier moves it and says so twice, the customer is told once, the goods come and are shipped', async () => {
    const { ask, post, stock, place, reached, deliver, available } = shop();
    const [location, sku, number] = [unique('LDN'), unique('LAMP'), unique('PO')];
    await stock(location, [{ sku: unique('OTHER'), quantity: 1 }]);
    const from = Date.now();
    const expectedIn = async (days: number): Promise<void> => {
      const expectedAt = new Date(from + days * DAY_MS).toISOString();
      const body = { supplier: 'ACME', lines: [{ lineId: '1', sku, location, quantity: 5, expectedAt }], reason: 'supplier-late' };
      expect(await ask('PUT', `/inventory/purchase-orders/${number}`, { body })).toMatchObject({ status: 200 });
    };
    await expectedIn(5);
    const orderId = await place(orderOf([{ sku, quantity: 2, unitPrice: 4_000 }]));
    await reached(orderId, 'on-hold');
    await hears(orderId, 'backordered');
    await expectedIn(9);
    await hears(orderId, 'backorder-moved');
    await expectedIn(9);
    await hears(orderId, 'promise-moved');
    await post(`/inventory/purchase-orders/${number}/receipts`, randomUUID(), { lines: [{ lineId: '1', quantity: 5 }] });
    await deliver(orderId);
    const told = (await steps(orderId)).filter((step) => ['backordered', 'backorder-moved', 'promise-moved'].includes(step));
    expect(told.toSorted()).toEqual(['backorder-moved', 'backordered', 'promise-moved']);
    await eventually(async () => expect(await available(sku)).toMatchObject({ onHand: 3, reserved: 0, allocated: 0, atp: 3 }), PATIENCE);
  }, 120_000);
};
