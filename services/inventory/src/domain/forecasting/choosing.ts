import type { Candidate } from './candidates';
import { cameAfter, squaredStep, sumOf } from './history';
import { meanOf } from './levels';
import type { Standpoint } from './single';

/** Which candidate a series takes, and whether it differs from what is best for all. */
export interface Choice {
  readonly candidate: number;
  readonly isOwn: boolean;
}

/** Scaled error of each candidate at each earlier origin at which the series had begun: `errors[origin][candidate]`. */
type Errors = readonly Float64Array[];

const errorsOf = (demand: Float64Array, candidates: readonly Candidate[], standpoints: readonly Standpoint[]): Errors =>
  standpoints.flatMap(({ origin, view }) => {
    const seen = view(demand);
    const scale = squaredStep(seen.life);
    if (scale === 0) return [];
    const came = cameAfter(demand, origin);
    return [Float64Array.from(candidates, (candidate) => rootMeanSquare(came, candidate.ahead(seen)) / Math.sqrt(scale))];
  });

export const rootMeanSquare = (came: Float64Array, forecast: Float64Array): number =>
  Math.sqrt(meanOf(came.map((value, day) => (value - (forecast[day] ?? 0)) ** 2)));

const leastOf = (values: Float64Array): number => values.indexOf(Math.min(...values));

/** Mean error of each candidate over origins. */
const means = (errors: Errors, candidates: number): Float64Array =>
  Float64Array.from({ length: candidates }, (_, c) => meanOf(Float64Array.from(errors, (error) => error[c] ?? 0)));

/**
 * A candidate of a series' own must be better than the best for all by more than one standard error of the difference (the one-standard-error rule of Breiman
 * et al. 1984): of eight candidates one is always best by chance.
 */
const isClearlyBetter = (errors: Errors, own: number, common: number): boolean => {
  const gains = Float64Array.from(errors, (error) => (error[common] ?? 0) - (error[own] ?? 0));
  const gain = meanOf(gains);
  const spread = Math.sqrt(sumOf(gains.map((each) => (each - gain) ** 2)) / Math.max(1, gains.length - 1));
  return gains.length >= 2 && gain > spread / Math.sqrt(gains.length);
};

/** For each series a candidate, by what each would have missed at earlier origins (rolling origin: Tashman 2000). */
export const chosen = (
  series: readonly Float64Array[],
  candidates: readonly Candidate[],
  standpoints: readonly Standpoint[],
): readonly Choice[] => {
  const errors = series.map((demand) => errorsOf(demand, candidates, standpoints));
  const pooled = new Float64Array(candidates.length);
  const known = Math.max(0, ...standpoints.map(({ origin }) => origin.known + origin.ahead));
  errors.forEach((each, n) => {
    if (each.length === 0) return;
    const weight = sumOf(series[n]?.subarray(0, known) ?? []);
    means(each, candidates.length).forEach((error, c) => (pooled[c] = (pooled[c] ?? 0) + weight * error));
  });
  const common = leastOf(pooled);
  return errors.map((each) => {
    const own = each.length === 0 ? common : leastOf(means(each, candidates.length));
    return own !== common && isClearlyBetter(each, own, common) ? { candidate: own, isOwn: true } : { candidate: common, isOwn: false };
  });
};
