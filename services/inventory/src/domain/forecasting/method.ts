import type { QuantileOf } from './distribution';
import type { DemandHistory, Origin } from './history';

/** From what a forecast was made: enough to say so to who asks, and to make it again. */
export interface ForecastSource {
  readonly method: string;
  readonly version: string;
  /** Trading days since the first sale. */
  readonly days: number;
  readonly sellingDays: number;
  /** The candidate that was taken, and why that one. */
  readonly candidate: string;
  readonly because: 'only-one' | 'best-for-all' | 'better-for-this-one' | 'too-new';
}

export interface DemandForecast {
  /** Expected units on each of the coming days. */
  readonly perDay: Float64Array;
  /** Units of one of these days as a distribution. */
  onDay(day: number): QuantileOf;
  readonly from: ForecastSource;
}

/** What was learned from all series until an origin. */
export interface DemandModel {
  /** Of one series, by its place in the history. */
  forecast(series: number): DemandForecast;
}

/** A way to forecast demand: it learns from what was known at an origin, in the order of time, and looks at nothing after it. */
export interface DemandMethod {
  readonly name: string;
  readonly version: string;
  learn(history: DemandHistory, origin: Origin): DemandModel;
}

/** Origins before this one at which what came after is known: three, half a horizon apart. The latest is first. */
export const earlierOrigins = ({ known, ahead }: Origin): readonly Origin[] =>
  [0, 1, 2]
    .map((back) => ({ known: known - ahead - back * Math.ceil(ahead / 2), ahead }))
    .filter((origin) => origin.known >= Math.max(LEAST_KNOWN, ahead));

/** Days below which weekdays and levels are noise. */
const LEAST_KNOWN = 20;
