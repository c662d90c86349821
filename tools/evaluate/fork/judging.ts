import type { OrderOutcome, OrderSide } from '@cartage/fulfillment-routing/forks';
import { dateOf, dayNumber } from '../input/cells';
import type { Comparison, Drift, JudgedMethod, Judgement, Measure } from '../judgement';
import type { PlacedOrder } from '../sourcing/world';
import { Bootstrap, type Share } from '../statistics/interval';

export interface ForkFindings {
  readonly without: readonly OrderOutcome[];
  readonly ahead: readonly OrderOutcome[];
  readonly orders: readonly PlacedOrder[];
  readonly unfilledCost: number;
  readonly seed: number;
  readonly facts: Readonly<Record<string, string | number>>;
}

type ForkMeasure = 'cost' | 'carriage' | 'short' | 'unfilled' | 'split' | 'fulfillments' | 'km';

const measures: readonly (Measure & { readonly key: ForkMeasure })[] = [
  { key: 'cost', label: 'cost of an order, shortage counted', better: 'less', digits: 1 },
  { key: 'carriage', label: 'carriage and handling of an order', better: 'less', digits: 1 },
  { key: 'short', label: 'short', better: 'less', digits: 4 },
  { key: 'unfilled', label: 'units of an order not shipped', better: 'less', digits: 3 },
  { key: 'split', label: 'split', better: 'less', digits: 4 },
  { key: 'fulfillments', label: 'fulfilments of an order', better: 'less', digits: 3 },
  { key: 'km', label: 'km of an order', better: 'less', digits: 0 },
];

const sum = (values: readonly number[]): number => values.reduce((total, each) => total + each, 0);
const carriageOf = ({ fulfillments }: OrderSide): number => sum(fulfillments.map(({ cost }) => cost?.amount ?? 0));
const isShort = ({ unfilled }: OrderSide): number => (unfilled > 0 ? 1 : 0);

const amountOf = (unfilledCost: number): Readonly<Record<ForkMeasure, (side: OrderSide) => number>> => ({
  cost: (side) => carriageOf(side) + unfilledCost * isShort(side),
  carriage: carriageOf,
  short: isShort,
  unfilled: ({ unfilled }) => unfilled,
  split: ({ fulfillments }) => (new Set(fulfillments.map(({ location }) => location)).size > 1 ? 1 : 0),
  fulfillments: ({ fulfillments }) => fulfillments.length,
  km: ({ fulfillments }) => sum(fulfillments.map(({ km = 0 }) => km)),
});

interface Way {
  readonly name: string;
  readonly isBaseline: boolean;
  readonly sides: ReadonlyMap<string, OrderSide>;
}

const waysOf = ({ without, ahead }: ForkFindings): readonly Way[] => {
  const by = (outcomes: readonly OrderOutcome[], side: 'before' | 'now') => new Map(outcomes.map((each) => [each.orderId, each[side]]));
  return [
    { name: 'as it was: nearest of fewest', isBaseline: true, sides: by(without, 'before') },
    { name: 'cheapest, without looking ahead', isBaseline: true, sides: by(without, 'now') },
    { name: 'cheapest, looking ahead', isBaseline: false, sides: by(ahead, 'now') },
  ];
};

const weekOf = (day: number): number => day - ((((day + 3) % 7) + 7) % 7);

/** What each block of days contributes, in the order in which they come. */
const sharesOf =
  ({ orders, unfilledCost }: ForkFindings) =>
  (way: Way, measure: ForkMeasure, nameOf: (day: number) => number): readonly Share[] => {
    const [sums, amounts] = [new Map<number, { top: number; bottom: number }>(), amountOf(unfilledCost)];
    for (const { id, at } of orders) {
      const [block, side] = [nameOf(dayNumber(at)), way.sides.get(id)];
      const share = sums.get(block) ?? { top: 0, bottom: 0 };
      sums.set(block, { top: share.top + (side ? amounts[measure](side) : 0), bottom: share.bottom + 1 });
    }
    return [...sums.values()];
  };

export const forkJudgement = (findings: ForkFindings): Judgement => {
  const { orders, seed, facts } = findings;
  const [ways, sharesBy] = [waysOf(findings), sharesOf(findings)];
  const byDay = (way: Way, measure: ForkMeasure) => sharesBy(way, measure, (day) => day);
  const bootstrap = new Bootstrap(new Set(orders.map(({ at }) => dayNumber(at))).size, seed);
  const methods = ways.map((way): JudgedMethod => ({
    ...{ name: way.name, version: '1', isBaseline: way.isBaseline },
    figures: Object.fromEntries(measures.map(({ key }) => [key, bootstrap.measured(byDay(way, key))])),
  }));
  const [was, without, ahead] = ways;
  const comparisons = (['cost', 'carriage', 'short', 'split', 'km'] as const).flatMap((measure) =>
    [was, without].flatMap((plain): readonly Comparison[] =>
      plain && ahead
        ? [
            {
              ...{ method: ahead.name, baseline: plain.name, measure },
              difference: bootstrap.difference(byDay(ahead, measure), byDay(plain, measure)),
            },
          ]
        : [],
    ),
  );
  const weeks = [...new Set(orders.map(({ at }) => weekOf(dayNumber(at))))];
  const drift = (['cost', 'short'] as const).map((measure): Drift => ({
    ...{ measure, periods: weeks.map(dateOf) },
    byMethod: Object.fromEntries(
      ways.map((way) => [way.name, sharesBy(way, measure, weekOf).map(({ top, bottom }) => top / Math.max(1, bottom))]),
    ),
  }));
  return { ...{ facts, measures, headline: 'cost', methods, comparisons, drift }, slices: [], notes, notFor };
};

const notes = [
  'The past is lived by the rules that are there from the beginning, the nearest of the fewest locations, with the stock that is assumed or given and of which nothing comes in; then it is played forward twice by the cheapest location for each order, without and with what units are worth to later orders. Each decision is that of the service.',
  'What units are worth is found in the fork every three hours of its time, from orders that had come by then and what was on its shelves.',
  'An order of which something is not shipped costs, beside the carriage of the rest, what the options say.',
  'Intervals draw whole days: orders of a day are shipped from the same shelves.',
];
const notFor = [
  'Orders that are decided together: `sourcing` judges batches.',
  'Stock that is replenished meanwhile: here nothing comes in.',
];
