import { rootMeanSquare } from './forecasting/choosing';
import { negativeBinomial } from './forecasting/distribution';
import { learnedOverWeeks, type DemandOverWeeks } from './forecasting/over-weeks';
import { learnedDemand, plainDemand, sumOf, type DemandHistory, type ForecastSource } from './forecasting';
import type { ExpectedUnits } from './watching/expected-demand';
import type { LearnedReorder, ReorderPoint } from './watching/watch';

/* How much is to be there, from what is expected to be asked for, by how much that was wrong before, and how long suppliers take. */

/** Of the way in which proposals are made. */
export const PROPOSAL_VERSION = '2';
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
  /** How units a day were taken from what was issued. */
  readonly level: DemandOverWeeks['level'];
  /** Of the way in which all of this is told from that. */
  readonly version: string;
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
  /** Of all of these days together. */
  readonly ahead: ExpectedUnits;
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
  readonly overWeeks: DemandOverWeeks;
  readonly leadTime: LeadTime;
  readonly terms: LearnedReorder;
}

/**
 * Demand over lead time and review: as many days, with their variance and that of the supplier's days (Silver, Pyke and Thomas 2017, 6.10). Counted (negative
 * binomial), since most SKUs sell few.
 */
const demandOf = ({ overWeeks: { perDay, variance }, leadTime, terms }: Known) => {
  const days = leadTime.meanDays + terms.reviewDays;
  const mean = perDay * days;
  const spread = variance(days) + perDay ** 2 * leadTime.varianceDays;
  return { perDay, days, mean, atMost: negativeBinomial(mean, Math.max(mean, spread)) };
};

/** What is asked for until more is there, and what is to be there for it. */
export type StockProposal = Pick<Replenishment, 'leadTime' | 'expected' | 'proposal'>;

const proposed = (known: Known): StockProposal => {
  const { overWeeks, leadTime, terms } = known;
  const { perDay, days, mean, atMost } = demandOf(known);
  const expected = {
    days,
    units: mean,
    level: overWeeks.level,
    version: PROPOSAL_VERSION,
    least: Math.floor(atMost(0.1)),
    most: Math.ceil(atMost(0.9)),
  };
  if (mean <= 0) return { leadTime, expected };
  const reorderPoint = Math.min(MOST_UNITS, Math.ceil(atMost(terms.serviceLevel / 100)));
  const cycle = Math.min(MOST_UNITS, Math.max(1, Math.ceil(perDay * terms.reviewDays), terms.minimumQuantity ?? 1));
  const safetyStock = Math.max(0, Math.ceil(reorderPoint - mean));
  return { leadTime, expected, proposal: { reorderPoint, orderUpTo: reorderPoint + cycle, safetyStock } };
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

/** By what the numbers of one series are to be learned, and how long its supplier took before. */
export interface ReplenishmentTerms {
  readonly terms: LearnedReorder;
  readonly receipts: readonly number[];
}

/** From days that are known, of each series by its place: those that are looked at together learn from each other. */
export const proposals = (history: DemandHistory, known: number): ((n: number, terms: ReplenishmentTerms) => StockProposal) => {
  const overWeeksOf = learnedOverWeeks(history, known);
  return (n, { terms, receipts }) => proposed({ overWeeks: overWeeksOf(n), leadTime: leadTimeOf(receipts, terms), terms });
};

/** The sum of the days, with as much around it as sums of so many days had. */
const aheadOf = (perDay: readonly number[], { variance }: DemandOverWeeks): ExpectedUnits => {
  const [days, units] = [perDay.length, Math.max(0, sumOf(perDay))];
  const atMost = negativeBinomial(units, Math.max(units, variance(days)));
  const whole = (share: number): number => (units === 0 ? 0 : Math.ceil(atMost(share)));
  return { days, units, low: whole(0.1), median: whole(0.5), high: whole(0.9) };
};

/** The same of all of them, with the forecast by day. */
export const replenishments = (history: DemandHistory, known: number, terms: readonly ReplenishmentTerms[]): readonly Replenishment[] => {
  const model = learnedDemand.learn(history, { known, ahead: HORIZON });
  const [errorOf, overWeeksOf] = [errorsOf(history, known), learnedOverWeeks(history, known)];
  return terms.map((each, n) => {
    const [forecast, overWeeks] = [model.forecast(n), overWeeksOf(n)];
    const perDay = [...forecast.perDay];
    const proposal = proposed({ overWeeks, leadTime: leadTimeOf(each.receipts, each.terms), terms: each.terms });
    return { source: forecast.from, perDay, ahead: aheadOf(perDay, overWeeks), error: errorOf(n), ...proposal };
  });
};
