import { Topics } from '@cartage/contracts';
import { handling } from '@cartage/eventsourcing';
import { idFor, type Service } from '@cartage/service-kit';
import { pastReturns } from './app/past-returns';
import { Policies } from './app/policies';
import { listingReturns } from './app/return-list';
import { Returns } from './app/returns';
import { waitingForGoods } from './app/waiting';
import { returnItem } from './app/views/return-item';
import { returnRefund } from './app/views/return-refund';
import { returnSummary } from './app/views/return-summary';
import { returnsSettings, type ReturnsSettings } from './config';
import { published } from './domain/published';
import { returns as decider } from './domain/return';
import { OrderFacts1764200000000 } from './edge/migrations/1764200000000-order-facts';
import { orderFactsIn } from './edge/order-facts';
import { POLICIES, PoliciesController } from './edge/policies.controller';
import { LIST_RETURNS, RETURNS, ReturnsController } from './edge/returns.controller';
import { inventoryListener, orderListener, paymentListener, shippingListener, waitingListener } from './edge/returns.listener';
import { WayBackController } from './edge/way-back.controller';

export const returnsService: Service<ReturnsSettings> = {
  name: 'returns',
  schema: 'returns',
  title: 'Returns',
  paths: ['returns'],
  port: 3006,
  settings: returnsSettings,
  migrations: [OrderFacts1764200000000],
  entities: [],
  views: [returnSummary, returnItem, returnRefund],
  publication: { service: 'returns', topic: Topics.returns, translate: published },
  compose: ({ store, pool, newId, now, isPublic, viewReached, deadlines }) => {
    const facts = orderFactsIn(pool);
    const policies = new Policies({ store, newId, now, pastReturns: pastReturns({ sql: pool, store }) });
    const send = handling({ store, newId, isPublic }, decider);
    const waiting = waitingForGoods({ deadlines, store, send, newId, now });
    const returns = new Returns({
      send,
      store,
      facts,
      policyOf: (sale) => policies.ofSale(sale),
      now,
      newId,
      returnIdFor: (orderId, commandId) => idFor('return', orderId, commandId),
    });
    const list = listingReturns({ sql: pool, reached: (position) => viewReached(returnSummary, position) });
    return {
      controllers: [PoliciesController, ReturnsController, WayBackController],
      providers: [
        { provide: POLICIES, useValue: policies },
        { provide: RETURNS, useValue: returns },
        { provide: LIST_RETURNS, useValue: list },
      ],
      listeners: [
        orderListener(facts),
        shippingListener(facts),
        inventoryListener(facts),
        paymentListener(returns),
        waitingListener(waiting),
      ],
      onDue: waiting.onDue,
    };
  },
};
