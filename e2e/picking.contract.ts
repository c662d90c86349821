import { randomUUID } from 'node:crypto';
import { eventually } from '@cartage/testkit';
import { itemsOf, type Json } from './client';
import { orderOf, PATIENCE, unique, type Shop } from './shop';

/** What is not on the shelf when it is picked, from there to the doorstep and to the money: the same on every wiring. */
export const pickingContract = (shop: () => Shop): void => {
  /** Three mugs and a lamp, all of them at one location; another one has as many. */
  const planned = async () => {
    const { stock, place, shipmentsAt } = shop();
    const [near, far, mug, lamp] = [unique('LDN'), unique('YRK'), unique('MUG'), unique('LAMP')];
    const goods = [
      { sku: mug, quantity: 3 },
      { sku: lamp, quantity: 1 },
    ];
    await stock(near, goods);
    const lines = [
      { sku: mug, quantity: 3, unitPrice: 1_000 },
      { sku: lamp, quantity: 1, unitPrice: 500 },
    ];
    const orderId = await place(orderOf(lines, { shipping: { amount: 495 } }));
    const [shipmentId = ''] = await shipmentsAt(orderId, 'to-pack', 1);
    await stock(far, goods);
    return { orderId, shipmentId, near, far, mug, lamp };
  };
  const pick = (shipmentId: string, lines: readonly Json[]) =>
    shop().ask('POST', `/shipping/shipments/${shipmentId}/pick`, { body: { lines }, key: randomUUID() });
  const shipmentAt = (orderId: string, location: string): Promise<Json> =>
    eventually(async () => {
      const found = itemsOf(await shop().get(`/shipping/shipments?orderId=${orderId}&location=${location}`));
      expect(found).toMatchObject([{ status: 'to-pack' }]);
      return found[0] ?? {};
    }, PATIENCE);
  const send = async (shipmentId: string, lines: readonly Json[]): Promise<void> => {
    await shop().post(`/shipping/shipments/${shipmentId}/pack`, randomUUID(), { parcels: [{ weightGrams: 800, lines }] });
    await shop().labelOf(shipmentId);
    await shop().post(`/shipping/shipments/${shipmentId}/dispatch`, randomUUID());
  };
  const money = (orderId: string, expected: Json): Promise<void> =>
    eventually(async () => expect(await shop().moneyOf(orderId)).toMatchObject({ ...expected, discrepancies: [] }), PATIENCE);

  describe('what is not there when it is picked', () => {
    it('goes from elsewhere, the rest goes on; each shipment is paid for by itself, delivery once, and the loss is booked', async () => {
      const { get, order, reached } = shop();
      const { orderId, shipmentId, near, far, mug } = await planned();
      expect(await pick(shipmentId, [{ lineId: '2' }])).toMatchObject({ status: 200, body: { picking: { lines: [{ lineId: '2' }] } } });
      expect(await pick(shipmentId, [{ lineId: '1', quantity: 2, short: 1 }])).toMatchObject({
        status: 200,
        body: { status: 'to-pack', lines: [{ lineId: '1', quantity: 2 }, { lineId: '2' }], picking: { pickedAt: expect.any(String) } },
      });
      await send(shipmentId, [
        { lineId: '1', quantity: 2 },
        { lineId: '2', quantity: 1 },
      ]);
      const again = await shipmentAt(orderId, far);
      expect(again['lines']).toMatchObject([{ lineId: '1', quantity: 1 }]);
      await money(orderId, { captured: 2_995 });
      await send(String(again['shipmentId']), [{ lineId: '1', quantity: 1 }]);
      await money(orderId, { captured: 3_995 });
      await reached(orderId, 'shipped');
      await eventually(async () => {
        expect((await order(orderId))['lines']).toMatchObject([
          { status: 'shipped', progress: { allocated: 3, shipped: 3 } },
          { status: 'shipped', progress: { allocated: 1, shipped: 1 } },
        ]);
      }, PATIENCE);
      await eventually(async () => {
        const there = itemsOf(await get(`/inventory/availability?sku=${mug}`));
        expect(there).toMatchObject([{ onHand: 2, reserved: 0, allocated: 0 }]);
      }, PATIENCE);
      await eventually(async () => {
        const movements = itemsOf(await get(`/inventory/items/${mug}/movements?location=${near}`));
        expect(movements.filter(({ reason }) => reason === 'loss')).toMatchObject([{ onHand: -1 }]);
      }, PATIENCE);
    }, 120_000);

    it('ends a shipment of which nothing is there, and all of it goes from elsewhere', async () => {
      const { get } = shop();
      const { orderId, shipmentId, far, lamp } = await planned();
      const all = [
        { lineId: '1', short: 3 },
        { lineId: '2', short: 1, reason: 'damaged' },
      ];
      expect(await pick(shipmentId, all)).toMatchObject({ status: 200, body: { status: 'cancelled', lines: [] } });
      expect(await pick(shipmentId, all)).toMatchObject({ status: 200 });
      expect((await shipmentAt(orderId, far))['lines']).toMatchObject([
        { lineId: '1', quantity: 3 },
        { lineId: '2', quantity: 1 },
      ]);
      expect(await get(`/fulfillment/orders/${orderId}`)).toMatchObject({
        fulfillments: [{ status: 'rejected' }, { location: far, status: 'brokered', attempt: 2 }],
        unfilled: [],
      });
      await eventually(async () => expect(await shop().available(lamp)).toMatchObject({ onHand: 1, allocated: 1, reserved: 0 }), PATIENCE);
    }, 120_000);
  });
};
