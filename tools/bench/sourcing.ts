import {
  highsSolver,
  sourcedWell,
  valueOf,
  type SourcedPart,
  type SourcingOrder,
  type SourcingPlace,
  type SourcingProblem,
  type SourcingValue,
} from '@cartage/fulfillment-routing/sourcing';
import type { Figure } from './figure';

interface Size {
  readonly orders: number;
  readonly locations: number;
  /** Whether the best of all plans is looked for, to measure the gap. */
  readonly isExact: boolean;
  /** Whether carriage goes by weight, in steps of a kilogram, rather than by fulfilment alone. */
  readonly isWeighed?: boolean;
}

const sizes: readonly Size[] = [
  { orders: 10, locations: 5, isExact: true },
  { orders: 30, locations: 20, isExact: true },
  { orders: 100, locations: 20, isExact: true },
  { orders: 1_000, locations: 50, isExact: false },
  { orders: 10, locations: 5, isExact: true, isWeighed: true },
  { orders: 30, locations: 20, isExact: true, isWeighed: true },
  { orders: 1_000, locations: 50, isExact: false, isWeighed: true },
];
const BATCHES = 5;
const SKUS = 20;

/** Numbers that look made up at random, and are the same in every run. */
const numbersFrom = (seed: number): ((below: number) => number) => {
  let state = seed;
  return (below) => {
    state = (Math.imul(state, 1_664_525) + 1_013_904_223) >>> 0;
    return Math.floor((state / 2 ** 32) * below);
  };
};

/** Grams of a unit, by its SKU: from 100 to 2,000. */
const gramsOf = (sku: string): number => 100 * (1 + Number(sku.slice('SKU-'.length)));

/** What each kilogram that is begun costs beside the fulfilment, and the straight line through it that plans are looked for by. */
const weighed = (lines: SourcingOrder['lines'], { cost, ...place }: SourcingPlace): SourcingPlace => {
  const perKilogram = cost / 4;
  const skuOf = new Map(lines.map(({ lineId, sku }) => [lineId, sku]));
  const grams = (part: SourcedPart['lines']): number =>
    part.reduce((sum, { lineId, quantity }) => sum + quantity * gramsOf(skuOf.get(lineId) ?? ''), 0);
  return {
    ...{ ...place, cost },
    perUnit: lines.map(({ sku }) => (perKilogram * gramsOf(sku)) / 1_000),
    exactly: (part) => cost + perKilogram * Math.ceil(grams(part) / 1_000),
  };
};

const orderOf = (
  n: number,
  { isWeighed }: Size,
  places: readonly (readonly [x: number, y: number])[],
  below: (most: number) => number,
): SourcingOrder => {
  const [x, y] = [below(1_000), below(1_000)];
  const lines = Array.from({ length: 1 + below(3) }, (_, l) => ({
    lineId: String(l + 1),
    sku: `SKU-${below(SKUS)}`,
    quantity: 1 + below(2),
  }));
  const costs = places.map(([px, py], p) => ({ location: `L${p}`, cost: 250 + Math.round(Math.hypot(px - x, py - y)) }));
  return { id: String(n), maxSplit: 3, lines, places: isWeighed ? costs.map((place) => weighed(lines, place)) : costs };
};

/** Orders and locations all over a square; stock for about all of them, never where it is wanted, and a third of the locations with little room. */
export const problemOf = (size: Size, seed: number): SourcingProblem => {
  const { orders, locations } = size;
  const below = numbersFrom(seed);
  const places = Array.from({ length: locations }, () => [below(1_000), below(1_000)] as const);
  const units = Math.ceil((orders * 4.5) / locations / SKUS);
  const shelf = (): ReadonlyMap<string, number> => new Map(Array.from({ length: SKUS }, (_, s) => [`SKU-${s}`, below(2 * units + 1)]));
  return {
    orders: Array.from({ length: orders }, (_, n) => orderOf(n, size, places, below)),
    stock: new Map(places.map((_, p) => [`L${p}`, shelf()])),
    rooms: new Map(places.flatMap((_, p) => (p % 3 === 0 ? [[`L${p}`, Math.ceil((2 * orders) / locations)] as const] : []))),
  };
};

interface Taken {
  readonly ms: number;
  readonly value: SourcingValue;
}

const timed = async (
  problem: SourcingProblem,
  plan: () => Promise<Parameters<typeof valueOf>[1] | undefined>,
): Promise<Taken | undefined> => {
  const started = performance.now();
  const found = await plan();
  return found && { ms: performance.now() - started, value: valueOf(problem, found) };
};

const mean = (values: readonly number[]): number => values.reduce((sum, value) => sum + value, 0) / values.length;

/** How much more the good plan costs than the best one, where both ship as many orders. */
const gapOf = ({ value: good }: Taken, { value: best }: Taken): readonly number[] =>
  good.unfilled === best.unfilled ? [((good.cost - best.cost) / best.cost) * 100] : [];

const figuresOf = (
  { orders, locations, isWeighed }: Size,
  good: readonly Taken[],
  exact: readonly (Taken | undefined)[],
): readonly Figure[] => {
  const name = `sourcing of ${orders} orders over ${locations} locations${isWeighed ? ', by weight' : ''}`;
  const proven = exact.flatMap((best, i) => (best && good[i] ? [[good[i], best] as const] : []));
  const gaps = proven.flatMap(([one, best]) => gapOf(one, best));
  const missed = proven.reduce((sum, [one, best]) => sum + one.value.unfilled - best.value.unfilled, 0);
  const note = `${proven.length} of ${BATCHES} proven; the heuristic leaves ${missed} more order(s) unfilled`;
  return [
    { name: `${name}: heuristic`, value: mean(good.map(({ ms }) => ms)), unit: 'ms' },
    ...(proven.length > 0 ? [{ name: `${name}: exact`, value: mean(proven.map(([, { ms }]) => ms)), unit: 'ms' }] : []),
    ...(gaps.length > 0
      ? [{ name: `${name}: gap`, value: mean(gaps), unit: '%', goal: { must: 5, aim: 2, better: 'less' } as const, note }]
      : []),
  ];
};

/** Batches of orders: how much more the heuristic costs than the best of all plans, and how long either takes. */
export const sourcingOfBatches = async (): Promise<readonly Figure[]> => {
  const solver = highsSolver();
  const figures: Figure[] = [];
  // The first call loads the solver.
  await solver.solve(problemOf({ orders: 2, locations: 2, isExact: true }, 1));
  for (const size of sizes) {
    const [good, exact]: [Taken[], (Taken | undefined)[]] = [[], []];
    for (let seed = 1; seed <= BATCHES; seed += 1) {
      const problem = problemOf(size, seed);
      good.push((await timed(problem, async () => sourcedWell(problem))) as Taken);
      exact.push(size.isExact ? await timed(problem, () => solver.solve(problem)) : undefined);
    }
    figures.push(...figuresOf(size, good, exact));
  }
  await solver.close();
  return figures;
};
