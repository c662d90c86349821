import type { LineQuantity, Reason } from '@cartage/contracts';
import { evolving } from '@cartage/eventsourcing';
import { asksAgain, type BrokeringEvent, type DecisionRecord, type EventData, type ShipGroup } from './events';
import { pickupFolds, type Arrived, type Pickup } from './pickup';
import { pickedShort } from './short-units';
import { unfilledBy, withoutAsked, type Unfilled } from './unfilled';
import { divided, without } from './units';

/**
 * `refused` by the stock ledger; `rejecting`: the location asked not to ship it; `cancelling`: the order asked that some of it does not ship; in both, whoever holds
 * the goods has not answered yet. `rejected`, `cancelled`: nothing goes out; `closed`: the goods had left when it was asked. How far the others are, shipping knows.
 */
export const fulfillmentStatuses = ['brokered', 'refused', 'rejecting', 'rejected', 'cancelling', 'cancelled', 'closed'] as const;
export type FulfillmentStatus = (typeof fulfillmentStatuses)[number];

/** Units of a fulfilment that are to be cancelled; whoever holds the goods has not answered yet. */
export interface PendingCancellation {
  readonly cancellationId: string;
  readonly lines: readonly LineQuantity[];
  readonly reason: Reason;
}

/** What was asked of a fulfilment that is not to ship as it is. */
export interface Rejection {
  /** What the location says of its stock; absent: it was asked for by somebody else. */
  readonly stockEffect?: string;
  /** Only these lines are to go from elsewhere, or from the location that is named. */
  readonly apart?: { readonly lines: readonly LineQuantity[]; readonly location?: string };
}

/** Somebody wants it elsewhere; its location has nothing against it. */
export const isMove = (rejection: Rejection | undefined): boolean => rejection !== undefined && rejection.stockEffect === undefined;

/** Lines of an order that one location is to ship. */
export interface Fulfillment {
  readonly fulfillmentId: string;
  readonly shipGroupId: string;
  readonly location: string;
  readonly lines: readonly LineQuantity[];
  readonly attempt: number;
  readonly decisionId: string;
  readonly status: FulfillmentStatus;
  readonly cancellations: readonly PendingCancellation[];
  /** Units of it that were not at the location. */
  readonly lost: readonly LineQuantity[];
  /** Units that were found missing when it was picked: they are no part of it any more, and are not looked for there. */
  readonly short: readonly LineQuantity[];
  /** Its location is to accept it until then. */
  readonly acceptBy?: string;
  readonly ifNotAccepted?: string;
  readonly acceptedAt?: string;
  /** It was noted that nobody accepted it in time. */
  readonly notAcceptedAt?: string;
  /** It was asked back, and how. */
  readonly rejection?: Rejection;
  /** Its location has stopped it. */
  readonly hold?: { readonly holdId: string; readonly reason: Reason; readonly heldAt: string };
  /** Of what is sent to a store first: parcels that are there, and what is in them. */
  readonly arrived?: Arrived;
  /** It waits for the customer, or did. */
  readonly pickup?: Pickup;
  /** The location's own day for which it was given to it. */
  readonly workDay: string;
  readonly brokeredAt: string;
}

/** What the order holds: lines, a ship group, or all. */
export type OrderHold = Pick<EventData<'HoldApplied'>, 'holdId' | 'lines' | 'shipGroupId'>;

/** Lines that may be shipped once nothing holds them. */
export interface HeldLine extends LineQuantity {
  readonly shipGroupId: string;
  readonly attempt: number;
}

/** The brokering of one order. */
export interface Brokered {
  readonly orderId: string;
  readonly priority: string;
  /** As the order came; nothing where that was not heard yet. */
  readonly channel?: string;
  readonly shipGroups: ReadonlyMap<string, ShipGroup>;
  readonly fulfillments: ReadonlyMap<string, Fulfillment>;
  readonly unfilled: readonly Unfilled[];
  /** Since when it waits for stock, or did for the first time. */
  readonly waitsSince?: string;
  readonly holds: ReadonlyMap<string, OrderHold>;
  readonly held: readonly HeldLine[];
  /** Cancellations that were heard of. */
  readonly cancellations: ReadonlySet<string>;
  /** Units that were cancelled before it was heard that they are confirmed. */
  readonly cancelledEarly: readonly LineQuantity[];
  /** Why nothing is brokered any more. */
  readonly closed?: string;
}

export type Brokering = Brokered | undefined;

export const beginningOf = ({ orderId, priority }: Pick<Brokered, 'orderId' | 'priority'>): Brokered => ({
  orderId,
  priority,
  shipGroups: new Map(),
  fulfillments: new Map(),
  unfilled: [],
  holds: new Map(),
  held: [],
  cancellations: new Set(),
  cancelledEarly: [],
});

