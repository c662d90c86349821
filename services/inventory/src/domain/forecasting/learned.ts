import { learnedCandidates, withPattern, type Candidate, type SeriesView } from './candidates';
import { chosen, type Choice } from './choosing';
import { demandAround, whenAsked, type Miss } from './distribution';
import { sumOf, type DemandHistory, type DemandSeries, type Origin } from './history';
import { earlierOrigins, type DemandForecast, type DemandMethod, type DemandModel } from './method';
import { borrowed, launchesUntil, NEW_DAYS, type Launches } from './newcomers';
import { nodeFactors } from './nodes';
import { missesOf, standpoint, varianceOf, type Standpoint } from './single';
import { onTradingDays } from './trading-days';

const NAME = 'chosen by rolling origin';
const VERSION = '2';
const nobody: DemandSeries = { sku: '', demand: new Float64Array(0) };
/** Where no earlier origin is known, nothing can be chosen: the way that is right most often. */
const usual = learnedCandidates[1] as Candidate;

/** What is made of the units of the coming days. */
interface Shape {
  readonly name: string;
  readonly of: (perDay: Float64Array) => Float64Array;
}

class LearnedDemand implements DemandModel {
  private readonly now: Standpoint;
  private readonly before: readonly Standpoint[];
  private readonly choices: readonly Choice[];
  private readonly factors: Float64Array;
  private readonly launches: Launches;

  constructor(
    private readonly history: DemandHistory,
    origin: Origin,
    private readonly shape: Shape,
  ) {
    this.now = standpoint(history, origin);
    this.before = earlierOrigins(origin).map((earlier) => standpoint(history, earlier));
    this.launches = launchesUntil(history, origin);
    const series = history.series.map(({ demand }) => demand);
    this.choices = this.before.length === 0 ? [] : chosen(series, learnedCandidates, this.before);
    const standpoints = [this.now, ...this.before];
    const said = standpoints.map(({ view }) => Float64Array.from(series, (demand, n) => sumOf(this.candidateOf(n).ahead(view(demand)))));
    this.factors = nodeFactors({ history, standpoints, said });
  }

  forecast(n: number): DemandForecast {
    const series = this.history.series[n] ?? nobody;
    const seen = this.now.view(series.demand);
    const isNew = seen.life.length < NEW_DAYS;
    const perDay = this.shape.of(isNew ? this.launched(series, seen) : this.scaled(n, seen));
    const misses = (): readonly Miss[] => (isNew ? [] : missesOf(series.demand, this.candidateOf(n), this.before));
    const around = whenAsked(() => demandAround(misses(), varianceOf(seen.life)));
    return {
      perDay,
      onDay: (day) => around(perDay[day] ?? 0),
      from: {
        ...{
          method: this.shape.name,
          version: VERSION,
          days: seen.life.length,
          sellingDays: seen.life.filter((units) => units > 0).length,
        },
        ...(isNew ? { candidate: 'launches of its group', because: 'too-new' } : this.reason(n)),
      },
    };
  }

  private candidateOf(n: number): Candidate {
    return learnedCandidates[this.choices[n]?.candidate ?? -1] ?? usual;
  }

  private reason(n: number) {
    return {
      candidate: this.candidateOf(n).name,
      because: this.choices[n]?.isOwn === true ? 'better-for-this-one' : 'best-for-all',
    } as const;
  }

  private scaled(n: number, seen: SeriesView): Float64Array {
    const factor = this.factors[n] ?? 1;
    return this.candidateOf(n)
      .ahead(seen)
      .map((units) => units * factor);
  }

  /** Its days hold bulk orders already, so the pattern adds none. */
  private launched({ group }: DemandSeries, { life, coming, pattern }: SeriesView): Float64Array {
    return withPattern(borrowed(this.launches, group, life), coming, { ...pattern, bulkShare: 0 });
  }
}

const learned = (shape: Shape): DemandMethod =>
  onTradingDays({ name: shape.name, version: VERSION, learn: (history, origin) => new LearnedDemand(history, origin, shape) });

/**
 * For each series the way that would have been best at earlier origins; weekdays, bulk orders and growth are learned from all of them; SKU, location and total
 * agree; what is new borrows from its group. Days on which a location is closed are no days of demand.
 */
export const learnedDemand: DemandMethod = learned({ name: NAME, of: (perDay) => perDay });

/** The same, as one number for every day that is open: for who plans by one. */
export const flatDemand: DemandMethod = learned({
  name: `${NAME}, flat`,
  of: (perDay) => new Float64Array(perDay.length).fill(sumOf(perDay) / Math.max(1, perDay.length)),
});
