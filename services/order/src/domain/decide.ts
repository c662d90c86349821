import { deciding, Refused, type DataOf } from '@cartage/eventsourcing';
import type { OrderCommand } from './commands';
import { requireSame } from './differences';
import type { EventData, OrderEvent } from './events';
import { evolve, stageOf } from './evolve';
import { factKey } from './fact-key';
import { stepsInto } from './lines';
import { consequences } from './rules';
import { statusOf, type Order, type PlacedOrder } from './state';

type Asked<Type extends OrderCommand['type']> = DataOf<OrderCommand, Type>;
type Fact = Exclude<OrderEvent, { readonly type: 'OrderPlaced' }>;

/** Unknown is not final: a fact can only be of an order that exists, so the order may only not be seen here yet. */
const requirePlaced = (order: Order): PlacedOrder => {
  if (!order) throw new Refused('ORDER_UNKNOWN', 'There is no such order.', 'unknown');
  return order;
};

const place = ({ order, now }: Asked<'PlaceOrder'>, before: Order): readonly OrderEvent[] => {
  if (!before) return [{ type: 'OrderPlaced', data: { ...order, placedAt: order.placedAt ?? now } }];
  requireSame(before.placed, order);
  return [];
};

/** A fact that changes the order's status says so. Facts that cannot (they carry no `status`) never do. */
const withStatus = (fact: Fact, before: PlacedOrder, after: PlacedOrder): Fact => {
  const status = statusOf(after);
  return status === statusOf(before) ? fact : ({ ...fact, data: { ...fact.data, status } } as Fact);
};

/** Records a fact and decides what follows from it; a fact that was heard before says nothing new. */
const record = (before: PlacedOrder, fact: Fact, now: string): readonly OrderEvent[] => {
  const key = factKey(fact);
  const after = evolve(before, fact);
  if (!after || (key !== undefined && before.heard.includes(key))) return [];
  return [withStatus(fact, before, after), ...consequences(after, now)];
};

const recordAllocation = ({ now, lines, ...fact }: Asked<'RecordAllocation'>, state: Order): readonly OrderEvent[] => {
  const order = requirePlaced(state);
  const inVain = order.fulfillments.get(fact.fulfillmentId)?.status === 'rejected';
  const steps = inVain ? lines.map(({ lineId, quantity }) => ({ lineId, quantity })) : stepsInto('allocated', lines, order);
  return record(order, { type: 'AllocationRecorded', data: { ...fact, steps } }, now);
};

const recordRejection = ({ now, ...fact }: Asked<'RecordFulfillmentRejection'>, state: Order): readonly OrderEvent[] => {
  const order = requirePlaced(state);
  const lines = order.fulfillments.get(fact.fulfillmentId)?.allocated ?? [];
  const steps = stepsInto('allocated', lines, { ...order, direction: -1 });
  return record(order, { type: 'FulfillmentRejectionRecorded', data: { ...fact, steps } }, now);
};

const recordShipment = ({ now, lines = [], ...fact }: Asked<'RecordShipmentProgress'>, state: Order): readonly OrderEvent[] => {
  const order = requirePlaced(state);
  const stage = stageOf[fact.milestone];
  const data: EventData<'ShipmentProgressed'> = stage ? { ...fact, steps: stepsInto(stage, lines, order) } : fact;
  return record(order, { type: 'ShipmentProgressed', data }, now);
};

const recordReturn = ({ now, lines, ...fact }: Asked<'RecordReturnProgress'>, state: Order): readonly OrderEvent[] => {
  const order = requirePlaced(state);
  const units = lines?.map(({ lineId, quantity }) => ({ lineId, quantity })) ?? [];
  const steps = fact.step === 'received' ? stepsInto('returned', units, order) : units;
  return record(order, { type: 'ReturnProgressed', data: steps.length > 0 ? { ...fact, steps } : fact }, now);
};

export const decide = deciding<OrderCommand, Order, OrderEvent>({
  PlaceOrder: place,
  RecordReservation: ({ now, ...data }, order) => record(requirePlaced(order), { type: 'ReservationRecorded', data }, now),
  RecordShortage: ({ now, ...data }, order) => record(requirePlaced(order), { type: 'ShortageRecorded', data }, now),
  RecordPayment: ({ now, ...data }, order) => record(requirePlaced(order), { type: 'PaymentRecorded', data }, now),
  RecordReview: ({ now, ...data }, order) => record(requirePlaced(order), { type: 'ReviewRecorded', data }, now),
  RecordDecline: ({ now, ...data }, order) => record(requirePlaced(order), { type: 'DeclineRecorded', data }, now),
  RecordFulfillment: ({ now, ...data }, order) => record(requirePlaced(order), { type: 'FulfillmentRecorded', data }, now),
  RecordFulfillmentRejection: recordRejection,
  RecordUnfillable: ({ now, ...data }, order) => record(requirePlaced(order), { type: 'UnfillableRecorded', data }, now),
  RecordAllocation: recordAllocation,
  RecordAllocationRefusal: ({ now, ...data }, order) => record(requirePlaced(order), { type: 'AllocationRefusalRecorded', data }, now),
  RecordShipmentProgress: recordShipment,
  RecordPaymentProgress: ({ now, ...data }, order) => record(requirePlaced(order), { type: 'PaymentProgressed', data }, now),
  RecordReturnProgress: recordReturn,
});
