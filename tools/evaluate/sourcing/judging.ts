import { dateOf } from '../input/cells';
import type { Comparison, Drift, JudgedMethod, Judgement, Measure, Slice } from '../judgement';
import { Bootstrap, type Share } from '../statistics/interval';
import { totalCost, type MethodResult, type OrderResult } from './trial';

export interface SourcingFindings {
  /** The plain way from which the gap is measured comes first, who knew everything last. */
  readonly results: readonly MethodResult[];
  /** What no plan can be below. */
  readonly bound: number;
  readonly slices: readonly Slice[];
  readonly seed: number;
  readonly facts: Readonly<Record<string, string | number>>;
}

type SourcingMeasure = 'cost' | 'unfilled' | 'split' | 'fulfillments' | 'km';

const shareOf: Readonly<Record<SourcingMeasure, (result: OrderResult) => Share>> = {
  cost: ({ cost }) => ({ top: cost, bottom: 1 }),
  unfilled: ({ fulfillments }) => ({ top: fulfillments === 0 ? 1 : 0, bottom: 1 }),
  split: ({ fulfillments }) => ({ top: fulfillments > 1 ? 1 : 0, bottom: 1 }),
  fulfillments: ({ fulfillments }) => ({ top: fulfillments, bottom: fulfillments === 0 ? 0 : 1 }),
  km: ({ km, fulfillments }) => ({ top: km, bottom: fulfillments === 0 ? 0 : 1 }),
};

const measures: readonly (Measure & { readonly key: SourcingMeasure })[] = [
  { key: 'cost', label: 'cost of an order', better: 'less', digits: 1 },
  { key: 'unfilled', label: 'not shipped', better: 'less', digits: 4 },
  { key: 'split', label: 'split', better: 'less', digits: 4 },
  { key: 'fulfillments', label: 'fulfilments of an order', better: 'less', digits: 3 },
  { key: 'km', label: 'km of an order', better: 'less', digits: 0 },
];
const closed: Measure = { key: 'closed', label: 'share of the gap closed', better: 'more', digits: 3 };

/** A day is a block: its orders are shipped from the same shelves. */
const placesOf = (orders: readonly OrderResult[], nameOf: (day: number) => number | string) => {
  const places = new Map<number | string, number>();
  for (const { day } of orders) if (!places.has(nameOf(day))) places.set(nameOf(day), places.size);
  return { names: [...places.keys()], placeOf: (day: number) => places.get(nameOf(day)) ?? 0 };
};

type Places = ReturnType<typeof placesOf>;

const sharesBy = ({ orders }: MethodResult, measure: SourcingMeasure, { names, placeOf }: Places): readonly Share[] => {
  const sums = names.map(() => ({ top: 0, bottom: 0 }));
  for (const order of orders) {
    const [sum, { top, bottom }] = [sums[placeOf(order.day)], shareOf[measure](order)];
    if (sum === undefined) continue;
    sum.top += top;
    sum.bottom += bottom;
  }
  return sums;
};

const weekOf = (day: number): string => dateOf(day - ((((day + 3) % 7) + 7) % 7));

const driftOf = ({ results }: SourcingFindings, measure: SourcingMeasure): Drift => {
  const weeks = placesOf(results[0]?.orders ?? [], weekOf);
  return {
    measure,
    periods: weeks.names.map(String),
    byMethod: Object.fromEntries(
      results.map((each) => [
        each.name,
        sharesBy(each, measure, weeks).map(({ top, bottom }) => (bottom === 0 ? Number.NaN : top / bottom)),
      ]),
    ),
  };
};

/** Which share of the gap to what was possible, and, at the least, of the gap to what no plan can be below. */
const boundSlice = ({ results, bound }: SourcingFindings): Slice => {
  const [worst = 0, best = 0] = [results[0], results.at(-1)].map((each) => (each ? totalCost(each) : 0));
  const share = (cost: number, to: number): string => (worst === to ? '-' : ((worst - cost) / (worst - to)).toFixed(3));
  return {
    title: `Gap closed, from ${results[0]?.name ?? ''}: to the best plan that was found by who knew everything (${Math.round(best)}), and to what no plan can be below (${Math.round(bound)})`,
    head: ['method', 'cost of all', 'of the gap to the best found', 'of the gap to the bound'],
    rows: results.map((each) => [each.name, Math.round(totalCost(each)), share(totalCost(each), best), share(totalCost(each), bound)]),
  };
};

export const sourcingJudgement = (findings: SourcingFindings): Judgement => {
  const { results, seed, facts, slices } = findings;
  const days = placesOf(results[0]?.orders ?? [], (day) => day);
  const bootstrap = new Bootstrap(days.names.length, seed);
  const costs = new Map(results.map((each) => [each.name, sharesBy(each, 'cost', days)]));
  const costsOf = (each: MethodResult | undefined): readonly Share[] => costs.get(each?.name ?? '') ?? [];
  const [first, last] = [costsOf(results[0]), costsOf(results.at(-1))];
  const methods = results.map((each): JudgedMethod => ({
    ...{ name: each.name, version: each.version, isBaseline: each.isBaseline },
    figures: {
      ...Object.fromEntries(measures.map(({ key }) => [key, bootstrap.measured(sharesBy(each, key, days))] as const)),
      closed: bootstrap.statistic((summed) => (summed(first) - summed(costsOf(each))) / (summed(first) - summed(last))),
    },
  }));
  const others = results.slice(0, -1);
  const comparisons = others.flatMap((own, n) =>
    own.isBaseline
      ? []
      : others.slice(0, n).map((plain): Comparison => ({
          ...{ method: own.name, baseline: plain.name, measure: 'cost' },
          difference: bootstrap.difference(costsOf(own), costsOf(plain)),
        })),
  );
  return {
    facts,
    ...{ measures: [...measures, closed], headline: 'closed', methods, comparisons },
    drift: [driftOf(findings, 'cost'), driftOf(findings, 'unfilled')],
    slices: [boundSlice(findings), ...slices],
    ...{ notes, notFor },
  };
};

const notes = [
  'All ways begin with the same stock, of which nothing comes in, and ship the same orders in the same order; what one order takes the next does not find. An order is shipped as a whole or not at all, from a few locations at most; one that is not shipped costs what the options say.',
  '"Known beforehand" is the best plan that was found by who knew all orders from the beginning: nobody can be asked to reach it. It is found by a heuristic, so the true optimum lies between it and the bound, which no plan can be below: shares of the gap are given for both.',
  'Who looks ahead knows orders that came before the judged ones, how many come in a day, and on which day the stock must have lasted; nothing of those that come.',
  'Intervals are of 95 %, from days drawn with replacement: what other days of the same kind would have shown. They do not know that a day in which more is taken leaves less for the next.',
];

const notFor = [
  'Stock that comes in meanwhile, capacity of locations, cut-offs and promised days: none of them is in here.',
  'What goods cost to be moved between locations: only what is sent to customers counts.',
  'Tariffs and stock that were assumed: what follows from them holds for them.',
];
