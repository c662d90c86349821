import { withParts, type KitPart, type LineQuantity } from '@cartage/contracts';
import { evolving, Refused, type DataOf } from '@cartage/eventsourcing';
import type { StockFacts } from './book';
import type { ReservationEvent } from './events';
import { perUnit } from './kit';

/**
 * What an order wants of a line, and where those units are: claimed on the network, claimed at locations, gone out of the door. `waiting` is
 * what the network was told to be short of.
 */
export interface ClaimedLine {
  readonly lineId: string;
  readonly sku: string;
  /** What one unit is made of, if it is a kit, as it was when the order first asked for it; units are kits then. */
  readonly parts?: readonly KitPart[];
  /** Ordered, as edited, less what was cancelled. */
  readonly wanted: number;
  readonly reserved: number;
  readonly allocated: number;
  readonly issued: number;
  readonly waiting: number;
  /** Its claim on goods that are on order, while it waits. */
  readonly backorder?: Backorder;
}

/** `promisedAt`: when the goods are expected; absent: nobody knows any more, and nothing is claimed. */
export interface Backorder {
  readonly backorderId: string;
  readonly promisedAt?: string;
  /** Of a kit, the parts that are to come; it counts on the others where they are. */
  readonly parts?: readonly string[];
}

/** What one location was asked to ship; `lines` is what is still allocated to it. */
export interface Fulfillment {
  readonly status: 'allocated' | 'refused' | 'released';
  readonly location: string;
  readonly lines: readonly LineQuantity[];
  readonly shipments: readonly string[];
}

/** An order's claims. `ended`: it was cancelled and wants nothing any more. */
export interface Reservation {
  readonly status: 'none' | 'open' | 'ended';
  /** Where it was sold, if that is known: what is held back from the channel is not promised to it. */
  readonly channel?: string;
  /** Of the claim on the network's stock, once there was one. */
  readonly reservationId?: string;
  readonly lines: ReadonlyMap<string, ClaimedLine>;
  readonly fulfillments: ReadonlyMap<string, Fulfillment>;
  readonly gradings: ReadonlySet<string>;
}

export const noReservation: Reservation = { status: 'none', lines: new Map(), fulfillments: new Map(), gradings: new Set() };

export const claimedOf = ({ reserved, allocated, issued }: ClaimedLine): number => reserved + allocated + issued;
/** Wanted, and claimed nowhere. */
export const missingOf = (line: ClaimedLine): number => Math.max(0, line.wanted - claimedOf(line));
/** Reserved, and wanted no more. What is allocated beyond the wanted comes back when its location lets go of it. */
export const excessOf = (line: ClaimedLine): number => Math.min(line.reserved, Math.max(0, claimedOf(line) - Math.max(0, line.wanted)));

const comes = ({ backorder, parts }: ClaimedLine, sku: string): boolean => parts === undefined || (backorder?.parts ?? []).includes(sku);

const countedOn = (line: ClaimedLine, sku: string): number =>
  line.backorder?.promisedAt === undefined ? 0 : line.waiting * perUnit(line, sku);

/** Units of a SKU that it has a claim on of what is on order: whole or not at all; of a kit, of the parts that are to come. */
export const backorderedOf = (line: ClaimedLine, sku: string): number => (comes(line, sku) ? countedOn(line, sku) : 0);

/** Units of a part that a kit with a date counts on because they are there. Nobody keeps them for it: if they go, its date moves. */
export const leaningOf = (line: ClaimedLine, sku: string): number => (comes(line, sku) ? 0 : countedOn(line, sku));

type Change = (line: ClaimedLine, quantity: number) => Partial<ClaimedLine>;

const changed = (lines: Reservation['lines'], by: readonly LineQuantity[], change: Change): Reservation['lines'] => {
  const after = new Map(lines);
  for (const { lineId, sku, parts, quantity } of by) {
    const line = after.get(lineId) ?? withParts({ lineId, sku, wanted: 0, reserved: 0, allocated: 0, issued: 0, waiting: 0 }, parts);
    after.set(lineId, filled({ ...line, ...change(line, quantity) }));
  }
  return after;
};

/** What waits no more has no claim on what is on order. */
const filled = ({ backorder, ...line }: ClaimedLine): ClaimedLine => (line.waiting > 0 && backorder ? { ...line, backorder } : line);

