import { randomUUID } from 'node:crypto';
import { eventually } from '@cartage/testkit';
import { itemsOf, type Json } from './client';
import { orderOf, PATIENCE, unique, type Shop } from './shop';

const paris = { lines: ['Rue 1'], city: 'Paris', postalCode: '75001', country: 'FR' };

/** One order that goes to several places: the same on every wiring. */
export const shipGroupsContract = (shop: () => Shop): void => {
  describe('an order with two destinations', () => {
    it('ships each by itself; one that is cancelled whole costs neither goods nor delivery, and the money adds up', async () => {
      const { stock, place, shipmentsAt, post, pack, dispatch, scan, reached, moneyOf, get, available } = shop();
      const [location, mug, lamp] = [unique('LDN'), unique('MUG'), unique('LAMP')];
      await stock(location, [
        { sku: mug, quantity: 3 },
        { sku: lamp, quantity: 1 },
      ]);
      const order = orderOf([], {
        lines: [
          { sku: mug, quantity: 2, unitPrice: 1_000, shipGroupId: 'home' },
          { sku: lamp, quantity: 1, unitPrice: 500, shipGroupId: 'gift' },
        ],
        shipGroups: [
          { shipGroupId: 'home', shipping: { amount: 400, tax: 80 } },
          { shipGroupId: 'gift', shipTo: paris, recipient: { name: 'Ben Ray' }, shipping: { amount: 900, tax: 180 } },
        ],
        total: 4_060,
      });
      const orderId = await place(order);
      await shipmentsAt(orderId, 'to-pack', 2);
      const shipments = itemsOf(await get(`/shipping/shipments?orderId=${orderId}`));
      const shipmentOf = (sku: string): string =>
        String(shipments.find(({ lines }) => (lines as readonly Json[]).some((line) => line['sku'] === sku))?.['shipmentId']);
      expect(await get(`/shipping/shipments/${shipmentOf(lamp)}`)).toMatchObject({ destination: { country: 'FR' } });
      await post(`/orders/${orderId}/cancellations`, randomUUID(), {
        reason: { code: 'changed-mind' },
        by: 'customer',
        lines: [{ lineId: '2' }],
      });
      await eventually(async () => {
        const lines = (await get(`/orders/${orderId}`))['lines'] as readonly Json[];
        expect(lines.map(({ status }) => status)).toEqual(['allocated', 'cancelled']);
      }, PATIENCE);
      expect((await get(`/shipping/shipments/${shipmentOf(lamp)}`))['status']).toBe('cancelled');
      await pack(shipmentOf(mug));
      await scan(await dispatch(shipmentOf(mug)), ['PICKED_UP', 'DELIVERED']);
      await reached(orderId, 'completed');
      await eventually(
        async () => expect(await moneyOf(orderId)).toMatchObject({ captured: 2_480, refunded: 0, discrepancies: [] }),
        PATIENCE,
      );
      await eventually(async () => expect(await available(lamp)).toMatchObject({ onHand: 1, allocated: 0, atp: 1 }), PATIENCE);
    }, 90_000);
  });
};
