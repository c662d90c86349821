/** What is fitted to: rows of numbers, one after the other. */
export interface Sample {
  readonly rows: Float64Array;
  /** Of each row. */
  readonly width: number;
  /** 1: it went wrong. */
  readonly outcomes: ArrayLike<number>;
  readonly weights: ArrayLike<number>;
}

export interface Constraints {
  /** Of each column: 1, its coefficient is 0 or more; -1, 0 or less; 0, whatever it is. */
  readonly signs: readonly number[];
  /** How strongly coefficients are drawn to 0. */
  readonly ridge: number;
}

export interface Fit {
  readonly intercept: number;
  readonly coefficients: readonly number[];
}

export const sigmoid = (z: number): number => (z >= 0 ? 1 / (1 + Math.exp(-z)) : Math.exp(z) / (1 + Math.exp(z)));

/** log(1 + e^z), where e^z may be too large for a number. */
const softplus = (z: number): number => (z > 0 ? z + Math.log1p(Math.exp(-z)) : Math.log1p(Math.exp(z)));

const ITERATIONS = 50;
const SWEEPS = 200;
const HALVINGS = 30;
const ENOUGH = 1e-8;
/** Rows of which the model is all but sure still count a little, or nothing could be solved. */
const LEAST_CURVATURE = 1e-9;

const linearAt = ({ rows, width }: Sample, beta: Float64Array, n: number): number => {
  let z = beta[width] ?? 0;
  for (let j = 0; j < width; j += 1) z += (rows[n * width + j] ?? 0) * (beta[j] ?? 0);
  return z;
};

const objective = (sample: Sample, beta: Float64Array, ridge: number): number => {
  const { outcomes, weights, width } = sample;
  let sum = 0;
  for (let n = 0; n < outcomes.length; n += 1) {
    const z = linearAt(sample, beta, n);
    sum += (weights[n] ?? 0) * (softplus(z) - (outcomes[n] ?? 0) * z);
  }
  for (let j = 0; j < width; j += 1) sum += (ridge / 2) * (beta[j] ?? 0) ** 2;
  return sum;
};

interface Quadratic {
  readonly gradient: Float64Array;
  /** Width plus one, squared: the intercept is the last. */
  readonly curvature: Float64Array;
}

/** What the rows say around beta, below the diagonal. */
const summed = (sample: Sample, beta: Float64Array): Quadratic => {
  const { rows, width, outcomes, weights } = sample;
  const size = width + 1;
  const quadratic = { gradient: new Float64Array(size), curvature: new Float64Array(size * size) };
  const row = new Float64Array(size).fill(1);
  for (let n = 0; n < outcomes.length; n += 1) {
    row.set(rows.subarray(n * width, (n + 1) * width));
    const p = sigmoid(linearAt(sample, beta, n));
    const weight = weights[n] ?? 0;
    addRow(quadratic, row, { slope: weight * ((outcomes[n] ?? 0) - p), bend: weight * Math.max(LEAST_CURVATURE, p * (1 - p)) });
  }
  return quadratic;
};

/** The log-likelihood around beta, up to its second derivatives. */
const quadraticAt = (sample: Sample, beta: Float64Array, ridge: number): Quadratic => {
  const { gradient, curvature: below } = summed(sample, beta);
  const size = sample.width + 1;
  const penaltyOf = (j: number): number => (j === sample.width ? 0 : ridge);
  const curvature = below.map((value, at) => {
    const [j, k] = [Math.floor(at / size), at % size];
    if (j === k) return value + penaltyOf(j);
    return j > k ? value : (below[k * size + j] ?? 0);
  });
  return { gradient: gradient.map((value, j) => value - penaltyOf(j) * (beta[j] ?? 0)), curvature };
};

/** Below the diagonal only: what lies above it is the same. Most cells of categories are 0. */
const addRow = (
  { gradient, curvature }: Quadratic,
  row: Float64Array,
  { slope, bend }: { readonly slope: number; readonly bend: number },
): void => {
  const size = row.length;
  for (let j = 0; j < size; j += 1) {
    const x = row[j] ?? 0;
    if (x === 0) continue;
    gradient[j] = (gradient[j] ?? 0) + slope * x;
    for (let k = 0; k <= j; k += 1) curvature[j * size + k] = (curvature[j * size + k] ?? 0) + bend * x * (row[k] ?? 0);
  }
};

const withSign = (value: number, sign: number): number => {
  if (sign > 0) return Math.max(0, value);
  return sign < 0 ? Math.min(0, value) : value;
};

/** One coefficient to where it is best, the others as they are; answers by how much it moved. */
const settle = ({ rest, curvature }: Solving, beta: Float64Array, { j, sign }: { readonly j: number; readonly sign: number }): number => {
  const own = curvature[j * rest.length + j] ?? 0;
  const before = beta[j] ?? 0;
  const change = own === 0 ? 0 : withSign(before + (rest[j] ?? 0) / own, sign) - before;
  if (change === 0) return 0;
  beta[j] = before + change;
  curvature.subarray(j * rest.length, (j + 1) * rest.length).forEach((value, k) => void (rest[k] = (rest[k] ?? 0) - change * value));
  return Math.abs(change);
};

/** What of the gradient is left after the steps so far. */
interface Solving {
  readonly rest: Float64Array;
  readonly curvature: Float64Array;
}

/** The step to the best of the quadratic that keeps all signs: one coefficient after the other, until none moves. */
const stepOf = ({ gradient, curvature }: Quadratic, beta: Float64Array, signs: readonly number[]): Float64Array => {
  const solving = { rest: Float64Array.from(gradient), curvature };
  const best = Float64Array.from(beta);
  for (let sweep = 0; sweep < SWEEPS; sweep += 1) {
    let moved = 0;
    for (let j = 0; j < best.length; j += 1) moved = Math.max(moved, settle(solving, best, { j, sign: signs[j] ?? 0 }));
    if (moved < ENOUGH) break;
  }
  return best.map((value, j) => value - (beta[j] ?? 0));
};

/** Half of the step as often as it must, until things are better by it; nothing where no part of it helps. */
const halved = (better: (beta: Float64Array) => boolean, beta: Float64Array, step: Float64Array): Float64Array | undefined => {
  for (let n = 0, part = 1; n < HALVINGS; n += 1, part /= 2) {
    const next = beta.map((value, j) => value + part * (step[j] ?? 0));
    if (better(next)) return next;
  }
  return undefined;
};

/**
 * Logistic regression with a ridge penalty (Hoerl and Kennard 1970; le Cessie and van Houwelingen 1992) and signs that coefficients must keep: a sequence of quadratic approximations, each solved by coordinate descent within the bounds (Friedman, Hastie and
 * Tibshirani 2010, whose glmnet has the same limits; as a proximal Newton method: Lee, Sun and Saunders 2014). The problem is convex: there is one answer, wherever it starts. The intercept is not penalised.
 */
export const fitLogistic = (sample: Sample, { signs, ridge }: Constraints): Fit => {
  let beta: Float64Array = new Float64Array(sample.width + 1);
  let value = objective(sample, beta, ridge);
  for (let n = 0; n < ITERATIONS; n += 1) {
    const step = stepOf(quadraticAt(sample, beta, ridge), beta, signs);
    const next = halved((each) => objective(sample, each, ridge) < value, beta, step);
    if (next === undefined) break;
    beta = next;
    const before = value;
    value = objective(sample, beta, ridge);
    if (before - value <= ENOUGH * Math.abs(before)) break;
  }
  return { intercept: beta[sample.width] ?? 0, coefficients: [...beta.subarray(0, sample.width)] };
};
