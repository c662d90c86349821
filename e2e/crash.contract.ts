import { randomUUID } from 'node:crypto';
import { eventually } from '@cartage/testkit';
import type { Json } from './client';
import { orderOf, PATIENCE, unique, type Shop } from './shop';

const ORDERS = 16;

/** A client that is cut off asks again, under the same key: the order is one. */
const placePersistently = (shop: Shop, body: Json): Promise<string> => {
  const key = randomUUID();
  return eventually(() => shop.place(body, key), PATIENCE);
};

export interface Crash {
  /** What dies, for the reader of a report. */
  readonly what: string;
  /** Ends it as a crash would, and starts it again; done when it is ready. */
  readonly crash: () => Promise<void>;
}

/** Whatever dies at whatever moment: every order is completed, once. */
export const crashContract = (shop: () => Shop, { what, crash }: Crash): void => {
  describe(`when ${what} is killed with orders in flight, and started again`, () => {
    it('every order is completed, exactly once', async () => {
      const { stock, shipmentsAt, pack, dispatch, scan, reached, moneyOf, available } = shop();
      const [location, sku] = [unique('LDN'), unique('SKU')];
      await stock(location, [{ sku, quantity: ORDERS + 5 }]);

      const placing = Array.from({ length: ORDERS }, () => placePersistently(shop(), orderOf([{ sku, quantity: 1, unitPrice: 700 }])));
      await Promise.any(placing);
      await crash();
      const orderIds = await Promise.all(placing);
      expect(new Set(orderIds).size).toBe(ORDERS);

      const shipping = orderIds.map(async (orderId) => {
        const [shipmentId = ''] = await shipmentsAt(orderId, 'to-pack', 1);
        await eventually(() => pack(shipmentId), PATIENCE);
        return eventually(() => dispatch(shipmentId), PATIENCE);
      });
      await Promise.any(shipping);
      await crash();
      const numbers = await Promise.all(shipping);
      expect(new Set(numbers).size).toBe(ORDERS);

      for (const awb of numbers) await scan(awb, ['PICKED_UP', 'DELIVERED']);
      for (const orderId of orderIds) {
        await reached(orderId, 'completed');
        await eventually(
          async () => expect(await moneyOf(orderId)).toMatchObject({ captured: 700, refunded: 0, discrepancies: [] }),
          PATIENCE,
        );
      }
      await eventually(async () => expect(await available(sku)).toMatchObject({ onHand: 5, reserved: 0, allocated: 0, atp: 5 }), PATIENCE);
    }, 180_000);
  });
};
