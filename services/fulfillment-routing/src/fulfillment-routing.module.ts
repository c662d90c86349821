import { Topics } from '@cartage/contracts';
import { handling, StreamCache } from '@cartage/eventsourcing';
import { isPickupCode, holdsNothing, type Kit, type Parts, type Service } from '@cartage/service-kit';
import { onDueOf } from './app/deadlines';
import { createFulfillmentDesk } from './app/fulfillment-desk';
import { createPickupDesk } from './app/pickup-desk';
import { fulfillmentLists } from './app/fulfillment-lists';
import { readingFrom } from './app/reading';
import { pastDecisions } from './app/past-decisions';
import { RoutingRuleBook } from './app/routing-rules';
import { createRouting } from './app/routing';
import { createRoutingReading } from './app/routing-reading';
import { fulfillmentOrder } from './app/views/fulfillment-order';
import { routingDecision } from './app/views/routing-decision';
import { settings, type RoutingSettings } from './config';
import { batchParts } from './batches.module';
import { forkParts } from './forks.module';
import { lookAheadParts } from './look-ahead.module';
import type { BrokeringEvent } from './domain/events';
import { orderBrokering } from './domain/order-brokering';
import { published, subjectOf } from './domain/published';
import type { RoutedOrder } from './domain/policy';
import { nearestOfFewest } from './domain/rules';
import { isOver } from './domain/over';
import type { Brokering } from './domain/state';
import { FULFILLMENT_DESK, FulfillmentDeskController } from './edge/desk.controller';
import { FulfillmentController, ROUTING, ROUTING_READING } from './edge/fulfillment.controller';
import { offlineGeocoder } from './edge/geocoding/geocoder';
import { ROUTING_RULES, RoutingRulesController } from './edge/rules.controller';
import { listenersOf } from './edge/listeners';
import { ownersIn } from './edge/owners';
import { PICKUP_DESK, PickupDeskController } from './edge/pickups.controller';
import { Network1764000000000 } from './edge/migrations/network-1764000000000';
import { DemandByTime1764000005000 } from './edge/migrations/demand-by-time-1764000005000';
import { ExpectedDemand1764000004000 } from './edge/migrations/expected-demand-1764000004000';
import { Forks1764000001000 } from './edge/migrations/forks-1764000001000';
import { ItemWeights1764000002000 } from './edge/migrations/item-weights-1764000002000';
import { StockPrices1764000003000 } from './edge/migrations/stock-prices-1764000003000';
import { demandTable } from './edge/postgres-demand';
import { postgresNetwork } from './edge/postgres-network';

/** Where the rules in force say nothing of it. */
const REMIND_DAYS = 2;
const MOST_PICKUP_DAYS = 30;

const counterOf = ({ vault, people, settings: { PICKUP_DAYS: days } }: Kit<RoutingSettings>) => ({
  vault,
  isCode: (fulfillmentId: string, said: string) => isPickupCode(people, fulfillmentId, said),
  pickup: { days, byLocation: {}, remindDays: REMIND_DAYS, mostDays: MOST_PICKUP_DAYS },
});

interface Desks {
  readonly routing: ReturnType<typeof createRouting>;
  readonly desk: ReturnType<typeof createFulfillmentDesk>;
  readonly pickups: ReturnType<typeof createPickupDesk>;
}

const whenDue = ({ routing, desk, pickups }: Desks): Parameters<typeof onDueOf>[1] => ({
  CapacityBack: ({ orderId }, meta) => routing.brokerOnNewDay(orderId, meta),
  StockLeft: ({ arrivals, after }, meta) => routing.stockArrived(arrivals, meta, after),
  AcceptanceDue: (of, meta) => desk.acceptanceDue(of, meta),
  PickupReminder: (of, meta) => pickups.remind(of, meta),
  PickupExpiry: (of, meta) => pickups.expire(of, meta),
});

const ownControllers = [RoutingRulesController, FulfillmentController, FulfillmentDeskController, PickupDeskController];

const compose = (kit: Kit<RoutingSettings>): Parts => {
  const { MAX_SPLIT: maxSplit, MAX_ATTEMPTS: maxAttempts, POSTAL_CODES_DIR } = kit.settings;
  const network = postgresNetwork(kit.pool);
  const rules = new RoutingRuleBook({ ...kit, settings: nearestOfFewest({ maxSplit, maxAttempts }), pastDecisions: pastDecisions(kit) });
  const demand = demandTable(kit.pool);
  const ahead = lookAheadParts(kit, { rules, network, demand });
  const cache = new StreamCache<Brokering, BrokeringEvent>();
  const needs = {
    network,
    geocoder: offlineGeocoder(POSTAL_CODES_DIR),
    rulesFor: (order: RoutedOrder) => rules.rulesFor(order),
    ...readingFrom(kit.store, { cache }),
    ...{ newId: kit.newId, now: kit.now, worth: ahead.worth },
    deadlines: kit.deadlines,
  };
  const batches = batchParts(kit);
  const sent = { ...needs, ...batches.needs, send: handling({ ...kit, subjectOf }, orderBrokering, { cache }) };
  const [routing, desk, pickups] = [createRouting(sent), createFulfillmentDesk(sent), createPickupDesk({ ...sent, ...counterOf(kit) })];
  const [forks, lists] = [forkParts(kit, { rules, demand }), fulfillmentLists(kit)];
  return {
    ...forks,
    controllers: [...forks.controllers, ...ahead.controllers, ...ownControllers],
    providers: [
      ...forks.providers,
      ...ahead.providers,
      { provide: ROUTING, useValue: routing },
      { provide: ROUTING_RULES, useValue: rules },
      { provide: FULFILLMENT_DESK, useValue: desk },
      { provide: PICKUP_DESK, useValue: pickups },
      { provide: ROUTING_READING, useValue: createRoutingReading({ ...needs, lists }) },
    ],
    start: async () => void (await Promise.all([forks.start(), ahead.start()])),
    stop: async () => void (await Promise.all([forks.stop(), ahead.stop(), batches.stop()])),
    owners: ownersIn(needs.read, lists),
    listeners: listenersOf({ routing, desk, pickups, network, demand }),
    onDue: onDueOf(needs, whenDue({ routing, desk, pickups })),
  };
};

export const fulfillmentRoutingService: Service<RoutingSettings> = {
  name: 'fulfillment-routing',
  schema: 'fulfillment',
  title: 'Fulfillment routing: which location ships which lines, and why',
  paths: ['fulfillment'],
  area: 'fulfillment',
  port: 3004,
  settings,
  migrations: [
    Network1764000000000,
    Forks1764000001000,
    ItemWeights1764000002000,
    StockPrices1764000003000,
    ExpectedDemand1764000004000,
    DemandByTime1764000005000,
  ],
  views: [fulfillmentOrder, routingDecision],
  publication: { service: 'fulfillment-routing', topic: Topics.fulfillment, translate: published },
  aggregates: { brokering: orderBrokering },
  over: { brokering: isOver },
  compose,
  holdings: () => holdsNothing,
};
