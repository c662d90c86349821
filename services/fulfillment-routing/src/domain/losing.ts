import type { LineQuantity } from '@cartage/contracts';
import type { Events, Given } from './commands';
import { givenBack, type Evidence } from './deciding';
import type { BrokeringEvent } from './events';
import { brokerFree } from './holding';
import { requireFulfillment, shipGroupOf } from './requiring';
import { evolve, isStanding, mayBecome, type Brokered, type Brokering, type Fulfillment } from './state';
import { divided, without } from './units';

/*
 * Units that a location was to ship are not there. Whoever holds the goods is asked first, because they may be on their way; then what is there goes
 * from where it is, as if nothing had happened, and what is lost is looked for elsewhere by itself, so that neither waits for the other.
 */

export const hearLoss = ({ loss, now }: Given<'HearLoss'>, state: Brokering): Events => {
  const of = requireFulfillment(state, loss.fulfillmentId);
  if (of.status === 'closed' || !isStanding(of)) return [];
  const heard: BrokeringEvent = { type: 'AllocationReleased', data: loss };
  if (!mayBecome(of.status, 'rejecting')) return [heard];
  const { fulfillmentId, location, lines } = of;
  const asked = { fulfillmentId, orderId: loss.orderId, location, lines, stockEffect: 'keep', reason: loss.reason, requestedAt: now };
  return [heard, { type: 'FulfillmentRejectionRequested', data: asked }];
};

interface Loss {
  readonly of: Fulfillment;
  readonly lines: readonly LineQuantity[];
  readonly evidence: Evidence;
  /** The same, with ids of its own. */
  readonly another: Evidence;
}

/** Nothing of the fulfilment went out: `lines` are to be shipped after all, some of them were lost. */
export const brokerAfterLoss = (order: Brokered, { of, lines, evidence, another }: Loss): Events => {
  const { found: lost, rest: there } = divided(lines, of.lost);
  const occasion = { cause: 'stock-lost' as const, attempt: of.attempt, shipGroup: shipGroupOf(order, of.shipGroupId) };
  const known = givenBack(evidence, { ...of, lines: without(of.lines, of.lost) });
  const first = there.length > 0 ? brokerFree(order, known, { ...occasion, lines: there, preferred: of.location }) : [];
  const then = first.reduce<Brokering>(evolve, order) ?? order;
  return [...first, ...(lost.length > 0 ? brokerFree(then, another, { ...occasion, lines: lost }) : [])];
};

/** Units that the order holds no reservation for any more wait until it does: no location could be given them. */
export const waitUnreserved = ({ orderId, shipGroups }: Brokered, { shipGroupId }: Fulfillment, lines: readonly LineQuantity[]): Events => {
  const shipGroup = shipGroups.get(shipGroupId);
  return lines.length > 0 && shipGroup ? [{ type: 'LinesUnreserved', data: { orderId, shipGroup, lines } }] : [];
};
