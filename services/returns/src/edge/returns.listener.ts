import { Topics, type InventoryEvent, type OrderEvent, type PaymentEvent, type ReturnEvent, type ShippingEvent } from '@cartage/contracts';
import type { Listener } from '@cartage/messaging';
import type { OrderFacts } from '../app/order-facts';
import type { Returns } from '../app/returns';
import type { waitingForGoods } from '../app/waiting';
import { deliveryOf, handedOver, importedDelivery } from '../domain/delivery';
import { saleOf } from '../domain/sale';
import { anotherPlaceOf, cancelledOf, editOf } from '../domain/sale-change';

export const orderListener = (facts: OrderFacts): Listener<OrderEvent> => ({
  group: 'returns.order',
  topic: Topics.order,
  on: {
    OrderPlaced: (order) => facts.keepSale(saleOf(order)),
    OrderImported: async (order, _, { id }) => {
      await facts.keepSale(saleOf(order));
      if (order.outcome !== 'cancelled') await facts.keepDelivery(id, importedDelivery(order));
    },
    GoodsHandedOver: (handover, _, { id }) => facts.keepDelivery(id, handedOver(handover)),
    OrderEdited: (edit, _, { id, sequence }) => facts.keepChange(id, { ...editOf(edit), sequence }),
    LineCancelled: (cancelled, _, { id, sequence }) => facts.keepChange(id, { ...cancelledOf(cancelled), sequence }),
    DestinationChanged: (changed, _, { id, sequence }) => facts.keepChange(id, { ...anotherPlaceOf(changed), sequence }),
  },
});

export const shippingListener = (facts: OrderFacts): Listener<ShippingEvent> => ({
  group: 'returns.shipping',
  topic: Topics.shipping,
  on: { ShipmentDelivered: (delivery, _, { id }) => facts.keepDelivery(id, deliveryOf(delivery)) },
});

export const inventoryListener = (facts: OrderFacts): Listener<InventoryEvent> => ({
  group: 'returns.inventory',
  topic: Topics.inventory,
  on: {
    ItemChanged: ({ sku, category, returnable, revision }) =>
      facts.keepItem({ sku, ...(category === undefined ? {} : { category }), returnable, revision }),
    LocationChanged: ({ location }) => facts.keepLocation(location),
  },
});

/** Hears its own: what was heard is heard again after a crash, and so no deadline is lost. */
export const waitingListener = (waiting: ReturnType<typeof waitingForGoods>): Listener<ReturnEvent> => ({
  group: 'returns.waiting',
  topic: Topics.returns,
  on: { ReturnAuthorized: (authorized) => waiting.authorized(authorized) },
});

export const paymentListener = (returns: Returns): Listener<PaymentEvent> => ({
  group: 'returns.payment',
  topic: Topics.payment,
  on: {
    RefundIssued: (refund, meta) => returns.recordRefund(refund, meta),
    RefundFailed: (failure, meta) => returns.recordRefundFailure(failure, meta),
  },
});
