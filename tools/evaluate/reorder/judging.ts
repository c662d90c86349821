import type { SalesHistory } from '../demand/reading';
import type { Comparison, Drift, JudgedMethod, Judgement, Measure, Slice, TradeOff } from '../judgement';
import { Bootstrap, type Share } from '../statistics/interval';
import type { Outcome } from './shelf';
import { sumOfOutcomes, type PolicyRuns, type Run } from './trial';

/** A way to set reorder points, and the setting at which it is compared. */
export type JudgedPolicy = PolicyRuns & { readonly setting: number };

export interface ReorderFindings {
  readonly history: SalesHistory;
  readonly judged: readonly JudgedPolicy[];
  readonly periods: readonly string[];
  readonly serviceLevel: number;
  readonly seed: number;
  readonly facts: Readonly<Record<string, string | number>>;
}

type ReorderMeasure = 'fill' | 'cycle' | 'stock' | 'cover' | 'orders' | 'short';

const shareOf: Readonly<Record<ReorderMeasure, (outcome: Outcome) => Share>> = {
  fill: ({ filled, asked }) => ({ top: filled, bottom: asked }),
  cycle: ({ servedCycles, cycles }) => ({ top: servedCycles, bottom: cycles }),
  stock: ({ stock, days }) => ({ top: stock, bottom: days }),
  cover: ({ stock, asked }) => ({ top: stock, bottom: asked }),
  orders: ({ orders, days }) => ({ top: 28 * orders, bottom: days }),
  short: ({ shortDays, sellingDays }) => ({ top: shortDays, bottom: sellingDays }),
};

const measuresFor = (serviceLevel: number): readonly (Measure & { readonly key: ReorderMeasure })[] => [
  { key: 'fill', label: 'fill rate', better: 'more', digits: 4 },
  { key: 'cycle', label: 'cycles served', better: serviceLevel / 100, digits: 4 },
  { key: 'stock', label: 'units in stock', better: 'less', digits: 1 },
  { key: 'cover', label: 'days of demand in stock', better: 'less', digits: 1 },
  { key: 'orders', label: 'orders in four weeks', better: 'less', digits: 2 },
  { key: 'short', label: 'selling days short', better: 'less', digits: 4 },
];
const sameFill: Measure = { key: 'sameFill', label: 'stock at the same fill rate, as a share', better: 'less', digits: 4 };

const runAt = ({ runs, setting }: JudgedPolicy): Run | undefined => runs.find((run) => run.setting === setting);
const quotient = ({ top, bottom }: Share): number => top / bottom;

/** A point of a curve: what was held, and what share of demand was met from it. */
export interface HeldFor {
  readonly fill: number;
  readonly stock: number;
}

/** Stock of a curve at a fill rate, in proportion between two points; nothing outside of it. */
export const stockAt = (curve: readonly HeldFor[], fill: number): number | undefined => {
  for (let n = 1; n < curve.length; n += 1) {
    const [low, high] = [curve[n - 1], curve[n]];
    if (low === undefined || high === undefined || low.fill > fill || high.fill < fill) continue;
    return high.fill === low.fill ? low.stock : low.stock + ((fill - low.fill) / (high.fill - low.fill)) * (high.stock - low.stock);
  }
  return undefined;
};

/** A SKU is a block, with all its locations. */
const blocksOf = ({ series }: SalesHistory): readonly number[] => {
  const places = new Map<string, number>();
  return series.map(({ sku }) => {
    const place = places.get(sku) ?? places.size;
    places.set(sku, place);
    return place;
  });
};

class Blocks {
  private readonly blocks: readonly number[];
  readonly count: number;

  constructor(history: SalesHistory) {
    this.blocks = blocksOf(history);
    this.count = new Set(this.blocks).size;
  }

  shares({ bySeries }: Run, measure: ReorderMeasure): readonly Share[] {
    const sums = Array.from({ length: this.count }, () => ({ top: 0, bottom: 0 }));
    bySeries.forEach((outcome, n) => {
      const [sum, share] = [sums[this.blocks[n] ?? 0], shareOf[measure](outcome)];
      if (sum === undefined) return;
      sum.top += share.top;
      sum.bottom += share.bottom;
    });
    return sums;
  }
}

