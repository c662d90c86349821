import type { InventoryEvent, LineQuantity, OrderEvent, ShippingEvent } from '@cartage/contracts';
import type { DataOf, Meta } from '@cartage/eventsourcing';
import type { Given, ShipGroupChange } from '../domain/commands';
import type { Evidence } from '../domain/deciding';
import { unfilledOf } from '../domain/order-brokering';
import { requireBrokered, shipGroupOf } from '../domain/requiring';
import type { Brokered } from '../domain/state';
import { brokeringTogether, type Batching } from './batches';
import { evidenceFor, gather, type EvidenceNeeds } from './evidence';
import type { ReadBrokering } from './reading';
import { offering, type OfferStock } from './stock-offers';
import { sending, type HandledBrokering, type SendingNeeds, type SendToOrder } from './sending';

export interface RoutingNeeds extends EvidenceNeeds, SendingNeeds {
  /** Absent: each order is decided at once. */
  readonly batching?: Batching;
  readonly read: ReadBrokering;
  readonly newId: () => string;
}

/** An order that may be shipped. */
export type ConfirmedOrder = Pick<DataOf<OrderEvent, 'OrderConfirmed'>, 'orderId' | 'lines' | 'shipGroups' | 'priority'> &
  Partial<Pick<DataOf<OrderEvent, 'OrderConfirmed'>, 'channel'>>;

/** What the service can be asked to do. Decisions rest on stock that may be stale; inventory, which allocates, is the referee. */
export interface Routing {
  broker(order: ConfirmedOrder, meta: Meta): Promise<HandledBrokering>;
  /** Brokers what nobody could ship, once more. */
  brokerAgain(orderId: string, meta: Meta): Promise<HandledBrokering>;
  /** Brokers what waits for capacity, now that a location has a new day. */
  brokerOnNewDay(orderId: string, meta: Meta): Promise<HandledBrokering>;
  allocationRefused(refusal: DataOf<InventoryEvent, 'AllocationRefused'>, meta: Meta): Promise<HandledBrokering>;
  /** Units of a fulfilment are not at its location. */
  stockLost(loss: DataOf<InventoryEvent, 'AllocationReleased'>, meta: Meta): Promise<HandledBrokering>;
  /** Units of the order that waited for stock are reserved. */
  waitingReserved(orderId: string, meta: Meta): Promise<void>;
  /** There is more of something: it is offered to those that wait for it. */
  stockArrived: OfferStock;
  /** A location picked a fulfilment, and units of it were not there. */
  pickedShort(picked: DataOf<ShippingEvent, 'ShipmentPicked'>, meta: Meta): Promise<HandledBrokering>;
  shipmentCancelled(cancellation: DataOf<ShippingEvent, 'ShipmentCancelled'>, meta: Meta): Promise<HandledBrokering>;
  cancellationRefused(refusal: DataOf<ShippingEvent, 'CancellationRefused'>, meta: Meta): Promise<HandledBrokering>;
  /** Units are not to ship after all. */
  cancellationRequested(request: DataOf<OrderEvent, 'CancellationRequested'>, meta: Meta): Promise<HandledBrokering>;
  holdApplied(hold: DataOf<OrderEvent, 'HoldApplied'>, meta: Meta): Promise<HandledBrokering>;
  holdReleased(release: DataOf<OrderEvent, 'HoldReleased'>, meta: Meta): Promise<HandledBrokering>;
  /** Where, how or until when ship groups go has changed. */
  shipGroupsChanged(
    change: { readonly orderId: string; readonly shipGroups: readonly ShipGroupChange[] },
    meta: Meta,
  ): Promise<HandledBrokering>;
  orderCancelled(cancellation: DataOf<OrderEvent, 'OrderCancelled'>, meta: Meta): Promise<HandledBrokering>;
}

