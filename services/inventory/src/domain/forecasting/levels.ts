import { sumOf } from './history';

/**
 * Demand per day as it goes on from a history, oldest day first; 0 where nothing is known. Each is a way to smooth one series;
 * what several series share (weekdays, bulk orders, growth) is not theirs to know.
 */
export type LevelOf = (history: Float64Array) => number;

/** Days that a level starts from before it is smoothed. */
const FIRST_DAYS = 10;

export const meanOf = (values: Float64Array): number => (values.length === 0 ? 0 : sumOf(values) / values.length);

/** Yesterday goes on. */
export const naive: LevelOf = (history) => history.at(-1) ?? 0;

/** Simple exponential smoothing (Brown 1956). */
export const exponential =
  (alpha: number): LevelOf =>
  (history) => {
    let level = meanOf(history.subarray(0, FIRST_DAYS));
    for (const value of history) level += alpha * (value - level);
    return level;
  };

/** Croston (1972): how much a selling day sells, and how many days lie between two of them, each smoothed on selling days alone. */
export const croston =
  (alpha: number): LevelOf =>
  (history) => {
    let [size, gap, since] = [0, 0, 1];
    for (const value of history) {
      if (value === 0) since += 1;
      else {
        [size, gap] = gap === 0 ? [value, since] : [size + alpha * (value - size), gap + alpha * (since - gap)];
        since = 1;
      }
    }
    return gap === 0 ? 0 : size / gap;
  };

/** Syntetos and Boylan (2005): Croston's quotient is too high by about α / 2, and this takes that out. */
export const syntetosBoylan =
  (alpha: number): LevelOf =>
  (history) =>
    (1 - alpha / 2) * croston(alpha)(history);

/** Teunter, Syntetos and Babai (2011): the chance of a selling day is smoothed on every day, so that what sells no more fades. */
export const teunter =
  (alpha: number, beta: number): LevelOf =>
  (history) => {
    const first = history.subarray(0, 2 * FIRST_DAYS);
    const selling = first.filter((value) => value > 0);
    let [size, chance] = [meanOf(selling), first.length === 0 ? 0 : selling.length / first.length];
    for (const value of history) {
      chance += beta * ((value > 0 ? 1 : 0) - chance);
      if (value > 0) size = size === 0 ? value : size + alpha * (value - size);
    }
    return size * chance;
  };

/** ADIDA (Nikolopoulos et al. 2011): smoothed over periods of so many days, counted back from the last day; the first part of one is left out. */
export const aggregated =
  (days: number, alpha: number): LevelOf =>
  (history) => {
    const periods = Math.floor(history.length / days);
    if (periods === 0) return meanOf(history);
    const start = history.length - periods * days;
    const means = new Float64Array(periods);
    for (let n = 0; n < periods; n += 1) means[n] = meanOf(history.subarray(start + n * days, start + (n + 1) * days));
    return exponential(alpha)(means);
  };

/** The mean of several: what is wrong in each in another way is less wrong together (Bates and Granger 1969). */
export const together =
  (levels: readonly LevelOf[]): LevelOf =>
  (history) =>
    levels.reduce((sum, level) => sum + level(history), 0) / levels.length;
