import type { Comparison, Drift, JudgedMethod, Measure } from '../judgement';
import { Bootstrap, quantileOf, type Measured, type Share } from '../statistics/interval';
import { periodsOf } from '../statistics/periods';
import { actionFor, costOf, type Costs } from '@cartage/payment-verification/risk-learning';
import type { Foretold } from './methods';
import type { JudgedOrder } from './reading';

type SumMeasure = 'cost' | 'brier' | 'logLoss' | 'gap' | 'reviewed' | 'declined';
type BinMeasure = 'auc' | 'ece';
type RiskMeasure = SumMeasure | BinMeasure;

export const measures: readonly (Measure & { readonly key: RiskMeasure })[] = [
  { key: 'cost', label: 'cost of mistakes and reviews', better: 'less', digits: 3 },
  { key: 'auc', label: 'AUC', better: 'more', digits: 4 },
  { key: 'brier', label: 'Brier score', better: 'less', digits: 5 },
  { key: 'logLoss', label: 'log loss', better: 'less', digits: 4 },
  { key: 'ece', label: 'calibration error', better: 'less', digits: 4 },
  { key: 'gap', label: 'foretold more than happened', better: 0, digits: 4 },
  { key: 'reviewed', label: 'reviewed', better: 'less', digits: 4 },
  { key: 'declined', label: 'declined', better: 'less', digits: 4 },
];

const RELIABILITY_BINS = 10;
const RANKS = 500;

/** Borders between equally many; what is equal is never parted. */
const bordersOf = (probabilities: Float64Array, bins: number): Float64Array => {
  const sorted = Float64Array.from(probabilities).sort();
  return Float64Array.from(new Set(Array.from({ length: bins - 1 }, (_, n) => quantileOf(sorted, (n + 1) / bins)))).sort();
};

const binOf = (borders: Float64Array, value: number): number => {
  let [low, high] = [0, borders.length];
  while (low < high) {
    const middle = (low + high) >> 1;
    if ((borders[middle] ?? 0) < value) low = middle + 1;
    else high = middle;
  }
  return low;
};

/** One bin of probabilities, block by block: how many went wrong, how many did not, and what was foretold of them. */
interface Bin {
  readonly wrong: Float64Array;
  readonly right: Float64Array;
  readonly foretold: Float64Array;
}

/** Bins that hold the same places of time as the blocks that are drawn. */
const binned = (probabilities: Float64Array, { orders, blockOf, blocks }: Blocked, bins: number): readonly Bin[] => {
  const borders = bordersOf(probabilities, bins);
  const empty = (): Float64Array => new Float64Array(blocks);
  const found = Array.from({ length: borders.length + 1 }, (): Bin => ({ wrong: empty(), right: empty(), foretold: empty() }));
  orders.forEach(({ wentWrong }, n) => {
    const [p, block] = [probabilities[n] ?? 0, blockOf(n)];
    const bin = found[binOf(borders, p)];
    if (bin === undefined) return;
    const of = wentWrong ? bin.wrong : bin.right;
    of[block] = (of[block] ?? 0) + 1;
    bin.foretold[block] = (bin.foretold[block] ?? 0) + p;
  });
  return found;
};

interface Summed {
  readonly wrong: number;
  readonly right: number;
  readonly foretold: number;
}

/** How likely an order that went wrong is above one that did not: the area under the curve (Hanley and McNeil 1982), to 500 ranks. */
const aucOf = (bins: readonly Summed[]): number => {
  let [below, above, pairs] = [0, 0, 0];
  for (const { wrong, right } of bins) {
    pairs += wrong * (below + right / 2);
    below += right;
    above += wrong;
  }
  return pairs / (below * above);
};

/** By how much what was foretold differs from what happened, over ten equal groups (expected calibration error: Naeini, Cooper and Hauskrecht 2015). */
const eceOf = (bins: readonly Summed[]): number =>
  bins.reduce((sum, { wrong, foretold }) => sum + Math.abs(foretold - wrong), 0) /
  bins.reduce((sum, { wrong, right }) => sum + wrong + right, 0);

const binMeasures: Readonly<Record<BinMeasure, { readonly bins: number; readonly of: (bins: readonly Summed[]) => number }>> = {
  auc: { bins: RANKS, of: aucOf },
  ece: { bins: RELIABILITY_BINS, of: eceOf },
};

interface Blocked {
  readonly orders: readonly JudgedOrder[];
  readonly blocks: number;
  blockOf(n: number): number;
}

export interface FiguresNeeds {
  readonly orders: readonly JudgedOrder[];
  readonly costs: Costs;
  readonly seed: number;
  readonly blockDays: number;
}

const surprise = (p: number, wentWrong: boolean): number => -Math.log(Math.max(1e-15, wentWrong ? p : 1 - p));

type Adds = (p: number, order: JudgedOrder, costs: Costs) => number;
const adds: Readonly<Record<SumMeasure, Adds>> = {
  cost: (p, order, costs) => costOf(actionFor(p, order, costs), order, costs),
  brier: (p, { wentWrong }) => (p - (wentWrong ? 1 : 0)) ** 2,
  logLoss: (p, { wentWrong }) => surprise(p, wentWrong),
  gap: (p, { wentWrong }) => p - (wentWrong ? 1 : 0),
  reviewed: (p, order, costs) => (actionFor(p, order, costs) === 'review' ? 1 : 0),
  declined: (p, order, costs) => (actionFor(p, order, costs) === 'decline' ? 1 : 0),
};