/** By what share more a method holds than a plain one that meets as much: that one may be set as is best with hindsight. */
const heldMore = (own: JudgedPolicy, plain: JudgedPolicy, { blocks, bootstrap }: Comparing): Comparison => {
  const pairOf = (run: Run) => ({ fill: blocks.shares(run, 'fill'), stock: blocks.shares(run, 'stock') });
  const [run, curve] = [runAt(own), plain.runs.map(pairOf)];
  const mine = run && pairOf(run);
  const difference = bootstrap.statistic((summed) => {
    if (mine === undefined) return Number.NaN;
    const drawn = curve.map(({ fill, stock }) => ({ fill: summed(fill), stock: summed(stock) }));
    const held = stockAt(drawn, summed(mine.fill));
    return held === undefined ? Number.NaN : summed(mine.stock) / held - 1;
  });
  return { method: own.policy.name, baseline: plain.policy.name, measure: sameFill.key, difference };
};

interface Comparing {
  readonly blocks: Blocks;
  readonly bootstrap: Bootstrap;
}

const sideBySide = (own: JudgedPolicy, plain: JudgedPolicy, { blocks, bootstrap }: Comparing): readonly Comparison[] => {
  const [mine, other] = [runAt(own), runAt(plain)];
  if (mine === undefined || other === undefined) return [];
  return (['fill', 'stock', 'orders'] as const).map((measure) => ({
    ...{ method: own.policy.name, baseline: plain.policy.name, measure },
    difference: bootstrap.difference(blocks.shares(mine, measure), blocks.shares(other, measure)),
  }));
};

const curveOf = ({ runs }: PolicyRuns): readonly HeldFor[] =>
  runs.map(({ byPeriod }) => {
    const sum = sumOfOutcomes(byPeriod);
    return { fill: quotient(shareOf.fill(sum)), stock: quotient(shareOf.stock(sum)) };
  });

const fills = [0.8, 0.85, 0.9, 0.925, 0.95, 0.97, 0.98, 0.99];

const curveSlice = (judged: readonly JudgedPolicy[]): Slice => {
  const curves = judged.map(curveOf);
  const at = (curve: readonly HeldFor[], fill: number): string => stockAt(curve, fill)?.toFixed(1) ?? '-';
  return {
    title: 'Units in stock (mean of a series) at the same fill rate, whatever each way must be set to for it',
    head: ['fill rate', ...judged.map(({ policy }) => policy.name)],
    rows: fills.map((fill) => [fill, ...curves.map((curve) => at(curve, fill))]),
  };
};

const settingSlice = (judged: readonly JudgedPolicy[]): Slice => ({
  title: 'What each way was set to, and what came of it at other settings',
  head: ['method', 'setting', 'fill rate', 'cycles served', 'units in stock'],
  rows: judged.flatMap(({ policy, runs, setting }) =>
    runs.map((run) => {
      const sum = sumOfOutcomes(run.byPeriod);
      const shown = (['fill', 'cycle', 'stock'] as const).map((key) => quotient(shareOf[key](sum)).toFixed(key === 'stock' ? 1 : 4));
      return [policy.name, run.setting === setting ? `${run.setting} (compared)` : run.setting, ...shown];
    }),
  ),
});

const classes = ['a fifth of the series that sold most', 'the next three fifths', 'the last fifth'];

/** By how much they sold while they were judged. */
const classSlice = (judged: readonly JudgedPolicy[]): Slice => {
  const asked = judged[0]?.runs[0]?.bySeries.map((outcome) => outcome.asked) ?? [];
  const ranks = asked.map((_, n) => n).toSorted((a, b) => (asked[b] ?? 0) - (asked[a] ?? 0) || a - b);
  const ends = [0, 0.2, 0.8, 1].map((share) => Math.round(share * ranks.length));
  return {
    title: 'By how much is sold: fill rate and days of demand in stock, as compared above',
    head: ['series', ...judged.flatMap(({ policy }) => [`${policy.name}: fill`, 'days'])],
    rows: classes.map((name, c) => [
      name,
      ...judged.flatMap((each) => {
        const run = runAt(each);
        const sum = sumOfOutcomes(ranks.slice(ends[c], ends[c + 1]).flatMap((n) => run?.bySeries[n] ?? []));
        return [quotient(shareOf.fill(sum)).toFixed(4), quotient(shareOf.cover(sum)).toFixed(1)];
      }),
    ]),
  };
};

