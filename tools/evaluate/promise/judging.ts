import type { Comparison, Drift, JudgedMethod, Judgement, Measure, Slice } from '../judgement';
import { Bootstrap, type Share } from '../statistics/interval';
import { periodsOf } from '../statistics/periods';
import { daysAt, medianOf, sharesBy, type PromiseMeasure, type Promises } from './promises';
import type { Delivery } from './reading';

export interface PromiseFindings {
  readonly judged: readonly Delivery[];
  readonly promises: readonly Promises[];
  /** Days that the lookup table promises, for shares from low to high. */
  readonly curve: readonly Float64Array[];
  readonly seed: number;
  readonly blockDays: number;
  readonly facts: Readonly<Record<string, string | number>>;
}

const ratios: readonly (Measure & { readonly key: PromiseMeasure })[] = [
  { key: 'late', label: 'late', better: 'less', digits: 4 },
  { key: 'gap', label: 'later than allowed', better: 0, digits: 4 },
  { key: 'meanDays', label: 'mean days promised', better: 'less', digits: 2 },
  { key: 'slack', label: 'mean days early', better: 'less', digits: 2 },
];
const median: Measure = { key: 'medianDays', label: 'median days promised', better: 'less', digits: 1 };
const missed: Measure = { key: 'missed', label: 'by how much the late share is not the allowed one', better: 'less', digits: 4 };
const atSameLateness: Measure = { key: 'sameLateness', label: 'mean days at the same late share', better: 'less', digits: 2 };

const sumOf = (shares: readonly Share[]): Share => ({
  top: shares.reduce((sum, { top }) => sum + top, 0),
  bottom: shares.reduce((sum, { bottom }) => sum + bottom, 0),
});
const quotient = ({ top, bottom }: Share): number => top / bottom;

type BlockOf = (n: number) => number;

const blocksOf = ({ judged, blockDays }: PromiseFindings): BlockOf => {
  const first = judged[0]?.ordered ?? 0;
  return (n) => Math.floor(((judged[n]?.ordered ?? first) - first) / blockDays);
};

/** How many days more than the table, had it been asked for a share by which it is late as often. */
const sameLateness = (findings: PromiseFindings, bootstrap: Bootstrap, blockOf: BlockOf): readonly Comparison[] => {
  const { promises, curve, judged } = findings;
  const table = promises.find(({ name }) => name.startsWith('lookup'));
  if (table === undefined) return [];
  const of = (each: Promises, measure: PromiseMeasure): readonly Share[] => sharesBy(each, judged, measure, blockOf);
  const points = curve.map((days) => ({ late: of({ ...table, days }, 'late'), days: of({ ...table, days }, 'meanDays') }));
  return promises
    .filter(({ isBaseline }) => !isBaseline)
    .map((each) => {
      const own = { late: of(each, 'late'), days: of(each, 'meanDays') };
      const found = bootstrap.statistic((summed) => {
        const drawn = points.map(({ late, days }) => ({ late: summed(late), days: summed(days) }));
        return summed(own.days) - (daysAt(drawn, summed(own.late)) ?? Number.NaN);
      });
      return { method: each.name, baseline: 'lookup table', measure: atSameLateness.key, difference: found };
    });
};

/** How far from the share that was allowed, against the table that was asked for the same. */
const missedShare = ({ promises, judged }: PromiseFindings, bootstrap: Bootstrap, blockOf: BlockOf): readonly Comparison[] =>
  promises
    .filter(({ isBaseline }) => !isBaseline)
    .flatMap((each) => {
      const table = promises.find(({ share, isBaseline }) => isBaseline && share === each.share);
      if (table === undefined) return [];
      const [own, other] = [each, table].map((of) => sharesBy(of, judged, 'gap', blockOf));
      const difference = bootstrap.statistic((summed) => Math.abs(summed(own ?? [])) - Math.abs(summed(other ?? [])));
      return [{ method: each.name, baseline: table.name, measure: missed.key, difference }];
    });

