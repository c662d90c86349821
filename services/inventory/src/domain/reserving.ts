import type { LineQuantity, Reason } from '@cartage/contracts';
import { deciding, Refused, type Decider, type Named } from '@cartage/eventsourcing';
import { withLevels, type StockFacts } from './book';
import type { ReservationEvent } from './events';
import { unknownLocation } from './location';
import { claimsOf, evolve, linesOf, noReservation, type ClaimedLine, type Fulfillment, type Reservation } from './reservation';
import { shortagesOf } from './shortage';
import type { Cell } from './stock';

interface OfOrder {
  readonly orderId: string;
  readonly now: string;
}
interface OfFulfillment extends OfOrder {
  readonly fulfillmentId: string;
}
interface WithLines {
  readonly lines: readonly LineQuantity[];
}

export type ReserveStock = Named<'ReserveStock', OfOrder & WithLines & { readonly reservationId: string }>;
export type AllocateStock = Named<'AllocateStock', OfFulfillment & WithLines & { readonly location: string }>;
export type ReleaseAllocation = Named<'ReleaseAllocation', OfFulfillment & { readonly reason: Reason }>;
export type IssueStock = Named<'IssueStock', OfFulfillment & WithLines & { readonly shipmentId: string }>;
export type ReleaseStock = Named<'ReleaseStock', OfOrder & { readonly reason: Reason }>;
export type RestockReturn = Named<
  'RestockReturn',
  OfOrder &
    Required<Cell> & {
      readonly gradingId: string;
      readonly returnId: string;
      readonly lineId: string;
      readonly quantity: number;
      readonly disposition: string;
    }
>;

export type ReservationCommand = ReserveStock | AllocateStock | ReleaseAllocation | IssueStock | ReleaseStock | RestockReturn;

/** The rows that a command may move, so that they can be locked before it is decided. */
export const cellsOf = ({ type, data }: ReservationCommand, { fulfillments, lines }: Reservation): readonly Cell[] => {
  const at = (location: string, those: readonly LineQuantity[]): readonly Cell[] => those.map(({ sku }) => ({ sku, location }));
  if (type === 'ReserveStock') return data.lines.map(({ sku }) => ({ sku }));
  if (type === 'AllocateStock') return at(data.location, data.lines);
  if (type === 'RestockReturn') return data.disposition === 'missing' ? [] : [{ sku: data.sku, location: data.location }];
  if (type === 'ReleaseStock')
    return [
      ...[...lines.values()].map(({ sku }) => ({ sku })),
      ...[...fulfillments.values()].flatMap((each) => at(each.location, each.lines)),
    ];
  const fulfillment = fulfillments.get(data.fulfillmentId);
  return fulfillment ? at(fulfillment.location, fulfillment.lines) : [];
};

/** The rules of an order's claims, given the stock as it stands. */
export const reservationOn = (stock: StockFacts): Decider<ReservationCommand, Reservation, ReservationEvent> => ({
  initial: noReservation,
  evolve,
  decide: deciding<ReservationCommand, Reservation, ReservationEvent>({
    ReserveStock: (data, state) => (state.status === 'none' ? [reserved(data, stock)] : []),

    AllocateStock: (data, state) => {
      if (state.fulfillments.has(data.fulfillmentId)) return [];
      requireReserved(data.lines, requireHeld(data.orderId, state));
      return [withLevels(stock, allocated(data, stock))];
    },

    ReleaseAllocation: ({ orderId, fulfillmentId, reason, now }, state) => {
      const { lines, location } = requireFulfillment(fulfillmentId, state);
      if (lines.length === 0) return [];
      const data = { orderId, fulfillmentId, location, lines, reason, levels: [], releasedAt: now };
      return [withLevels(stock, { type: 'AllocationReleased', data })];
    },

    IssueStock: ({ orderId, fulfillmentId, shipmentId, lines, now }, state) => {
      const fulfillment = requireFulfillment(fulfillmentId, state);
      if (fulfillment.shipments.includes(shipmentId)) return [];
      requireAllocated(lines, fulfillment);
      const data = { orderId, fulfillmentId, shipmentId, location: fulfillment.location, lines, levels: [], issuedAt: now };
      return [withLevels(stock, { type: 'StockIssued', data })];
    },

    ReleaseStock: ({ orderId, reason, now }, state) => {
      if (state.status === 'none') throw unknownReservation(orderId);
      const claims = claimsOf(state);
      if (claims.length === 0 || state.reservationId === undefined) return [];
      const { reservationId } = state;
      const data = { orderId, reservationId, reason, claims, lines: linesOf(claims), levels: [], releasedAt: now };
      return [withLevels(stock, { type: 'StockReleased', data })];
    },

    RestockReturn: ({ now, ...data }, { gradings }) => {
      // A unit that never came is nowhere: there is nothing to book.
      if (gradings.has(data.gradingId) || data.disposition === 'missing') return [];
      if (!stock.at(data)) throw unknownLocation(data.location);
      return [withLevels(stock, { type: 'StockRestocked', data: { ...data, levels: [], restockedAt: now } })];
    },
  }),
});