const tradeOff = (judged: readonly JudgedPolicy[]): TradeOff => ({
  ...{ title: 'What service costs', x: 'share of demand met from stock', y: 'units in stock, mean of a series' },
  byMethod: Object.fromEntries(
    judged.map((each) => [
      each.policy.name,
      curveOf(each)
        .filter(({ fill }) => fill >= 0.7 && fill <= 0.99)
        .map(({ fill, stock }) => ({ x: fill, y: stock })),
    ]),
  ),
});

const driftOf = ({ judged, periods }: ReorderFindings, measure: ReorderMeasure): Drift => ({
  ...{ measure, periods },
  byMethod: Object.fromEntries(
    judged.map((each) => [each.policy.name, (runAt(each)?.byPeriod ?? []).map((outcome) => quotient(shareOf[measure](outcome)))]),
  ),
});

export const reorderJudgement = (findings: ReorderFindings): Judgement => {
  const { history, judged, seed, facts, serviceLevel } = findings;
  const blocks = new Blocks(history);
  const comparing = { blocks, bootstrap: new Bootstrap(blocks.count, seed) };
  const measures = measuresFor(serviceLevel);
  const methods = judged.map((each): JudgedMethod => {
    const [{ name, version, isBaseline }, run] = [each.policy, runAt(each)];
    const figures = run ? measures.map(({ key }) => [key, comparing.bootstrap.measured(blocks.shares(run, key))] as const) : [];
    return { name, version, isBaseline, figures: Object.fromEntries(figures) };
  });
  const plain = judged.filter(({ policy }) => policy.isBaseline);
  const comparisons = judged
    .filter(({ policy }) => !policy.isBaseline)
    .flatMap((own) => plain.flatMap((other) => [heldMore(own, other, comparing), ...sideBySide(own, other, comparing)]));
  return {
    ...{ facts, measures, compared: [sameFill], headline: 'fill', methods, comparisons, tradeOff: tradeOff(judged) },
    drift: [driftOf(findings, 'fill'), driftOf(findings, 'stock')],
    slices: [curveSlice(judged), classSlice(judged), settingSlice(judged)],
    ...{ notes, notFor },
  };
};

const notes = [
  'Each shelf was lived through day by day: goods come in the morning, customers by day, and in the evening of every review more is ordered where what is there and on order has fallen to the reorder point. The first days (mean lead time and review) do not count.',
  'Who holds more meets more. Ways are comparable where they meet as much: "stock at the same fill rate" holds the learned numbers against the plain way set to whatever factor meets as much with hindsight, which nobody knows beforehand.',
  'The fixed rules are: reorder point = mean daily demand x (mean lead time + days between reviews) x factor. One factor for all series, the least by which they served as many cycles as are asked for in the second half of the days that are learned from. "Made anew" takes the mean of the last 56 days as often as the learned numbers are learned; otherwise it is that of all days before, for good.',
  'An order of one day takes as long for every way: lead times are drawn once, by the seed, from those of the SKU or its supplier. All ways know the same lead times, and they do not become longer: a supplier that changes is not in here.',
  'Intervals are of 95 %, from SKUs drawn with replacement: what other SKUs of the same kind would have shown on the same days.',
  'Demand is what was sold: on days on which the shop itself was sold out nobody knows what was asked for.',
];

const notFor = [
  'Goods that spoil, or are bought for one season: what is left at the end costs nothing here.',
  'Prices that fall with the quantity, full lorries, and budgets: each series is ordered by itself.',
  'Single series: the share that is served holds over many of them.',
];
