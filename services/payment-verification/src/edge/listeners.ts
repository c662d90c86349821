import { Topics, type OrderEvent, type ReturnEvent, type ShippingEvent } from '@cartage/contracts';
import type { Listener } from '@cartage/messaging';
import { idFor } from '@cartage/service-kit';
import type { Payments } from '../app/payments';

/** None of these hears replays: they move money. */
export const orderListener = (payments: Payments): Listener<OrderEvent> => ({
  group: 'payment.order',
  topic: Topics.order,
  on: {
    OrderPlaced: (order, meta) => payments.verify(order, meta),
    OrderCancelled: ({ orderId, reason }, meta) => payments.cancel(orderId, reason, meta),
  },
});

export const shippingListener = (payments: Payments): Listener<ShippingEvent> => ({
  group: 'payment.shipping',
  topic: Topics.shipping,
  on: {
    ShipmentDispatched: (shipment, meta) => payments.charge(shipment, meta),
    ShipmentDelivered: ({ orderId, shipmentId, occurredAt }, meta) =>
      payments.deliver({ orderId, shipmentId, deliveredAt: occurredAt }, meta),
  },
});

export const returnsListener = (payments: Payments): Listener<ReturnEvent> => ({
  group: 'payment.returns',
  topic: Topics.returns,
  on: {
    // The event's own id is part of it: a line may be graded in several parts, and each is owed by itself.
    ItemGraded: ({ orderId, returnId, lineId, currency, refund: amount }, meta) =>
      payments.refund({ orderId, refundId: idFor('refund', returnId, lineId, meta.commandId), returnId, lineId, currency, amount }, meta),
  },
});
