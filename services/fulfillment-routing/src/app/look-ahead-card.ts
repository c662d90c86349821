import { lookAheadMethod, type LookAhead } from '../domain/look-ahead';
import type { PaceOfMonth } from '../domain/order-pace';
import type { KeptPrices } from './stock-worth';

export interface LookAheadCardNeeds {
  readonly newest: () => KeptPrices | undefined;
  /** As the rules in force have it. */
  readonly policy: () => Promise<LookAhead | undefined>;
  /** The oldest month first. */
  readonly months: () => Promise<readonly PaceOfMonth[]>;
}

const notes = [
  'Units are priced so that, at these prices, the orders that are expected want no more than there is: what a unit is worth to those who come later (Lagrangian relaxation of the stock). An order then pays, beside carriage, for what it takes away.',
  'Orders that came lately stand for those that come, for as many days as the rules say: as often as inventory expects their units to leave (DemandExpected, of reorder points that are learned), where it said so within a week, and else by their own pace. What is on order is not counted.',
  'Prices are found anew each quarter of an hour, and say nothing any more after six hours: then orders are routed without them. A decision holds the prices that it was made by.',
  'Foretold and happened are orders a day: as many as in the eight weeks before that day, and as many as came. What a unit would have been worth nobody ever sees: what all prices together are worth is what a fork of the past says (cartage fork).',
];
const notFor = [
  'Stock that is replenished sooner than the days in the rules: units would be kept for whom there is enough.',
  'Goods that were never ordered, or are ordered in another way from now on: judge it on your own orders first (npm run evaluate -- sourcing).',
  'Prices to customers: these are differences in carriage, and nothing that anybody pays.',
];

const standingOf = (policy: LookAhead | undefined) => {
  if (!policy) return 'off' as const;
  return policy.decides ? ('decides' as const) : ('shadow' as const);
};

const countsOf = ({ prices, horizonDays, perDay, demand }: KeptPrices['priced']) => ({
  'units with a price, by location and SKU': prices.length,
  'days that stock is to last': horizonDays,
  'orders a day': Math.round(perDay),
  'of a hundred units, those counted by inventory’s forecast': Math.round(100 * (demand?.share ?? 0)),
});

const dataOf = (kept: KeptPrices | undefined) => ({
  about: 'First decisions of orders of the last eight weeks, what inventory expects to leave, and the stock that is there now.',
  ...{ from: kept?.priced.from ?? null, to: kept?.priced.to ?? null, learnedFrom: kept?.priced.orders ?? 0 },
  counts: kept ? countsOf(kept.priced) : {},
});

const hundredths = (sum: number, of: number): number => Number((sum / of).toFixed(2));

const errorOf = (months: readonly PaceOfMonth[]) => {
  const sumOf = (key: 'days' | 'missed' | 'missedByWeekBefore'): number => months.reduce((sum, month) => sum + month[key], 0);
  const days = sumOf('days');
  if (days === 0) return [];
  const [value, baseline] = [hundredths(sumOf('missed'), days), hundredths(sumOf('missedByWeekBefore'), days)];
  return [{ measure: 'orders a day, missed by on average; the plain way: as many as a week before', value, baseline }];
};

const driftOf = (months: readonly PaceOfMonth[]) =>
  months.map(({ month, days, foretold, happened }) => ({
    ...{ period: month, decisions: days },
    ...{ foretold: hundredths(foretold, days), happened: hundredths(happened, days) },
  }));

/** What is known of the prices in use. */
export const lookAheadCard = ({ newest, policy, months }: LookAheadCardNeeds) => ({
  card: async () => {
    const [kept, pace] = [newest(), await months()];
    return {
      ...{ name: 'look-ahead', title: 'What units are worth to later orders', ...lookAheadMethod, model: kept?.model ?? '' },
      ...{ standing: standingOf(await policy()), data: dataOf(kept) },
      ...{ error: errorOf(pace), drift: driftOf(pace), madeOf: [], notes, notFor },
    };
  },
});

export type LookAheadCard = ReturnType<typeof lookAheadCard>;
