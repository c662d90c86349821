import { lifeUntil, type DemandHistory, type Origin } from './history';
import { aggregated, croston, exponential, meanOf, naive, syntetosBoylan, teunter, together, type LevelOf } from './levels';
import { plainLife, usualMost, type SharedPattern } from './shared-pattern';

/** One series as it stands at an origin. */
export interface SeriesView {
  /** From the first sale on. */
  readonly life: Float64Array;
  /** The same without weekdays and bulk orders. */
  readonly plain: Float64Array;
  /** Weekdays of the life. */
  readonly lived: readonly number[];
  /** Weekdays that are to be forecast. */
  readonly coming: readonly number[];
  readonly pattern: SharedPattern;
}

/** A way to forecast one series: so much on each of the coming days. */
export interface Candidate {
  readonly name: string;
  ahead(view: SeriesView): Float64Array;
}

/** The view of a series from an origin. */
export const viewFrom = (history: DemandHistory, { known, ahead }: Origin, pattern: SharedPattern) => {
  const coming = history.weekdays.slice(known, known + ahead);
  // A series is looked at from here several times, and to sort its days is the dearest part of it.
  const mosts = new Map<Float64Array, number>();
  const mostOf = (demand: Float64Array, life: Float64Array): number => {
    const most = mosts.get(demand) ?? usualMost(life);
    mosts.set(demand, most);
    return most;
  };
  return (demand: Float64Array): SeriesView => {
    const life = lifeUntil(demand, known);
    const lived = history.weekdays.slice(known - life.length, known);
    return { life, lived, coming, pattern, plain: plainLife({ life, most: mostOf(demand, life) }, pattern, lived) };
  };
};

const flat = (name: string, levelOf: LevelOf): Candidate => ({
  name,
  ahead: ({ life, coming }) => new Float64Array(coming.length).fill(levelOf(life)),
});

const seasonalNaive: Candidate = {
  name: 'seasonal naive',
  ahead: ({ life, lived, coming }) =>
    Float64Array.from(coming, (weekday) => {
      const last = lived.lastIndexOf(weekday);
      return last < 0 ? naive(life) : (life[last] ?? 0);
    }),
};

export const plainSmoothing = flat('exponential smoothing 0.05', exponential(0.05));

/** The plain ways that always work: what is better must beat them. */
export const baselineCandidates: readonly Candidate[] = [flat('naive', naive), seasonalNaive, plainSmoothing];

/** A level of the plain life, with weekdays and bulk orders put back. */
export const patterned = (name: string, levelOf: LevelOf): Candidate => ({
  name,
  ahead: ({ plain, coming, pattern }) => withPattern(levelOf(plain), coming, pattern),
});

export const withPattern = (level: number, coming: readonly number[], { weekdayIndex, bulkShare }: SharedPattern): Float64Array => {
  const perDay = new Float64Array(coming.length);
  for (let day = 0; day < coming.length; day += 1) perDay[day] = level * (weekdayIndex[coming[day] ?? 0] ?? 1) * (1 + bulkShare);
  return perDay;
};

/** A month of trading days. */
const MONTH = 24;
const month: LevelOf = (life) => meanOf(life.subarray(Math.max(0, life.length - 2 * MONTH)));

/** What is chosen from, for each series. */
export const learnedCandidates: readonly Candidate[] = [
  patterned('seasonal exponential smoothing 0.02', exponential(0.02)),
  patterned('seasonal exponential smoothing 0.05', exponential(0.05)),
  patterned('seasonal exponential smoothing 0.1', exponential(0.1)),
  patterned('Croston 0.1', croston(0.1)),
  patterned('Syntetos-Boylan 0.1', syntetosBoylan(0.1)),
  patterned('Teunter-Syntetos-Babai 0.1, 0.05', teunter(0.1, 0.05)),
  patterned('ADIDA by 6 days, 0.1', aggregated(6, 0.1)),
  patterned('combination', together([exponential(0.05), syntetosBoylan(0.1), meanOf, month])),
];
