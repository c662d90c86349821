import { atShadowPrices, highsSolver, shadowPrices, sourcing, type SourcingProblem } from '@cartage/fulfillment-routing/sourcing';
import type { Figure } from './figure';
import { problemOf } from './sourcing';

/** As a service prices them: orders that stand for those that come, and those of one window. */
const [EXPECTED, LOCATIONS] = [400, 20];
/** Few enough for the best of all plans, and more. */
const together = [20, 40];
const ROUNDS_AGAIN = 20;
const BATCHES = 5;
const UNFILLED_COST = 5_000;

interface Taken {
  readonly first: number;
  readonly again: number;
  readonly batches: readonly { readonly ms: number; readonly isExact: boolean }[];
}

const mean = (values: readonly number[]): number => values.reduce((sum, value) => sum + value, 0) / values.length;

/** With the locations and shelves of those that are expected: the same seed draws the same places. */
const batchAt = (seed: number, orders: number, { stock, rooms }: SourcingProblem): SourcingProblem => ({
  orders: problemOf({ orders, locations: LOCATIONS, isExact: true }, seed).orders,
  ...{ stock, rooms },
});

type Source = ReturnType<typeof sourcing>;

const takenAt = async (seed: number, source: Source): Promise<Taken> => {
  const known = problemOf({ orders: EXPECTED, locations: LOCATIONS, isExact: false }, seed);
  const expected = { orders: known.orders.map((order) => ({ order, times: 1.5 })), stock: known.stock, unfilledCost: UNFILLED_COST };
  const begun = performance.now();
  const prices = shadowPrices(expected);
  const found = performance.now();
  shadowPrices(expected, { from: prices, rounds: ROUNDS_AGAIN });
  const again = performance.now() - found;
  const batches: Taken['batches'][number][] = [];
  for (const orders of together) {
    const began = performance.now();
    const { isOptimal } = await source(atShadowPrices(batchAt(seed, orders, known), prices));
    batches.push({ ms: performance.now() - began, isExact: isOptimal });
  }
  return { first: found - begun, again, batches };
};

const batchFigure = (orders: number, all: Taken['batches']): Figure => {
  const seconds = all.map(({ ms }) => ms / 1_000);
  return {
    name: `a batch of ${orders} orders over ${LOCATIONS} locations, looking ahead`,
    ...{ value: mean(seconds), unit: 's', goal: { must: 2, better: 'less' } },
    note: `${all.filter(({ isExact }) => isExact).length} of ${BATCHES} exact; the longest ${Math.max(...seconds).toFixed(2)} s`,
  };
};

/** What units are worth to later orders, found for the first time and again; and orders that came together, sourced by what they cost with that. */
export const lookingAhead = async (): Promise<readonly Figure[]> => {
  const solver = highsSolver();
  const source = sourcing(solver, async () => undefined);
  // The first call loads the solver.
  await solver.solve(problemOf({ orders: 2, locations: 2, isExact: true }, 1));
  const taken: Taken[] = [];
  for (let seed = 1; seed <= BATCHES; seed += 1) taken.push(await takenAt(seed, source));
  await solver.close();
  const name = `what units are worth, of ${EXPECTED} orders over ${LOCATIONS} locations`;
  const note = 'each quarter of an hour; others have their turn between rounds';
  return [
    { name: `${name}: for the first time`, value: mean(taken.map(({ first }) => first)), unit: 'ms' },
    { name: `${name}: again`, value: mean(taken.map(({ again }) => again)), unit: 'ms', note },
    ...together.map((orders, n) =>
      batchFigure(
        orders,
        taken.flatMap(({ batches }) => batches[n] ?? []),
      ),
    ),
  ];
};
