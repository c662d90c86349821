import {
  baselineCandidates,
  firstSale,
  flatDemand,
  learnedDemand,
  single,
  type DemandMethod,
  type Origin,
} from '@cartage/inventory/forecasting';
import { Trouble } from '../../client/client';
import { dateOf } from '../input/cells';
import type { Judgement } from '../judgement';
import type { Judging, Kind } from '../kind';
import { demandJudgement } from './judging';
import { madeUpSales } from './made-up';
import { saleOf, SalesBook, type Sale, type SalesHistory } from './reading';
import { trialOf } from './trial';

export const baselines: readonly DemandMethod[] = baselineCandidates.map(single);
export const methods: readonly DemandMethod[] = [...baselines, flatDemand, learnedDemand];

/** Before the first origin, below which nothing can be learned. */
const LEAST_KNOWN = 20;

/** Origins one horizon apart, the last one a horizon before the end; the earliest is first. */
const originsOf = (days: number, ahead: number, wanted: number): readonly Origin[] => {
  const origins = Array.from({ length: wanted }, (_, n) => ({ known: days - (wanted - n) * ahead, ahead }));
  const [first] = origins;
  if (first !== undefined && first.known >= LEAST_KNOWN) return origins;
  throw new Trouble(
    `${days} days are too few to forecast ${ahead} of them ${wanted} times and to learn from at least ${LEAST_KNOWN} before: take a smaller --horizon or --origins.`,
  );
};

/** Series that sold on enough days; of the whole history, so that the same series are judged at every origin. */
const enough = (history: SalesHistory, least: number): SalesHistory => {
  const series = history.series.filter(({ demand }) => firstSale(demand) >= 0 && demand.filter((units) => units > 0).length >= least);
  if (series.length === 0) throw new Trouble(`No series sold on ${least} days or more: take a smaller --least-selling-days.`);
  return { ...history, series };
};

const judge = async ({ rows, seed, option }: Judging<Sale>): Promise<Judgement> => {
  const book = new SalesBook();
  for await (const sale of rows) book.add(sale);
  const all = book.history(option('every-day') === 1);
  const history = enough(all, option('least-selling-days'));
  const origins = originsOf(history.days.length, option('horizon'), option('origins'));
  const results = methods.map((method) => ({
    method,
    isBaseline: baselines.includes(method),
    trials: origins.map((origin) => trialOf(history, origin, method)),
  }));
  const dates = { from: dateOf(history.days[0] ?? 0), to: dateOf(history.days.at(-1) ?? 0) };
  return demandJudgement({ history, results, seed, facts: { ...dates, seriesInFile: all.series.length } });
};

export const demand: Kind<Sale> = {
  name: 'demand',
  title: 'Demand by SKU and day',
  columns: [
    { name: 'date', required: true, about: 'when it was asked for: 2026-11-28, or with a time' },
    { name: 'sku', required: true, about: 'what was asked for' },
    { name: 'location', required: false, about: 'where' },
    { name: 'group', required: false, about: 'whom a new SKU borrows from: a category or a brand' },
    { name: 'quantity', required: true, about: 'units, 0 or more' },
  ],
  options: [
    { name: 'horizon', usual: 24, least: 1, most: 400, about: 'days that are forecast at once' },
    { name: 'origins', usual: 3, least: 1, most: 24, about: 'how often, each time a horizon further back' },
    { name: 'least-selling-days', usual: 1, least: 1, most: 10_000, about: 'series that sold on fewer days are left out' },
    { name: 'every-day', usual: 0, least: 0, most: 1, about: '1: days without any row are days without demand, too' },
  ],
  rowOf: saleOf,
  judge,
  sample: madeUpSales,
};
