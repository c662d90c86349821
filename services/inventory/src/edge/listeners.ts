import { Topics, type FulfillmentEvent, type OrderEvent, type ReturnEvent, type ShippingEvent } from '@cartage/contracts';
import type { AnyListener, Listener } from '@cartage/messaging';
import type { Reservations } from '../app/reservations';

const orders = (reservations: Reservations): Listener<OrderEvent> => ({
  group: 'inventory.order',
  topic: Topics.order,
  on: {
    OrderPlaced: (data, meta) => reservations.reserve(data, meta),
    OrderCancelled: ({ orderId, reason }, meta) => reservations.release({ orderId, reason }, meta),
  },
});

const fulfillments = (reservations: Reservations): Listener<FulfillmentEvent> => ({
  group: 'inventory.fulfillment',
  topic: Topics.fulfillment,
  on: {
    FulfillmentBrokered: ({ orderId, fulfillmentId, location, lines }, meta) =>
      reservations.allocate({ orderId, fulfillmentId, location, lines }, meta),
    FulfillmentRejected: ({ orderId, fulfillmentId, reason }, meta) =>
      reservations.releaseAllocation({ orderId, fulfillmentId, reason }, meta),
  },
});

const shipments = (reservations: Reservations): Listener<ShippingEvent> => ({
  group: 'inventory.shipping',
  topic: Topics.shipping,
  on: {
    ShipmentDispatched: ({ orderId, fulfillmentId, shipmentId, lines }, meta) =>
      reservations.issue({ orderId, fulfillmentId, shipmentId, lines }, meta),
  },
});

const returned = (reservations: Reservations): Listener<ReturnEvent> => ({
  group: 'inventory.returns',
  topic: Topics.returns,
  on: {
    ItemGraded: ({ orderId, returnId, gradingId, lineId, sku, quantity, location, disposition }, meta) =>
      reservations.restock({ orderId, returnId, lineId, sku, quantity, location, disposition, gradingId }, meta),
  },
});

export const listenersOf = (reservations: Reservations): readonly AnyListener[] => [
  orders(reservations),
  fulfillments(reservations),
  shipments(reservations),
  returned(reservations),
];
