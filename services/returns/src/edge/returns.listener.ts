import { Topics, type OrderEvent, type PaymentEvent, type ShippingEvent } from '@cartage/contracts';
import type { Listener } from '@cartage/messaging';
import type { Purchases } from '../app/purchases';
import type { Returns } from '../app/returns';

export const orderListener = (purchases: Purchases): Listener<OrderEvent> => ({
  group: 'returns.order',
  topic: Topics.order,
  on: { OrderPlaced: (order, meta) => purchases.recordPurchase(order, meta) },
});

export const shippingListener = (purchases: Purchases): Listener<ShippingEvent> => ({
  group: 'returns.shipping',
  topic: Topics.shipping,
  on: { ShipmentDelivered: (delivery, meta) => purchases.recordDelivery(delivery, meta) },
});

export const paymentListener = (returns: Returns): Listener<PaymentEvent> => ({
  group: 'returns.payment',
  topic: Topics.payment,
  on: {
    RefundIssued: (refund, meta) => returns.recordRefund(refund, meta),
    RefundFailed: (failure, meta) => returns.recordRefundFailure(failure, meta),
  },
});
