/** Sourcing of batches of orders, for who measures it (tools/bench). */
export {
  valueOf,
  type SourcedPart,
  type SourcingOrder,
  type SourcingPlace,
  type SourcingPlan,
  type SourcingProblem,
  type SourcingValue,
} from './domain/sourcing';
export { sourcedWell } from './domain/sourcing-heuristic';
export { highsSolver } from './edge/highs/highs-solver';
