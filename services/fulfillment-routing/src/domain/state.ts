import type { LineQuantity } from '@cartage/contracts';
import { evolving } from '@cartage/eventsourcing';
import type { BrokeringEvent, DecisionRecord, ShipGroup } from './events';

/**
 * `refused` by the stock ledger; `rejecting`: the location asked not to ship it, and whoever holds the goods has not answered yet; `rejected`: nothing goes out;
 * `closed`: the goods had left when it was asked. Refused and rejected ones are brokered again elsewhere. How far the others are, shipping knows.
 */
export const fulfillmentStatuses = ['brokered', 'refused', 'rejecting', 'rejected', 'closed'] as const;
export type FulfillmentStatus = (typeof fulfillmentStatuses)[number];

/** Lines of an order that one location is to ship. */
export interface Fulfillment {
  readonly fulfillmentId: string;
  readonly shipGroupId: string;
  readonly location: string;
  readonly lines: readonly LineQuantity[];
  readonly attempt: number;
  readonly decisionId: string;
  readonly status: FulfillmentStatus;
  readonly brokeredAt: string;
}

/** Lines of one ship group that nobody can ship, as last decided. */
export interface Unfilled extends LineQuantity {
  readonly shipGroupId: string;
}

/** The brokering of one order. */
export interface Brokered {
  readonly orderId: string;
  readonly priority: string;
  readonly shipGroups: ReadonlyMap<string, ShipGroup>;
  readonly fulfillments: ReadonlyMap<string, Fulfillment>;
  readonly unfilled: readonly Unfilled[];
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
});

/** Asked again, a group's waiting lines find a place or wait on; what comes to nothing joins those that wait. Other groups are not concerned. */
const decided = (state: Brokering, { orderId, cause, shipGroup, request, assignments }: DecisionRecord): Brokered => {
  const before = state ?? beginningOf({ orderId, priority: request.priority });
  const { shipGroupId } = shipGroup;
  const others = cause === 'asked-again' ? before.unfilled.filter((line) => line.shipGroupId !== shipGroupId) : before.unfilled;
  return {
    ...before,
    shipGroups: before.shipGroups.has(shipGroupId) ? before.shipGroups : new Map(before.shipGroups).set(shipGroupId, shipGroup),
    unfilled: assignments.length > 0 ? others : [...others, ...request.lines.map((line) => ({ ...line, shipGroupId }))],
  };
};

/** Statuses that may follow; every other news comes too late to matter. */
const next: { readonly [From in FulfillmentStatus]: readonly FulfillmentStatus[] } = {
  brokered: ['refused', 'rejecting', 'rejected', 'closed'],
  rejecting: ['refused', 'rejected', 'closed'],
  refused: [],
  rejected: [],
  closed: [],
};

export const mayBecome = (from: FulfillmentStatus, to: FulfillmentStatus): boolean => next[from].includes(to);

const become =
  (status: FulfillmentStatus) =>
  (state: Brokering, { fulfillmentId }: { readonly fulfillmentId: string }): Brokering => {
    const fulfillment = state?.fulfillments.get(fulfillmentId);
    if (!state || !fulfillment || !mayBecome(fulfillment.status, status)) return state;
    return { ...state, fulfillments: new Map(state.fulfillments).set(fulfillmentId, { ...fulfillment, status }) };
  };

export const evolve = evolving<Brokering, BrokeringEvent>({
  OrderBrokered: decided,
  FulfillmentBrokered: (state, { fulfillmentId, shipGroupId, location, lines, attempt, decisionId, brokeredAt }) =>
    state && {
      ...state,
      fulfillments: new Map(state.fulfillments).set(fulfillmentId, {
        fulfillmentId,
        shipGroupId,
        location,
        lines,
        attempt,
        decisionId,
        status: 'brokered',
        brokeredAt,
      }),
    },
  FulfillmentUnfillable: (state) => state,
  FulfillmentRejectionRequested: become('rejecting'),
  FulfillmentRejected: become('rejected'),
  AllocationRefused: become('refused'),
  // What it means is said by the event that follows it.
  ShipmentCancelled: (state) => state,
  CancellationRefused: become('closed'),
  OrderCancelled: (state, { reason }) => state && { ...state, closed: `cancelled: ${reason.code}` },
});
