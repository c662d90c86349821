import { lookAheadMethod, type LookAhead } from '../domain/look-ahead';
import type { KeptPrices } from './stock-worth';

export interface LookAheadCardNeeds {
  readonly newest: () => KeptPrices | undefined;
  /** As the rules in force have it. */
  readonly policy: () => Promise<LookAhead | undefined>;
}

const notes = [
  'Units are priced so that, at these prices, the orders that are expected want no more than there is: what a unit is worth to those who come later (Lagrangian relaxation of the stock). An order then pays, beside carriage, for what it takes away.',
  'Orders that came lately stand for those that come, for as many days as the rules say: as often as inventory expects their units to leave (DemandExpected, of reorder points that are learned), where it said so within a week, and else by their own pace. What is on order is not counted.',
  'Prices are found anew each quarter of an hour, and say nothing any more after six hours: then orders are routed without them. A decision holds the prices that it was made by.',
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

/** What is known of the prices in use. */
export const lookAheadCard = ({ newest, policy }: LookAheadCardNeeds) => ({
  card: async () => {
    const kept = newest();
    return {
      ...{ name: 'look-ahead', title: 'What units are worth to later orders', ...lookAheadMethod, model: kept?.model ?? '' },
      ...{ standing: standingOf(await policy()), data: dataOf(kept), error: [], drift: [], madeOf: [], notes, notFor },
    };
  },
});

export type LookAheadCard = ReturnType<typeof lookAheadCard>;
