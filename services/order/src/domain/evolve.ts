import { evolving } from '@cartage/eventsourcing';
import type { EventData, Milestone, OrderEvent, OrderEventType } from './events';
import { factKey } from './fact-key';
import { advanced, startOf, type Stage } from './lines';
import type { Fulfillment, Money, Order, PlacedOrder } from './state';

/** The milestones that move units of lines, and where to. */
export const stageOf: { readonly [Each in Milestone]?: Stage } = { packed: 'packed', 'handed-over': 'shipped', delivered: 'delivered' };

const begun = (placed: EventData<'OrderPlaced'>): PlacedOrder => ({
  placed,
  progress: startOf(placed.lines),
  heard: [],
  holds: [],
  fulfillments: new Map(),
  shipments: new Map(),
  money: { captured: 0, collected: 0, refunded: 0 },
});

type Change<Type extends OrderEventType> = (order: PlacedOrder, data: EventData<Type>) => PlacedOrder;
/** A fact of an order that was never placed changes nothing. */
const on =
  <Data>(change: (order: PlacedOrder, data: Data) => PlacedOrder) =>
  (order: Order, data: Data): Order =>
    order && change(order, data);

const withFulfillment = (order: PlacedOrder, fulfillment: Fulfillment): PlacedOrder => ({
  ...order,
  fulfillments: new Map(order.fulfillments).set(fulfillment.fulfillmentId, fulfillment),
});

const fulfillmentAt = (
  order: PlacedOrder,
  { fulfillmentId, location }: { readonly fulfillmentId: string; readonly location: string },
): Fulfillment => order.fulfillments.get(fulfillmentId) ?? { fulfillmentId, location, status: 'brokered', allocated: [] };

const brokered: Change<'FulfillmentRecorded'> = ({ unfillable: _, ...order }, data) => withFulfillment(order, fulfillmentAt(order, data));

const allocated: Change<'AllocationRecorded'> = (order, data) => {
  const fulfillment = fulfillmentAt(order, data);
  const status = fulfillment.status === 'rejected' ? 'rejected' : 'allocated';
  return {
    ...withFulfillment(order, { ...fulfillment, status, allocated: data.steps }),
    progress: advanced(order.progress, 'allocated', data.steps),
  };
};

const rejected: Change<'FulfillmentRejectionRecorded'> = (order, data) => ({
  ...withFulfillment(order, { ...fulfillmentAt(order, data), status: 'rejected', allocated: [] }),
  progress: advanced(order.progress, 'allocated', data.steps),
});

const shipped: Change<'ShipmentProgressed'> = (order, { steps = [], status: _, place: _p, reason: _r, ...shipment }) => {
  const stage = stageOf[shipment.milestone];
  return {
    ...order,
    shipments: new Map(order.shipments).set(shipment.shipmentId, { ...order.shipments.get(shipment.shipmentId), ...shipment }),
    progress: stage ? advanced(order.progress, stage, steps) : order.progress,
  };
};

const counted: { readonly [Step in EventData<'PaymentProgressed'>['step']]?: keyof Money } = {
  captured: 'captured',
  'cod-collected': 'collected',
  refunded: 'refunded',
};

const paid: Change<'PaymentProgressed'> = (order, { step, amount }) => {
  const sum = counted[step];
  return sum ? { ...order, money: { ...order.money, [sum]: order.money[sum] + amount } } : order;
};

const table = evolving<Order, OrderEvent>({
  OrderPlaced: (order, data) => order ?? begun(data),
  ReservationRecorded: on((order, { reservationId }) => ({ ...order, reservationId })),
  ShortageRecorded: on((order, shortage) => ({ ...order, shortage })),
  PaymentRecorded: on((order, payment) => ({ ...order, payment })),
  ReviewRecorded: on((order, review) => ({ ...order, review })),
  DeclineRecorded: on((order, decline) => ({ ...order, decline })),
  OrderConfirmed: on((order, { confirmedAt }) => ({ ...order, confirmedAt })),
  HoldApplied: on((order, { hold }) => ({ ...order, holds: [...order.holds, hold] })),
  HoldReleased: on((order, { hold }) => ({ ...order, holds: order.holds.filter((each) => each !== hold) })),
  FulfillmentRecorded: on(brokered),
  FulfillmentRejectionRecorded: on(rejected),
  UnfillableRecorded: on((order, unfillable) => ({ ...order, unfillable })),
  AllocationRecorded: on(allocated),
  AllocationRefusalRecorded: on((order, data) => withFulfillment(order, { ...fulfillmentAt(order, data), status: 'refused' })),
  ShipmentProgressed: on(shipped),
  PaymentProgressed: on(paid),
  ReturnProgressed: on((order, { step, steps = [] }) =>
    step === 'received' ? { ...order, progress: advanced(order.progress, 'returned', steps) } : order,
  ),
  OrderCancelled: on((order, { cancelledAt }) => ({ ...order, holds: [], ended: { as: 'cancelled', at: cancelledAt } })),
  OrderCompleted: on((order, { completedAt }) => ({ ...order, holds: [], ended: { as: 'completed', at: completedAt } })),
});

export const evolve = (before: Order, event: OrderEvent): Order => {
  const order = table(before, event);
  const key = factKey(event);
  return order && key !== undefined ? { ...order, heard: [...order.heard, key] } : order;
};
