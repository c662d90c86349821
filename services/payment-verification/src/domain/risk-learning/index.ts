export { featureKinds, type Feature, type FeatureKind, type FeatureValues } from './encoding';
export {
  learnedRisk,
  learnRisk,
  ridgeFor,
  RiskModel,
  type Assessed,
  type Contribution,
  type KnownOrder,
  type RiskModelState,
} from './learned';
