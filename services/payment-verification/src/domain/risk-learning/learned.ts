import { encoded, encodingOf, type Encoded, type Feature, type FeatureValues } from './encoding';
import { fitLogistic, sigmoid, type Fit, type Sample } from './logistic';

/** As it is named in what it was asked for. */
export const learnedRisk = { method: 'monotone logistic', version: '1' } as const;

/** An order of which it is known what became of it. */
export interface KnownOrder {
  readonly values: FeatureValues;
  readonly wentWrong: boolean;
  /** How much it counts: less, the longer ago. */
  readonly weight: number;
}

/** What one feature adds to the logarithm of the odds, against an order that is usual in it. */
export interface Contribution {
  readonly feature: string;
  readonly points: number;
}

export interface Assessed {
  readonly probability: number;
  /** What raises the risk first; what lowers it last. */
  readonly contributions: readonly Contribution[];
}

/** What was learned, as data. */
export interface RiskModelState extends Fit {
  readonly features: readonly Feature[];
  readonly encoding: readonly Encoded[];
  /** What each number usually is. */
  readonly usual: readonly number[];
}

export class RiskModel {
  constructor(readonly state: RiskModelState) {}

  probability(values: FeatureValues): number {
    const { encoding, coefficients, intercept } = this.state;
    return sigmoid(encoding.reduce((sum, each, n) => sum + (coefficients[n] ?? 0) * encoded(each, values), intercept));
  }

  assess(values: FeatureValues): Assessed {
    const { features, encoding, coefficients, usual } = this.state;
    const points = new Float64Array(features.length);
    encoding.forEach((each, n) => {
      const added = (coefficients[n] ?? 0) * (encoded(each, values) - (usual[n] ?? 0));
      points[each.feature] = (points[each.feature] ?? 0) + added;
    });
    const contributions = features.map(({ name }, n) => ({ feature: name, points: points[n] ?? 0 }));
    return { probability: this.probability(values), contributions: contributions.toSorted((a, b) => b.points - a.points) };
  }
}

const sampleOf = (encoding: readonly Encoded[], orders: readonly KnownOrder[]): Sample => {
  const width = encoding.length;
  const rows = new Float64Array(orders.length * width);
  orders.forEach(({ values }, n) => encoding.forEach((each, j) => void (rows[n * width + j] = encoded(each, values))));
  return {
    ...{ rows, width, outcomes: Float64Array.from(orders, ({ wentWrong }) => (wentWrong ? 1 : 0)) },
    weights: Float64Array.from(orders, ({ weight }) => weight),
  };
};

const usualIn = ({ rows, width, weights }: Sample): readonly number[] => {
  const [sums, total] = [new Float64Array(width), Array.from(weights).reduce((sum, each) => sum + each, 0)];
  for (let n = 0; n < weights.length; n += 1)
    for (let j = 0; j < width; j += 1) sums[j] = (sums[j] ?? 0) + (weights[n] ?? 0) * (rows[n * width + j] ?? 0);
  return [...sums].map((sum) => (total === 0 ? 0 : sum / total));
};

/** How likely it is that an order goes wrong, learned from those of which it is known. */
export const learnRisk = (features: readonly Feature[], orders: readonly KnownOrder[], ridge: number): RiskModel => {
  const encoding = encodingOf(
    features,
    orders.map(({ values }) => values),
  );
  const sample = sampleOf(encoding, orders);
  const fit = fitLogistic(sample, { signs: encoding.map(({ sign }) => sign), ridge });
  return new RiskModel({ features, encoding, usual: usualIn(sample), ...fit });
};

/** How strongly coefficients may be drawn to 0. */
export const ridges = [1, 10, 100, 1000] as const;
const CHECKED_SHARE = 0.25;

const surprise = (model: RiskModel, orders: readonly KnownOrder[]): number =>
  orders.reduce((sum, { values, wentWrong, weight }) => {
    const p = Math.min(1 - 1e-12, Math.max(1e-12, model.probability(values)));
    return sum - weight * Math.log(wentWrong ? p : 1 - p);
  }, 0);

/** How strongly to draw to 0: as foretells the newest quarter best from the three before it. Orders are in the order of time. */
export const ridgeFor = (features: readonly Feature[], orders: readonly KnownOrder[]): number => {
  const from = Math.floor(orders.length * (1 - CHECKED_SHARE));
  const [before, after] = [orders.slice(0, from), orders.slice(from)];
  const judged = ridges.map((ridge) => ({ ridge, value: surprise(learnRisk(features, before, ridge), after) }));
  return judged.reduce((best, each) => (each.value < best.value ? each : best)).ridge;
};
