import type { Destination, LineQuantity, Priority, Sealed, ShortLine } from '@cartage/contracts';
import { deciding, Refused, type DataOf, type Decider, type Named } from '@cartage/eventsourcing';
import { decideOn, type Evidence } from './deciding';
import type { BrokeringEvent, EventData } from './events';
import { evolve, mayBecome, type Brokered, type Brokering, type Fulfillment } from './state';

/** An order that may be shipped. */
export interface ConfirmedOrder {
  readonly orderId: string;
  readonly lines: readonly LineQuantity[];
  readonly destination: Destination;
  readonly personal: Sealed;
  readonly priority: Priority;
}

export type BrokeringCommand =
  | Named<'BrokerOrder', { readonly order: ConfirmedOrder; readonly evidence: Evidence }>
  | Named<'BrokerAgain', { readonly evidence: Evidence }>
  | Named<
      'RecordAllocationRefusal',
      { readonly fulfillmentId: string; readonly short: readonly ShortLine[]; readonly at: string; readonly evidence: Evidence }
    >
  | Named<'RejectFulfillment', { readonly fulfillmentId: string; readonly reason: string; readonly evidence: Evidence }>
  | Named<'RecordAllocation', { readonly fulfillmentId: string; readonly at: string }>
  | Named<'RecordDispatch', { readonly fulfillmentId: string; readonly shipmentId: string; readonly at: string }>
  | Named<'CloseBrokering', { readonly reason: string; readonly at: string }>;

type Asked<Type extends BrokeringCommand['type']> = DataOf<BrokeringCommand, Type>;
type Events = readonly BrokeringEvent[];

export const streamOf = (orderId: string): string => `brokering-${orderId}`;

export const requireBrokered = (state: Brokering): Brokered => {
  if (!state) throw new Refused('BROKERING_UNKNOWN', 'This order was not brokered, or not yet.', 'unknown');
  return state;
};

export const requireFulfillment = (state: Brokering, fulfillmentId: string): Fulfillment => {
  const fulfillment = state?.fulfillments.get(fulfillmentId);
  if (!fulfillment) throw new Refused('FULFILLMENT_UNKNOWN', `There is no fulfilment ${fulfillmentId} of this order.`, 'unknown');
  return fulfillment;
};

const brokerOrder = ({ order, evidence }: Asked<'BrokerOrder'>, state: Brokering): Events =>
  state
    ? []
    : decideOn({ ...order, fulfillments: new Map(), unfilled: [] }, evidence, { cause: 'confirmed', lines: order.lines, attempt: 1 });

/** Tells nothing new while there is still nobody to ship it. */
const brokerAgain = ({ evidence }: Asked<'BrokerAgain'>, state: Brokering): Events => {
  const order = requireBrokered(state);
  if (order.closed !== undefined) throw new Refused('BROKERING_CLOSED', `Nothing of this order is brokered any more: ${order.closed}.`);
  if (order.unfilled.length === 0) return [];
  const events = decideOn(order, evidence, { cause: 'asked-again', lines: order.unfilled, attempt: 1 });
  const unfillable = events.find(({ type }) => type === 'FulfillmentUnfillable');
  if (unfillable) throw new Refused('STILL_UNFILLABLE', (unfillable.data as EventData<'FulfillmentUnfillable'>).reason);
  return events;
};

/** The lines of a fulfilment that came to nothing, once more. */
const elsewhere = (
  state: Brokering,
  evidence: Evidence,
  { cause, of }: { cause: 'allocation-refused' | 'rejected'; of: Fulfillment },
): Events => (!state || state.closed !== undefined ? [] : decideOn(state, evidence, { cause, lines: of.lines, attempt: of.attempt + 1 }));

const recordRefusal = ({ fulfillmentId, short, at, evidence }: Asked<'RecordAllocationRefusal'>, state: Brokering): Events => {
  const of = requireFulfillment(state, fulfillmentId);
  if (!mayBecome(of.status, 'refused')) return [];
  const { orderId } = requireBrokered(state);
  const refused: BrokeringEvent = {
    type: 'AllocationRefusalRecorded',
    data: { orderId, fulfillmentId, location: of.location, short, refusedAt: at },
  };
  return [refused, ...elsewhere(evolve(state, refused), evidence, { cause: 'allocation-refused', of })];
};

const reject = ({ fulfillmentId, reason, evidence }: Asked<'RejectFulfillment'>, state: Brokering): Events => {
  const of = requireFulfillment(state, fulfillmentId);
  if (of.status === 'closed') throw new Refused('FULFILLMENT_CLOSED', 'Its goods have left the location; it can no longer be rejected.');
  if (!mayBecome(of.status, 'rejected')) return [];
  const { orderId } = requireBrokered(state);
  const { location, lines } = of;
  const rejected: BrokeringEvent = {
    type: 'FulfillmentRejected',
    data: { orderId, fulfillmentId, location, lines, reason, rejectedAt: evidence.now },
  };
  return [rejected, ...elsewhere(evolve(state, rejected), evidence, { cause: 'rejected', of })];
};

const recordAllocation = ({ fulfillmentId, at }: Asked<'RecordAllocation'>, state: Brokering): Events => {
  const { status } = requireFulfillment(state, fulfillmentId);
  const { orderId } = requireBrokered(state);
  return mayBecome(status, 'allocated') ? [{ type: 'AllocationRecorded', data: { orderId, fulfillmentId, allocatedAt: at } }] : [];
};

const recordDispatch = ({ fulfillmentId, shipmentId, at }: Asked<'RecordDispatch'>, state: Brokering): Events => {
  const { status } = requireFulfillment(state, fulfillmentId);
  const { orderId } = requireBrokered(state);
  return mayBecome(status, 'closed') ? [{ type: 'DispatchRecorded', data: { orderId, fulfillmentId, shipmentId, dispatchedAt: at } }] : [];
};

const close = ({ reason, at }: Asked<'CloseBrokering'>, state: Brokering): Events =>
  !state || state.closed !== undefined ? [] : [{ type: 'BrokeringClosed', data: { orderId: state.orderId, reason, closedAt: at } }];

/** Who ships what of one order, and what came of it. */
export const orderBrokering: Decider<BrokeringCommand, Brokering, BrokeringEvent> = {
  initial: undefined,
  evolve,
  decide: deciding<BrokeringCommand, Brokering, BrokeringEvent>({
    BrokerOrder: brokerOrder,
    BrokerAgain: brokerAgain,
    RecordAllocationRefusal: recordRefusal,
    RejectFulfillment: reject,
    RecordAllocation: recordAllocation,
    RecordDispatch: recordDispatch,
    CloseBrokering: close,
  }),
};
