import type { LineQuantity, Reason } from '@cartage/contracts';
import { deciding, Refused, type DataOf, type Decider, type Named } from '@cartage/eventsourcing';
import { cancelledOf, refuseCancellations, requestCancellation, uncancelled } from './cancelling';
import { decideOn, givenBack, type Evidence } from './deciding';
import type { BrokeringEvent, EventData, ShipGroup } from './events';
import { beginningOf, evolve, mayBecome, type Brokered, type Brokering, type Fulfillment } from './state';
import { divided, without } from './units';

/** Lines of one ship group of an order that may be shipped. */
export interface GroupToBroker {
  readonly shipGroup: ShipGroup;
  readonly lines: readonly LineQuantity[];
  readonly evidence: Evidence;
}

export type BrokeringCommand =
  | Named<'BrokerOrder', { readonly orderId: string; readonly priority: string; readonly groups: readonly GroupToBroker[] }>
  | Named<'BrokerAgain', { readonly evidence: ReadonlyMap<string, Evidence> }>
  | Named<'RequestRejection', { readonly fulfillmentId: string; readonly reason: Reason; readonly now: string }>
  | Named<'HearAllocationRefusal', { readonly refusal: EventData<'AllocationRefused'>; readonly evidence: Evidence }>
  | Named<'HearShipmentCancellation', { readonly cancellation: EventData<'ShipmentCancelled'>; readonly evidence: Evidence }>
  | Named<'HearCancellationRefusal', { readonly refusal: EventData<'CancellationRefused'>; readonly now: string }>
  | Named<'HearCancellationRequest', EventData<'CancellationRequested'> & { readonly now: string }>
  | Named<'HearOrderCancellation', EventData<'OrderCancelled'>>;

type Given<Type extends BrokeringCommand['type']> = DataOf<BrokeringCommand, Type>;
type Events = readonly BrokeringEvent[];

export const streamOf = (orderId: string): string => `brokering-${orderId}`;

export const requireBrokered = (state: Brokering): Brokered => {
  if (!state || state.shipGroups.size === 0) throw new Refused('BROKERING_UNKNOWN', 'This order was not brokered, or not yet.', 'unknown');
  return state;
};

export const requireFulfillment = (state: Brokering, fulfillmentId: string): Fulfillment => {
  const fulfillment = state?.fulfillments.get(fulfillmentId);
  if (!fulfillment) throw new Refused('FULFILLMENT_UNKNOWN', `There is no fulfilment ${fulfillmentId} of this order.`, 'unknown');
  return fulfillment;
};

export const shipGroupOf = ({ shipGroups }: Brokered, shipGroupId: string): ShipGroup => {
  const shipGroup = shipGroups.get(shipGroupId);
  if (!shipGroup) throw new Error(`Ship group ${shipGroupId} was never brokered.`);
  return shipGroup;
};

/** The lines of a group that wait, each once. */
export const unfilledOf = ({ unfilled }: Brokered, shipGroupId: string): readonly LineQuantity[] => {
  const lines = new Map<string, LineQuantity>();
  for (const { lineId, sku, quantity, ...line } of unfilled)
    if (line.shipGroupId === shipGroupId) lines.set(lineId, { lineId, sku, quantity: quantity + (lines.get(lineId)?.quantity ?? 0) });
  return [...lines.values()];
};

/** Each group on what those before it left. */
const brokerGroups = (order: Brokered, groups: readonly GroupToBroker[], cause: 'confirmed' | 'asked-again'): Events =>
  groups.reduce<Events>((events, { evidence, ...group }) => {
    const state = events.reduce<Brokering>(evolve, order) ?? order;
    return [...events, ...decideOn(state, evidence, { cause, attempt: 1, ...group })];
  }, []);

/** What was cancelled before it was heard of is not brokered. */
const cancelledOfThese = (groups: readonly GroupToBroker[], { orderId, cancelledEarly }: Brokered): Events => {
  const { found: lines } = divided(
    groups.flatMap((group) => group.lines),
    cancelledEarly,
  );
  return lines.length > 0 ? [{ type: 'CancelledUnitsConfirmed', data: { orderId, lines } }] : [];
};

/** An order may be confirmed in parts, each once: what a confirmation names is new. */
const brokerOrder = ({ groups, ...order }: Given<'BrokerOrder'>, state: Brokering): Events => {
  const before = { ...(state ?? beginningOf(order)), priority: order.priority };
  if (before.closed !== undefined) return [];
  const cancelled = cancelledOfThese(groups, before);
  const open = groups.reduce<{ readonly groups: readonly GroupToBroker[]; readonly early: readonly LineQuantity[] }>(
    ({ groups: some, early }, group) => {
      const { found, rest } = divided(group.lines, early);
      return { groups: rest.length > 0 ? [...some, { ...group, lines: rest }] : some, early: without(early, found) };
    },
    { groups: [], early: before.cancelledEarly },
  );
  return [...cancelled, ...brokerGroups(cancelled.reduce<Brokering>(evolve, before) ?? before, open.groups, 'confirmed')];
};

