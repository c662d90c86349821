import { randomUUID } from 'node:crypto';
import { eventually } from '@cartage/testkit';
import { itemsOf, type Json } from './client';
import { orderOf, PATIENCE, unique, type Shop } from './shop';

const reason = { code: 'changed-mind', detail: 'Ordered twice.' };

/** What goes wrong with an order before the goods leave, and how it ends right: the same on every wiring. */
export const changesContract = (shop: () => Shop): void => {
  const cancel = (orderId: string, body: Json = {}): Promise<Json> =>
    shop().post(`/orders/${orderId}/cancellations`, randomUUID(), { reason, by: 'customer', ...body });
  const free = async (sku: string, units: number): Promise<void> => {
    await eventually(
      async () => expect(await shop().available(sku)).toMatchObject({ onHand: units, reserved: 0, allocated: 0, atp: units }),
      PATIENCE,
    );
  };

  describe('a cancellation', () => {
    it('of what waits to be packed is asked of the warehouse, and ends in free stock and a void promise of money', async () => {
      const { stock, place, shipmentsAt, reached, moneyOf, get, ask } = shop();
      const [location, sku] = [unique('LDN'), unique('MUG')];
      await stock(location, [{ sku, quantity: 4 }]);
      const orderId = await place(orderOf([{ sku, quantity: 3, unitPrice: 1_000 }]));
      const [shipmentId = ''] = await shipmentsAt(orderId, 'to-pack', 1);
      const key = randomUUID();
      const body = { reason, by: 'customer' };
      const first = await shop().post(`/orders/${orderId}/cancellations`, key, body);
      expect(first).toMatchObject({ orderId, expected: { currency: 'GBP', amount: 3_000, refund: 0, release: 3_000 } });
      const again = await ask('POST', `/orders/${orderId}/cancellations`, { key, body });
      expect([again.body['cancellationId'], again.headers.get('cartage-repeated')]).toEqual([first['cancellationId'], 'true']);
      await reached(orderId, 'cancelled');
      expect(await get(`/orders/${orderId}/cancellations`)).toMatchObject({ items: [{ status: 'cancelled' }] });
      expect((await get(`/shipping/shipments/${shipmentId}`))['status']).toBe('cancelled');
      await free(sku, 4);
      await eventually(async () => expect(await moneyOf(orderId)).toMatchObject({ captured: 0, refunded: 0, discrepancies: [] }), PATIENCE);
    }, 90_000);

    it('of some units lets the rest go its way: paid, shipped and completed without them', async () => {
      const { stock, place, shipmentsAt, moneyOf, available, order } = shop();
      const [location, mug, lamp] = [unique('LDN'), unique('MUG'), unique('LAMP')];
      await stock(location, [
        { sku: mug, quantity: 5 },
        { sku: lamp, quantity: 1 },
      ]);
      const orderId = await place(
        orderOf([
          { sku: mug, quantity: 3, unitPrice: 1_000 },
          { sku: lamp, quantity: 1, unitPrice: 500 },
        ]),
      );
      await shipmentsAt(orderId, 'to-pack', 1);
      await cancel(orderId, { lines: [{ lineId: '1', quantity: 2 }] });
      await eventually(async () => {
        const [first] = (await order(orderId))['lines'] as readonly Json[];
        expect(first).toMatchObject({ progress: { cancelled: 2 } });
      }, PATIENCE);
      await eventually(async () => {
        const standing = itemsOf(await shop().get(`/shipping/shipments?orderId=${orderId}`)).map(({ status }) => status);
        expect(standing.toSorted()).toEqual(['cancelled', 'to-pack']);
      }, PATIENCE);
      const waiting = itemsOf(await shop().get(`/shipping/shipments?orderId=${orderId}&status=to-pack`));
      for (const { shipmentId } of waiting) {
        await shop().pack(String(shipmentId));
        await shop().scan(await shop().dispatch(String(shipmentId)), ['PICKED_UP', 'DELIVERED']);
      }
      await shop().reached(orderId, 'completed');
      await eventually(
        async () => expect(await moneyOf(orderId)).toMatchObject({ captured: 1_500, refunded: 0, discrepancies: [] }),
        PATIENCE,
      );
      await eventually(async () => expect(await available(mug)).toMatchObject({ onHand: 4, reserved: 0, allocated: 0, atp: 4 }), PATIENCE);
    }, 120_000);

    it('of what the carrier has is refused, and changes nothing', async () => {
      const { stock, place, shipmentsAt, pack, dispatch, scan, reached, moneyOf, get } = shop();
      const [location, sku] = [unique('LDN'), unique('MUG')];
      await stock(location, [{ sku, quantity: 1 }]);
      const orderId = await place(orderOf([{ sku, quantity: 1, unitPrice: 700 }]));
      const [shipmentId = ''] = await shipmentsAt(orderId, 'to-pack', 1);
      await pack(shipmentId);
      const awb = await dispatch(shipmentId);
      await eventually(async () => expect((await get(`/orders/${orderId}`))['status']).toBe('shipped'), PATIENCE);
      const { status, body } = await shop().ask('POST', `/orders/${orderId}/cancellations`, {
        key: randomUUID(),
        body: { reason, by: 'customer' },
      });
      expect([200, 409]).toContain(status);
      if (status === 200) expect(body).toMatchObject({ cancelled: [], requested: [] });
      await scan(awb, ['DELIVERED']);
      await reached(orderId, 'completed');
      await eventually(
        async () => expect(await moneyOf(orderId)).toMatchObject({ captured: 700, refunded: 0, discrepancies: [] }),
        PATIENCE,
      );
    }, 90_000);
  });

  describe('short stock', () => {
    it('is waited for, first in, first out: what comes in is given to those who wait', async () => {
      const { stock, place, reached, available, order } = shop();
      const [location, sku] = [unique('LDN'), unique('LAST')];
      await stock(location, [{ sku, quantity: 1 }]);
      const orders: string[] = [];
      for (let i = 0; i < 3; i += 1) {
        const orderId = await place(orderOf([{ sku, quantity: 1 }]));
        await reached(orderId, i === 0 ? 'in-fulfillment' : 'on-hold');
        orders.push(orderId);
      }
      const [, second = '', third = ''] = orders;
      await stock(location, [{ sku, quantity: 1 }]);
      await reached(second, 'in-fulfillment');
      expect(await order(third)).toMatchObject({ status: 'on-hold', holds: [{ type: 'stock-short' }] });
      await stock(location, [{ sku, quantity: 2 }]);
      await reached(third, 'in-fulfillment');
      await eventually(async () => expect(await available(sku)).toMatchObject({ onHand: 4, allocated: 3, atp: 1 }), PATIENCE);
    }, 120_000);

    it('can be split: what is there ships, the rest follows when it comes', async () => {
      const { stock, place, reached, post, moneyOf } = shop();
      const [location, here, gone] = [unique('LDN'), unique('HERE'), unique('GONE')];
      await stock(location, [{ sku: here, quantity: 1 }]);
      const orderId = await place(
        orderOf([
          { sku: here, quantity: 1, unitPrice: 900 },
          { sku: gone, quantity: 1, unitPrice: 100 },
        ]),
      );
      await reached(orderId, 'on-hold');
      await post(`/orders/${orderId}/shortages/2`, randomUUID(), { choice: 'split', reason, by: 'customer' });
      const [first = ''] = await shop().shipmentsAt(orderId, 'to-pack', 1);
      await shop().pack(first);
      await shop().scan(await shop().dispatch(first), ['DELIVERED']);
      await stock(location, [{ sku: gone, quantity: 1 }]);
      const second = await eventually(async () => {
        const [found] = itemsOf(await shop().get(`/shipping/shipments?orderId=${orderId}&status=to-pack`));
        expect(found).toBeDefined();
        return String(found?.['shipmentId']);
      }, PATIENCE);
      await shop().pack(second);
      await shop().scan(await shop().dispatch(second), ['DELIVERED']);
      await reached(orderId, 'completed');
      await eventually(async () => expect(await moneyOf(orderId)).toMatchObject({ captured: 1_000, discrepancies: [] }), PATIENCE);
    }, 120_000);

    it('goes over to another item of its group, at the price that was agreed; who comes second to the last of it does without', async () => {
      const { stock, place, order, ask, available } = shop();
      const [location, gone, other, group] = [unique('LDN'), unique('GONE'), unique('OTHER'), unique('cups')];
      for (const sku of [gone, other]) await ask('PUT', `/inventory/items/${sku}`, { body: { title: sku, substitutionGroup: group } });
      await stock(location, [{ sku: other, quantity: 1 }]);
      const asked = orderOf([{ sku: gone, quantity: 1, unitPrice: 700 }], { ifShort: ['substitute', 'cancel'] });
      const orders = await Promise.all([place(asked), place(asked)]);
      await eventually(async () => {
        const found = await Promise.all(orders.map((orderId) => order(orderId)));
        expect(found.map(({ status }) => status).toSorted()).toEqual(['cancelled', 'in-fulfillment']);
        const won = found.find(({ status }) => status === 'in-fulfillment');
        expect((won?.['lines'] as readonly Json[]).filter(({ quantity }) => quantity !== 0)).toMatchObject([
          { sku: other, unitPrice: 700 },
        ]);
      }, PATIENCE);
      expect(await available(other)).toMatchObject({ onHand: 1, allocated: 1, atp: 0 });
    }, 90_000);
  });

  describe('a hold', () => {
    it('of a person stops the warehouse until it is released', async () => {
      const { stock, place, shipmentsAt, post, ask, pack, order } = shop();
      const [location, sku] = [unique('LDN'), unique('HELD')];
      await stock(location, [{ sku, quantity: 1 }]);
      const orderId = await place(orderOf([{ sku, quantity: 1 }]));
      const [shipmentId = ''] = await shipmentsAt(orderId, 'to-pack', 1);
      await post(`/orders/${orderId}/holds`, randomUUID(), { type: 'address', reason: { code: 'address-doubtful' } });
      const packing = async (): Promise<number> => {
        const parcels = [{ weightGrams: 500, lines: [{ lineId: '1', quantity: 1 }] }];
        const { status } = await ask('POST', `/shipping/shipments/${shipmentId}/pack?preview=true`, {
          body: { parcels },
          key: randomUUID(),
        });
        return status;
      };
      await eventually(async () => expect(await packing()).toBe(409), PATIENCE);
      const [hold] = (await order(orderId))['holds'] as readonly Json[];
      await post(`/orders/${orderId}/holds/${String(hold?.['holdId'])}/release`, randomUUID(), {});
      await eventually(async () => expect(await packing()).toBe(200), PATIENCE);
      await pack(shipmentId);
      expect((await order(orderId))['holds']).toEqual([]);
    }, 90_000);
  });
};
