import { piecesOf, wholeUnits, withParts, type LineQuantity, type Reason } from '@cartage/contracts';
import { deciding, Refused, type Decider } from '@cartage/eventsourcing';
import { withLevels, type StockFacts } from './book';
import type { ReservationEvent } from './events';
import { handedOver } from './handing-over';
import { issued } from './issuing';
import { skusOf } from './kit';
import { unknownLocation } from './location';
import { filledBackorder, promisedSupply } from './backordering';
import { lost } from './losing';
import {
  asGone,
  asSold,
  evolve,
  minus,
  missingOf,
  noReservation,
  requirePlaced,
  soldIn,
  wanting,
  type Fulfillment,
  type Reservation,
} from './reservation';
import {
  returned,
  type AllocateStock,
  type ChangeDemand,
  type OfOrder,
  type ReleaseAllocation,
  type ReservationCommand,
  type RestockReturn,
} from './reservation-command';
import { channelOf, settled } from './settling';
import { shortAt } from './shortage';

/** The rules of an order's claims, given the stock as it stands. */
export const reservationOn = (stock: StockFacts): Decider<ReservationCommand, Reservation, ReservationEvent> => ({
  initial: noReservation,
  evolve,
  decide: deciding<ReservationCommand, Reservation, ReservationEvent>({
    // What it wants is told by what is reserved and what is short; an event for each order less.
    ReserveStock: ({ lines, cart: _, channel, ...data }, state) =>
      state.status === 'none' ? settled(soldIn(wanting(state, asSold(state, lines, stock)), channel), { ...data, stock }, undefined) : [],

    ChangeDemand: (data, state) => changedDemand(data, state, stock),

    EndDemand: ({ reason, ...data }, state) => {
      requirePlaced(data.orderId, state);
      if (state.status === 'ended') return [];
      return settling([ended(data, reason, state)], state, { ...data, reason, stock });
    },

    SplitShortage: ({ lineIds, ...data }, state) => {
      requirePlaced(data.orderId, state);
      return [
        { type: 'ShortageSplit', data: { orderId: data.orderId, lineIds, splitAt: data.now } },
        ...split(lineIds, state, { ...data, stock }),
      ];
    },

    OfferStock: (data, state) => settled(state, { ...data, stock }),

    LoseStock: (data, state) => lost(data, state, stock),

    FillBackorder: (data, state) => filledBackorder(data, state, stock),

    PromiseSupply: promisedSupply,

    AllocateStock: (data, state) => {
      if (state.fulfillments.has(data.fulfillmentId)) return [];
      requirePlaced(data.orderId, state);
      return [withLevels(stock, allocated(data, state, stock))];
    },

    ReleaseAllocation: (data, state) => releasedAllocation(data, state, stock),

    IssueStock: (data, state) => {
      const fulfillment = requireFulfillment(data.fulfillmentId, state);
      const lines = asGone(state, data.lines, stock);
      return fulfillment.shipments.includes(data.shipmentId) ? [] : issued({ ...data, lines }, fulfillment, { state, stock });
    },

    HandOverStock: (data, state) => handedOver(data, { state, stock }),

    // A unit that never came is nowhere: there is nothing to book.
    RestockReturn: (data, state) =>
      state.gradings.has(data.gradingId) || data.disposition === 'missing' ? [] : restocked(data, state, stock),
  }),
});

type Facts = readonly ReservationEvent[];

/** Of an order that was never heard of it is as the item is described now. */
const madeOf = (sku: string, line: Pick<LineQuantity, 'sku' | 'parts'>, stock: StockFacts): Pick<LineQuantity, 'sku' | 'parts'> =>
  'lineId' in line ? line : withParts(line, stock.kitOf(sku));

/** A kit is booked part by part. */
const restocked = ({ now, sku, quantity, ...data }: RestockReturn['data'], state: Reservation, stock: StockFacts): Facts => {
  const pieces = piecesOf(madeOf(sku, returned({ ...data, sku }, state), stock));
  stock.require(pieces.map((piece) => ({ sku: piece.sku, location: data.location })));
  return pieces.map((piece): ReservationEvent => {
    if (!stock.at({ sku: piece.sku, location: data.location })) throw unknownLocation(data.location);
    const unit = { ...data, sku: piece.sku, quantity: quantity * piece.quantity, levels: [], restockedAt: now };
    return withLevels(stock, { type: 'StockRestocked', data: unit });
  });
};

