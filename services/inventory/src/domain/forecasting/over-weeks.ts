import { standardNormal } from './distribution';
import { lifeUntil, sumOf, type DemandHistory } from './history';
import { meanOf } from './levels';
import { borrowed, launchesUntil, NEW_DAYS } from './newcomers';

/*
 * What goes on for weeks, for who must have it in stock until more has come. The forecast by day is chosen by its error from day to day: it follows quickly, and leaves out
 * rare large orders. Stock is asked for those, too, and cannot follow: what was ordered when the level was high stays there when it is low again. So the level is a plain mean
 * of many days, and what is learned is by how much it may be off.
 */

/** Demand of a number of days that are to come. */
export interface DemandOverWeeks {
  readonly perDay: number;
  /** Of the sum of so many days. */
  variance(days: number): number;
  /** How the level was taken. */
  readonly level: 'mean of 8 weeks' | 'launches of its group';
}

const [LEVEL_DAYS, SPREAD_DAYS] = [56, 91];

/** By how much a level itself may be off, as a variance by its square: what is chosen from, and what is taken where nothing can be chosen by. */
const doubts = [0, 0.05, 0.1, 0.2, 0.3, 0.5];
const USUAL_DOUBT = 0.1;

/** Stock that is enough in nine of ten cases: what is missing costs nine times what is left. */
const SHARE = 0.9;
/** Days of which the sum is judged, and from how long before now. */
const AHEAD = 28;
const BACK = [28, 42, 56, 70];
/** Fewer series, and fewer days before, tell nothing. */
const [LEAST_SERIES, LEAST_DAYS] = [8, 28];

const levelOf = (life: Float64Array): number => meanOf(life.subarray(Math.max(0, life.length - LEVEL_DAYS)));

const spreadOf = (life: Float64Array): number => {
  const mean = meanOf(life);
  return life.length < 2 ? 0 : sumOf(life.map((units) => (units - mean) ** 2)) / (life.length - 1);
};

/** Variance of a day by its mean. */
type Law = (mean: number) => number;

/** Variance as a power of the mean, over all series (Taylor 1961), with what the logarithm takes away put back (Duan 1983). */
const lawOf = (lives: readonly Float64Array[]): Law | undefined => {
  const points = lives.flatMap((life) => {
    const [mean, variance] = [meanOf(life), spreadOf(life)];
    return life.length >= LEAST_DAYS && mean > 0 && variance > 0 ? [{ x: Math.log(mean), y: Math.log(variance) }] : [];
  });
  if (points.length < LEAST_SERIES) return undefined;
  const [x, y] = [meanOf(Float64Array.from(points, (point) => point.x)), meanOf(Float64Array.from(points, (point) => point.y))];
  const spread = sumOf(points.map((point) => (point.x - x) ** 2));
  const slope = spread === 0 ? 1 : sumOf(points.map((point) => (point.x - x) * (point.y - y))) / spread;
  // Sales by chance alone have a power of 1; where all grow and shrink together it is 2.
  const power = Math.min(2, Math.max(1, slope));
  const scale = sumOf(points.map((point) => Math.exp(point.y - power * point.x))) / points.length;
  return (mean) => scale * mean ** power;
};

/** Its own days, and those of all others as long as it has few: a quarter of a year of its own counts as much as they do. */
const varianceOfDay = (life: Float64Array, mean: number, law: Law | undefined): number => {
  const lately = life.subarray(Math.max(0, life.length - SPREAD_DAYS));
  const own = spreadOf(lately);
  const share = lately.length / (lately.length + SPREAD_DAYS);
  return law === undefined ? own : share * own + (1 - share) * law(mean);
};

/** Of a gamma distribution, by the cube root of its normal quantile (Wilson and Hilferty 1931): quick, and near enough to compare by. */
const roughQuantile = (mean: number, variance: number, z: number): number => {
  if (mean <= 0) return 0;
  const ninth = variance / (9 * mean * mean);
  return mean * Math.max(0, 1 - ninth + z * Math.sqrt(ninth)) ** 3;
};

/** What was expected of a series on an earlier day, and what came. */
interface Earlier {
  readonly came: number;
  readonly expected: number;
  readonly variance: number;
}

const livesAt = ({ series }: DemandHistory, known: number): readonly Float64Array[] => series.map(({ demand }) => lifeUntil(demand, known));

const earlierAt = (history: DemandHistory, known: number): readonly Earlier[] => {
  const lives = livesAt(history, known);
  const law = lawOf(lives);
  return lives.flatMap((life, n) => {
    if (life.length < LEAST_DAYS) return [];
    const level = levelOf(life);
    const came = sumOf(history.series[n]?.demand.subarray(known, known + AHEAD) ?? []);
    return [{ came, expected: level * AHEAD, variance: varianceOfDay(life, level, law) * AHEAD }];
  });
};

/** The doubt with which stock would have cost least, over all series: what one of them would choose by itself is mostly chance. */
const doubtFrom = (earlier: readonly Earlier[]): number => {
  if (earlier.length < LEAST_SERIES * BACK.length) return USUAL_DOUBT;
  const z = standardNormal(SHARE);
  const costOf = (doubt: number): number =>
    sumOf(
      earlier.map(({ came, expected, variance }) => {
        const there = roughQuantile(expected, variance + doubt * expected * expected, z);
        return came >= there ? SHARE * (came - there) : (1 - SHARE) * (there - came);
      }),
    );
  const costs = doubts.map(costOf);
  return doubts[costs.indexOf(Math.min(...costs))] ?? USUAL_DOUBT;
};

/** Learned from all series together, from the days before `known`. A series that is new borrows from its group. */
export const learnedOverWeeks = (history: DemandHistory, known: number): ((series: number) => DemandOverWeeks) => {
  const doubt = doubtFrom(BACK.filter((back) => known - back >= LEAST_DAYS).flatMap((back) => earlierAt(history, known - back)));
  const [lives, launches] = [livesAt(history, known), launchesUntil(history, { known, ahead: AHEAD })];
  const law = lawOf(lives);
  return (n) => {
    const life = lives[n] ?? new Float64Array(0);
    const isNew = life.length < NEW_DAYS;
    const perDay = isNew ? borrowed(launches, history.series[n]?.group, life) : levelOf(life);
    const ofDay = varianceOfDay(life, perDay, law);
    return {
      perDay,
      level: isNew ? 'launches of its group' : 'mean of 8 weeks',
      variance: (days) => ofDay * days + doubt * (perDay * days) ** 2,
    };
  };
};
