import { byHand, roundsOver, type Actor } from './actors';
import type { ListedSupplierOrder } from './answers';
import type { LocationProfile } from './bodies';
import type { Cartage } from './cartage';
import { patiently } from './patience';
import { chanceOf } from './random';
import { secondThoughtOf } from './second-thoughts';
import type { Shop } from './shop';

/** Who sends its own goods to our customers, and the location that stands for it. */
const PARTNER = 'lamp-works';
export const SUPPLIER = 'LAMPS';
/** More than the largest demo can want. */
export const SUPPLIER_UNITS = 20_000;
const COST = 2_150;
const HANDS = 8;

const profile: LocationProfile = {
  name: 'Lamp Works',
  kind: 'supplier',
  country: 'GB',
  latitude: 53.5,
  longitude: -2.2,
  active: true,
};

/** Makes the supplier known, and lets it say what it has. */
export const openSupplier = async (cartage: Cartage, { dropshipped }: Shop, asOf: string): Promise<void> => {
  await cartage.putLocation(SUPPLIER, profile);
  const terms = { kind: 'supplier', adapter: 'simulated', locations: [SUPPLIER] };
  // Shipping hears of the location a moment later.
  await patiently(() => cartage.putPartner(PARTNER, terms), ['LOCATION_UNKNOWN']);
  const stock = [{ sku: dropshipped.sku, onHand: SUPPLIER_UNITS, unitCost: COST, currency: 'GBP' }];
  await cartage.partnerSays(PARTNER, 'opening-feed', { type: 'stock', location: SUPPLIER, asOf, whole: true, stock });
};

/** Whether an order, by what it is called outside, wants what only the supplier has; nobody who thinks again of it does. */
export const wantsDropshipped = (seed: number, externalOrderId: string): boolean =>
  secondThoughtOf(seed, externalOrderId) === 'none' && chanceOf(seed, 'dropshipped', externalOrderId).percent(10);

/** Half of those who want several get them one after the other. */
const partsOf = (seed: number, name: string, { lines }: ListedSupplierOrder): readonly number[] => {
  const [{ quantity } = { quantity: 1 }] = lines;
  return quantity > 1 && chanceOf(seed, 'supplier', name).percent(50) ? [1, quantity - 1] : [quantity];
};

/** Sends what it took, in one parcel or two, and says when that is there. */
const send = async (cartage: Cartage, order: ListedSupplierOrder, parts: readonly number[]): Promise<void> => {
  const { shipmentId: reference, number, lines } = order;
  const lineId = lines[0]?.lineId;
  for (const [at, quantity] of parts.entries()) {
    const parcel = { trackingNumber: `${number}-${at + 1}`, lines: [{ lineId, quantity }] };
    await cartage.partnerSays(PARTNER, `${number}-out-${at + 1}`, { type: 'dispatched', reference, carrier: 'own-van', parcels: [parcel] });
  }
  await cartage.partnerSays(PARTNER, `${number}-there`, { type: 'delivered', reference });
};

/** The supplier at its work. */
export const supplier = (cartage: Cartage, seed: number, nameOf: (orderId: string) => string | undefined): Actor => ({
  name: 'supplier',
  round: roundsOver({
    list: async () => (await cartage.supplierOrders({ supplier: PARTNER, status: 'accepted', limit: 200 })).items,
    idOf: ({ supplierOrderId }) => supplierOrderId,
    handle: byHand(HANDS, (order) => send(cartage, order, partsOf(seed, nameOf(order.orderId) ?? '', order))),
  }),
});