/** Of what is known of each group. Tells nothing new while there is still nobody to ship any of it. */
const brokerAgain = ({ evidence }: Given<'BrokerAgain'>, state: Brokering): Events => {
  const order = requireBrokered(state);
  if (order.closed !== undefined) throw new Refused('BROKERING_CLOSED', `Nothing of this order is brokered any more: ${order.closed}.`);
  if (order.unfilled.length === 0) return [];
  const waiting = [...evidence].flatMap(([shipGroupId, known]) => {
    const lines = unfilledOf(order, shipGroupId);
    return lines.length > 0 ? [{ shipGroup: shipGroupOf(order, shipGroupId), lines, evidence: known }] : [];
  });
  const events = brokerGroups(order, waiting, 'asked-again');
  if (events.some(({ type }) => type === 'FulfillmentBrokered')) return events;
  const unfillable = events.find((event) => event.type === 'FulfillmentUnfillable');
  throw new Refused('STILL_UNFILLABLE', unfillable?.data.reason.detail ?? 'Nobody can ship it yet.');
};

interface InVain {
  readonly cause: 'allocation-refused' | 'rejected' | 'cancelled';
  readonly of: Fulfillment;
}

/** The lines of a fulfilment that came to nothing, once more, but for those that are cancelled. Only a location that would not ship them used up an attempt. */
const brokerRest = (state: Brokering, evidence: Evidence, { cause, of }: InVain): Events => {
  const lines = uncancelled(of);
  if (!state || state.closed !== undefined || lines.length === 0) return [];
  const attempt = cause === 'rejected' ? of.attempt + 1 : of.attempt;
  const occasion = { cause, lines, attempt, shipGroup: shipGroupOf(state, of.shipGroupId) };
  if (cause !== 'cancelled') return decideOn(state, evidence, occasion);
  return decideOn(state, givenBack(evidence, of), { ...occasion, preferred: of.location });
};

const hearRefusal = ({ refusal, evidence }: Given<'HearAllocationRefusal'>, state: Brokering): Events => {
  const of = requireFulfillment(state, refusal.fulfillmentId);
  if (!mayBecome(of.status, 'refused')) return [];
  const refused: BrokeringEvent = { type: 'AllocationRefused', data: refusal };
  const cancelled = cancelledOf(refusal.orderId, of, evidence.now);
  const told = [refused, ...cancelled];
  return [...told, ...brokerRest(told.reduce<Brokering>(evolve, state), evidence, { cause: 'allocation-refused', of })];
};

/** A location asks; whoever holds the goods answers. */
const requestRejection = ({ fulfillmentId, reason, now }: Given<'RequestRejection'>, state: Brokering): Events => {
  const { status, location, lines } = requireFulfillment(state, fulfillmentId);
  if (status === 'closed') throw new Refused('FULFILLMENT_CLOSED', 'Its goods have left the location; it can no longer be rejected.');
  if (!mayBecome(status, 'rejecting')) return [];
  const { orderId } = requireBrokered(state);
  return [{ type: 'FulfillmentRejectionRequested', data: { fulfillmentId, orderId, location, lines, reason, requestedAt: now } }];
};

const rejectionOf = (
  orderId: string,
  { fulfillmentId, location, lines }: Fulfillment,
  told: { reason: Reason; now: string },
): BrokeringEvent => ({
  type: 'FulfillmentRejected',
  data: { fulfillmentId, orderId, location, lines, reason: told.reason, stockEffect: 'keep', rejectedAt: told.now },
});

/** Nothing of it goes out: the location or the order had asked for that, or both, or shipping decided it alone. */
const hearCancellation = ({ cancellation, evidence }: Given<'HearShipmentCancellation'>, state: Brokering): Events => {
  const of = requireFulfillment(state, cancellation.fulfillmentId);
  if (!mayBecome(of.status, 'rejected')) return [];
  const { orderId } = requireBrokered(state);
  const cause = of.status === 'cancelling' ? 'cancelled' : 'rejected';
  const told: Events = [
    { type: 'ShipmentCancelled', data: cancellation },
    ...(cause === 'rejected' ? [rejectionOf(orderId, of, { reason: cancellation.reason, now: evidence.now })] : []),
    ...cancelledOf(orderId, of, evidence.now),
  ];
  return [...told, ...brokerRest(told.reduce<Brokering>(evolve, state), evidence, { cause, of })];
};

const hearTooLate = ({ refusal: data, now }: Given<'HearCancellationRefusal'>, state: Brokering): Events => {
  const of = requireFulfillment(state, data.fulfillmentId);
  if (!mayBecome(of.status, 'closed')) return [];
  const refused: BrokeringEvent = { type: 'CancellationRefused', data };
  return [refused, ...refuseCancellations(evolve(state, refused), of, { reason: data.reason, now })];
};

export const orderBrokering: Decider<BrokeringCommand, Brokering, BrokeringEvent> = {
  initial: undefined,
  evolve,
  decide: deciding<BrokeringCommand, Brokering, BrokeringEvent>({
    BrokerOrder: brokerOrder,
    BrokerAgain: brokerAgain,
    RequestRejection: requestRejection,
    HearAllocationRefusal: hearRefusal,
    HearShipmentCancellation: hearCancellation,
    HearCancellationRefusal: hearTooLate,
    HearCancellationRequest: requestCancellation,
    HearOrderCancellation: (data, state) => (!state || state.closed !== undefined ? [] : [{ type: 'OrderCancelled', data }]),
  }),
};
