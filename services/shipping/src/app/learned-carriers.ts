import { Learning, type LearningLog, type LearningNeeds } from '@cartage/eventsourcing';
import { CarrierLearner, type CarrierFact, type LearnedModel } from '../domain/carrier-learner';

export type CarrierFactLog = LearningLog<CarrierFact, LearnedModel>;

export type CarrierShelf = Learning<CarrierFact, LearnedModel, CarrierLearner>;

/** What was learned of carriers, in memory: no label waits for a table. */
export const carrierShelf = (needs: Omit<LearningNeeds<CarrierFact, LearnedModel, CarrierLearner>, 'begin'>): CarrierShelf =>
  new Learning({ ...needs, begin: (model?: LearnedModel) => new CarrierLearner(model) });