const changedDemand = ({ lines, reason, undelivered, ...data }: ChangeDemand['data'], state: Reservation, stock: StockFacts): Facts => {
  requirePlaced(data.orderId, state);
  if (lines.length === 0 || state.status === 'ended') return [];
  const change = { orderId: data.orderId, lines: asSold(state, lines, stock), reason, changedAt: data.now };
  return settling([{ type: 'DemandChanged', data: undelivered ? { ...change, undelivered } : change }], state, { ...data, reason, stock });
};

const releasedAllocation = (
  { fulfillmentId, reason, keeping = [], ...data }: ReleaseAllocation['data'],
  state: Reservation,
  stock: StockFacts,
): Facts => {
  const { lines: allocated, location, shipments } = requireFulfillment(fulfillmentId, state);
  // What it still ships may have left before this was heard: then the claim on it is over already.
  const lines = shipments.length > 0 ? allocated : minus(allocated, keeping);
  if (lines.length === 0) return [];
  const release = { orderId: data.orderId, fulfillmentId, location, lines, reason, levels: [], releasedAt: data.now };
  return settling([withLevels(stock, { type: 'AllocationReleased', data: release })], state, { ...data, stock });
};

type Context = Parameters<typeof settled>[1] & { readonly reason?: Reason };

/** These facts, and what follows for the claims. */
const settling = (
  events: readonly ReservationEvent[],
  state: Reservation,
  { reason, ...context }: Context,
): readonly ReservationEvent[] => [...events, ...settled(events.reduce(evolve, state), context, reason)];

/** Units that went out of the door stay wanted. */
const ended = ({ orderId, now }: OfOrder, reason: Reason, state: Reservation): ReservationEvent => {
  const lines = [...state.lines.values()].map(({ lineId, sku, parts, wanted, issued }) =>
    withParts({ lineId, sku, quantity: Math.min(0, issued - wanted) }, parts),
  );
  return {
    type: 'DemandChanged',
    data: { orderId, lines: lines.filter(({ quantity }) => quantity < 0), ended: true, reason, changedAt: now },
  };
};

/** What is there of these lines, though not all of it is: lines that share a SKU share its stock. */
const split = (lineIds: readonly string[], state: Reservation, { orderId, stock, now, ...data }: Context): readonly ReservationEvent[] => {
  const left = new Map<string, number>();
  const leftOf = (sku: string): number => left.get(sku) ?? stock.promisable(sku, state);
  const known = [...new Set(lineIds)].flatMap((lineId) => state.lines.get(lineId) ?? []);
  stock.require(skusOf(known).map((sku) => ({ sku })));
  const lines = known.flatMap((line): readonly LineQuantity[] => {
    const quantity = Math.min(missingOf(line), wholeUnits(line, leftOf));
    if (quantity <= 0) return [];
    for (const piece of piecesOf(line)) left.set(piece.sku, leftOf(piece.sku) - quantity * piece.quantity);
    return [withParts({ lineId: line.lineId, sku: line.sku, quantity }, line.parts)];
  });
  if (lines.length === 0) return [];
  const reservationId = state.reservationId ?? data.reservationId;
  return [{ type: 'StockReserved', data: { orderId, ...channelOf(state), reservationId, lines, waited: true, reservedAt: now } }];
};

/** A location takes all of it or nothing. What the order holds no reservation for (it was cancelled meanwhile, or lost) no location can take. */
const allocated = ({ now, ...data }: AllocateStock['data'], state: Reservation, stock: StockFacts): Levelled => {
  const { location, orderId, fulfillmentId } = data;
  const claim = { orderId, fulfillmentId, location };
  const lines = asSold(state, data.lines, stock);
  const { short, held } = shortAt({ lines, location }, state, stock);
  if (short.length === 0) return { type: 'StockAllocated', data: { ...claim, lines, levels: [], allocatedAt: now } };
  const unreserved = held.map(({ requested, available, ...line }) => ({ ...line, quantity: requested - available }));
  return { type: 'AllocationRefused', data: { ...claim, short, ...(held.length > 0 ? { unreserved } : {}), levels: [], refusedAt: now } };
};

type Levelled = Extract<ReservationEvent, { readonly data: { readonly levels: unknown } }>;

const requireFulfillment = (fulfillmentId: string, { fulfillments }: Reservation): Fulfillment => {
  const fulfillment = fulfillments.get(fulfillmentId);
  if (fulfillment) return fulfillment;
  throw new Refused('ALLOCATION_UNKNOWN', `Nothing is known of an allocation for fulfilment ${fulfillmentId}.`, 'unknown');
};
