import { Topics, type InventoryEvent, type OrderEvent, type PaymentEvent, type ReturnEvent, type ShippingEvent } from '@cartage/contracts';
import type { Listener } from '@cartage/messaging';
import type { ChannelReturns } from '../app/channel-returns';
import type { Claims } from '../app/claims';
import type { OrderFacts } from '../app/order-facts';
import type { ProviderNews } from '../app/providers/provider-news';
import type { Returns } from '../app/returns';
import type { UnknownGoodsDesk } from '../app/unknown-goods';
import type { waitingForGoods } from '../app/waiting';
import type { WayBack } from '../app/way-back';
import { deliveryOf, handedOver, importedDelivery, undoneBy } from '../domain/delivery';
import { saleOf } from '../domain/sale';
import { anotherPlaceOf, cancelledOf, editOf } from '../domain/sale-change';

export const orderListener = (
  facts: OrderFacts,
  claims: Pick<Claims, 'notShipped'>,
  channels: Pick<ChannelReturns, 'opened' | 'ended' | 'refunded'>,
): Listener<OrderEvent> => ({
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
    LineCancelled: async (cancelled, meta, { id, sequence }) => {
      await facts.keepChange(id, { ...cancelledOf(cancelled), sequence });
      await claims.notShipped(cancelled.orderId, cancelled.lines, meta);
    },
    ChannelReturnOpened: (opened, meta) => channels.opened(opened, meta),
    ChannelReturnEnded: (ended, meta) => channels.ended(ended, meta),
    ChannelRefunded: (refund, meta) => channels.refunded(refund, meta),
    DestinationChanged: (changed, _, { id, sequence }) => facts.keepChange(id, { ...anotherPlaceOf(changed), sequence }),
  },
});

export const shippingListener = (facts: OrderFacts, wayBack: WayBack): Listener<ShippingEvent> => ({
  group: 'returns.shipping',
  topic: Topics.shipping,
  on: {
    ShipmentDelivered: (delivery, _, { id }) => facts.keepDelivery(id, deliveryOf(delivery)),
    RtoInitiated: (back, _, { id }) => facts.keepDelivery(id, undoneBy(back)),
    ReturnLabelPurchased: (label, meta) => wayBack.labelled(label, meta),
    ReturnLabelFailed: (failure, meta) => wayBack.notLabelled(failure, meta),
    ReturnParcelScanned: (scan, meta) => wayBack.scanned(scan, meta),
    ReturnParcelOverdue: (late, meta) => wayBack.overdue(late, meta),
  },
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
export const waitingListener = (
  waiting: ReturnType<typeof waitingForGoods>,
  unknownGoods: Pick<UnknownGoodsDesk, 'waited' | 'matched'>,
): Listener<ReturnEvent> => ({
  group: 'returns.waiting',
  topic: Topics.returns,
  on: {
    ReturnAuthorized: (authorized) => waiting.authorized(authorized),
    ClaimOpened: (opened) => waiting.claimed(opened),
    ExchangeRequested: (requested) => waiting.exchanged(requested),
    UnknownGoodsReceived: (received) => unknownGoods.waited(received),
    UnknownGoodsMatched: (matched, meta) => unknownGoods.matched(matched, meta),
  },
});

export const paymentListener = (returns: Returns, news: Pick<ProviderNews, 'returnChanged'>): Listener<PaymentEvent> => ({
  group: 'returns.payment',
  topic: Topics.payment,
  on: {
    RefundIssued: async (refund, meta, { id }) => {
      await returns.recordRefund(refund, meta);
      if (refund.returnId !== undefined) await news.returnChanged(refund.orderId, refund.returnId, id);
    },
    RefundFailed: async (failure, meta, { id }) => {
      await returns.recordRefundFailure(failure, meta);
      if (failure.returnId !== undefined) await news.returnChanged(failure.orderId, failure.returnId, id);
    },
  },
});
