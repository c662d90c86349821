import type { FulfillmentEvent, InventoryEvent, ShippingEvent } from '@cartage/contracts';
import type { DataOf, Handled, Meta, Send } from '@cartage/eventsourcing';
import type { BrokeringEvent } from '../domain/events';
import type { Evidence } from '../domain/deciding';
import { requireBrokered, requireFulfillment, streamOf, type BrokeringCommand, type ConfirmedOrder } from '../domain/order-brokering';
import type { Brokering } from '../domain/state';
import { gather, type EvidenceNeeds } from './evidence';
import type { Load, Network } from './network';
import type { ReadBrokering } from './reading';

export interface RoutingNeeds extends EvidenceNeeds {
  readonly send: Send<BrokeringCommand, Brokering, BrokeringEvent>;
  readonly read: ReadBrokering;
}

export type HandledBrokering = Handled<Brokering, BrokeringEvent>;
type Refusal = Pick<DataOf<InventoryEvent, 'AllocationRefused'>, 'orderId' | 'fulfillmentId' | 'short' | 'refusedAt'>;
type Allocation = Pick<DataOf<InventoryEvent, 'StockAllocated'>, 'orderId' | 'fulfillmentId' | 'allocatedAt'>;
type Dispatch = Pick<DataOf<ShippingEvent, 'ShipmentDispatched'>, 'orderId' | 'fulfillmentId' | 'shipmentId' | 'dispatchedAt'>;

/** What the service can be asked to do. Decisions rest on stock that may be stale; inventory, which allocates, is the referee. */
export interface Routing {
  broker(order: ConfirmedOrder, meta: Meta): Promise<HandledBrokering>;
  /** Brokers what nobody could ship, once more. */
  brokerAgain(orderId: string, meta: Meta): Promise<HandledBrokering>;
  reject(fulfillment: { readonly orderId: string; readonly fulfillmentId: string }, reason: string, meta: Meta): Promise<HandledBrokering>;
  allocationRefused(refusal: Refusal, meta: Meta): Promise<HandledBrokering>;
  allocated(allocation: Allocation, meta: Meta): Promise<HandledBrokering>;
  dispatched(dispatch: Dispatch, meta: Meta): Promise<HandledBrokering>;
  cancelled(order: { readonly orderId: string; readonly reason: string; readonly at: string }, meta: Meta): Promise<HandledBrokering>;
}

export const createRouting = (needs: RoutingNeeds): Routing => {
  const send = counting(needs);
  return {
    broker: async (order, meta) =>
      send(order.orderId, { type: 'BrokerOrder', data: { order, evidence: await gather(needs, order.lines, order.destination) } }, meta),
    brokerAgain: async (orderId, meta) =>
      send(orderId, { type: 'BrokerAgain', data: { evidence: await evidenceForUnfilled(needs, orderId) } }, meta),
    reject: async ({ orderId, fulfillmentId }, reason, meta) => {
      const evidence = await evidenceForFulfillment(needs, orderId, fulfillmentId);
      return send(orderId, { type: 'RejectFulfillment', data: { fulfillmentId, reason, evidence } }, meta);
    },
    allocationRefused: async ({ orderId, fulfillmentId, short, refusedAt: at }, meta) => {
      const evidence = await evidenceForFulfillment(needs, orderId, fulfillmentId);
      return send(orderId, { type: 'RecordAllocationRefusal', data: { fulfillmentId, short, at, evidence } }, meta);
    },
    allocated: ({ orderId, fulfillmentId, allocatedAt: at }, meta) =>
      send(orderId, { type: 'RecordAllocation', data: { fulfillmentId, at } }, meta),
    dispatched: ({ orderId, fulfillmentId, shipmentId, dispatchedAt: at }, meta) =>
      send(orderId, { type: 'RecordDispatch', data: { fulfillmentId, shipmentId, at } }, meta),
    cancelled: ({ orderId, reason, at }, meta) => send(orderId, { type: 'CloseBrokering', data: { reason, at } }, meta),
  };
};

const evidenceForUnfilled = async (needs: RoutingNeeds, orderId: string): Promise<Evidence> => {
  const { unfilled, destination } = requireBrokered((await needs.read(orderId)).state);
  return gather(needs, unfilled, destination);
};

const evidenceForFulfillment = async (needs: RoutingNeeds, orderId: string, fulfillmentId: string): Promise<Evidence> => {
  const { state } = await needs.read(orderId);
  const { lines } = requireFulfillment(state, fulfillmentId);
  return gather(needs, lines, requireBrokered(state).destination);
};

type SendToOrder = (orderId: string, command: BrokeringCommand, meta: Meta) => Promise<HandledBrokering>;

/**
 * Counts loads after the append: a process that dies in between is told the same event again, and what was counted stays counted once.
 */
const counting =
  ({ send, network }: RoutingNeeds): SendToOrder =>
  async (orderId, command, meta) => {
    const handled = await send(streamOf(orderId), command, meta);
    await countLoads(network, handled);
    return handled;
  };

const countLoads = async (network: Network, { events, state }: HandledBrokering): Promise<void> => {
  const brokered = events.flatMap((event) => (event.type === 'FulfillmentBrokered' ? [loadOf(event.data)] : []));
  const freed = events.flatMap((event) => {
    if (event.type !== 'AllocationRefusalRecorded' && event.type !== 'FulfillmentRejected') return [];
    const fulfillment = state?.fulfillments.get(event.data.fulfillmentId);
    return fulfillment ? [loadOf(fulfillment)] : [];
  });
  if (freed.length > 0) await network.release(freed);
  if (brokered.length > 0) await network.count(brokered);
};

type Placed = Pick<DataOf<FulfillmentEvent, 'FulfillmentBrokered'>, 'fulfillmentId' | 'location' | 'brokeredAt'>;
const loadOf = ({ fulfillmentId, location, brokeredAt }: Placed): Load => ({ fulfillmentId, location, day: brokeredAt.slice(0, 10) });
