import { Topics } from '@cartage/contracts';
import { handling } from '@cartage/eventsourcing';
import { idFor, type Kit, type Parts, type Service } from '@cartage/service-kit';
import { channelGaps } from './app/channel-gaps';
import { recordFacts } from './app/facts';
import { orderList } from './app/order-list';
import { createOrders } from './app/orders';
import { reading } from './app/reading';
import { orderLine } from './app/views/order-line';
import { orderSummary } from './app/views/order-summary';
import { orderSettings, type OrderSettings } from './config';
import { order } from './domain/order';
import { published } from './domain/published';
import { CHANNEL_GAPS, ChannelsController } from './edge/channels.controller';
import { factListeners } from './edge/facts.listener';
import { ORDER_LIST, OrdersController, ORDERS } from './edge/orders.controller';

const compose = ({ store, vault, pool, newId, now, isPublic, viewReached, settings }: Kit<OrderSettings>): Parts => {
  const send = handling({ store, newId, isPublic }, order);
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
    listeners: factListeners(recordFacts({ send, now, newId })),
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
  views: [orderSummary, orderLine],
  publication: { service: 'order', topic: Topics.order, translate: published },
  compose,
};
