import { DAY_MS, PAST_DAYS } from './expected-orders';

/* Orders of the eight weeks before stand for those that come: whether as many came is counted day by day. */

/** First decisions of one day. */
export interface OrdersOfDay {
  /** UTC: 2026-11-28. */
  readonly day: string;
  readonly orders: number;
}

/** Orders a day of a month, added up over its days. */
export interface PaceOfMonth {
  readonly month: string;
  readonly days: number;
  readonly foretold: number;
  readonly happened: number;
  /** By how many orders the days were missed, either way; and had each been thought to be as the one a week before. */
  readonly missed: number;
  readonly missedByWeekBefore: number;
}

const WEEK = 7;
const numberOf = (day: string): number => Math.floor(Date.parse(day) / DAY_MS);
const monthOf = (day: number): string => new Date(day * DAY_MS).toISOString().slice(0, 7);

const noPace = { days: 0, foretold: 0, happened: 0, missed: 0, missedByWeekBefore: 0 };

/** From the first day before which eight weeks are known until yesterday; the oldest month first. */
export const paceByMonth = (counted: readonly OrdersOfDay[], today: string): readonly PaceOfMonth[] => {
  const orders = new Map(counted.map(({ day, orders: count }) => [numberOf(day), count]));
  const of = (day: number): number => orders.get(day) ?? 0;
  const first = Math.min(...orders.keys());
  const months = new Map<string, PaceOfMonth>();
  let lately = Array.from({ length: PAST_DAYS }, (_, n) => of(first + n)).reduce((sum, each) => sum + each, 0);
  for (let day = first + PAST_DAYS; day < numberOf(today); day += 1) {
    const [month, happened, foretold] = [monthOf(day), of(day), lately / PAST_DAYS];
    const sum = months.get(month) ?? { month, ...noPace };
    months.set(month, {
      ...{ month, days: sum.days + 1, foretold: sum.foretold + foretold, happened: sum.happened + happened },
      missed: sum.missed + Math.abs(foretold - happened),
      missedByWeekBefore: sum.missedByWeekBefore + Math.abs(of(day - WEEK) - happened),
    });
    lately += happened - of(day - PAST_DAYS);
  }
  return [...months.values()];
};
