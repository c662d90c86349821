/** For tools that measure or judge what is learned of the risk of orders: the domain's own, and nothing of how it runs. */
export { learnedSaid } from './domain/learned-risk';
export { riskValuesOf } from './domain/risk-features';
export { RiskLearner, type RiskFact } from './domain/risk-learner';
export type { Terms } from './domain/terms';
export { weighable } from './domain/rules';
export { verify, type VerificationLimits } from './domain/verification';