/** Each of these lines that there is, as it is now. */
const each = <Named extends { readonly lineId: string }>(
  { lines, ...state }: Reservation,
  named: readonly Named[],
  change: (line: ClaimedLine, by: Named) => ClaimedLine,
): Reservation => {
  const after = new Map(lines);
  for (const by of named) {
    const line = after.get(by.lineId);
    if (line) after.set(by.lineId, change(line, by));
  }
  return { ...state, lines: after };
};

const backorder = (state: Reservation, { lines }: Pick<DataOf<ReservationEvent, 'BackorderMoved'>, 'lines'>): Reservation =>
  each(state, lines, (line, { backorderId, promisedAt }) => {
    const parts = line.backorder?.parts ? { parts: line.backorder.parts } : {};
    return filled({ ...line, backorder: promisedAt === undefined ? { backorderId } : { backorderId, promisedAt, ...parts } });
  });

const awaiting = (state: Reservation, { kits }: DataOf<ReservationEvent, 'PartsAwaited'>): Reservation =>
  each(state, kits, (line, { parts }) => (line.backorder ? { ...line, backorder: { ...line.backorder, parts } } : line));

const reserve: Change = (line, q) => ({
  wanted: Math.max(line.wanted, claimedOf(line) + q),
  reserved: line.reserved + q,
  waiting: Math.max(0, line.waiting - q),
});

const want: Change = (line, q) => {
  const wanted = line.wanted + q;
  return { wanted, waiting: Math.min(line.waiting, missingOf({ ...line, wanted })) };
};

/** Below zero: units that left and came back are as if nobody had ever asked for them. */
const unask: Change = (line, q) => ({ wanted: line.wanted + q, issued: line.issued + q });

const wait: Change = (line, q) => ({ wanted: Math.max(line.wanted, claimedOf(line) + q), waiting: q });

/** These lines without those units of them. */
export const minus = (lines: readonly LineQuantity[], gone: readonly LineQuantity[]): readonly LineQuantity[] => {
  const goneOf = new Map(gone.map(({ lineId, quantity }) => [lineId, quantity]));
  return lines
    .map((line) => ({ ...line, quantity: line.quantity - (goneOf.get(line.lineId) ?? 0) }))
    .filter(({ quantity }) => quantity > 0);
};

/** Units that left: those that were allocated, and those beyond. */
const gone = (
  before: Reservation['lines'],
  lines: readonly LineQuantity[],
  unallocated: readonly (LineQuantity & { readonly reserved: number })[],
): Reservation['lines'] => {
  const reserved = new Map(unallocated.map((line) => [line.lineId, line.reserved]));
  const after = changed(before, minus(lines, unallocated), (line, q) => ({ allocated: line.allocated - q, issued: line.issued + q }));
  return changed(after, unallocated, (line, q) => {
    const left = { ...line, reserved: line.reserved - (reserved.get(line.lineId) ?? 0), issued: line.issued + q };
    return { ...left, waiting: Math.min(line.waiting, missingOf(left)) };
  });
};

const withFulfillment = (
  { fulfillments }: Reservation,
  fulfillmentId: string,
  change: (before: Fulfillment | undefined) => Fulfillment,
): Reservation['fulfillments'] => new Map(fulfillments).set(fulfillmentId, change(fulfillments.get(fulfillmentId)));

/** Units of lines as the order has a claim on them: with what they are made of. */
export const asClaimed = ({ lines }: Reservation, units: readonly LineQuantity[]): readonly LineQuantity[] =>
  units.map((line) => withParts(line, lines.get(line.lineId)?.parts));

/** The same; a line that the order did not ask for before is made of what its item is described to be made of now, from then on, unless it is told: what is not counted is made of nothing. */
export const asSold = ({ lines }: Reservation, units: readonly LineQuantity[], stock: Pick<StockFacts, 'kitOf'>): readonly LineQuantity[] =>
  units.map((line) => {
    const known = lines.get(line.lineId);
    return withParts(line, known ? known.parts : (line.parts ?? stock.kitOf(line.sku)));
  });

