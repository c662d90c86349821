import type { LineQuantity } from '@cartage/contracts';
import { evolving } from '@cartage/eventsourcing';
import type { ClaimPart, ReservationEvent } from './events';

/** Where the units of an order line are: claimed on the network, claimed at locations, or gone out of the door. */
export interface ClaimedLine extends LineQuantity {
  readonly reserved: number;
  readonly allocated: number;
  readonly issued: number;
}

/** What one location was asked to ship; `lines` is what is still allocated to it. */
export interface Fulfillment {
  readonly status: 'allocated' | 'refused' | 'released';
  readonly location: string;
  readonly lines: readonly LineQuantity[];
  readonly shipments: readonly string[];
}

/** An order's claims. `short`: the network could not promise it, nothing is held. `released`: given back, no new claims. */
export interface Reservation {
  /** Of the claim on the network's stock, once there was one. */
  readonly reservationId?: string;
  readonly status: 'none' | 'short' | 'held' | 'released';
  readonly lines: ReadonlyMap<string, ClaimedLine>;
  readonly fulfillments: ReadonlyMap<string, Fulfillment>;
  readonly gradings: ReadonlySet<string>;
}

export const noReservation: Reservation = { status: 'none', lines: new Map(), fulfillments: new Map(), gradings: new Set() };

type Change = (line: ClaimedLine, quantity: number) => Partial<ClaimedLine>;

const changed = (lines: Reservation['lines'], by: readonly LineQuantity[], change: Change): Reservation['lines'] => {
  const after = new Map(lines);
  for (const { lineId, quantity } of by) {
    const line = after.get(lineId);
    if (line) after.set(lineId, { ...line, ...change(line, quantity) });
  }
  return after;
};

/** More lines may follow those that are held already; more units of a line add to it. */
const withReserved = (before: Reservation['lines'], more: readonly LineQuantity[]): Reservation['lines'] => {
  const after = new Map(before);
  for (const { lineId, sku, quantity } of more) {
    const line = after.get(lineId) ?? { lineId, sku, quantity: 0, reserved: 0, allocated: 0, issued: 0 };
    after.set(lineId, { ...line, quantity: line.quantity + quantity, reserved: line.reserved + quantity });
  }
  return after;
};

const minus = (lines: readonly LineQuantity[], gone: readonly LineQuantity[]): readonly LineQuantity[] => {
  const goneOf = new Map(gone.map(({ lineId, quantity }) => [lineId, quantity]));
  return lines
    .map((line) => ({ ...line, quantity: line.quantity - (goneOf.get(line.lineId) ?? 0) }))
    .filter(({ quantity }) => quantity > 0);
};

const withFulfillment = (
  { fulfillments }: Reservation,
  fulfillmentId: string,
  change: (before: Fulfillment | undefined) => Fulfillment,
): Reservation['fulfillments'] => new Map(fulfillments).set(fulfillmentId, change(fulfillments.get(fulfillmentId)));

const emptied = (fulfillments: Reservation['fulfillments']): Reservation['fulfillments'] =>
  new Map([...fulfillments].map(([id, each]) => [id, each.lines.length > 0 ? { ...each, status: 'released', lines: [] } : each]));

export const evolve = evolving<Reservation, ReservationEvent>({
  StockReserved: (state, { reservationId, lines }) => ({
    ...state,
    reservationId,
    status: 'held',
    lines: withReserved(state.lines, lines),
  }),
  StockShort: (state) => ({ ...state, status: 'short' }),
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
    fulfillments: withFulfillment(state, fulfillmentId, (before) => ({
      status: 'released',
      location,
      lines: [],
      shipments: before?.shipments ?? [],
    })),
  }),
  StockIssued: (state, { fulfillmentId, shipmentId, location, lines }) => ({
    ...state,
    lines: changed(state.lines, lines, (line, q) => ({ allocated: line.allocated - q, issued: line.issued + q })),
    fulfillments: withFulfillment(state, fulfillmentId, (before) => ({
      status: 'allocated',
      location,
      lines: minus(before?.lines ?? [], lines),
      shipments: [...(before?.shipments ?? []), shipmentId],
    })),
  }),
  StockReleased: (state, { lines }) => ({
    ...state,
    status: 'released',
    lines: changed(state.lines, lines, () => ({ reserved: 0, allocated: 0 })),
    fulfillments: emptied(state.fulfillments),
  }),
  StockRestocked: (state, { gradingId }) => ({ ...state, gradings: new Set(state.gradings).add(gradingId) }),
});

/** Everything an order still has a claim on, and where. */
export const claimsOf = ({ lines, fulfillments }: Reservation): readonly ClaimPart[] => {
  const reserved = [...lines.values()].flatMap((line) =>
    line.reserved > 0 ? [{ lineId: line.lineId, sku: line.sku, quantity: line.reserved }] : [],
  );
  const allocated = [...fulfillments.values()].map(({ location, lines }) => ({ location, lines }));
  return [{ lines: reserved }, ...allocated].filter((part) => part.lines.length > 0);
};

/** The same units by order line, wherever they are claimed. */
export const linesOf = (claims: readonly ClaimPart[]): readonly LineQuantity[] => {
  const lines = new Map<string, LineQuantity>();
  for (const line of claims.flatMap((part) => part.lines))
    lines.set(line.lineId, { ...line, quantity: (lines.get(line.lineId)?.quantity ?? 0) + line.quantity });
  return [...lines.values()];
};
