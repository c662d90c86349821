import type { LineQuantity, Reason } from '@cartage/contracts';
import { cancelledOf, refuseCancellations, uncancelled } from './cancelling';
import type { Events, Given } from './commands';
import { givenBack, type Evidence } from './deciding';
import type { BrokeringEvent } from './events';
import { brokerFree } from './holding';
import { brokerAfterLoss, waitUnreserved } from './losing';
import { brokerApart } from './moving';
import { requireBrokered, requireFulfillment, shipGroupOf } from './requiring';
import { evolve, mayBecome, type Brokered, type Brokering, type Fulfillment } from './state';
import { divided } from './units';

interface InVain {
  readonly cause: 'rejected' | 'cancelled';
  readonly of: Fulfillment;
  readonly evidence: Evidence;
  readonly another: Evidence;
}

/** The lines of a fulfilment that came to nothing, once more, but for those that are cancelled. Only a location that would not ship them used up an attempt. */
const brokerRest = (state: Brokering, inVain: InVain): Events => {
  const lines = uncancelled(inVain.of);
  return !state || state.closed !== undefined || lines.length === 0 ? [] : brokerStanding(state, lines, inVain);
};

const brokerStanding = (state: Brokered, lines: readonly LineQuantity[], { cause, of, evidence, another }: InVain): Events => {
  if (of.lost.length > 0) return brokerAfterLoss(state, { of, lines, evidence, another });
  const occasion = { cause, lines, shipGroup: shipGroupOf(state, of.shipGroupId) };
  const apart = cause === 'rejected' ? of.rejection?.apart : undefined;
  if (apart) return brokerApart(state, { of, lines, apart, evidence, another });
  if (cause === 'rejected') return brokerFree(state, evidence, { ...occasion, attempt: of.attempt + 1 });
  return brokerFree(state, givenBack(evidence, of), { ...occasion, attempt: of.attempt, preferred: of.location });
};

/** The location does not have them any more, and is asked no more; of what the order holds no reservation for, nobody is. */
const brokerRefused = (state: Brokering, evidence: Evidence, { of, unreserved }: Refusal): Events => {
  if (!state || state.closed !== undefined) return [];
  const { found, rest: lines } = divided(uncancelled(of), unreserved);
  const waits = waitUnreserved(state, of, found);
  const order = waits.reduce<Brokering>(evolve, state) ?? state;
  const occasion = { cause: 'allocation-refused' as const, attempt: of.attempt, shipGroup: shipGroupOf(state, of.shipGroupId), lines };
  return [...waits, ...(lines.length > 0 ? brokerFree(order, evidence, occasion) : [])];
};

interface Refusal {
  readonly of: Fulfillment;
  readonly unreserved: readonly LineQuantity[];
}

export const hearRefusal = ({ refusal, evidence }: Given<'HearAllocationRefusal'>, state: Brokering): Events => {
  const of = requireFulfillment(state, refusal.fulfillmentId);
  if (!mayBecome(of.status, 'refused')) return [];
  const refused: BrokeringEvent = { type: 'AllocationRefused', data: refusal };
  const told = [refused, ...cancelledOf(refusal.orderId, of, evidence.now)];
  const { unreserved = [] } = refusal;
  return [...told, ...brokerRefused(told.reduce<Brokering>(evolve, state), evidence, { of, unreserved })];
};

const rejectionOf = (
  orderId: string,
  { fulfillmentId, location, lines, rejection }: Fulfillment,
  told: { reason: Reason; now: string },
): BrokeringEvent => ({
  type: 'FulfillmentRejected',
  data: {
    ...{ fulfillmentId, orderId, location, lines, reason: told.reason, rejectedAt: told.now },
    ...(rejection?.apart ? { apart: rejection.apart } : {}),
    stockEffect: rejection?.stockEffect ?? 'keep',
  },
});

/** Nothing of it goes out: the location or the order had asked for that, or both, or shipping decided it alone. */
export const hearCancellation = ({ cancellation, evidence, another }: Given<'HearShipmentCancellation'>, state: Brokering): Events => {
  const of = requireFulfillment(state, cancellation.fulfillmentId);
  if (!mayBecome(of.status, 'rejected')) return [];
  const { orderId } = requireBrokered(state);
  const cause = of.status === 'cancelling' ? 'cancelled' : 'rejected';
  const told: Events = [
    { type: 'ShipmentCancelled', data: cancellation },
    ...(cause === 'rejected' || of.cancellations.length === 0
      ? [rejectionOf(orderId, of, { reason: cancellation.reason, now: evidence.now })]
      : []),
    ...cancelledOf(orderId, of, evidence.now),
  ];
  return [...told, ...brokerRest(told.reduce<Brokering>(evolve, state), { cause, of, evidence, another })];
};

export const hearTooLate = ({ refusal: data, now }: Given<'HearCancellationRefusal'>, state: Brokering): Events => {
  const of = requireFulfillment(state, data.fulfillmentId);
  if (!mayBecome(of.status, 'closed')) return [];
  const refused: BrokeringEvent = { type: 'CancellationRefused', data };
  return [refused, ...refuseCancellations(evolve(state, refused), of, { reason: data.reason, now })];
};
