import { rootMeanSquare } from './forecasting/choosing';
import { negativeBinomial } from './forecasting/distribution';
import { learnedDemand, plainDemand, sumOf, type DemandForecast, type DemandHistory, type ForecastSource } from './forecasting';
import type { LearnedReorder, ReorderPoint } from './watching/watch';

/* How much is to be there, from what is expected to be asked for, by how much that was wrong before, and how long suppliers take. */

/** Days that are forecast at once, and at the end of what is known held back to see by how much a forecast would have been wrong. */
export const HORIZON = 28;
/** More are not watched anywhere. */
const MOST_UNITS = 100_000_000;
/** Of fewer receipts a supplier's own days are not believed. */
const LEAST_RECEIPTS = 5;

/** How long it takes from an order to its goods. */
export interface LeadTime {
  readonly meanDays: number;
  readonly varianceDays: number;
  /** Purchase orders that it was learned from; 0: the days that were said. */
  readonly receipts: number;
}

/** Demand until what is ordered at the next occasion is there. */
export interface ExpectedDemand {
  readonly days: number;
  readonly units: number;
  /** Four of five times it lies between these. */
  readonly least: number;
  readonly most: number;
}

/** By how many units a day a forecast would have been wrong at the end of what is known (root mean square). */
export interface ForecastError {
  readonly days: number;
  readonly learned: number;
  readonly baseline: number;
}

export interface ReorderProposal extends ReorderPoint {
  /** Of the reorder point, what is there because demand and suppliers are not what was expected. */
  readonly safetyStock: number;
}

/** What is said of a SKU at a location, and from what. */
export interface Replenishment {
  readonly source: ForecastSource;
  /** Units of each coming day, as far as it is forecast. */
  readonly perDay: readonly number[];
  readonly error: ForecastError;
  readonly leadTime: LeadTime;
  readonly expected: ExpectedDemand;
  /** Nothing where nothing was ever sold: then the numbers that were said hold. */
  readonly proposal?: ReorderProposal;
}

export const leadTimeOf = (receipts: readonly number[], { leadDays }: Pick<LearnedReorder, 'leadDays'>): LeadTime => {
  if (receipts.length < LEAST_RECEIPTS) return { meanDays: leadDays, varianceDays: 0, receipts: 0 };
  const mean = sumOf(receipts) / receipts.length;
  const variance = sumOf(receipts.map((days) => (days - mean) ** 2)) / (receipts.length - 1);
  return { meanDays: mean, varianceDays: variance, receipts: receipts.length };
};

interface Known {
  readonly forecast: DemandForecast;
  readonly error: ForecastError;
  readonly leadTime: LeadTime;
  readonly terms: LearnedReorder;
}

const meanOf = (values: Float64Array): number => (values.length === 0 ? 0 : sumOf(values) / values.length);

/**
 * Demand over lead time and review: as many days of the mean forecast, with the variance of as many days that were wrong as they were before, and that of the
 * supplier's days (Silver, Pyke and Thomas 2017, 6.10). Counted (negative binomial), since most SKUs sell few.
 */
const demandOf = ({ forecast, error, leadTime, terms }: Known) => {
  const [perDay, days] = [meanOf(forecast.perDay), leadTime.meanDays + terms.reviewDays];
  const mean = perDay * days;
  const variance = error.learned ** 2 * days + perDay ** 2 * leadTime.varianceDays;
  return { perDay, days, mean, atMost: negativeBinomial(mean, Math.max(mean, variance)) };
};

export const replenishmentOf = (known: Known): Replenishment => {
  const { forecast, error, leadTime, terms } = known;
  const { perDay, days, mean, atMost } = demandOf(known);
  const expected = { days, units: mean, least: Math.floor(atMost(0.1)), most: Math.ceil(atMost(0.9)) };
  const said = { source: forecast.from, perDay: [...forecast.perDay], error, leadTime, expected };
  if (mean <= 0) return said;
  const reorderPoint = Math.min(MOST_UNITS, Math.ceil(atMost(terms.serviceLevel / 100)));
  const cycle = Math.min(MOST_UNITS, Math.max(1, Math.ceil(perDay * terms.reviewDays), terms.minimumQuantity ?? 1));
  return { ...said, proposal: { reorderPoint, orderUpTo: reorderPoint + cycle, safetyStock: Math.max(0, Math.ceil(reorderPoint - mean)) } };
};

/** What each method would have said of the last days that are known. */
const errorsOf = (history: DemandHistory, known: number) => {
  const ahead = Math.min(HORIZON, Math.floor(known / 3));
  const origin = { known: known - ahead, ahead };
  const [learned, plain] = [learnedDemand.learn(history, origin), plainDemand.learn(history, origin)];
  return (n: number): ForecastError => {
    const came = history.series[n]?.demand.subarray(origin.known, known) ?? new Float64Array(0);
    return {
      days: ahead,
      learned: rootMeanSquare(came, learned.forecast(n).perDay),
      baseline: rootMeanSquare(came, plain.forecast(n).perDay),
    };
  };
};

/** Of each series, from days that are known: those of one group learn from each other. */
export const replenishments = (
  history: DemandHistory,
  known: number,
  terms: readonly { readonly terms: LearnedReorder; readonly receipts: readonly number[] }[],
): readonly Replenishment[] => {
  const model = learnedDemand.learn(history, { known, ahead: HORIZON });
  const errorOf = errorsOf(history, known);
  return terms.map(({ terms: each, receipts }, n) =>
    replenishmentOf({ forecast: model.forecast(n), error: errorOf(n), leadTime: leadTimeOf(receipts, each), terms: each }),
  );
};
