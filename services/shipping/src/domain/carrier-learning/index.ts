export { type Penalties } from './belief';
export { drawsOf, type Random } from './draws';
export {
  LearnedCarriers,
  learnedCarriers,
  type Allowance,
  type ArmBasis,
  type ArmOffer,
  type CarrierModel,
  type ChoiceReason,
  type LearnedChoice,
  type LearnedTerms,
  type ToChoose,
  type WeighedOffer,
} from './learned';
export { type Arm, type Counts, type ParcelOutcome } from './parcels-seen';
