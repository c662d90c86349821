import { piecesOf } from '@cartage/contracts';
import type { DecisionRecord } from './events';

/* How often orders like those of the past will come, where inventory says what it expects to leave: orders say who wants what together and whence it went, the forecast how much of it. */

/** Units that are expected to leave in a day, by location and SKU: of those of which it is known. */
export type UnitsPerDay = ReadonlyMap<string, ReadonlyMap<string, number>>;

export const demandSources = ['forecast', 'own-orders', 'both'] as const;
/** What expected orders were counted by: what inventory forecasts, orders that came lately, or the one where the other is not known. */
export interface DemandSource {
  readonly from: (typeof demandSources)[number];
  /** Of the units of these orders, those that were counted by the forecast. */
  readonly share: number;
}

export interface TimesAsked {
  /** As often as each would come by the pace of the orders alone. */
  readonly times: number;
  readonly horizonDays: number;
  readonly perDay: UnitsPerDay;
}

interface Taken {
  readonly location: string;
  readonly sku: string;
  readonly units: number;
}

/** Rounds in which each order is weighed by what is expected of its units, until together they are as many (iterative proportional fitting). */
const ROUNDS = 10;
/** Nobody is thought to come this much more or less often than by the pace of the orders. */
const [LEAST, MOST] = [0.1, 10];
/** More than this was counted by one of the two: the rest is not worth a word. */
const NEARLY_ALL = 0.995;

const takenIn = ({ assignments, request }: DecisionRecord): readonly Taken[] => {
  const lines = new Map(request.lines.map((line) => [line.lineId, line]));
  return assignments.flatMap(({ location, lines: given }) =>
    given.flatMap(({ lineId, quantity }) => {
      const line = lines.get(lineId);
      return line ? piecesOf(line).map((piece) => ({ location, sku: piece.sku, units: quantity * piece.quantity })) : [];
    }),
  );
};

const keyOf = ({ location, sku }: Taken): string => `${location}\n${sku}`;

/** How often each of these orders is to be expected, and what that was counted by. */
export const timesOf = (
  records: readonly DecisionRecord[],
  { times, horizonDays, perDay }: TimesAsked,
): { readonly times: readonly number[]; readonly source: DemandSource } => {
  const taken = records.map(takenIn);
  const wantedOf = ({ location, sku }: Taken): number | undefined => {
    const units = perDay.get(location)?.get(sku);
    return units === undefined ? undefined : units * horizonDays;
  };
  let weights = records.map(() => times);
  for (let round = 0; round < ROUNDS; round += 1) {
    const factors = factorsOf(taken, weights, wantedOf);
    weights = weights.map((weight, n) => Math.min(MOST * times, Math.max(LEAST * times, weight * factorOf(taken[n] ?? [], factors))));
  }
  return { times: weights, source: sourceOf(taken.flat(), wantedOf) };
};

type Wanted = (of: Taken) => number | undefined;

/** By how much what is expected of a SKU at a location differs from what these orders would take of it. */
const factorsOf = (taken: readonly (readonly Taken[])[], weights: readonly number[], wantedOf: Wanted): ReadonlyMap<string, number> => {
  const sums = new Map<string, { readonly of: Taken; readonly units: number }>();
  taken.forEach((all, n) => {
    for (const of of all) sums.set(keyOf(of), { of, units: (sums.get(keyOf(of))?.units ?? 0) + of.units * (weights[n] ?? 0) });
  });
  return new Map([...sums].map(([key, { of, units }]) => [key, units === 0 ? 1 : (wantedOf(of) ?? units) / units]));
};

const factorOf = (taken: readonly Taken[], factors: ReadonlyMap<string, number>): number => {
  const units = taken.reduce((sum, each) => sum + each.units, 0);
  if (units === 0) return 1;
  return taken.reduce((sum, each) => sum + each.units * (factors.get(keyOf(each)) ?? 1), 0) / units;
};

const sourceOf = (taken: readonly Taken[], wantedOf: Wanted): DemandSource => {
  const units = taken.reduce((sum, each) => sum + each.units, 0);
  const known = taken.reduce((sum, each) => sum + (wantedOf(each) === undefined ? 0 : each.units), 0);
  const share = units === 0 ? 0 : Math.round((known / units) * 1_000) / 1_000;
  if (share === 0) return { from: 'own-orders', share };
  return { from: share >= NEARLY_ALL ? 'forecast' : 'both', share };
};
