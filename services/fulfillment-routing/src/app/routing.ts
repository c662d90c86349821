import type { InventoryEvent, LineQuantity, OrderEvent, ShippingEvent } from '@cartage/contracts';
import type { DataOf, Meta } from '@cartage/eventsourcing';
import type { BrokeringCommand, ShipGroupChange } from '../domain/commands';
import type { Evidence } from '../domain/deciding';
import { releaseKey } from '../domain/holding';
import { unfilledOf } from '../domain/order-brokering';
import { requireBrokered, shipGroupOf } from '../domain/requiring';
import type { Brokered } from '../domain/state';
import { reservableOf, unreservedOf } from '../domain/unfilled';
import { brokeringTogether, type Batching, type ToBroker } from './batches';
import { decidedNow } from './command-evidence';
import { evidenceFor, gather, type EvidenceNeeds } from './evidence';
import type { ReadBrokering } from './reading';
import { offering, type OfferStock } from './stock-offers';
import { sending, type HandledBrokering, type SendingNeeds, type SendToOrder } from './sending';

export interface RoutingNeeds extends EvidenceNeeds, SendingNeeds {
  /** Absent: each order is decided at once, the first time and again. */
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
  /** Units of a fulfilment that does not ship them are the order's again. */
  unitsReleased(release: DataOf<InventoryEvent, 'AllocationReleased'>, meta: Meta): Promise<void>;
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
  const { first, again } = together(needs, send);
  return {
    broker: (order, meta) => first({ orderId: order.orderId, known: () => orderToBroker(needs, order), meta }),
    ...askedAgain(needs, again),
    ...heardAgain(needs, again),
    stockLost: (loss, meta) => send(loss.orderId, { type: 'HearLoss', data: { loss, now: now() } }, meta),
    stockArrived: offering(needs, send),
    cancellationRefused: (refusal, meta) => send(refusal.orderId, { type: 'HearCancellationRefusal', data: { refusal, now: now() } }, meta),
    cancellationRequested: (data, meta) => send(data.orderId, { type: 'HearCancellationRequest', data: { ...data, now: now() } }, meta),
    holdApplied: (data, meta) => send(data.orderId, { type: 'HearHold', data }, meta),
    shipGroupsChanged: (data, meta) => send(data.orderId, { type: 'HearShipGroups', data }, meta),
    orderCancelled: (data, meta) => send(data.orderId, { type: 'HearOrderCancellation', data }, meta),
  };
};

type Join = (order: ToBroker) => Promise<HandledBrokering>;

/** What waits is brokered once more. */
const askedAgain = (
  needs: RoutingNeeds,
  again: Join,
): Pick<Routing, 'brokerAgain' | 'brokerOnNewDay' | 'waitingReserved' | 'unitsReleased'> => {
  const unfilled = async (orderId: string) => ({ evidence: await evidenceOfUnfilled(needs, orderId) });
  return {
    brokerAgain: (orderId, meta) => again({ orderId, known: async () => ({ type: 'BrokerAgain', data: await unfilled(orderId) }), meta }),
    brokerOnNewDay: (orderId, meta) =>
      again({ orderId, known: async () => ({ type: 'BrokerOnNewDay', data: await unfilled(orderId) }), meta }),
    waitingReserved: async (orderId, meta) => {
      const { state } = await needs.read(orderId);
      if (!state || reservableOf(state.unfilled).length === 0) return;
      await again({ orderId, known: async () => ({ type: 'HearReservation', data: await unfilled(orderId) }), meta });
    },
    unitsReleased: async ({ orderId, lines }, meta) => {
      const { state } = await needs.read(orderId);
      if (!state || unreservedOf(state.unfilled, lines).length === 0) return;
      await again({ orderId, known: async () => ({ type: 'HearRelease', data: { lines, ...(await unfilled(orderId)) } }), meta });
    },
  };
};

/** What came to nothing is brokered once more, and what nothing holds any more. */
const heardAgain = (
  needs: RoutingNeeds,
  again: Join,
): Pick<Routing, 'allocationRefused' | 'pickedShort' | 'shipmentCancelled' | 'holdReleased'> => ({
  allocationRefused: (refusal, meta) => {
    const known = async (): Promise<BrokeringCommand> => ({
      type: 'HearAllocationRefusal',
      data: { refusal, evidence: await evidenceFor(needs, refusal) },
    });
    return again({ orderId: refusal.orderId, known, meta });
  },
  pickedShort: (picked, meta) => {
    const known = async (): Promise<BrokeringCommand> => ({
      type: 'HearShortPick',
      data: { picked, evidence: await evidenceFor(needs, picked) },
    });
    return again({ orderId: picked.orderId, known, meta });
  },
  shipmentCancelled: (cancellation, meta) => {
    const known = async (): Promise<BrokeringCommand> => {
      const evidence = await evidenceFor(needs, cancellation);
      const another = { ...evidence, decisionId: needs.newId(), fulfillmentIds: evidence.fulfillmentIds.map(needs.newId) };
      return { type: 'HearShipmentCancellation', data: { cancellation, evidence, another } };
    };
    return again({ orderId: cancellation.orderId, known, meta });
  },
  holdReleased: (release, meta) => {
    const known = async (): Promise<BrokeringCommand> => ({
      type: 'HearHoldReleased',
      data: { release, evidence: await evidenceOfHeld(needs, release) },
    });
    return again({ orderId: release.orderId, known, meta });
  },
});

/**
 * At once, or with whatever else comes within the window. What is heard of an order that was brokered before waits only if anything of it is to be brokered again; a
 * preview never does.
 */
const together = (needs: RoutingNeeds, send: SendToOrder): { readonly first: Join; readonly again: Join } => {
  const alone: Join = async ({ orderId, known, meta }) => send(orderId, await known(), meta);
  if (!needs.batching) return { first: alone, again: alone };
  const join = brokeringTogether(needs, send, needs.batching);
  const again: Join = async (order) => {
    const command = await order.known();
    const { state } = await needs.read(order.orderId);
    const isBrokered = decidedNow(command, state).some(({ type }) => type === 'OrderBrokered');
    return isBrokered && !order.meta.preview ? join(order) : send(order.orderId, command, order.meta);
  };
  return { first: join, again };
};

const orderToBroker = async (needs: RoutingNeeds, { orderId, priority, ...order }: ConfirmedOrder): Promise<BrokeringCommand> => {
  const channel = order.channel === undefined ? {} : { channel: order.channel };
  return { type: 'BrokerOrder', data: { orderId, priority, ...channel, groups: await groupsOf(needs, order) } };
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

/** Of all lines that wait for a release, as they are decided together: which of them this one frees, the decision finds out. */
const evidenceOfHeld = async (
  needs: RoutingNeeds,
  { orderId, holdId }: DataOf<OrderEvent, 'HoldReleased'>,
): Promise<ReadonlyMap<string, Evidence>> => {
  const { state: order } = await needs.read(orderId);
  if (!order?.holds.has(holdId)) return new Map();
  const waiting = [...new Map(order.held.map((line) => [releaseKey(line), line])).entries()];
  const gathered = waiting.map(async ([key, { shipGroupId }]) => {
    const lines = order.held.filter((line) => releaseKey(line) === key);
    return [key, await gather(needs, lines, { ...shipGroupOf(order, shipGroupId), channel: order.channel })] as const;
  });
  return new Map(await Promise.all(gathered));
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