const channelOf = ({ channel }: { readonly channel?: string }): Pick<Brokered, 'channel'> => (channel === undefined ? {} : { channel });

/** Asked again, lines that waited find a place or wait on; what comes to nothing joins those that wait. Whatever was not asked for is not concerned. */
const decided = (state: Brokering, record: DecisionRecord): Brokered => {
  const { orderId, cause, shipGroup, request, assignments, brokeredAt } = record;
  const before = state ?? beginningOf({ orderId, priority: request.priority });
  const { shipGroupId } = shipGroup;
  const others = asksAgain.includes(cause) ? withoutAsked(before.unfilled, shipGroupId, request.lines) : before.unfilled;
  return {
    ...before,
    priority: request.priority,
    ...channelOf(request),
    shipGroups: new Map(before.shipGroups).set(shipGroupId, shipGroup),
    held: cause === 'released' ? divided(before.held, request.lines).rest : before.held,
    ...(assignments.length > 0
      ? { unfilled: others }
      : { unfilled: [...others, ...unfilledBy(record)], waitsSince: before.waitsSince ?? brokeredAt }),
  };
};

/** Statuses that may follow; every other news comes too late to matter. */
const next: { readonly [From in FulfillmentStatus]: readonly FulfillmentStatus[] } = {
  brokered: ['refused', 'rejecting', 'rejected', 'cancelling', 'cancelled', 'closed'],
  rejecting: ['refused', 'rejected', 'closed'],
  cancelling: ['refused', 'rejecting', 'rejected', 'cancelled', 'closed'],
  refused: [],
  rejected: [],
  cancelled: [],
  closed: [],
};

export const mayBecome = (from: FulfillmentStatus, to: FulfillmentStatus): boolean => next[from].includes(to);

/** Whether its goods may still go out, or have. */
export const isStanding = ({ status }: Fulfillment): boolean => !['refused', 'rejected', 'cancelled'].includes(status);

/** Those of an order that do. */
export const standing = (state: Brokering): readonly Fulfillment[] => [...(state?.fulfillments.values() ?? [])].filter(isStanding);

type Change = (fulfillment: Fulfillment) => Fulfillment;
const changed = (state: Brokering, { fulfillmentId }: { readonly fulfillmentId: string }, change: Change): Brokering => {
  const fulfillment = state?.fulfillments.get(fulfillmentId);
  return state && fulfillment && { ...state, fulfillments: new Map(state.fulfillments).set(fulfillmentId, change(fulfillment)) };
};

const to =
  (status: FulfillmentStatus): Change =>
  (fulfillment) =>
    mayBecome(fulfillment.status, status) ? { ...fulfillment, status } : fulfillment;

const become =
  (status: FulfillmentStatus) =>
  (state: Brokering, data: { readonly fulfillmentId: string }): Brokering =>
    changed(state, data, to(status)) ?? state;

const answered =
  (cancellationId: string): Change =>
  (fulfillment) => ({ ...fulfillment, cancellations: fulfillment.cancellations.filter((one) => one.cancellationId !== cancellationId) });

/** Units that no location was to ship: those that waited, or that were not heard of yet. */
const dropped = (state: Brokered, lines: readonly LineQuantity[]): Brokered => {
  const waiting = divided(state.unfilled, lines);
  const held = divided(state.held, without(lines, waiting.found));
  const early = without(lines, [...waiting.found, ...held.found]);
  return { ...state, unfilled: waiting.rest, held: held.rest, cancelledEarly: [...state.cancelledEarly, ...early] };
};

const cancelled = (state: Brokering, { fulfillmentId, cancellationId, lines }: EventData<'FulfillmentCancelled'>): Brokering => {
  if (!state || fulfillmentId === undefined) return state && dropped(state, lines);
  return changed(state, { fulfillmentId }, (fulfillment) => to('cancelled')(answered(cancellationId)(fulfillment))) ?? state;
};

const held = (state: Brokered, { shipGroup, lines, attempt, waited, ...data }: EventData<'LinesHeld'>): Brokered => ({
  ...state,
  unfilled: waited ? withoutAsked(state.unfilled, shipGroup.shipGroupId, lines) : state.unfilled,
  ...channelOf(data),
  shipGroups: new Map(state.shipGroups).set(shipGroup.shipGroupId, shipGroup),
  held: [...state.held, ...lines.map((line) => ({ ...line, shipGroupId: shipGroup.shipGroupId, attempt }))],
});

