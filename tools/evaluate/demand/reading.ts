import type { DemandHistory, DemandSeries } from '@cartage/inventory/forecasting';
import { Trouble } from '../../client/client';
import { BadCell, type Cells, dayNumber, weekdayOf } from '../input/cells';

/** So much of one SKU on one day. */
export interface Sale {
  readonly day: number;
  readonly sku: string;
  readonly location: string | undefined;
  readonly group: string | undefined;
  readonly quantity: number;
}

export const saleOf = (cells: Cells): Sale => {
  const quantity = cells.number('quantity');
  if (quantity < 0) throw new BadCell('quantity', 'is less than 0: what came back is no demand');
  return {
    ...{ day: dayNumber(cells.instant('date')), sku: cells.text('sku'), quantity },
    ...{ location: cells.optional('location'), group: cells.optional('group') },
  };
};

interface Kept {
  readonly sku: string;
  readonly location: string | undefined;
  group: string | undefined;
  readonly byDay: Map<number, number>;
}

/** Series times days: 8 bytes each. */
const MOST_CELLS = 60_000_000;

/** All sales, as series over a calendar. */
export interface SalesHistory extends DemandHistory {
  /** The day of each place in the calendar. */
  readonly days: readonly number[];
}

/** Sums up sales as they come, in any order: what is kept grows with series and days, not with rows. */
export class SalesBook {
  private readonly series = new Map<string, Kept>();
  private readonly days = new Set<number>();

  add({ day, sku, location, group, quantity }: Sale): void {
    this.days.add(day);
    const key = location === undefined ? sku : JSON.stringify([sku, location]);
    const kept = this.series.get(key) ?? { sku, location, group, byDay: new Map<number, number>() };
    kept.group ??= group;
    kept.byDay.set(day, (kept.byDay.get(day) ?? 0) + quantity);
    this.series.set(key, kept);
  }

  /** Over the days on which anything was sold; over every day, if `isEveryDay`. */
  history(isEveryDay: boolean): SalesHistory {
    const days = isEveryDay ? everyDay(this.days) : [...this.days].toSorted((a, b) => a - b);
    const size = days.length * this.series.size;
    if (size > MOST_CELLS)
      throw new Trouble(
        `${this.series.size} series over ${days.length} days are more than fit: take a part of them, such as --only sku=^A.`,
      );
    const places = new Map(days.map((day, place) => [day, place]));
    return { days, weekdays: days.map(weekdayOf), series: [...this.series.values()].map((kept) => dense(kept, places)) };
  }
}

const everyDay = (days: ReadonlySet<number>): readonly number[] => {
  const sorted = [...days].toSorted((a, b) => a - b);
  const [first = 0, last = -1] = [sorted[0], sorted.at(-1)];
  if (last - first > 36_600) throw new Trouble('The first and the last date lie more than a century apart: is one of them mistyped?');
  return Array.from({ length: last - first + 1 }, (_, n) => first + n);
};

const dense = ({ sku, location, group, byDay }: Kept, places: ReadonlyMap<number, number>): DemandSeries => {
  const demand = new Float64Array(places.size);
  for (const [day, quantity] of byDay) demand[places.get(day) ?? 0] = quantity;
  byDay.clear();
  return { sku, ...(location === undefined ? {} : { location }), ...(group === undefined ? {} : { group }), demand };
};
