/* How much of what was delivered comes back: of each SKU, leaning on its category as long as little is known of it (beta-binomial; Kleinman 1973). */

/** What of a SKU was delivered, and came back of that. */
export interface SkuCounts {
  readonly sku: string;
  readonly category: string | null;
  readonly delivered: number;
  readonly returned: number;
  /** Units that came back, by the customer's reason; with two reasons for both. */
  readonly reasons: Readonly<Record<string, number>>;
}

/** From what a SKU's rate begins: others of its category, all others, or nothing. */
export interface Prior {
  readonly from: 'category' | 'all' | 'nothing';
  /** Share that others send back. */
  readonly rate: number;
  /** So many units delivered would say as much. */
  readonly weight: number;
  readonly skus: number;
}

export type Unusual = 'more' | 'less';

export interface ReasonRate {
  readonly reason: string;
  readonly units: number;
  /** Share of what is delivered that is expected back for it. */
  readonly expected: number;
  readonly unusual: Unusual | null;
}

export interface ReturnRate extends Omit<SkuCounts, 'reasons'> {
  /** Share of what is delivered that is expected back. */
  readonly expected: number;
  /** It lies between these in nineteen of twenty cases. */
  readonly least: number;
  readonly most: number;
  readonly prior: Prior;
  readonly unusual: Unusual | null;
  /** How rarely a SKU like the others would come back as much, or as little, by chance. */
  readonly chance: number;
  readonly reasons: readonly ReasonRate[];
}

/** Of fewer others nothing is concluded. */
const LEAST_SKUS = 5;
const [LEAST_WEIGHT, MOST_WEIGHT] = [2, 1_000];
/** Rarer by chance than this is unusual: of a thousand SKUs like the others about one or two are called so for nothing. */
const RARE = 0.001;
/** So many returns of others count as much as those of a SKU's own, for which reasons it comes back. */
const REASON_WEIGHT = 20;

/** What is needed of many SKUs; sums, so that one of them can be left out. */
interface Sums {
  readonly skus: number;
  readonly delivered: number;
  readonly returned: number;
  readonly squares: number;
  readonly sizes: number;
}
const none: Sums = { skus: 0, delivered: 0, returned: 0, squares: 0, sizes: 0 };

const plus = (sums: Sums, { delivered: n, returned: x }: SkuCounts, sign: 1 | -1 = 1): Sums => ({
  skus: sums.skus + sign,
  delivered: sums.delivered + sign * n,
  returned: sums.returned + sign * x,
  squares: sums.squares + (sign * x * x) / n,
  sizes: sums.sizes + sign * n * n,
});

const clamped = (value: number, least: number, most: number): number => Math.min(most, Math.max(least, value));

/** Moments of unequal samples: by how much more SKUs differ than chance alone would have them. */
const priorOf = ({ skus, delivered, returned, squares, sizes }: Sums, from: Prior['from']): Prior | undefined => {
  if (skus < LEAST_SKUS || delivered === 0) return undefined;
  // Nobody's rate is nought for certain: half a unit more than was seen.
  const rate = clamped((returned + 0.5) / (delivered + 1), 1e-6, 1 - 1e-6);
  const spread = squares - (returned * returned) / delivered - (skus - 1) * rate * (1 - rate);
  const room = rate * (1 - rate) * (delivered - sizes / delivered - (skus - 1));
  const alike = room <= 0 ? 0 : clamped(spread / room, 1 / (MOST_WEIGHT + 1), 1 / (LEAST_WEIGHT + 1));
  return { from, rate, skus, weight: alike === 0 ? LEAST_WEIGHT : 1 / alike - 1 };
};

/** Stirling's series, shifted to where it is exact to ten digits. */
const logGamma = (x: number): number => {
  let [at, shift] = [x, 0];
  for (; at < 10; at += 1) shift -= Math.log(at);
  const inverse = 1 / (at * at);
  return shift + (at - 0.5) * Math.log(at) - at + 0.5 * Math.log(2 * Math.PI) + (1 / 12 - inverse * (1 / 360 - inverse / 1_260)) / at;
};
const logBeta = (a: number, b: number): number => logGamma(a) + logGamma(b) - logGamma(a + b);

