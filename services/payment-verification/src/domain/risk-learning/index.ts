export { actionFor, actions, costOf, expectedCosts, thresholdsFor, type Action, type Costs } from './acting';
export { featureKinds, type Feature, type FeatureKind, type FeatureValues } from './encoding';
export {
  learnedRisk,
  learnRisk,
  ridgeFor,
  ridges,
  RiskModel,
  type Assessed,
  type Contribution,
  type KnownOrder,
  type RiskModelState,
} from './learned';
