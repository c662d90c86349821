import { plainSmoothing, viewFrom, type Candidate, type SeriesView } from './candidates';
import { demandAround, whenAsked, type Miss } from './distribution';
import { cameAfter, sumOf, type DemandHistory, type Origin } from './history';
import { meanOf } from './levels';
import { earlierOrigins, type DemandMethod } from './method';
import { sharedPattern } from './shared-pattern';

/** A view of each series from one origin. */
export interface Standpoint {
  readonly origin: Origin;
  readonly view: (demand: Float64Array) => SeriesView;
}

export const standpoint = (history: DemandHistory, origin: Origin): Standpoint => ({
  origin,
  view: viewFrom(history, origin, sharedPattern(history, origin.known)),
});

/** What a candidate missed at earlier origins. Of origins before the first sale nothing is said. */
export const missesOf = (demand: Float64Array, candidate: Candidate, standpoints: readonly Standpoint[]): readonly Miss[] =>
  standpoints.flatMap(({ origin, view }) => {
    const seen = view(demand);
    if (seen.life.length === 0) return [];
    const forecast = candidate.ahead(seen);
    return Array.from(cameAfter(demand, origin), (came, day) => ({ came, forecast: forecast[day] ?? 0 }));
  });

export const varianceOf = (values: Float64Array): number => {
  const mean = meanOf(values);
  return values.length < 2 ? 0 : sumOf(values.map((value) => (value - mean) ** 2)) / (values.length - 1);
};

const VERSION = '1';

/** One candidate for every series: the baselines. */
export const single = (candidate: Candidate): DemandMethod => ({
  name: candidate.name,
  version: VERSION,
  learn: (history, origin) => {
    const now = standpoint(history, origin);
    const before = earlierOrigins(origin).map((earlier) => standpoint(history, earlier));
    return {
      forecast: (series) => {
        const demand = history.series[series]?.demand ?? new Float64Array(0);
        const seen = now.view(demand);
        const perDay = candidate.ahead(seen);
        const around = whenAsked(() => demandAround(missesOf(demand, candidate, before), varianceOf(seen.life)));
        const { length: days } = seen.life;
        const sellingDays = seen.life.filter((value) => value > 0).length;
        return {
          perDay,
          onDay: (day) => around(perDay[day] ?? 0),
          from: { method: candidate.name, version: VERSION, days, sellingDays, candidate: candidate.name, because: 'only-one' },
        };
      },
    };
  },
});

/** The plain way that services fall back to. */
export const plainDemand: DemandMethod = single(plainSmoothing);
