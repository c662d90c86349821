import { byHand, roundsOver, type Actor } from './actors';
import type { ListedShipment } from './answers';
import type { Cartage } from './cartage';
import { intentNamed, isFetched } from './customers';
import { isElsewhere, isTooBusy, mishapOf, missingOf } from './mishaps';
import { patiently } from './patience';
import { Problem } from './problem';
import { chanceOf } from './random';
import { STORE, type Shop } from './shop';
import type { Deviation } from './warehouse';

export interface Played {
  readonly seed: number;
  readonly shop: Shop;
  /** What an order is called outside: chance goes by that. Nothing, where Cartage placed it by itself. */
  readonly nameOf: (orderId: string) => string | undefined;
  /** An order will send something again. */
  readonly sentAgain: () => void;
}

const PAGE = 200;
const HANDS = 8;

/** What the staff of a location does with a shipment instead of packing it as it was planned: nothing, in most cases. */
export const deviationOf = (cartage: Cartage, { seed, shop, nameOf }: Played): Deviation => {
  const missed = new Set<string>();
  const isRefused = (name: string, { location, lines }: ListedShipment): boolean =>
    location === STORE &&
    !isFetched(intentNamed(seed, shop, name)) &&
    isTooBusy(seed, name) &&
    isElsewhere(
      shop,
      lines.map(({ sku }) => sku),
    );
  const missing = (name: string, shipment: ListedShipment) =>
    mishapOf(seed, shop, name) === 'short at the shelf' && !missed.has(name) ? missingOf(shipment) : undefined;
  return async (shipment) => {
    const { shipmentId, fulfillmentId, orderId, lines } = shipment;
    const name = nameOf(orderId);
    if (name === undefined) return lines;
    if (isRefused(name, shipment)) {
      await cartage.rejectFulfillment(fulfillmentId, { reason: 'too-busy', stockEffect: 'keep' });
      return [];
    }
    const short = missing(name, shipment);
    if (!short) return lines;
    missed.add(name);
    const found = lines.map(({ lineId }) => (lineId === short.lineId ? { lineId, short: 1, reason: 'not-found' } : { lineId }));
    await cartage.pick(shipmentId, found);
    return lines.flatMap((line) =>
      line.lineId !== short.lineId ? [line] : line.quantity > 1 ? [{ ...line, quantity: line.quantity - 1 }] : [],
    );
  };
};

/** Whoever receives what comes back undelivered. */
const dock = (cartage: Cartage): Actor => ({
  name: 'dock',
  round: roundsOver({
    list: async () => (await cartage.shipments({ status: 'returning', limit: PAGE })).items,
    idOf: ({ shipmentId }) => shipmentId,
    handle: byHand(HANDS, ({ shipmentId, location }) => cartage.receiveRto(shipmentId, location)),
  }),
});

/** The goods once more, where they were paid for; else there is nothing to lose. */
const settleLoss = async (
  cartage: Cartage,
  { orderId, shipmentId }: ListedShipment,
  { choice, sentAgain }: Pick<Played, 'sentAgain'> & { readonly choice: 'refund' | 'resend' },
): Promise<void> => {
  const decide = (chosen: typeof choice): Promise<unknown> =>
    patiently(() => cartage.resolveLost(orderId, { shipmentId, choice: chosen, reason: { code: 'parcel-lost' } }), ['PARCEL_NOT_LOST']);
  try {
    await decide(choice);
    if (choice === 'resend') sentAgain();
  } catch (error) {
    if (!(error instanceof Problem) || error.code !== 'RESEND_NOT_PAID') throw error;
    await decide('refund');
  }
};

/** Customer service: parcels of which nothing is heard any more are given up, and made good. */
const searching = (cartage: Cartage, { seed, shop, nameOf, sentAgain }: Played): Actor => {
  const choiceFor = (orderId: string): 'refund' | 'resend' | undefined => {
    const name = nameOf(orderId);
    const mishap = name === undefined ? 'none' : mishapOf(seed, shop, name);
    if (!mishap.startsWith('lost')) return undefined;
    return mishap === 'lost, money back' ? 'refund' : 'resend';
  };
  return {
    name: 'customer service, lost parcels',
    round: roundsOver({
      list: async () =>
        (await cartage.shipments({ status: 'in-transit', limit: PAGE })).items.filter(({ orderId }) => choiceFor(orderId) !== undefined),
      idOf: ({ shipmentId }) => shipmentId,
      handle: byHand(HANDS, async (shipment) => {
        await cartage.loseShipment(shipment.shipmentId, 'The carrier knows nothing of it.');
        await settleLoss(cartage, shipment, { choice: choiceFor(shipment.orderId) ?? 'refund', sentAgain });
      }),
    }),
  };
};

/** At the counter of the store: some want only a part of what they ordered. */
const counter = (cartage: Cartage, { seed, nameOf }: Played): Actor => ({
  name: 'counter',
  round: roundsOver({
    list: async () => (await cartage.fulfillments({ awaitingPickup: 'true', limit: PAGE })).items,
    idOf: ({ fulfillmentId }) => fulfillmentId,
    handle: byHand(HANDS, ({ fulfillmentId, orderId, lines }) => {
      const { percent } = chanceOf(seed, 'counter', nameOf(orderId) ?? '');
      const [first] = lines;
      // Of a single unit that is left there is no part to take.
      const units = lines.reduce((sum, { quantity }) => sum + quantity, 0);
      const declined = first && units > 1 && percent(25) ? { declined: [{ lineId: first.lineId, quantity: 1 }] } : {};
      return cartage.handOverPickup(fulfillmentId, { collectedBy: 'The customer.', withoutCode: { reason: 'showed-id' }, ...declined });
    }),
  }),
});

/** Those who deal with what goes wrong after release, and with what is fetched. */
export const troubleshooters = (cartage: Cartage, played: Played): readonly Actor[] => [
  dock(cartage),
  searching(cartage, played),
  counter(cartage, played),
];