export const createRouting = (needs: RoutingNeeds): Routing => {
  const send = sending(needs);
  const now = (): string => needs.now().toISOString();
  return {
    broker: brokering(needs, send),
    brokerAgain: async (orderId, meta) =>
      send(orderId, { type: 'BrokerAgain', data: { evidence: await evidenceOfUnfilled(needs, orderId) } }, meta),
    brokerOnNewDay: async (orderId, meta) =>
      send(orderId, { type: 'BrokerOnNewDay', data: { evidence: await evidenceOfUnfilled(needs, orderId) } }, meta),
    allocationRefused: async (refusal, meta) =>
      send(refusal.orderId, { type: 'HearAllocationRefusal', data: { refusal, evidence: await evidenceFor(needs, refusal) } }, meta),
    stockLost: (loss, meta) => send(loss.orderId, { type: 'HearLoss', data: { loss, now: now() } }, meta),
    waitingReserved: async (orderId, meta) => {
      const { state } = await needs.read(orderId);
      if (!state || state.unfilled.length === 0) return;
      await send(orderId, { type: 'HearReservation', data: { evidence: await evidenceOfUnfilled(needs, orderId) } }, meta);
    },
    stockArrived: offering(needs, send),
    pickedShort: async (picked, meta) =>
      send(picked.orderId, { type: 'HearShortPick', data: { picked, evidence: await evidenceFor(needs, picked) } }, meta),
    shipmentCancelled: async (cancellation, meta) => {
      const evidence = await evidenceFor(needs, cancellation);
      const another = { ...evidence, decisionId: needs.newId(), fulfillmentIds: evidence.fulfillmentIds.map(needs.newId) };
      return send(cancellation.orderId, { type: 'HearShipmentCancellation', data: { cancellation, evidence, another } }, meta);
    },
    cancellationRefused: (refusal, meta) => send(refusal.orderId, { type: 'HearCancellationRefusal', data: { refusal, now: now() } }, meta),
    cancellationRequested: (data, meta) => send(data.orderId, { type: 'HearCancellationRequest', data: { ...data, now: now() } }, meta),
    holdApplied: (data, meta) => send(data.orderId, { type: 'HearHold', data }, meta),
    holdReleased: async (release, meta) =>
      send(release.orderId, { type: 'HearHoldReleased', data: { release, evidence: await evidenceOfHeld(needs, release) } }, meta),
    shipGroupsChanged: (data, meta) => send(data.orderId, { type: 'HearShipGroups', data }, meta),
    orderCancelled: (data, meta) => send(data.orderId, { type: 'HearOrderCancellation', data }, meta),
  };
};

/** At once, or together with whatever else comes within the window. */
const brokering = (needs: RoutingNeeds, send: SendToOrder): Routing['broker'] => {
  const known = async ({ orderId, priority, ...order }: ConfirmedOrder): Promise<Given<'BrokerOrder'>> => {
    const channel = order.channel === undefined ? {} : { channel: order.channel };
    return { orderId, priority, ...channel, groups: await groupsOf(needs, order) };
  };
  if (!needs.batching) return async (order, meta) => send(order.orderId, { type: 'BrokerOrder', data: await known(order) }, meta);
  const together = brokeringTogether(needs, send, needs.batching);
  return (order, meta) => together({ known: () => known(order), meta });
};

const groupsOf = (needs: RoutingNeeds, { lines, shipGroups, channel }: Pick<ConfirmedOrder, 'lines' | 'shipGroups' | 'channel'>) =>
  Promise.all(
    shipGroups.map(async (shipGroup) => {
      const mine = lines.filter(({ shipGroupId }) => shipGroupId === shipGroup.shipGroupId);
      return { shipGroup, lines: mine, evidence: await gather(needs, mine, { ...shipGroup, channel }) };
    }),
  );

const evidenceOfUnfilled = async (needs: RoutingNeeds, orderId: string): Promise<ReadonlyMap<string, Evidence>> => {
  const order = requireBrokered((await needs.read(orderId)).state);
  const waiting = [...new Set(order.unfilled.map(({ shipGroupId }) => shipGroupId))];
  return evidenceOfGroups(needs, order, new Map(waiting.map((id) => [id, unfilledOf(order, id)])));
};

/** Of every group that has lines waiting for a release: which of them this one frees, the decision finds out. */
const evidenceOfHeld = async (
  needs: RoutingNeeds,
  { orderId, holdId }: DataOf<OrderEvent, 'HoldReleased'>,
): Promise<ReadonlyMap<string, Evidence>> => {
  const { state: order } = await needs.read(orderId);
  if (!order?.holds.has(holdId)) return new Map();
  const waiting = [...new Set(order.held.map(({ shipGroupId }) => shipGroupId))];
  return evidenceOfGroups(needs, order, new Map(waiting.map((id) => [id, order.held.filter((line) => line.shipGroupId === id)])));
};

const evidenceOfGroups = async (
  needs: RoutingNeeds,
  order: Brokered,
  groups: ReadonlyMap<string, readonly LineQuantity[]>,
): Promise<ReadonlyMap<string, Evidence>> => {
  const gathered = [...groups]
    .filter(([, lines]) => lines.length > 0)
    .map(async ([id, lines]) => [id, await gather(needs, lines, { ...shipGroupOf(order, id), channel: order.channel })] as const);
  return new Map(await Promise.all(gathered));
};
