/** Demand of one day as a distribution: the least quantity that is enough in this share of cases. */
export type QuantileOf = (share: number) => number;

/** Fewer days than this cannot carry the tail of a distribution. */
const LEAST_DAYS = 20;

/** A forecast below this share of the highest one had faded away: a multiple of it says nothing. */
const COMPARABLE = 0.05;

/** What came on one day of the past, and what had been forecast for it. */
export interface Miss {
  readonly came: number;
  readonly forecast: number;
}

/**
 * What was missed at earlier origins, around the forecast (split conformal: Papadopoulos et al. 2002, Lei et al. 2018): of n misses that are exchangeable with
 * the next one, the next lies at or below the k-th smallest with a chance of at least k / (n + 1), whatever its distribution. A miss is a multiple of its forecast,
 * so that a day without a sale stays one when the level rises; where a forecast had faded nearly to 0 it is a difference.
 */
export const conformal = (misses: readonly Miss[]): ((mean: number) => QuantileOf) => {
  const most = Math.max(0, ...misses.map(({ forecast }) => forecast));
  const areMultiples = most > 0 && misses.every(({ forecast }) => forecast > COMPARABLE * most);
  const differences = Float64Array.from(misses, ({ came, forecast }) => came - forecast).sort();
  const multiples = areMultiples ? Float64Array.from(misses, ({ came, forecast }) => came / forecast).sort() : differences;
  const n = misses.length;
  return (mean) => (share) => {
    const rank = share >= 0.5 ? Math.ceil((n + 1) * share) : Math.floor((n + 1) * share);
    const at = Math.min(n, Math.max(1, rank)) - 1;
    return areMultiples && mean > 0 ? mean * (multiples[at] ?? 1) : Math.max(0, mean + (differences[at] ?? 0));
  };
};

/**
 * Negative binomial with this mean and variance; Poisson where the variance is not above the mean. For series of which too little was seen to ask them
 * what they missed.
 */
export const negativeBinomial = (mean: number, variance: number): QuantileOf => {
  const excess = variance - mean;
  return (share) => {
    if (mean <= 0) return 0;
    // Far from zero both are bell-shaped, and the sum below would be long.
    if (mean > 500) return Math.max(0, mean + Math.sqrt(Math.max(mean, variance)) * standardNormal(share));
    const size = excess > 1e-9 ? (mean * mean) / excess : Number.POSITIVE_INFINITY;
    return countUntil(share, size === Number.POSITIVE_INFINITY ? poissonTerms(mean) : binomialTerms(mean, size));
  };
};

interface Terms {
  readonly none: number;
  /** The chance of k, as a multiple of that of k − 1. */
  readonly ratio: (k: number) => number;
}

const poissonTerms = (mean: number): Terms => ({ none: Math.exp(-mean), ratio: (k) => mean / k });

const binomialTerms = (mean: number, size: number): Terms => {
  const failing = mean / (mean + size);
  return { none: (1 - failing) ** size, ratio: (k) => ((k + size - 1) / k) * failing };
};

/** Longer than any demand of a day that is worth counting up to; a share of 1 has no end. */
const MOST = 100_000;

const countUntil = (share: number, { none, ratio }: Terms): number => {
  let [term, sum, k] = [none, none, 0];
  while (sum < share && k < MOST) {
    k += 1;
    term *= ratio(k);
    sum += term;
  }
  return k;
};

/** Quantile of the standard normal distribution (Abramowitz and Stegun 1964, 26.2.23; its error is below 4.5e-4). */
export const standardNormal = (share: number): number => {
  const tail = Math.min(share, 1 - share);
  if (tail <= 0) return share < 0.5 ? Number.NEGATIVE_INFINITY : Number.POSITIVE_INFINITY;
  const t = Math.sqrt(-2 * Math.log(tail));
  const z = t - (2.515517 + t * (0.802853 + t * 0.010328)) / (1 + t * (1.432788 + t * (0.189269 + t * 0.001308)));
  return share < 0.5 ? -z : z;
};

/** Made when it is asked for first: who plans by what is expected alone pays for no distribution. */
export const whenAsked = (make: () => (mean: number) => QuantileOf): ((mean: number) => QuantileOf) => {
  let made: ((mean: number) => QuantileOf) | undefined;
  return (mean) => (made ??= make())(mean);
};

/** A distribution for each mean: from what was missed where that is enough, by counts otherwise. */
export const demandAround = (misses: readonly Miss[], variance: number): ((mean: number) => QuantileOf) =>
  misses.length >= LEAST_DAYS ? conformal(misses) : (mean) => negativeBinomial(mean, Math.max(variance, mean));
