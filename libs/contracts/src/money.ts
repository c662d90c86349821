/**
 * The part of an amount that the first `units` of `of` units bear, rounded half up, in minor units. Parts of successive units are differences of this function: each
 * is within a minor unit of the exact one, and all of them add up to the amount, in whatever portions and whatever order units are charged or given back.
 */
const upTo = (amount: number, units: number, of: number): number => {
  if (units <= 0) return 0;
  if (units >= of) return amount;
  // amount × units may pass 2^53.
  const doubled = 2n * BigInt(Math.abs(amount)) * BigInt(units) + BigInt(of);
  return Math.sign(amount) * Number(doubled / (2n * BigInt(of)));
};

/** What `units` more units of a line of `of` units bear of an amount, after `before` units. Units beyond the line bear nothing. */
export const shareOfUnits = (
  amount: number,
  { before, units, of }: { readonly before: number; readonly units: number; readonly of: number },
): number => upTo(amount, before + units, of) - upTo(amount, before, of);

/**
 * What `units` more units cost, after `before` units, where `of` units cost the amount (≥ 0): also beyond them, at the same price. As above, parts of successive units
 * add up, whatever the portions.
 */
export const costOfUnits = (
  amount: number,
  { before, units, of }: { readonly before: number; readonly units: number; readonly of: number },
): number => {
  // Amount × units may pass 2^53.
  const cost = (count: number): number => Number((2n * BigInt(amount) * BigInt(count) + BigInt(of)) / (2n * BigInt(of)));
  return cost(before + units) - cost(before);
};

/**
 * Cuts an amount into shares in proportion to weights, in whole minor units, by the largest remainder (Hamilton's method; of equal remainders the first wins): the
 * shares add up to the amount. Weights are integers ≥ 0; where all are 0, the first takes everything.
 */
export const sharesOf = (amount: number, weights: readonly number[]): readonly number[] => {
  const total = weights.reduce((sum, weight) => sum + BigInt(weight), 0n);
  if (total === 0n) return weights.map((_, i) => (i === 0 ? amount : 0));
  const size = BigInt(Math.abs(amount));
  const exact = weights.map((weight) => size * BigInt(weight));
  const floors = exact.map((each) => each / total);
  const left = Number(size - floors.reduce((sum, each) => sum + each, 0n));
  const byRemainder = exact
    .map((each, i) => ({ i, remainder: each % total }))
    .sort((a, b) => (a.remainder === b.remainder ? a.i - b.i : a.remainder < b.remainder ? 1 : -1));
  const raised = new Set(byRemainder.slice(0, left).map(({ i }) => i));
  return floors.map((each, i) => Math.sign(amount) * (Number(each) + (raised.has(i) ? 1 : 0)));
};
