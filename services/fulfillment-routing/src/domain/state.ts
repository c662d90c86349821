import type { Destination, LineQuantity, Priority, Sealed } from '@cartage/contracts';
import { evolving } from '@cartage/eventsourcing';
import type { BrokeringEvent, DecisionRecord } from './events';

/** `refused` by the stock ledger, `rejected` by the location; both are brokered again elsewhere. `closed`: the goods have left. */
export type FulfillmentStatus = 'brokered' | 'allocated' | 'refused' | 'rejected' | 'closed';

/** Lines of an order that one location is to ship. */
export interface Fulfillment {
  readonly fulfillmentId: string;
  readonly location: string;
  readonly lines: readonly LineQuantity[];
  readonly attempt: number;
  readonly decisionId: string;
  readonly status: FulfillmentStatus;
  readonly brokeredAt: string;
}

/** The brokering of one order. */
export interface Brokered {
  readonly orderId: string;
  readonly destination: Destination;
  readonly personal: Sealed;
  readonly priority: Priority;
  readonly fulfillments: ReadonlyMap<string, Fulfillment>;
  /** Lines that nobody can ship, as last decided. */
  readonly unfilled: readonly LineQuantity[];
  /** Why nothing is brokered any more. */
  readonly closed?: string;
}

export type Brokering = Brokered | undefined;

const decided = (state: Brokering, { orderId, cause, request, personal, assignments }: DecisionRecord): Brokered => {
  const waiting = cause === 'asked-again' ? [] : (state?.unfilled ?? []);
  const { destination, priority } = request;
  return {
    ...(state ?? { orderId, destination, personal, priority, fulfillments: new Map() }),
    unfilled: assignments.length > 0 ? waiting : [...waiting, ...request.lines],
  };
};

/** Statuses that may follow; every other news comes too late to matter. */
const next: { readonly [From in FulfillmentStatus]: readonly FulfillmentStatus[] } = {
  brokered: ['allocated', 'refused', 'rejected', 'closed'],
  allocated: ['rejected', 'closed'],
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
  FulfillmentBrokered: (state, { fulfillmentId, location, lines, attempt, decisionId, brokeredAt }) =>
    state && {
      ...state,
      fulfillments: new Map(state.fulfillments).set(fulfillmentId, {
        fulfillmentId,
        location,
        lines,
        attempt,
        decisionId,
        status: 'brokered',
        brokeredAt,
      }),
    },
  FulfillmentRejected: become('rejected'),
  FulfillmentUnfillable: (state) => state,
  AllocationRecorded: become('allocated'),
  AllocationRefusalRecorded: become('refused'),
  DispatchRecorded: become('closed'),
  BrokeringClosed: (state, { reason }) => state && { ...state, closed: reason },
});
