import { learnedRisk, learnRisk, ridgeFor, type Feature, type RiskModel } from '@cartage/payment-verification/risk-learning';
import type { JudgedOrder } from './reading';
import type { Fold } from './walk';

/** Of each judged order, how likely it was said to go wrong. */
export interface Foretold {
  readonly name: string;
  readonly version: string;
  readonly isBaseline: boolean;
  readonly probabilities: Float64Array;
}

type Foretelling = (order: JudgedOrder) => number;

const foretold = (folds: readonly Fold[], learn: (fold: Fold) => Foretelling): Float64Array =>
  Float64Array.from(
    folds.flatMap((fold) => {
      const foretelling = learn(fold);
      return fold.judged.map(foretelling);
    }),
  );

const baseRate = ({ known }: Fold): Foretelling => {
  const total = known.reduce((sum, { weight }) => sum + weight, 0);
  const wrong = known.reduce((sum, { weight, wentWrong }) => sum + (wentWrong ? weight : 0), 0);
  return () => wrong / total;
};

const SCORE: readonly Feature[] = [{ name: 'score', kind: 'up' }];

/** A score is no probability: which one it stands for is learned from what came of earlier ones (Platt 1999). */
const byScore = ({ known }: Fold): Foretelling => {
  const model = learnRisk(
    SCORE,
    known.map(({ order, ...each }) => ({ ...each, values: [order.score] })),
    1,
  );
  return ({ score }) => model.probability([score]);
};

const scoresMost = (folds: readonly Fold[]): boolean => {
  const judged = folds.flatMap((fold) => fold.judged);
  return judged.filter(({ score }) => score !== undefined).length > judged.length / 2;
};

export interface AllForetold {
  readonly methods: readonly Foretold[];
  /** As it was learned last, and how strongly it was drawn to 0. */
  readonly model: RiskModel;
  readonly ridge: number;
}

export const foretoldBy = (features: readonly Feature[], folds: readonly Fold[]): AllForetold => {
  const ridge = ridgeFor(features, folds[0]?.known ?? []);
  let model = learnRisk(features, [], ridge);
  const learned = foretold(folds, ({ known }) => {
    model = learnRisk(features, known, ridge);
    return ({ values }) => model.probability(values);
  });
  const baseline = { version: '1', isBaseline: true };
  return {
    methods: [
      { ...baseline, name: 'base rate', probabilities: foretold(folds, baseRate) },
      ...(scoresMost(folds) ? [{ ...baseline, name: 'score in the file', probabilities: foretold(folds, byScore) }] : []),
      { name: learnedRisk.method, version: learnedRisk.version, isBaseline: false, probabilities: learned },
    ],
    ...{ model, ridge },
  };
};
