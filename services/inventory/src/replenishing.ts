/** How much is to be there and to be ordered, for who judges it on a history (tools/evaluate) or measures it (tools/bench). */
export { HORIZON, PROPOSAL_VERSION, proposals, replenishments, type ReplenishmentTerms } from './domain/replenishing';
export { suggestedOf } from './domain/watching/alerts';
export type { LearnedReorder, ReorderPoint } from './domain/watching/watch';
