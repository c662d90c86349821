import { randomUUID } from 'node:crypto';
import { eventually } from '@cartage/testkit';
import { itemsOf, type Json } from './client';
import { orderOf, PATIENCE, unique, type Shop } from './shop';

/** Kits, carts and losses: the same on every wiring. */
export const kitsContract = (shop: () => Shop): void => {
  const toPack = (orderId: string): Promise<readonly Json[]> =>
    eventually(async () => {
      const found = itemsOf(await shop().get(`/shipping/shipments?orderId=${orderId}&status=to-pack`));
      expect(found.length).toBeGreaterThan(0);
      return found;
    }, PATIENCE);

  it('a kit is promised, shipped and paid as one line, and its parts leave the shelf', async () => {
    const { stock, describe: described, place, get, available, reached } = shop();
    const [location, set, lamp, bulb] = [unique('LDN'), unique('SET'), unique('LAMP'), unique('BULB')];
    const kit = [
      { sku: lamp, quantity: 1, share: 3 },
      { sku: bulb, quantity: 2, share: 1 },
    ];
    await described(set, { title: 'Lamp with bulbs', kit });
    await stock(location, [
      { sku: lamp, quantity: 2 },
      { sku: bulb, quantity: 5 },
    ]);
    expect(await available(set)).toMatchObject({ atp: 2, parts: [{ sku: lamp }, { sku: bulb, quantity: 2 }] });
    const orderId = await place(orderOf([{ sku: set, quantity: 2, unitPrice: 4_000 }]));
    const [shipment] = await toPack(orderId);
    const shipmentId = String(shipment?.['shipmentId']);
    expect(await get(`/shipping/shipments/${shipmentId}`)).toMatchObject({ lines: [{ sku: set, quantity: 2, parts: kit }] });
    await shop().pack(shipmentId);
    await shop().scan(await shop().dispatch(shipmentId), ['DELIVERED']);
    await reached(orderId, 'completed');
    await eventually(async () => {
      expect(await available(lamp)).toMatchObject({ onHand: 0, allocated: 0, reserved: 0 });
      expect(await available(bulb)).toMatchObject({ onHand: 1, allocated: 0, reserved: 0 });
    }, PATIENCE);
  }, 90_000);

  it('what is kept for a cart is the order’s that names it, and nobody else’s', async () => {
    const { stock, place, post, available, reached } = shop();
    const [location, sku] = [unique('LDN'), unique('VASE')];
    await stock(location, [{ sku, quantity: 1 }]);
    const { reservationId } = await post('/inventory/reservations', randomUUID(), { lines: [{ sku, quantity: 1 }], ttlSeconds: 600 });
    expect(await available(sku)).toMatchObject({ reserved: 1, atp: 0 });
    const late = await place(orderOf([{ sku, quantity: 1 }]));
    await reached(late, 'on-hold');
    const mine = await place(orderOf([{ sku, quantity: 1 }], { reservationId }));
    await reached(mine, 'in-fulfillment');
    expect(await shop().get(`/inventory/reservations/${String(reservationId)}`)).toMatchObject({ end: 'taken-over', orderId: mine });
  }, 90_000);

  it('after a loss what is there goes its way, and what is lost follows when it comes', async () => {
    const { stock, place, post, reached, available } = shop();
    const [location, mug, lamp] = [unique('LDN'), unique('MUG'), unique('LAMP')];
    await stock(location, [
      { sku: mug, quantity: 1 },
      { sku: lamp, quantity: 1 },
    ]);
    const orderId = await place(
      orderOf([
        { sku: mug, quantity: 1 },
        { sku: lamp, quantity: 1 },
      ]),
    );
    await toPack(orderId);
    await post('/inventory/adjustments', randomUUID(), { location, sku: mug, quantity: -1, cause: 'damage' });
    await eventually(async () => {
      const [shipment] = itemsOf(await shop().get(`/shipping/shipments?orderId=${orderId}&status=to-pack`));
      const shown = await shop().get(`/shipping/shipments/${String(shipment?.['shipmentId'])}`);
      expect(shown).toMatchObject({ lines: [{ sku: lamp, quantity: 1 }] });
    }, PATIENCE);
    await stock(location, [{ sku: mug, quantity: 1 }]);
    await eventually(async () => expect(await toPack(orderId)).toHaveLength(2), PATIENCE);
    for (const { shipmentId } of await toPack(orderId)) {
      await shop().pack(String(shipmentId));
      await shop().scan(await shop().dispatch(String(shipmentId)), ['DELIVERED']);
    }
    await reached(orderId, 'completed');
    await eventually(async () => expect(await available(mug)).toMatchObject({ onHand: 0, allocated: 0, reserved: 0 }), PATIENCE);
  }, 120_000);
};
