import { Topics } from '@cartage/contracts';
import { handling } from '@cartage/eventsourcing';
import type { Kit, Parts, Service } from '@cartage/service-kit';
import { onDueOf } from './app/deadlines';
import { createFulfillmentDesk } from './app/fulfillment-desk';
import { fulfillmentLists } from './app/fulfillment-lists';
import { readingFrom } from './app/reading';
import { pastDecisions } from './app/past-decisions';
import { RoutingRuleBook } from './app/routing-rules';
import { createRouting } from './app/routing';
import { createRoutingReading } from './app/routing-reading';
import { fulfillmentOrder } from './app/views/fulfillment-order';
import { routingDecision } from './app/views/routing-decision';
import { settings, type RoutingSettings } from './config';
import { orderBrokering } from './domain/order-brokering';
import { published, subjectOf } from './domain/published';
import type { RoutedOrder } from './domain/policy';
import { nearestOfFewest } from './domain/rules';
import { FULFILLMENT_DESK, FulfillmentDeskController } from './edge/desk.controller';
import { FulfillmentController, ROUTING, ROUTING_READING } from './edge/fulfillment.controller';
import { offlineGeocoder } from './edge/geocoding/geocoder';
import { ROUTING_RULES, RoutingRulesController } from './edge/rules.controller';
import { listenersOf } from './edge/listeners';
import { Network1764000000000 } from './edge/migrations/network-1764000000000';
import { postgresNetwork } from './edge/postgres-network';

const compose = (kit: Kit<RoutingSettings>): Parts => {
  const { MAX_SPLIT: maxSplit, MAX_ATTEMPTS: maxAttempts, POSTAL_CODES_DIR } = kit.settings;
  const network = postgresNetwork(kit.pool);
  const rules = new RoutingRuleBook({
    ...kit,
    settings: nearestOfFewest({ maxSplit, maxAttempts }),
    pastDecisions: pastDecisions(kit),
  });
  const needs = {
    network,
    geocoder: offlineGeocoder(POSTAL_CODES_DIR),
    rulesFor: (order: RoutedOrder) => rules.rulesFor(order),
    read: readingFrom(kit.store),
    newId: kit.newId,
    now: kit.now,
    deadlines: kit.deadlines,
  };
  const sent = { ...needs, send: handling({ ...kit, subjectOf }, orderBrokering) };
  const [routing, desk] = [createRouting(sent), createFulfillmentDesk(sent)];
  return {
    controllers: [RoutingRulesController, FulfillmentController, FulfillmentDeskController],
    providers: [
      { provide: ROUTING, useValue: routing },
      { provide: ROUTING_RULES, useValue: rules },
      { provide: FULFILLMENT_DESK, useValue: desk },
      { provide: ROUTING_READING, useValue: createRoutingReading({ ...needs, lists: fulfillmentLists(kit) }) },
    ],
    listeners: listenersOf(routing, desk, network),
    onDue: onDueOf(needs, {
      CapacityBack: ({ orderId }, meta) => routing.brokerOnNewDay(orderId, meta),
      AcceptanceDue: (of, meta) => desk.acceptanceDue(of, meta),
    }),
  };
};

export const fulfillmentRoutingService: Service<RoutingSettings> = {
  name: 'fulfillment-routing',
  schema: 'fulfillment',
  title: 'Fulfillment routing: which location ships which lines, and why',
  paths: ['fulfillment'],
  port: 3004,
  settings,
  migrations: [Network1764000000000],
  entities: [],
  views: [fulfillmentOrder, routingDecision],
  publication: { service: 'fulfillment-routing', topic: Topics.fulfillment, translate: published },
  compose,
};
