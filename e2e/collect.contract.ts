import { randomUUID } from 'node:crypto';
import { eventually } from '@cartage/testkit';
import { itemsOf, type Json } from './client';
import { mailsTo } from './mails';
import { orderOf, PATIENCE, unique, type Shop } from './shop';

/** What customers fetch at a store: the same on every wiring. */
export const collectContract = (shop: () => Shop, mailFolder: () => string): void => {
  const fulfillmentOf = async (orderId: string): Promise<Json> =>
    ((await shop().get(`/fulfillment/orders/${orderId}`))['fulfillments'] as readonly Json[])[0] ?? {};
  const ready = async (orderId: string): Promise<string> => {
    const [shipmentId = ''] = await shop().shipmentsAt(orderId, 'to-pack', 1);
    await shop().pack(shipmentId);
    return eventually(async () => {
      const { fulfillmentId, pickup } = await fulfillmentOf(orderId);
      expect(pickup).toMatchObject({ wrongCodes: 0 });
      return String(fulfillmentId);
    }, PATIENCE);
  };
  const codeFor = (address: string): Promise<string> =>
    eventually(() => {
      const code = mailsTo(mailFolder(), address).flatMap((mail) => /code at the counter: (\d{6})/.exec(mail)?.[1] ?? []);
      expect(code.length).toBeGreaterThan(0);
      return Promise.resolve(code[0] ?? '');
    }, PATIENCE);
  const handOver = (fulfillmentId: string, body: Json) =>
    shop().ask('POST', `/fulfillment/fulfillments/${fulfillmentId}/handovers`, {
      key: randomUUID(),
      body: { collectedBy: 'Grace Miller', ...body },
    });

  describe('an order that is fetched at a store', () => {
    it('is handed over by its code alone, without what is refused there, and nothing that left is promised or charged twice', async () => {
      const { stock, place, reached, moneyOf, available, get } = shop();
      const [store, mug, lamp] = [unique('SHOP'), unique('MUG'), unique('LAMP')];
      await stock(store, [
        { sku: mug, quantity: 2 },
        { sku: lamp, quantity: 1 },
      ]);
      const email = `${unique('ada')}@example.org`;
      const orderId = await place(
        orderOf([], {
          customer: { id: unique('customer'), name: 'Ada Miller', email },
          lines: [
            { sku: mug, quantity: 2, unitPrice: 1_000, shipGroupId: 'fetched' },
            { sku: lamp, quantity: 1, unitPrice: 500, shipGroupId: 'fetched' },
          ],
          shipGroups: [{ shipGroupId: 'fetched', method: 'pickup', pickupLocation: store }],
        }),
      );
      const fulfillmentId = await ready(orderId);
      const code = await codeFor(email);
      const wrong = await handOver(fulfillmentId, { code: code === '000000' ? '000001' : '000000' });
      expect([wrong.status, wrong.body['code']]).toEqual([422, 'PICKUP_CODE_WRONG']);
      const given = await handOver(fulfillmentId, { code, declined: [{ lineId: '2', quantity: 1 }] });
      expect(given.status).toBe(200);
      expect((await handOver(fulfillmentId, { code })).status).toBe(409);
      await reached(orderId, 'completed');
      await eventually(
        async () => expect(await moneyOf(orderId)).toMatchObject({ captured: 2_000, refunded: 0, discrepancies: [] }),
        PATIENCE,
      );
      await eventually(async () => expect(await available(mug)).toMatchObject({ onHand: 0, reserved: 0, allocated: 0, atp: 0 }), PATIENCE);
      await eventually(async () => expect(await available(lamp)).toMatchObject({ onHand: 1, reserved: 0, allocated: 0, atp: 1 }), PATIENCE);
      await eventually(
        async () =>
          expect(await get(`/returns/orders/${orderId}/eligible-lines`)).toMatchObject({ lines: [{ quantity: 2 }, { quantity: 0 }] }),
        PATIENCE,
      );
      await eventually(
        async () => expect(itemsOf(await get(`/shipping/shipments?orderId=${orderId}`))).toMatchObject([{ status: 'collected' }]),
        PATIENCE,
      );
    }, 90_000);

    it('is paid at the counter, or cancelled before anybody comes: then its code is worth nothing', async () => {
      const { stock, place, reached, moneyOf, post, available } = shop();
      const [store, mug] = [unique('SHOP'), unique('MUG')];
      await stock(store, [{ sku: mug, quantity: 2 }]);
      const one = {
        lines: [{ sku: mug, quantity: 1, unitPrice: 1_000, shipGroupId: 'fetched' }],
        shipGroups: [{ shipGroupId: 'fetched', method: 'pickup', pickupLocation: store }],
        payment: { method: 'cod' },
      };
      const [fetched, left] = [await place(orderOf([], one)), await place(orderOf([], one))];
      const withoutCode = { reason: 'showed-id' };
      expect((await handOver(await ready(fetched), { withoutCode })).status).toBe(200);
      await reached(fetched, 'completed');
      await eventually(async () => expect(await moneyOf(fetched)).toMatchObject({ collected: 1_000, discrepancies: [] }), PATIENCE);
      const waiting = await ready(left);
      await post(`/orders/${left}/cancellations`, randomUUID(), { reason: { code: 'changed-mind' }, by: 'customer' });
      await reached(left, 'cancelled');
      expect((await handOver(waiting, { withoutCode })).status).toBe(409);
      await eventually(async () => expect(await available(mug)).toMatchObject({ onHand: 1, reserved: 0, allocated: 0, atp: 1 }), PATIENCE);
    }, 90_000);
    it('is sent to the store first where that does not have it, and waits there until it is fetched', async () => {
      const { stock, place, reached, moneyOf, available, shipmentsAt, pack, dispatch, scan, get } = shop();
      const [warehouse, store, mug] = [unique('LDN'), unique('SHOP'), unique('MUG')];
      await stock(store, [{ sku: unique('OTHER'), quantity: 1 }]);
      await stock(warehouse, [{ sku: mug, quantity: 2 }]);
      const orderId = await place(
        orderOf([], {
          lines: [{ sku: mug, quantity: 2, unitPrice: 1_000, shipGroupId: 'fetched' }],
          shipGroups: [{ shipGroupId: 'fetched', method: 'ship-to-store', pickupLocation: store }],
        }),
      );
      const [shipmentId = ''] = await shipmentsAt(orderId, 'to-pack', 1);
      await pack(shipmentId);
      await scan(await dispatch(shipmentId), ['PICKED_UP', 'DELIVERED']);
      const fulfillmentId = await eventually(async () => {
        const { fulfillmentId: found, pickup } = await fulfillmentOf(orderId);
        expect(pickup).toMatchObject({ cameByParcel: true });
        return String(found);
      }, PATIENCE);
      await reached(orderId, 'shipped');
      await eventually(async () => {
        const waiting = itemsOf(await get(`/fulfillment/fulfillments?awaitingPickup=true&location=${store}`));
        expect(waiting).toMatchObject([{ fulfillmentId }]);
      }, PATIENCE);
      const declined = [{ lineId: '1', quantity: 1 }];
      expect((await handOver(fulfillmentId, { withoutCode: { reason: 'showed-id' }, declined })).status).toBe(200);
      await reached(orderId, 'completed');
      await eventually(async () => expect(await moneyOf(orderId)).toMatchObject({ refunded: 1_000, discrepancies: [] }), PATIENCE);
      await eventually(async () => expect(await available(mug)).toMatchObject({ onHand: 1, reserved: 0, allocated: 0, atp: 1 }), PATIENCE);
    }, 90_000);
  });
};
