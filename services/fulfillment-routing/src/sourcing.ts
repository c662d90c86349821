/** Sourcing of batches of orders, for who measures it (tools/bench) or judges it on a history (tools/evaluate). */
export {
  costOf,
  valueOf,
  type SourcedPart,
  type SourcingOrder,
  type SourcingPlace,
  type SourcingPlan,
  type SourcingProblem,
  type SourcingValue,
} from './domain/sourcing';
export { sourcedWell } from './domain/sourcing-heuristic';
export { atShadowPrices, shadowPrices, type ExpectedOrder, type ShadowPrices } from './domain/shadow-prices';
export { sourcing } from './app/sourcing';
export { highsSolver } from './edge/highs/highs-solver';
