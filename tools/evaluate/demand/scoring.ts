import {
  absoluteStep,
  lifeUntil,
  rootMeanSquare,
  squaredStep,
  sumOf,
  type DemandForecast,
  type DemandSeries,
  type Origin,
} from '@cartage/inventory/forecasting';
import type { Share } from '../statistics/interval';

/** How a forecast of one series did, as shares of figures. */
export type Score = Readonly<Record<DemandMeasure, Share>>;

export type DemandMeasure = 'wrmsse' | 'mase' | 'bias' | 'within80' | 'within95' | 'below90' | 'pinball';

const QUANTILES = [0.05, 0.25, 0.5, 0.75, 0.95];

/** Koenker and Bassett 1978: to be below costs the quantile's share, to be above the rest. */
export const pinball = (came: number, quantile: number, share: number): number =>
  came >= quantile ? share * (came - quantile) : (1 - share) * (quantile - came);

const meanOver = (values: Float64Array, cost: (value: number, day: number) => number): number =>
  values.length === 0 ? 0 : values.reduce((sum, value, day) => sum + cost(value, day), 0) / values.length;

const countOf = (values: Float64Array, isMet: (value: number, day: number) => boolean): Share => ({
  top: values.reduce((sum, value, day) => sum + (isMet(value, day) ? 1 : 0), 0),
  bottom: values.length,
});

/** Units that a series sold before the origin: how much it counts. Nothing for a series whose errors have no scale, for it never changed. */
export const weightOf = ({ demand }: DemandSeries, { known }: Origin): number => {
  const life = lifeUntil(demand, known);
  return squaredStep(life) === 0 ? 0 : sumOf(life);
};

/** Of a series that has a weight. */
export const scoreOf = (series: DemandSeries, origin: Origin, { perDay, onDay }: DemandForecast): Score => {
  const weight = weightOf(series, origin);
  const life = lifeUntil(series.demand, origin.known);
  const came = series.demand.subarray(origin.known, origin.known + origin.ahead);
  const days = Array.from(came, (_, day) => onDay(day));
  const quantile = (day: number, share: number): number => days[day]?.(share) ?? 0;
  const within = (low: number, high: number): Share =>
    countOf(came, (units, day) => units >= quantile(day, low) && units <= quantile(day, high));
  const scaled = (cost: number): Share => ({ top: (weight * cost) / absoluteStep(life), bottom: weight });
  return {
    wrmsse: { top: (weight * rootMeanSquare(came, perDay)) / Math.sqrt(squaredStep(life)), bottom: weight },
    mase: scaled(meanOver(came, (units, day) => Math.abs(units - (perDay[day] ?? 0)))),
    bias: { top: sumOf(perDay) - sumOf(came), bottom: sumOf(came) },
    within80: within(0.1, 0.9),
    within95: within(0.025, 0.975),
    below90: countOf(came, (units, day) => units <= quantile(day, 0.9)),
    pinball: scaled(
      meanOver(came, (units, day) => sumOf(QUANTILES.map((share) => pinball(units, quantile(day, share), share))) / QUANTILES.length),
    ),
  };
};
