import { lifeUntil, type DemandHistory } from './history';

/**
 * What no single series can tell, because it has too few selling days: how weekdays differ, and what bulk orders add. Learned from all series together, from
 * the days before an origin only.
 */
export interface SharedPattern {
  /** By weekday, 1 for a usual day; a day on which nobody trades counts as a usual one. */
  readonly weekdayIndex: readonly number[];
  /** What bulk orders add to what is ordered otherwise: 0.1 for a tenth. */
  readonly bulkShare: number;
}

/** A selling day above this share of a series' selling days is a bulk order: it tells little about the next day. */
const USUAL_SHARE = 0.95;
/** So many weeks of nothing special are added to what was seen of a weekday, so that few weeks say little. */
const WEEKS_OF_DOUBT = 4;

/** The most that a series sells on a usual selling day. */
export const usualMost = (life: Float64Array): number => {
  const sorted = new Float64Array(life.length);
  let count = 0;
  for (let day = 0; day < life.length; day += 1) if ((life[day] ?? 0) > 0) sorted[count++] = life[day] ?? 0;
  const selling = sorted.subarray(0, count).sort();
  return selling[Math.min(selling.length - 1, Math.floor(USUAL_SHARE * selling.length))] ?? 0;
};

interface Sums {
  readonly byWeekday: Float64Array;
  usual: number;
  bulk: number;
}

const addLife = (sums: Sums, life: Float64Array, weekdayOf: (day: number) => number): void => {
  const most = usualMost(life);
  for (let day = 0; day < life.length; day += 1) {
    const [value, weekday] = [life[day] ?? 0, weekdayOf(day)];
    const usual = Math.min(value, most);
    sums.usual += usual;
    sums.bulk += value - usual;
    sums.byWeekday[weekday] = (sums.byWeekday[weekday] ?? 0) + usual;
  }
};

/** The pattern of the days before an origin. */
export const sharedPattern = ({ weekdays, series }: DemandHistory, known: number): SharedPattern => {
  const sums: Sums = { byWeekday: new Float64Array(7), usual: 0, bulk: 0 };
  for (const { demand } of series) {
    const life = lifeUntil(demand, known);
    addLife(sums, life, (day) => weekdays[known - life.length + day] ?? 0);
  }
  const days = new Float64Array(7);
  for (const weekday of weekdays.slice(0, known)) days[weekday] = (days[weekday] ?? 0) + 1;
  const usualDay = known === 0 ? 0 : sums.usual / known;
  const indexOf = (_: unknown, weekday: number): number => {
    const [sold = 0, times = 0] = [sums.byWeekday[weekday], days[weekday]];
    return usualDay === 0 ? 1 : (sold / usualDay + WEEKS_OF_DOUBT) / (times + WEEKS_OF_DOUBT);
  };
  return { weekdayIndex: Array.from({ length: 7 }, indexOf), bulkShare: sums.usual === 0 ? 0 : sums.bulk / sums.usual };
};

/** A life, and the most that it sells on a usual selling day. */
export interface UsualLife {
  readonly life: Float64Array;
  readonly most: number;
}

/** A life without what weekdays and bulk orders make of it: what is left is for a level to smooth. */
export const plainLife = ({ life, most }: UsualLife, { weekdayIndex }: SharedPattern, weekdays: readonly number[]): Float64Array => {
  const plain = new Float64Array(life.length);
  for (let day = 0; day < life.length; day += 1) plain[day] = Math.min(life[day] ?? 0, most) / (weekdayIndex[weekdays[day] ?? 0] ?? 1);
  return plain;
};
