import { randomUUID } from 'node:crypto';
import { eventually } from '@cartage/testkit';
import { itemsOf, type Json } from './client';
import { orderOf, PATIENCE, unique, type Shop } from './shop';

/** What could not be delivered and comes back to us, from the doorstep to stock and money: the same on every wiring. */
export const rtoContract = (shop: () => Shop): void => {
  /** Two parcels of one shipment with the carrier: three mugs, and a lamp. */
  const sent = async (payment: Json) => {
    const { stock, place, shipmentsAt, labelOf, post } = shop();
    const [location, dock, mug, lamp] = [unique('LDN'), unique('YRK'), unique('MUG'), unique('LAMP')];
    await stock(location, [
      { sku: mug, quantity: 3 },
      { sku: lamp, quantity: 1 },
    ]);
    await stock(dock, [{ sku: unique('OTHER'), quantity: 1 }]);
    const lines = [
      { sku: mug, quantity: 3, unitPrice: 1_000 },
      { sku: lamp, quantity: 1, unitPrice: 500 },
    ];
    const orderId = await place(orderOf(lines, { payment }));
    const [shipmentId = ''] = await shipmentsAt(orderId, 'to-pack', 1);
    const parcels = [
      { parcelId: 'mugs', weightGrams: 900, lines: [{ lineId: '1', quantity: 3 }] },
      { parcelId: 'lamp', weightGrams: 700, lines: [{ lineId: '2', quantity: 1 }] },
    ];
    await post(`/shipping/shipments/${shipmentId}/pack`, randomUUID(), { parcels });
    await labelOf(shipmentId);
    const { label } = await shop().get(`/shipping/shipments/${shipmentId}`);
    await post(`/shipping/shipments/${shipmentId}/dispatch`, randomUUID());
    const numbers = new Map(
      ((label as Json)['parcels'] as readonly Json[]).map((parcel) => [parcel['parcelId'], String(parcel['trackingNumber'])]),
    );
    return { orderId, shipmentId, dock, mug, lamp, mugs: numbers.get('mugs') ?? '', lampOn: numbers.get('lamp') ?? '' };
  };
  const receive = (shipmentId: string, body: Json, key = randomUUID()) =>
    shop().ask('POST', `/shipping/shipments/${shipmentId}/rto-receipts`, { body, key });
  const money = (orderId: string, expected: Json): Promise<void> =>
    eventually(async () => expect(await shop().moneyOf(orderId)).toMatchObject({ ...expected, discrepancies: [] }), PATIENCE);
  const onHand = (sku: string, units: number): Promise<void> =>
    eventually(async () => expect(await shop().available(sku)).toMatchObject({ onHand: units, reserved: 0, allocated: 0 }), PATIENCE);

  describe('what could not be delivered', () => {
    it('and was paid before: in parts, at another location, each unit is booked where it is and its money goes back', async () => {
      const { scan, reached, get, order } = shop();
      const { orderId, shipmentId, dock, mug, lamp, mugs, lampOn } = await sent({ method: 'card', token: 'tok_visa' });
      await scan(mugs, ['PICKED_UP', 'NOT_DELIVERED', 'RETURN_TO_SENDER']);
      await scan(lampOn, ['PICKED_UP', 'DELIVERED']);
      await money(orderId, { captured: 3_500, refunded: 0 });

      const key = randomUUID();
      const part = { location: dock, parcels: [{ trackingNumber: mugs, lines: [{ lineId: '1', quantity: 2 }] }] };
      expect(await receive(shipmentId, part, key)).toMatchObject({ status: 200, body: { status: 'returned' } });
      const again = await receive(shipmentId, part, key);
      expect([again.status, again.headers.get('cartage-repeated')]).toEqual([200, 'true']);
      const rest = { location: dock, parcels: [{ trackingNumber: mugs, disposition: 'liquidate' }] };
      expect(await receive(shipmentId, rest)).toMatchObject({ status: 200 });
      expect(await receive(shipmentId, rest)).toMatchObject({ status: 409, body: { code: 'RTO_RECEIVED' } });

      await reached(orderId, 'completed');
      await money(orderId, { captured: 3_500, refunded: 3_000 });
      await onHand(mug, 2);
      await onHand(lamp, 0);
      const { lines } = await order(orderId);
      expect(lines).toMatchObject([{ status: 'cancelled', progress: { cancelled: 3, shipped: 0 } }, { status: 'delivered' }]);
      await eventually(async () => {
        const { lines: eligible } = await get(`/returns/orders/${orderId}/eligible-lines`);
        expect((eligible as readonly Json[]).map(({ lineId, quantity }) => [lineId, quantity])).toEqual([
          ['1', 0],
          ['2', 1],
        ]);
      }, PATIENCE);
    }, 120_000);

    it('and was to be paid at the door: nothing is owed for it, and what was delivered is collected', async () => {
      const { scan, reached } = shop();
      const { orderId, shipmentId, dock, mug, mugs, lampOn } = await sent({ method: 'cod' });
      await scan(lampOn, ['PICKED_UP', 'DELIVERED']);
      await scan(mugs, ['PICKED_UP', 'RETURN_TO_SENDER']);
      await money(orderId, { collected: 500 });
      expect(await receive(shipmentId, { location: dock })).toMatchObject({ status: 200 });
      await reached(orderId, 'completed');
      await money(orderId, { collected: 500, refunded: 0, voided: 3_000 });
      await onHand(mug, 3);
    }, 120_000);

    it('ends the order when nothing of it reached the customer, though its carrier said it had', async () => {
      const { scan, reached, get } = shop();
      const { orderId, shipmentId, dock, mug, lamp, mugs, lampOn } = await sent({ method: 'card', token: 'tok_visa' });
      await scan(mugs, ['PICKED_UP', 'RETURN_TO_SENDER', 'DELIVERED']);
      expect(await receive(shipmentId, { location: dock, parcels: [{ trackingNumber: mugs }, { trackingNumber: lampOn }] })).toMatchObject({
        status: 200,
      });
      await reached(orderId, 'cancelled');
      await money(orderId, { captured: 3_500, refunded: 3_500 });
      await onHand(mug, 3);
      await onHand(lamp, 1);
      const there = itemsOf(await get(`/inventory/availability?sku=${mug}&location=${dock}`));
      expect(there).toMatchObject([{ onHand: 3 }]);
    }, 120_000);
  });
};
