/** Forks of the past, for who plays them on a history (tools/evaluate). */
export { MOST_ORDERS } from './domain/expected-orders';
export type { BrokeringEvent, DecisionRecord } from './domain/events';
export type { BrokeringFacts } from './domain/facts';
export { Fork } from './domain/fork';
export type { OrderOutcome, OrderSide } from './domain/fork-outcome';
export { ForkPrices } from './domain/fork-prices';
export type { ForkTerms } from './domain/fork-terms';
export type { KnownPlace } from './domain/known-network';
export { withLookAhead } from './domain/look-ahead';
export { orderBrokering, streamOf } from './domain/order-brokering';
export { policyOf, rulesFor, type RoutingPolicy } from './domain/policy';
export { nearestOfFewest } from './domain/rules';
