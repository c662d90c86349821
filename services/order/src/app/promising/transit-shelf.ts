import { Learning, type LearningLog, type LearningNeeds } from '@cartage/eventsourcing';
import { TransitLearner, type TransitFact, type TransitModel } from '../../domain/transit-learner';
import type { TransitTimes } from '../../domain/promising/transit';

export type TransitLog = LearningLog<TransitFact, TransitModel>;

export interface TransitShelf extends TransitTimes {
  /** Learns everything that is there. */
  readonly caughtUp: () => Promise<void>;
  readonly model: () => TransitModel;
  /** What is known in memory. */
  readonly learner: () => Pick<TransitLearner, 'position' | 'deliveries' | 'model'>;
}

/** What was learned of carriers' days, in memory: no promise asks a table. */
export const transitShelf = (needs: Omit<LearningNeeds<TransitFact, TransitModel, TransitLearner>, 'begin'>): TransitShelf => {
  const { current, caughtUp, model } = new Learning({ ...needs, begin: (kept?: TransitModel) => new TransitLearner(kept) });
  return { quote: (way, percent) => current().quote(way, percent), caughtUp, model, learner: current };
};
