import { dateOf } from '../input/cells';

/** Months, or quarters where there are many. */
const periodOf = (isLong: boolean, day: number): string => {
  const month = dateOf(day).slice(0, 7);
  return isLong ? `${month.slice(0, 4)} Q${Math.ceil(Number(month.slice(5)) / 3)}` : month;
};

export interface Periods {
  readonly names: readonly string[];
  /** Where a day's period stands among them. */
  placeOf(day: number): number;
}

/** The periods that days lie in, which are in order. */
export const periodsOf = (days: readonly number[]): Periods => {
  const isLong = (days.at(-1) ?? 0) - (days[0] ?? 0) > 730;
  const places = new Map<string, number>();
  for (const day of days) if (!places.has(periodOf(isLong, day))) places.set(periodOf(isLong, day), places.size);
  return { names: [...places.keys()], placeOf: (day) => places.get(periodOf(isLong, day)) ?? 0 };
};