const driftOf = ({ judged, promises }: PromiseFindings, measure: PromiseMeasure): Drift => {
  const { names, placeOf: placeOfDay } = periodsOf(judged.map(({ ordered }) => ordered));
  const placeOf = (n: number): number => placeOfDay(judged[n]?.ordered ?? 0);
  return {
    measure,
    periods: names,
    byMethod: Object.fromEntries(
      promises.filter(isUsual).map((each) => [each.name, sharesBy(each, judged, measure, placeOf).map(quotient)] as const),
    ),
  };
};

/** Nine of ten is what most promise by. */
const isUsual = ({ share }: Promises): boolean => share === 0.9;

const LANES_SHOWN = 12;

const laneSlice = ({ judged, promises }: PromiseFindings): Slice => {
  const lanes = new Map<string, number[]>();
  judged.forEach(({ lane }, n) => {
    const name = `${lane.origin} to ${lane.destination}`;
    const orders = lanes.get(name);
    if (orders === undefined) lanes.set(name, [n]);
    else orders.push(n);
  });
  const shown = promises.filter(isUsual);
  const lateOf = (each: Promises, orders: readonly number[]): string => {
    const days = Float64Array.from(orders, (n) => each.days[n] ?? Number.NaN);
    const of = orders.flatMap((n) => judged[n] ?? []);
    return quotient(sumOf(sharesBy({ ...each, days }, of, 'late', () => 0))).toFixed(3);
  };
  return {
    title: 'Late by lane, the busiest ones (0.1 is what was promised)',
    head: ['lane', 'orders', ...shown.map(({ name }) => name)],
    rows: [...lanes]
      .toSorted(([, a], [, b]) => b.length - a.length)
      .slice(0, LANES_SHOWN)
      .map(([lane, orders]) => [lane, orders.length, ...shown.map((each) => lateOf(each, orders))]),
  };
};

const levelSlice = ({ promises }: PromiseFindings): Slice => ({
  title: 'Narrowest level of which anything was known',
  head: ['method', 'level', 'promises'],
  rows: promises.filter(isUsual).flatMap(({ name, levels }) => [...levels].map(([level, times]) => [name, level, times])),
});

export const promiseJudgement = (findings: PromiseFindings): Judgement => {
  const { judged, promises, seed, facts } = findings;
  const blockOf = blocksOf(findings);
  const blocks = blockOf(judged.length - 1) + 1;
  const bootstrap = new Bootstrap(blocks, seed);
  return {
    facts: { ...facts, judged: judged.length, blocks },
    ...{ measures: [...ratios, median], compared: [atSameLateness, missed], headline: 'late' },
    methods: promises.map((each): JudgedMethod => ({
      ...{ name: each.name, version: each.version, isBaseline: each.isBaseline },
      figures: {
        ...Object.fromEntries(ratios.map(({ key }) => [key, bootstrap.measured(sharesBy(each, judged, key, blockOf))] as const)),
        medianDays: { value: medianOf(each) },
      },
    })),
    comparisons: [...sameLateness(findings, bootstrap, blockOf), ...missedShare(findings, bootstrap, blockOf)],
    drift: [driftOf(findings, 'late'), driftOf(findings, 'meanDays')],
    slices: [laneSlice(findings), levelSlice(findings)],
    ...{ notes, notFor },
  };
};

const notes = [
  'Lived through day by day: a promise knows only deliveries that had happened when its day began, and a late promise is known the day after the promised one.',
  'A method that promises more is late less. Methods are comparable where they are late as often: "mean days at the same late share" holds each against the lookup table at the share by which the table is late as often.',
  'Intervals are of 95 %, from blocks of days drawn with replacement: delays that last longer than a block make them too narrow.',
  'Only what was delivered is in the file: parcels that were lost are nobody’s lead time here.',
];

const notFor = [
  'Promises of single customers: the share holds over many promises, not for each lane or month by itself; see both below.',
  'Strikes, closures and holidays that are known beforehand: nothing here reads a calendar but the weekday.',
  'How busy the warehouse is: load is not learned; what it does to lead times is seen only afterwards.',
];