const isBinned = (measure: RiskMeasure): measure is BinMeasure => measure in binMeasures;

/** Figures of foretold risk, with intervals from blocks of time. */
export class Figures {
  private readonly bootstrap: Bootstrap;
  private readonly blocked: Blocked;

  constructor(private readonly needs: FiguresNeeds) {
    const { orders, blockDays, seed } = needs;
    const first = orders[0]?.day ?? 0;
    const blockOf = (n: number): number => Math.floor(((orders[n]?.day ?? first) - first) / blockDays);
    this.blocked = { orders, blockOf, blocks: blockOf(orders.length - 1) + 1 };
    this.bootstrap = new Bootstrap(this.blocked.blocks, seed);
  }

  methodOf(method: Foretold): JudgedMethod {
    const { name, version, isBaseline } = method;
    const figures = measures.map(({ key }) => [key, this.measured(method, key)] as const);
    return { name, version, isBaseline, figures: Object.fromEntries(figures) };
  }

  compared(own: Foretold, other: Foretold): readonly Comparison[] {
    const of = { method: own.name, baseline: other.name };
    return [
      ...(['cost', 'brier'] as const).map((measure) => ({
        ...{ ...of, measure },
        difference: this.bootstrap.difference(this.shares(own, measure), this.shares(other, measure)),
      })),
      { ...of, measure: 'auc', difference: this.aucDifference(own, other) },
    ];
  }

  drift(methods: readonly Foretold[], measure: SumMeasure): Drift {
    const { names, placeOf } = periodsOf(this.needs.orders.map(({ day }) => day));
    const by = (method: Foretold): readonly number[] =>
      this.shares(method, measure, (n) => placeOf(this.needs.orders[n]?.day ?? 0)).map(({ top, bottom }) => top / bottom);
    return { measure, periods: names, byMethod: Object.fromEntries(methods.map((each) => [each.name, by(each)])) };
  }

  /** Ten equal groups: how many, what was foretold of them, and how many went wrong. */
  reliability({ probabilities }: Foretold): readonly Summed[] {
    const whole: Blocked = { orders: this.needs.orders, blocks: 1, blockOf: () => 0 };
    return binned(probabilities, whole, RELIABILITY_BINS).map(({ wrong, right, foretold }) => ({
      ...{ wrong: wrong[0] ?? 0, right: right[0] ?? 0, foretold: foretold[0] ?? 0 },
    }));
  }

  /** Of some orders only, without an interval. */
  aucAmong({ probabilities }: Foretold, places: readonly number[]): number {
    const orders = places.flatMap((n) => this.needs.orders[n] ?? []);
    const whole: Blocked = { orders, blocks: 1, blockOf: () => 0 };
    const bins = binned(
      Float64Array.from(places, (n) => probabilities[n] ?? 0),
      whole,
      RANKS,
    );
    return aucOf(bins.map(({ wrong, right }) => ({ wrong: wrong[0] ?? 0, right: right[0] ?? 0, foretold: 0 })));
  }

  private measured(method: Foretold, measure: RiskMeasure): Measured {
    if (!isBinned(measure)) return this.bootstrap.measured(this.shares(method, measure));
    const { bins, of } = binMeasures[measure];
    const own = this.summedBins(method, bins);
    return this.bootstrap.statistic((summed) => of(own(summed)));
  }

  private aucDifference(own: Foretold, other: Foretold): Measured {
    const [first, second] = [this.summedBins(own, RANKS), this.summedBins(other, RANKS)];
    return this.bootstrap.statistic((summed) => aucOf(first(summed)) - aucOf(second(summed)));
  }

  /** Each block counts once, so that what is summed up is in the proportion of the sums. */
  private summedBins({ probabilities }: Foretold, count: number) {
    const shares = (values: Float64Array): readonly Share[] => Array.from(values, (top) => ({ top, bottom: 1 }));
    const bins = binned(probabilities, this.blocked, count).map(({ wrong, right, foretold }) => ({
      ...{ wrong: shares(wrong), right: shares(right), foretold: shares(foretold) },
    }));
    return (summed: (shares: readonly Share[]) => number): readonly Summed[] =>
      bins.map(({ wrong, right, foretold }) => ({ wrong: summed(wrong), right: summed(right), foretold: summed(foretold) }));
  }

  private shares({ probabilities }: Foretold, measure: SumMeasure, blockOf = this.blocked.blockOf): readonly Share[] {
    const blocks: { top: number; bottom: number }[] = [];
    this.needs.orders.forEach((order, n) => {
      while (blocks.length <= blockOf(n)) blocks.push({ top: 0, bottom: 0 });
      const block = blocks[blockOf(n)] ?? { top: 0, bottom: 0 };
      block.top += adds[measure](probabilities[n] ?? 0, order, this.needs.costs);
      block.bottom += 1;
    });
    return blocks;
  }
}
