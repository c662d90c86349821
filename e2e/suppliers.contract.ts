import { randomUUID } from 'node:crypto';
import { eventually } from '@cartage/testkit';
import { itemsOf, type Json } from './client';
import { orderOf, PATIENCE, unique, type Shop } from './shop';

const place = { name: 'Supplier', kind: 'supplier', country: 'GB', latitude: 53.5, longitude: -2.2, active: true };

/** Goods that a supplier sends itself: the same on every wiring. */
export const suppliersContract = (shop: () => Shop): void => {
  /** A supplier that has so much of these, and says so itself. */
  const supplying = async (units: Readonly<Record<string, number>>) => {
    const { ask, post, get, available } = shop();
    const [supplier, location] = [unique('works'), unique('SUP')];
    await ask('PUT', `/inventory/locations/${location}`, { body: place });
    const terms = { kind: 'supplier', adapter: 'simulated', locations: [location] };
    await eventually(
      async () => expect(await ask('PUT', `/shipping/partners/${supplier}`, { body: terms })).toMatchObject({ status: 200 }),
      PATIENCE,
    );
    const says = (notice: Json): Promise<Json> => post(`/shipping/partners/${supplier}/notices`, randomUUID(), notice);
    const stock = Object.entries(units).map(([sku, onHand]) => ({ sku, onHand, unitCost: 640, currency: 'GBP' }));
    expect(await says({ type: 'stock', location, asOf: new Date().toISOString(), whole: true, stock })).toMatchObject({ status: 'taken' });
    for (const [sku, atp] of Object.entries(units))
      await eventually(async () => expect(await available(sku)).toMatchObject({ atp }), PATIENCE);
    /** The one order of ours at it, once it is so. */
    const ordered = (shown: object): Promise<Json> =>
      eventually(async () => {
        const [found = {} as Json] = itemsOf(await get(`/shipping/supplier-orders?supplier=${supplier}`));
        expect(found).toMatchObject(shown);
        return found;
      }, PATIENCE);
    return { location, says, ordered };
  };

  it('a supplier sends an order in two parts, each paid when it leaves; when it says that they are there, the order is complete', async () => {
    const { place: order, moneyOf, reached, available } = shop();
    const [mug, lamp] = [unique('MUG'), unique('LAMP')];
    const { says, ordered } = await supplying({ [mug]: 5, [lamp]: 2 });
    const orderId = await order(
      orderOf([
        { sku: mug, quantity: 2 },
        { sku: lamp, quantity: 1 },
      ]),
    );
    const { shipmentId: reference } = await ordered({ orderId, status: 'accepted', cost: [{ currency: 'GBP', amount: 1_920 }] });
    const out = { type: 'dispatched', reference, carrier: 'own-van' };
    await says({ ...out, parcels: [{ trackingNumber: unique('A'), lines: [{ lineId: '2', quantity: 1 }] }] });
    await eventually(async () => expect(await moneyOf(orderId)).toMatchObject({ captured: 1_250 }), PATIENCE);
    // It speaks of the rest by the one reference that it knows, perhaps before we have planned it.
    await says({ ...out, parcels: [{ trackingNumber: unique('B') }] });
    await ordered({ status: 'shipped', billable: [{ currency: 'GBP', amount: 1_920 }], notices: [{}, {}] });
    await says({ type: 'delivered', reference });
    await reached(orderId, 'completed');
    await eventually(async () => expect(await moneyOf(orderId)).toMatchObject({ captured: 3_750, discrepancies: [] }), PATIENCE);
    await eventually(async () => expect(await available(mug)).toMatchObject({ onHand: 3, atp: 3 }), PATIENCE);
  }, 90_000);

  it('what a supplier rejects goes from elsewhere, and what its code says of its stock is booked', async () => {
    const { stock, place: order, get, available } = shop();
    const [own, sku] = [unique('LDN'), unique('MUG')];
    const { location, says, ordered } = await supplying({ [sku]: 4 });
    const orderId = await order(orderOf([{ sku, quantity: 1 }]));
    const { shipmentId: reference } = await ordered({ orderId, status: 'accepted' });
    await stock(own, [{ sku, quantity: 1 }]);
    await says({ type: 'rejected', reference, code: 'out-of-stock' });
    await ordered({ status: 'rejected', reason: { code: 'out-of-stock' }, billable: [{ amount: 0 }] });
    await eventually(async () => {
      const shipments = itemsOf(await get(`/shipping/shipments?orderId=${orderId}`));
      expect(shipments).toEqual(expect.arrayContaining([expect.objectContaining({ location: own, status: 'to-pack' })]));
      expect((await available(sku))['locations']).toEqual(expect.arrayContaining([expect.objectContaining({ location, onHand: 0 })]));
    }, PATIENCE);
  }, 90_000);
};
