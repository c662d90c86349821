import { lifeUntil, rootMeanSquare, squaredStep, sumOf, type DemandMethod, type Origin } from '@cartage/inventory/forecasting';
import type { Share } from '../statistics/interval';
import type { SalesHistory } from './reading';
import { scoreOf, weightOf, type DemandMeasure } from './scoring';

/** Days since the first sale below which a SKU is new. */
const NEW_DAYS = 24;

/** What one method did from one origin. */
export interface Trial {
  readonly origin: Origin;
  /** By measure, a share for each series; series without a weight have none of anything. */
  readonly shares: Readonly<Record<DemandMeasure, readonly Share[]>>;
  readonly ofNew: readonly Share[];
  /** RMSSE of sums: of all, and of each location by its weight. */
  readonly ofTotal: Share;
  readonly ofLocations: Share;
  /** How often which candidate was taken, and why. */
  readonly reasons: ReadonlyMap<string, number>;
  /** Units a day of what began after the origin, since it began. */
  readonly unborn: { readonly said: number; readonly came: number; readonly series: number };
}

const none: Share = { top: 0, bottom: 0 };
const measures: readonly DemandMeasure[] = ['wrmsse', 'mase', 'bias', 'within80', 'within95', 'below90', 'pinball'];

interface Sum {
  readonly demand: Float64Array;
  readonly said: Float64Array;
}

/** Sums of series, and of what was said of them. */
class Sums {
  private readonly byName = new Map<string, Sum>();

  constructor(private readonly origin: Origin) {}

  add(name: string, demand: Float64Array, perDay: Float64Array): void {
    const { known, ahead } = this.origin;
    const sum = this.byName.get(name) ?? { demand: new Float64Array(known + ahead), said: new Float64Array(ahead) };
    sum.demand.forEach((units, day) => (sum.demand[day] = units + (demand[day] ?? 0)));
    sum.said.forEach((units, day) => (sum.said[day] = units + (perDay[day] ?? 0)));
    this.byName.set(name, sum);
  }

  get scaled(): Share {
    const shares = [...this.byName.values()].map(({ demand, said }) => {
      const life = lifeUntil(demand, this.origin.known);
      const [scale, weight] = [squaredStep(life), sumOf(life)];
      return scale === 0
        ? none
        : { top: (weight * rootMeanSquare(demand.subarray(this.origin.known), said)) / Math.sqrt(scale), bottom: weight };
    });
    return { top: sumOf(shares.map(({ top }) => top)), bottom: sumOf(shares.map(({ bottom }) => bottom)) };
  }
}

/** A method learns until the origin, and is held against what came. */
export const trialOf = (history: SalesHistory, origin: Origin, method: DemandMethod): Trial => {
  const model = method.learn(history, origin);
  const shares = Object.fromEntries(measures.map((measure) => [measure, history.series.map(() => none)])) as Record<DemandMeasure, Share[]>;
  const ofNew = history.series.map(() => none);
  const [total, locations, reasons] = [new Sums(origin), new Sums(origin), new Map<string, number>()];
  const unborn = { said: 0, came: 0, series: 0 };
  history.series.forEach((series, n) => {
    const days = lifeUntil(series.demand, origin.known).length;
    if (days === 0) return addUnborn(unborn, lifeUntil(series.demand, origin.known + origin.ahead), () => model.forecast(n).perDay);
    const forecast = model.forecast(n);
    total.add('', series.demand, forecast.perDay);
    locations.add(series.location ?? '', series.demand, forecast.perDay);
    const reason = `${forecast.from.candidate} (${forecast.from.because})`;
    reasons.set(reason, (reasons.get(reason) ?? 0) + 1);
    if (weightOf(series, origin) === 0) return;
    const score = scoreOf(series, origin, forecast);
    for (const measure of measures) shares[measure][n] = score[measure];
    if (days < NEW_DAYS) ofNew[n] = score.wrmsse;
  });
  return { origin, shares, ofNew, ofTotal: total.scaled, ofLocations: locations.scaled, reasons, unborn };
};

const addUnborn = (unborn: { said: number; came: number; series: number }, life: Float64Array, perDay: () => Float64Array): void => {
  if (life.length === 0) return;
  const expected = perDay();
  unborn.series += 1;
  unborn.came += sumOf(life) / life.length;
  unborn.said += sumOf(expected) / expected.length;
};
