/** Sourcing of batches of orders, for who measures it (tools/bench). */
export { valueOf, type SourcingOrder, type SourcingPlan, type SourcingProblem, type SourcingValue } from './domain/sourcing';
export { sourcedWell } from './domain/sourcing-heuristic';
export { highsSolver } from './edge/highs/highs-solver';
