import { type DemandMethod } from '@cartage/inventory/forecasting';
import { dateOf } from '../input/cells';
import type { Comparison, Drift, JudgedMethod, Judgement, Measure, Slice } from '../judgement';
import { Bootstrap, type Share } from '../statistics/interval';
import type { SalesHistory } from './reading';
import type { DemandMeasure } from './scoring';
import type { Trial } from './trial';

export interface MethodResult {
  readonly method: DemandMethod;
  readonly isBaseline: boolean;
  readonly trials: readonly Trial[];
}

export interface DemandFindings {
  readonly history: SalesHistory;
  readonly results: readonly MethodResult[];
  readonly seed: number;
  readonly facts: Readonly<Record<string, string | number>>;
}

const measures: readonly (Measure & { readonly key: DemandMeasure })[] = [
  { key: 'wrmsse', label: 'weighted RMSSE', better: 'less', digits: 4 },
  { key: 'mase', label: 'weighted MASE', better: 'less', digits: 4 },
  { key: 'bias', label: 'bias', better: 0, digits: 4 },
  { key: 'within80', label: 'within 80 %', better: 0.8, digits: 3 },
  { key: 'within95', label: 'within 95 %', better: 0.95, digits: 3 },
  { key: 'below90', label: 'at most the 90 % quantile', better: 0.9, digits: 3 },
  { key: 'pinball', label: 'weighted pinball loss', better: 'less', digits: 4 },
];

/** What is compared by interval with the strongest plain way. */
const REFERENCE = 'exponential smoothing 0.05';

const plus = (a: Share, b: Share): Share => ({ top: a.top + b.top, bottom: a.bottom + b.bottom });
const sumOfShares = (shares: readonly Share[]): Share => shares.reduce(plus, { top: 0, bottom: 0 });
const quotient = ({ top, bottom }: Share): number => top / bottom;

/** A SKU is a block, with all its locations and origins: its days and places are not independent of each other. */
const blocksOf = ({ series }: SalesHistory): readonly number[] => {
  const places = new Map<string, number>();
  return series.map(({ sku }) => {
    const place = places.get(sku) ?? places.size;
    places.set(sku, place);
    return place;
  });
};

const byBlock = (trials: readonly Trial[], measure: DemandMeasure, blocks: readonly number[]): readonly Share[] => {
  const sums = Array.from({ length: Math.max(-1, ...new Set(blocks)) + 1 }, () => ({ top: 0, bottom: 0 }));
  for (const { shares } of trials)
    shares[measure].forEach(({ top, bottom }, n) => {
      const sum = sums[blocks[n] ?? 0];
      if (sum === undefined) return;
      sum.top += top;
      sum.bottom += bottom;
    });
  return sums;
};

const periodsOf = (history: SalesHistory, results: readonly MethodResult[]): readonly string[] =>
  (results[0]?.trials ?? []).map(({ origin }) => dateOf(history.days[origin.known] ?? 0));

const driftOf = ({ history, results }: DemandFindings, measure: DemandMeasure): Drift => ({
  measure,
  periods: periodsOf(history, results),
  byMethod: Object.fromEntries(
    results.map(({ method, trials }) => [method.name, trials.map(({ shares }) => quotient(sumOfShares(shares[measure])))]),
  ),
});

const shown = (share: Share): string => (share.bottom === 0 ? '-' : quotient(share).toFixed(4));

const levelSlice = (results: readonly MethodResult[]): Slice => ({
  title: 'Weighted RMSSE of sums, and of series that are new',
  head: ['method', 'all together', 'by location', 'under 24 days old'],
  rows: results.map(({ method, trials }) => [
    method.name,
    ...[trials.map(({ ofTotal }) => ofTotal), trials.map(({ ofLocations }) => ofLocations), trials.flatMap(({ ofNew }) => ofNew)].map(
      (shares) => shown(sumOfShares(shares)),
    ),
  ]),
});

const unbornSlice = (results: readonly MethodResult[]): Slice => ({
  title: 'Units a day of series that began after the origin, from their first day on: what their group let expect',
  head: ['method', 'series', 'said', 'came'],
  rows: results
    .filter(({ isBaseline }) => !isBaseline)
    .map(({ method, trials }) => {
      const sum = (of: (trial: Trial) => number): number => trials.reduce((total, trial) => total + of(trial), 0);
      const series = sum(({ unborn }) => unborn.series);
      const each = (total: number): string => (series === 0 ? '-' : (total / series).toFixed(2));
      return [method.name, series, each(sum(({ unborn }) => unborn.said)), each(sum(({ unborn }) => unborn.came))];
    }),
});

const reasonSlice = (results: readonly MethodResult[]): Slice => {
  const counts = new Map<string, number>();
  const learned = results.findLast(({ isBaseline }) => !isBaseline);
  for (const { reasons } of learned?.trials ?? []) for (const [reason, n] of reasons) counts.set(reason, (counts.get(reason) ?? 0) + n);
  return {
    title: 'What was chosen, by series and origin',
    head: ['candidate', 'times'],
    rows: [...counts].toSorted(([, a], [, b]) => b - a),
  };
};

export const demandJudgement = (findings: DemandFindings): Judgement => {
  const { history, results, seed, facts } = findings;
  const blocks = blocksOf(history);
  const bootstrap = new Bootstrap(new Set(blocks).size, seed);
  const shares = new Map(
    results.map(({ method, trials }) => [method.name, new Map(measures.map(({ key }) => [key, byBlock(trials, key, blocks)]))] as const),
  );
  const of = (name: string, key: DemandMeasure): readonly Share[] => shares.get(name)?.get(key) ?? [];
  const judged = results.map(({ method: { name, version }, isBaseline }): JudgedMethod => ({
    ...{ name, version, isBaseline },
    figures: Object.fromEntries(measures.map(({ key }) => [key, bootstrap.measured(of(name, key))])),
  }));
  const comparisons = results
    .filter(({ isBaseline }) => !isBaseline)
    .flatMap(({ method: { name } }) =>
      (['wrmsse', 'mase', 'pinball'] as const).map((measure): Comparison => ({
        ...{ method: name, baseline: REFERENCE, measure },
        difference: bootstrap.difference(of(name, measure), of(REFERENCE, measure)),
      })),
    );
  return {
    facts: {
      ...facts,
      days: history.days.length,
      seriesJudged: history.series.length,
      forecastsFrom: periodsOf(history, results).join(', '),
    },
    ...{ measures, headline: 'wrmsse', methods: judged, comparisons },
    drift: [driftOf(findings, 'wrmsse'), driftOf(findings, 'bias')],
    slices: [levelSlice(results), unbornSlice(results), reasonSlice(results)],
    ...{ notes, notFor },
  };
};

const notes = [
  'Each method knew only the days before an origin; the days after it were used to judge and for nothing else. Series are weighted by the units they sold before the origin.',
  'Intervals are of 95 %, from SKUs drawn with replacement: they say what other SKUs of the same kind would have shown on the same days, not what another season would.',
  'Many days without a sale make every interval of whole units too wide: a share within it above the one that was asked for is to be expected. What safety stock needs is the share at most the 90 % quantile.',
  'Demand is what was sold. Days on which a SKU was sold out count as days without demand.',
];

const notFor = [
  'Promotions, price changes and holidays that the history does not hold: nothing here knows of them.',
  'Single orders of a size that is rare: they are spread over all days as a share that all series have in common.',
  'Years ahead: the year has no season here, only the week.',
];
