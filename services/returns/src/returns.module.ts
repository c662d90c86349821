import { Topics } from '@cartage/contracts';
import { handling, type Position } from '@cartage/eventsourcing';
import { idFor, type Service } from '@cartage/service-kit';
import { createPurchases } from './app/purchases';
import { createReturnLists } from './app/return-list';
import { createReturns } from './app/returns';
import { returnItem } from './app/views/return-item';
import { returnSummary } from './app/views/return-summary';
import { returnsSettings, type ReturnsSettings } from './config';
import { published } from './domain/published';
import { returns as decider } from './domain/return';
import { RETURN_LISTS, RETURNS, ReturnsController } from './edge/returns.controller';
import { orderListener, paymentListener, shippingListener } from './edge/returns.listener';

export const returnsService: Service<ReturnsSettings> = {
  name: 'returns',
  schema: 'returns',
  title: 'Returns',
  paths: ['returns'],
  port: 3006,
  settings: returnsSettings,
  migrations: [],
  entities: [],
  views: [returnSummary, returnItem],
  publication: { service: 'returns', topic: Topics.returns, translate: published },
  compose: ({ store, pool, newId, now, clock, isPublic, viewReached }) => {
    const send = handling({ store, newId, isPublic }, decider);
    const reached = (position: Position): Promise<void> => viewReached(returnSummary, position);
    const lists = createReturnLists({ sql: pool, reached, head: () => store.head(), clock });
    const returns = createReturns({
      send,
      store,
      now,
      orderOf: lists.orderOf,
      returnIdFor: (orderId, commandId) => idFor('return', orderId, commandId),
    });
    const purchases = createPurchases(send);
    return {
      controllers: [ReturnsController],
      providers: [
        { provide: RETURNS, useValue: returns },
        { provide: RETURN_LISTS, useValue: lists },
      ],
      listeners: [orderListener(purchases), shippingListener(purchases), paymentListener(returns)],
    };
  },
};
