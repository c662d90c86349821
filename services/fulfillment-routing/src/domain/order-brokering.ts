import type { LineQuantity } from '@cartage/contracts';
import { deciding, Refused, type Decider } from '@cartage/eventsourcing';
import { acceptFulfillment, noteAcceptanceDue } from './accepting';
import { requestCancellation } from './cancelling';
import { becomeReady, expirePickup, extendPickup, handOver, hearArrival, remindOfPickup } from './collecting';
import type { BrokeringCommand, Events, Given, GroupToBroker } from './commands';
import type { Evidence } from './deciding';
import { demandOf, unitsAt } from './demand';
import type { BrokeringEvent, DecisionRecord } from './events';
import { brokerFree, freeOf, hearHold, hearHoldReleased, holdFulfillment, holdReserved, releaseFulfillment } from './holding';
import { hearLoss } from './losing';
import { requestMove, requestRejection } from './moving';
import { hearCancellation, hearRefusal, hearTooLate } from './outcomes';
import { requireBrokered, shipGroupOf } from './requiring';
import { hearShortPick } from './short-picks';
import { hearStock } from './stock-arrivals';
import { beginningOf, evolve, type Brokered, type Brokering } from './state';
import { forStockOf, reservableOf, unreservedOf, type Unfilled } from './unfilled';
import { divided, merged, without } from './units';

export { requireBrokered, requireFulfillment, shipGroupOf } from './requiring';
export type { BrokeringCommand, GroupToBroker, ShipGroupChange } from './commands';

export const streamOf = (orderId: string): string => `brokering-${orderId}`;

/** The lines of a group that wait for somebody who can ship them, all of them or some, each once; but for those that are held. */
export const unfilledOf = (order: Brokered, shipGroupId: string, waiting = order.unfilled): readonly LineQuantity[] =>
  freeOf(order, merged(waiting.filter((line) => line.shipGroupId === shipGroupId)), shipGroupId).free;