/** Units that left are of the line's own SKU, whatever they were called. */
export const asGone = (state: Reservation, units: readonly LineQuantity[], stock: Pick<StockFacts, 'kitOf'>): readonly LineQuantity[] =>
  asSold(state, units, stock).map((line) => ({ ...line, sku: state.lines.get(line.lineId)?.sku ?? line.sku }));

/** As if the order wanted so many units more. */
export const wanting = (state: Reservation, lines: readonly LineQuantity[]): Reservation => ({
  ...state,
  lines: changed(state.lines, lines, want),
});

/** Said with the first facts about an order, and again with each that reserves. */
export const soldIn = (state: Reservation, channel: string | undefined): Reservation =>
  channel === undefined || channel === state.channel ? state : { ...state, channel };

export const requirePlaced = (orderId: string, { status }: Pick<Reservation, 'status'>): void => {
  if (status === 'none') throw new Refused('RESERVATION_UNKNOWN', `Nothing is known of a reservation of order ${orderId}.`, 'unknown');
};

export const evolve = evolving<Reservation, ReservationEvent>({
  DemandChanged: (state, { lines, ended, undelivered }) => ({
    ...(undelivered ? { ...state, lines: changed(state.lines, lines, unask) } : wanting(state, lines)),
    status: ended ? 'ended' : state.status,
  }),
  StockReserved: (state, { reservationId, lines, channel }) => ({
    ...soldIn(state, channel),
    reservationId,
    status: 'open',
    lines: changed(state.lines, lines, reserve),
  }),
  StockShort: (state, { short, channel }) => ({
    ...soldIn(state, channel),
    status: 'open',
    lines: changed(
      state.lines,
      short.map(({ requested, ...line }) => ({ ...line, quantity: requested })),
      wait,
    ),
  }),
  ShortageSplit: (state) => state,
  StockBackordered: backorder,
  BackorderMoved: backorder,
  PartsAwaited: awaiting,
  StockReleased: (state, { lines }) => ({
    ...state,
    lines: changed(state.lines, lines, (line, q) => ({ reserved: line.reserved - q })),
  }),
  StockAllocated: (state, { fulfillmentId, location, lines }) => ({
    ...state,
    lines: changed(state.lines, lines, (line, q) => ({ reserved: line.reserved - q, allocated: line.allocated + q })),
    fulfillments: withFulfillment(state, fulfillmentId, () => ({ status: 'allocated', location, lines, shipments: [] })),
  }),
  AllocationRefused: (state, { fulfillmentId, location }) => ({
    ...state,
    fulfillments: withFulfillment(state, fulfillmentId, () => ({ status: 'refused', location, lines: [], shipments: [] })),
  }),
  AllocationReleased: (state, { fulfillmentId, location, lines }) => ({
    ...state,
    lines: changed(state.lines, lines, (line, q) => ({ reserved: line.reserved + q, allocated: line.allocated - q })),
    fulfillments: withFulfillment(state, fulfillmentId, (before) => {
      const left = minus(before?.lines ?? [], lines);
      return { status: left.length > 0 ? 'allocated' : 'released', location, lines: left, shipments: before?.shipments ?? [] };
    }),
  }),
  StockIssued: (state, { fulfillmentId, shipmentId, location, lines, unallocated = [] }) => ({
    ...state,
    lines: gone(state.lines, lines, unallocated),
    fulfillments: withFulfillment(state, fulfillmentId, (before) => ({
      status: before?.status ?? 'allocated',
      location,
      lines: minus(before?.lines ?? [], lines),
      shipments: [...(before?.shipments ?? []), shipmentId],
    })),
  }),
  HandoverRefused: (state, { handoverId }) => ({
    ...state,
    fulfillments: withFulfillment(state, handoverId, () => ({ status: 'refused', location: '', lines: [], shipments: [] })),
  }),
  // What is counted was issued.
  StockHandedOver: (state, { handoverId, lines }) => ({
    ...state,
    lines: changed(
      state.lines,
      lines.filter(({ parts }) => parts?.length === 0),
      (line, q) => ({ reserved: line.reserved - q, issued: line.issued + q }),
    ),
    fulfillments: withFulfillment(
      state,
      handoverId,
      (before) => before ?? { status: 'allocated', location: '', lines: [], shipments: [handoverId] },
    ),
  }),
  StockRestocked: (state, { gradingId }) => ({ ...state, gradings: new Set(state.gradings).add(gradingId) }),
});