const reserved = ({ orderId, reservationId, lines, now }: ReserveStock['data'], stock: StockFacts): ReservationEvent => {
  const short = shortagesOf(lines, stock.promisable);
  return short.length > 0
    ? { type: 'StockShort', data: { orderId, short, decidedAt: now } }
    : { type: 'StockReserved', data: { orderId, reservationId, lines, reservedAt: now } };
};

const allocated = ({ now, ...data }: AllocateStock['data'], stock: StockFacts): Levelled => {
  const { lines, ...claim } = data;
  const short = shortagesOf(lines, (sku) => stock.available({ sku, location: data.location }));
  return short.length > 0
    ? { type: 'AllocationRefused', data: { ...claim, short, levels: [], refusedAt: now } }
    : { type: 'StockAllocated', data: { ...data, levels: [], allocatedAt: now } };
};

type Levelled = Extract<ReservationEvent, { readonly data: { readonly levels: unknown } }>;

const unknownReservation = (orderId: string): Refused =>
  new Refused('RESERVATION_UNKNOWN', `Nothing is known of a reservation of order ${orderId}.`, 'unknown');

const requireHeld = (orderId: string, state: Reservation): Reservation => {
  if (state.status === 'none') throw unknownReservation(orderId);
  if (state.status === 'held') return state;
  throw new Refused('NOTHING_RESERVED', `Order ${orderId} holds no reservation: it is ${state.status}.`);
};

const requireFulfillment = (fulfillmentId: string, { fulfillments }: Reservation): Fulfillment => {
  const fulfillment = fulfillments.get(fulfillmentId);
  if (fulfillment) return fulfillment;
  throw new Refused('ALLOCATION_UNKNOWN', `Nothing is known of an allocation for fulfilment ${fulfillmentId}.`, 'unknown');
};

const requireReserved = (lines: readonly LineQuantity[], { lines: claimed }: Reservation): void => {
  const excess = lines.find(({ lineId, sku, quantity }) => !covers(claimed.get(lineId), sku, quantity));
  if (excess)
    throw new Refused('NOTHING_RESERVED', `Line ${excess.lineId} has no ${excess.quantity} units reserved that a location could take.`);
};

const covers = (line: ClaimedLine | undefined, sku: string, quantity: number): boolean =>
  line !== undefined && line.sku === sku && line.reserved >= quantity;

const requireAllocated = (lines: readonly LineQuantity[], { lines: allocated, location }: Fulfillment): void => {
  const left = new Map(allocated.map(({ lineId, quantity }) => [lineId, quantity]));
  const excess = lines.find(({ lineId, quantity }) => quantity > (left.get(lineId) ?? 0));
  if (excess) throw new Refused('ISSUE_EXCEEDS_ALLOCATION', `Line ${excess.lineId}: more was sent than was allocated at ${location}.`);
};
