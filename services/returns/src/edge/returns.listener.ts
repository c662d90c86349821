import { Topics, type OrderEvent, type PaymentEvent, type ShippingEvent } from '@cartage/contracts';
import type { Listener } from '@cartage/messaging';
import type { OrderFacts } from '../app/order-facts';
import type { Returns } from '../app/returns';
import { anotherPlaceOf, deliveryOf, editOf, importedDelivery, saleOf } from '../domain/sale';

export const orderListener = (facts: OrderFacts): Listener<OrderEvent> => ({
  group: 'returns.order',
  topic: Topics.order,
  on: {
    OrderPlaced: (order) => facts.keepSale(saleOf(order)),
    OrderImported: async (order, _, { id }) => {
      await facts.keepSale(saleOf(order));
      if (order.outcome !== 'cancelled') await facts.keepDelivery(id, importedDelivery(order));
    },
    OrderEdited: (edit, _, { id, sequence }) => facts.keepChange(id, { ...editOf(edit), sequence }),
    DestinationChanged: (changed, _, { id, sequence }) => facts.keepChange(id, { ...anotherPlaceOf(changed), sequence }),
  },
});

export const shippingListener = (facts: OrderFacts): Listener<ShippingEvent> => ({
  group: 'returns.shipping',
  topic: Topics.shipping,
  on: { ShipmentDelivered: (delivery, _, { id }) => facts.keepDelivery(id, deliveryOf(delivery)) },
});

export const paymentListener = (returns: Returns): Listener<PaymentEvent> => ({
  group: 'returns.payment',
  topic: Topics.payment,
  on: {
    RefundIssued: (refund, meta) => returns.recordRefund(refund, meta),
    RefundFailed: (failure, meta) => returns.recordRefundFailure(failure, meta),
  },
});