/** How rarely as many, or as few, of n would come back: the beta-binomial from x on, on the side of x on which fewer cases lie. */
const tailOf = (n: number, x: number, { rate, weight }: Pick<Prior, 'rate' | 'weight'>): number => {
  const [a, b] = [rate * weight, (1 - rate) * weight];
  const base = logGamma(n + 1) - logBeta(a, b);
  const chanceOf = (k: number): number => Math.exp(base - logGamma(k + 1) - logGamma(n - k + 1) + logBeta(k + a, n - k + b));
  const step = x > n * rate ? 1 : -1;
  let sum = 0;
  for (let k = x; k >= 0 && k <= n; k += step) {
    const chance = chanceOf(k);
    sum += chance;
    if (chance < sum * 1e-9) break;
  }
  return Math.min(1, sum);
};

const sideOf = (n: number, x: number, rate: number): Unusual => (x > n * rate ? 'more' : 'less');
const unusualOf = (chance: number, side: Unusual): Unusual | null => (chance < RARE ? side : null);

/** Of a beta distribution, by its mean and spread, within what a share can be. */
const intervalOf = (mean: number, weight: number): Pick<ReturnRate, 'least' | 'most'> => {
  const spread = 1.96 * Math.sqrt((mean * (1 - mean)) / (weight + 1));
  return { least: Math.max(0, mean - spread), most: Math.min(1, mean + spread) };
};

type Shares = ReadonlyMap<string, number>;

/** Of all returns, the share for each reason. */
const sharesOf = (all: readonly SkuCounts[]): Shares => {
  const units = new Map<string, number>();
  let sum = 0;
  for (const { reasons } of all)
    for (const [reason, count] of Object.entries(reasons)) {
      units.set(reason, (units.get(reason) ?? 0) + count);
      sum += count;
    }
  return new Map([...units].map(([reason, count]) => [reason, count / sum]));
};

/** A SKU comes back for the reasons of all, until its own tell otherwise. */
const reasonsOf = ({ reasons }: SkuCounts, expected: number, shares: Shares): readonly ReasonRate[] => {
  const sum = Object.values(reasons).reduce((total, units) => total + units, 0);
  return Object.entries(reasons)
    .map(([reason, units]): ReasonRate => {
      const rate = clamped(shares.get(reason) ?? 0, 1e-6, 1 - 1e-6);
      const share = (REASON_WEIGHT * rate + units) / (REASON_WEIGHT + sum);
      const chance = tailOf(sum, units, { rate, weight: REASON_WEIGHT });
      return { reason, units, expected: expected * share, unusual: unusualOf(chance, sideOf(sum, units, rate)) };
    })
    .toSorted((one, other) => other.units - one.units || (one.reason < other.reason ? -1 : 1));
};

/** What a SKU is expected to do, and whether that is unusual by what others do: itself is left out of them. */
export const returnRates = (counts: readonly SkuCounts[]): readonly ReturnRate[] => {
  const known = counts.filter(({ delivered }) => delivered > 0);
  const all = known.reduce((sums, each) => plus(sums, each), none);
  const categories = new Map<string, Sums>();
  for (const each of known) if (each.category !== null) categories.set(each.category, plus(categories.get(each.category) ?? none, each));
  const shares = sharesOf(known);
  return known.map((each) => {
    const own = each.category === null ? none : plus(categories.get(each.category) ?? none, each, -1);
    const nothing: Prior = { from: 'nothing', rate: 0.5, weight: 1, skus: 0 };
    const prior = priorOf(own, 'category') ?? priorOf(plus(all, each, -1), 'all') ?? nothing;
    return rateOf(each, prior, shares);
  });
};

const rateOf = (counts: SkuCounts, prior: Prior, shares: Shares): ReturnRate => {
  const { delivered: n, returned: x } = counts;
  const expected = (prior.rate * prior.weight + x) / (prior.weight + n);
  const chance = prior.from === 'nothing' ? 1 : tailOf(n, x, prior);
  return {
    ...{ sku: counts.sku, category: counts.category, delivered: n, returned: x, expected, ...intervalOf(expected, prior.weight + n) },
    ...{ prior, chance, unusual: unusualOf(chance, sideOf(n, x, prior.rate)), reasons: reasonsOf(counts, expected, shares) },
  };
};
