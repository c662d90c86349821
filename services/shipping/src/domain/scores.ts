import type { Offer, Preferences } from './rates';

/** What offers are weighed by. */
export const weighed = ['cost', 'speed', 'preference', 'performance'] as const;
type Weighed = (typeof weighed)[number];
export type Weights = { readonly [By in Weighed]: number };

/** What weighs as much as the other where nobody said it. */
export const evenWeights: Weights = { cost: 1, speed: 1, preference: 1, performance: 1 };

/** Of costs and days: the best over its own. What nobody knows, or what is infinite, is worth nothing. */
const bestOver = (best: number, own: number | undefined): number => {
  if (own === undefined || !Number.isFinite(best)) return 0;
  return own === 0 ? 1 : best / own;
};

/**
 * Each offer's score, in parts of ten thousand: Σ weight × merit ÷ Σ weight, where the merit of a cost is lowest ÷ own, of days fewest ÷ own, of performance its share, of the n-th of N preferred carriers 1 − (n − 1) ÷ N. This is simple additive
 * weighting with linear scales (Hwang and Yoon, Multiple Attribute Decision Making, 1981). It compares offers of one currency. What nobody knows has no merit: of performance nobody knows, that is the same for all.
 */
export const scoresOf = (offers: readonly Offer[], { carriers, weights = evenWeights }: Preferences): ReadonlyMap<Offer, number> => {
  const lowest = Math.min(...offers.map(({ cost }) => cost));
  const fewest = Math.min(...offers.map(({ days = Infinity }) => days));
  const total = weighed.reduce((sum, by) => sum + weights[by], 0);
  const merits: { readonly [By in Weighed]: (offer: Offer) => number } = {
    cost: ({ cost }) => bestOver(lowest, cost),
    speed: ({ days }) => bestOver(fewest, days),
    preference: ({ carrier }) => 1 - Math.max(0, carriers.indexOf(carrier)) / carriers.length,
    performance: ({ performance }) => (performance?.share ?? 0) / 10_000,
  };
  const scoreOf = (offer: Offer): number => weighed.reduce((sum, by) => sum + weights[by] * merits[by](offer), 0) / total;
  return new Map(offers.map((offer) => [offer, Math.round(scoreOf(offer) * 10_000)]));
};