export const evolve = evolving<Brokering, BrokeringEvent>({
  ...pickupFolds,
  OrderBrokered: decided,
  FulfillmentBrokered: (state, { fulfillmentId, shipGroupId, location, lines, attempt, decisionId, workDay, brokeredAt, ...data }) => {
    const fulfillment: Fulfillment = {
      ...{ fulfillmentId, shipGroupId, location, lines, attempt, decisionId, workDay, brokeredAt },
      ...(data.acceptBy === undefined ? {} : { acceptBy: data.acceptBy }),
      ...(data.ifNotAccepted === undefined ? {} : { ifNotAccepted: data.ifNotAccepted }),
      status: 'brokered',
      cancellations: [],
      lost: [],
      short: [],
    };
    return state && { ...state, fulfillments: new Map(state.fulfillments).set(fulfillmentId, fulfillment) };
  },
  FulfillmentUnfillable: (state) => state,
  FulfillmentAccepted: (state, { fulfillmentId, acceptedAt }) =>
    changed(state, { fulfillmentId }, (one) => ({ ...one, acceptedAt })) ?? state,
  FulfillmentNotAccepted: (state, { fulfillmentId, notedAt }) =>
    changed(state, { fulfillmentId }, (one) => ({ ...one, notAcceptedAt: notedAt })) ?? state,
  FulfillmentRejectionRequested: (state, { fulfillmentId, stockEffect, apart }) =>
    changed(state, { fulfillmentId }, (one) => ({
      ...to('rejecting')(one),
      rejection: { ...(stockEffect === undefined ? {} : { stockEffect }), ...(apart ? { apart } : {}) },
    })) ?? state,
  FulfillmentRejected: become('rejected'),
  // What it means is said by the event that follows it.
  ShipmentPicked: (state) => state,
  FulfillmentPickedShort: (state, { fulfillmentId, short }) => state && pickedShort(state, fulfillmentId, short),
  AllocationRefused: become('refused'),
  AllocationReleased: (state, { lines, ...data }) => changed(state, data, (one) => ({ ...one, lost: [...one.lost, ...lines] })) ?? state,
  LinesUnreserved: (state, { shipGroup: { shipGroupId }, lines }) =>
    state && { ...state, unfilled: [...state.unfilled, ...lines.map((line) => ({ ...line, shipGroupId, unreserved: true as const }))] },
  // What it means is said by the event that follows it.
  ShipmentCancelled: (state) => state,
  // Whatever was to be cancelled of it is answered with it.
  CancellationRefused: (state, data) =>
    changed(state, data, (one) => (mayBecome(one.status, 'closed') ? { ...one, status: 'closed', cancellations: [] } : one)) ?? state,
  CancellationRequested: (state, { orderId, cancellationId }) => {
    const before = state ?? beginningOf({ orderId, priority: 'standard' });
    return { ...before, cancellations: new Set(before.cancellations).add(cancellationId) };
  },
  FulfillmentCancellationRequested: (state, { fulfillmentId, cancellationId, lines, reason }) =>
    changed(state, { fulfillmentId }, (one) => ({
      ...to('cancelling')(one),
      cancellations: [...one.cancellations, { cancellationId, lines, reason }],
    })) ?? state,
  FulfillmentCancelled: cancelled,
  FulfillmentCancellationRefused: (state) => state,
  CancelledUnitsConfirmed: (state, { lines }) => state && { ...state, cancelledEarly: without(state.cancelledEarly, lines) },
  ShipGroupChanged: (state, { shipGroup }) =>
    state && { ...state, shipGroups: new Map(state.shipGroups).set(shipGroup.shipGroupId, shipGroup) },
  HoldApplied: (state, { holdId, lines, shipGroupId }) => {
    const hold = { holdId, ...(lines ? { lines } : {}), ...(shipGroupId === undefined ? {} : { shipGroupId }) };
    return state && { ...state, holds: new Map(state.holds).set(holdId, hold) };
  },
  HoldReleased: (state, { holdId }) => state && { ...state, holds: new Map([...state.holds].filter(([id]) => id !== holdId)) },
  LinesHeld: (state, data) => state && held(state, data),
  FulfillmentHeld: (state, { fulfillmentId, holdId, reason, heldAt }) =>
    changed(state, { fulfillmentId }, (one) => ({ ...one, hold: { holdId, reason, heldAt } })) ?? state,
  FulfillmentReleased: (state, { fulfillmentId }) => changed(state, { fulfillmentId }, ({ hold: _, ...one }) => one) ?? state,
  OrderCancelled: (state, { reason }) => state && { ...state, closed: `cancelled: ${reason.code}` },
});
