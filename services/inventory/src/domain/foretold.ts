import { HORIZON } from './replenishing';

/** What was forecast of a place, by the day from which it was. */
export interface Foretold {
  /** Days since 1970 (UTC). */
  readonly from: number;
  readonly perDay: readonly number[];
}

/** Forecast days whose demand is known by now, added up by their month. */
export interface ForetoldDays {
  /** Such as `2026-11`. */
  readonly month: string;
  readonly days: number;
  readonly foretold: number;
  readonly happened: number;
}

const DAY_MS = 86_400_000;
const monthOf = (day: number): string => new Date(day * DAY_MS).toISOString().slice(0, 7);

/** What a forecast said of the days until today, beside what left on them. Later days are not known yet, and are said anew today. */
export const foretoldDays = ({ from, perDay }: Foretold, today: number, unitsOn: (day: number) => number): readonly ForetoldDays[] => {
  const months = new Map<string, ForetoldDays>();
  for (let day = from; day < Math.min(today, from + HORIZON); day += 1) {
    const month = monthOf(day);
    const { days, foretold, happened } = months.get(month) ?? { days: 0, foretold: 0, happened: 0 };
    months.set(month, { month, days: days + 1, foretold: foretold + (perDay[day - from] ?? 0), happened: happened + unitsOn(day) });
  }
  return [...months.values()];
};
