import { Topics } from '@cartage/contracts';
import { handling } from '@cartage/eventsourcing';
import { idFor, type Kit, type Parts, type Service } from '@cartage/service-kit';
import { channelGaps } from './app/channel-gaps';
import { fulfillmentFacts } from './app/facts/fulfillment-facts';
import { moneyFacts, verdictFacts } from './app/facts/payment-facts';
import { recording } from './app/facts/recording';
import { returnFacts } from './app/facts/return-facts';
import { shipmentFacts } from './app/facts/shipment-facts';
import { stockFacts } from './app/facts/stock-facts';
import { orderList } from './app/order-list';
import { createOrders } from './app/orders';
import { reading } from './app/reading';
import { orderLine } from './app/views/order-line';
import { orderSummary } from './app/views/order-summary';
import { orderTimeline } from './app/views/order-timeline';
import { orderSettings, type OrderSettings } from './config';
import { order } from './domain/order';
import { published } from './domain/published';
import { CHANNEL_GAPS, ChannelsController } from './edge/channels.controller';
import { fulfillmentListener } from './edge/fulfillment.listener';
import { inventoryListener } from './edge/inventory.listener';
import { ORDER_LIST, OrdersController, ORDERS } from './edge/orders.controller';
import { paymentListener } from './edge/payment.listener';
import { returnsListener } from './edge/returns.listener';
import { shippingListener } from './edge/shipping.listener';

const compose = ({ store, vault, pool, newId, now, isPublic, viewReached, settings }: Kit<OrderSettings>): Parts => {
  const send = handling({ store, newId, isPublic }, order);
  const record = recording({ send, now });
  const policies = { returns: settings.RETURNS_POLICY };
  return {
    controllers: [OrdersController, ChannelsController],
    providers: [
      { provide: ORDERS, useValue: createOrders({ send, read: reading(store), vault, now, idFor, policies }) },
      {
        provide: CHANNEL_GAPS,
        useValue: channelGaps({
          sql: pool,
          viewReached,
          head: () => store.head(),
          orderIdOf: (channel, id) => idFor('order', channel, id),
        }),
      },
      { provide: ORDER_LIST, useValue: orderList({ sql: pool, viewReached }) },
    ],
    listeners: [
      inventoryListener(stockFacts(record)),
      paymentListener(verdictFacts(record), moneyFacts(record)),
      fulfillmentListener(fulfillmentFacts(record)),
      shippingListener(shipmentFacts(record)),
      returnsListener(returnFacts(record)),
    ],
  };
};

export const orderService: Service<OrderSettings> = {
  name: 'order',
  schema: 'orders',
  title: 'Orders',
  paths: ['orders', 'channels'],
  port: 3001,
  settings: orderSettings,
  mayUseKurrentDb: true,
  migrations: [],
  entities: [],
  views: [orderSummary, orderLine, orderTimeline],
  publication: { service: 'order', topic: Topics.order, translate: published },
  compose,
};