/** Each group on what those before it left. */
const brokerGroups = (order: Brokered, groups: readonly GroupToBroker[], cause: 'confirmed' | 'asked-again' | 'day-begun'): Events =>
  groups.reduce<Events>((events, { evidence, ...group }) => {
    const state = events.reduce<Brokering>(evolve, order) ?? order;
    return [...events, ...brokerFree(state, evidence, { cause, attempt: 1, ...group })];
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
  const channel = order.channel === undefined ? {} : { channel: order.channel };
  const before = { ...(state ?? beginningOf(order)), priority: order.priority, ...channel };
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

/** These of the lines that wait, by groups, on what is known of each. */
const groupsOf = (order: Brokered, waiting: readonly Unfilled[], evidence: ReadonlyMap<string, Evidence>): readonly GroupToBroker[] =>
  [...evidence].flatMap(([shipGroupId, known]) => {
    const lines = unfilledOf(order, shipGroupId, waiting);
    return lines.length > 0 ? [{ shipGroup: shipGroupOf(order, shipGroupId), lines, evidence: known }] : [];
  });

/** A person may ask for whatever waits; what is brokered as often as it may be, nothing else asks for. */
const waitingFor = {
  'asked-again': ({ unfilled }: Brokered) => unfilled,
  'day-begun': ({ unfilled }: Brokered) => forStockOf(unfilled),
} as const;

/** Of what is known of each group. Tells nothing new while there is still nobody to ship any of it. */
const brokerWaiting = (evidence: ReadonlyMap<string, Evidence>, state: Brokering, cause: keyof typeof waitingFor): Events => {
  const order = requireBrokered(state);
  if (order.closed !== undefined) throw new Refused('BROKERING_CLOSED', `Nothing of this order is brokered any more: ${order.closed}.`);
  const waiting = waitingFor[cause](order);
  if (waiting.length === 0) return [];
  const events = brokerGroups(order, groupsOf(order, waiting, evidence), cause);
  if (events.some(({ type }) => type === 'FulfillmentBrokered')) return events;
  const unfillable = events.find((event) => event.type === 'FulfillmentUnfillable');
  throw new Refused('STILL_UNFILLABLE', unfillable?.data.reason.detail ?? 'Nobody can ship it yet.');
};

/** Units that waited are reserved: whoever has them can be given them. */
const hearReservation = ({ evidence }: Given<'HearReservation'>, state: Brokering): Events => {
  if (!state || state.closed !== undefined) return [];
  const waiting = reservableOf(state.unfilled);
  const held = holdReserved(state, waiting);
  const events = brokerGroups(held.reduce<Brokering>(evolve, state) ?? state, groupsOf(state, waiting, evidence), 'asked-again');
  if (events.some(({ type }) => type === 'FulfillmentBrokered')) return [...held, ...events];
  // It was reserved, so it is somewhere: where, was told and is not heard yet. Those that wait for stock are offered it as soon as it is.
  const others = new Set(waiting.flatMap(({ lineId, forStock }) => (forStock ? [] : [lineId])));
  const isAwaited = ({ request }: DecisionRecord): boolean => request.lines.some(({ lineId }) => others.has(lineId));
  if (events.some((event) => event.type === 'OrderBrokered' && isAwaited(event.data) && isNowhere(event.data)))
    throw new Refused('STOCK_UNKNOWN', 'Where the reserved units are was not heard yet.', 'unknown');
  return held;
};

/**
 * Units that another fulfilment was to ship are the order's again: lines that were refused for want of them meanwhile can be given them. It may be that they are to
 * go elsewhere; inventory knows, and refuses again.
 */
const hearRelease = ({ lines, evidence }: Given<'HearRelease'>, state: Brokering): Events => {
  if (!state || state.closed !== undefined) return [];
  const waiting = unreservedOf(state.unfilled, lines);
  const held = holdReserved(state, waiting);
  const events = brokerGroups(held.reduce<Brokering>(evolve, state) ?? state, groupsOf(state, waiting, evidence), 'asked-again');
  return events.some(({ type }) => type === 'FulfillmentBrokered') ? [...held, ...events] : held;
};

/** Neither with those that were looked at closely nor with the others. */
const isNowhere = ({ request, skus, candidates, others = [] }: DecisionRecord): boolean =>
  demandOf(request.lines, skus).quantities.some(
    (quantity, i) => [...candidates, ...others].reduce((units, { available }) => units + unitsAt(available, i), 0) < quantity,
  );

/** What changed of groups that lines were confirmed of; a group that was not heard of yet comes with its confirmation. */
const hearShipGroups = ({ orderId, shipGroups }: Given<'HearShipGroups'>, state: Brokering): Events =>
  shipGroups.flatMap((change) => {
    const before = state?.shipGroups.get(change.shipGroupId);
    const after = before && ('method' in change ? change : { ...before, ...change });
    return after && JSON.stringify(after) !== JSON.stringify(before)
      ? [{ type: 'ShipGroupChanged' as const, data: { orderId, shipGroup: after } }]
      : [];
  });

export const orderBrokering: Decider<BrokeringCommand, Brokering, BrokeringEvent> = {
  initial: undefined,
  evolve,
  decide: deciding<BrokeringCommand, Brokering, BrokeringEvent>({
    BrokerOrder: brokerOrder,
    BrokerAgain: ({ evidence }, state) => brokerWaiting(evidence, state, 'asked-again'),
    BrokerOnNewDay: ({ evidence }, state) => brokerWaiting(evidence, state, 'day-begun'),
    AcceptFulfillment: acceptFulfillment,
    NoteAcceptanceDue: noteAcceptanceDue,
    RequestRejection: requestRejection,
    RequestMove: requestMove,
    HearAllocationRefusal: hearRefusal,
    HearLoss: hearLoss,
    HearReservation: hearReservation,
    HearRelease: hearRelease,
    HearStock: hearStock,
    HearShipmentCancellation: hearCancellation,
    HearShortPick: hearShortPick,
    HearCancellationRefusal: hearTooLate,
    HearCancellationRequest: requestCancellation,
    HearHold: hearHold,
    HearHoldReleased: hearHoldReleased,
    HoldFulfillment: holdFulfillment,
    ReleaseFulfillment: releaseFulfillment,
    BecomeReady: becomeReady,
    HearArrival: hearArrival,
    HandOver: handOver,
    ExtendPickup: extendPickup,
    RemindOfPickup: remindOfPickup,
    ExpirePickup: expirePickup,
    HearShipGroups: hearShipGroups,
    HearOrderCancellation: (data, state) => (!state || state.closed !== undefined ? [] : [{ type: 'OrderCancelled', data }]),
  }),
};
