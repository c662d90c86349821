import { actionFor, thresholdsFor, type Costs, type RiskModel } from '@cartage/payment-verification/risk-learning';
import type { Slice } from '../judgement';
import { quantileOf } from '../statistics/interval';
import type { Figures } from './figures';
import type { Foretold } from './methods';
import { groups, type Group, type JudgedOrder } from './reading';

export interface Shown {
  readonly orders: readonly JudgedOrder[];
  readonly learned: Foretold;
  readonly model: RiskModel;
  readonly costs: Costs;
  readonly figures: Figures;
}

const share = (part: number, whole: number): string => (whole === 0 ? '-' : (part / whole).toFixed(4));

const reliabilitySlice = ({ figures, learned }: Shown): Slice => ({
  title: 'Reliability: ten equal groups of orders, by what was foretold of them',
  head: ['group', 'orders', 'foretold', 'went wrong'],
  rows: figures
    .reliability(learned)
    .map(({ wrong, right, foretold }, n) => [...[n + 1, wrong + right], ...[share(foretold, wrong + right), share(wrong, wrong + right)]]),
});

const thresholdSlice = ({ orders, costs }: Shown): Slice => {
  const amounts = Float64Array.from(orders, ({ amount }) => amount ?? costs.amount).sort();
  const rows = [0.1, 0.5, 0.9].map((at) => {
    const amount = quantileOf(amounts, at);
    const { review, decline } = thresholdsFor(amount, costs);
    return [amount.toFixed(2), review?.toFixed(3) ?? 'never', decline?.toFixed(3) ?? 'never'];
  });
  return {
    title: 'Thresholds by expected cost, for small, usual and large orders',
    head: ['amount', 'reviewed from', 'declined from'],
    rows,
  };
};

const VALUES_SHOWN = 8;
const LEAST_SHOWN = 30;

const byValue = (orders: readonly JudgedOrder[], group: Group): readonly (readonly [string, readonly number[]])[] => {
  const places = new Map<string, number[]>();
  orders.forEach((order, n) => {
    const value = order.groups[group];
    if (value === undefined) return;
    const of = places.get(value);
    if (of === undefined) places.set(value, [n]);
    else of.push(n);
  });
  return [...places].filter(([, of]) => of.length >= LEAST_SHOWN).toSorted(([, a], [, b]) => b.length - a.length);
};

/** Whom it flags that did nothing, and whom it catches: by whom it is, so that nobody is wronged unseen (equalized odds: Hardt, Price and Srebro 2016). */
const groupSlice = ({ orders, learned, costs, figures }: Shown, group: Group): readonly Slice[] => {
  const isFlagged = (n: number): boolean => {
    const order = orders[n];
    return order !== undefined && actionFor(learned.probabilities[n] ?? 0, order, costs) !== 'accept';
  };
  const rows = byValue(orders, group)
    .slice(0, VALUES_SHOWN)
    .map(([value, of]) => {
      const [wrong, right] = [true, false].map((is) => of.filter((n) => orders[n]?.wentWrong === is));
      const foretold = of.reduce((sum, n) => sum + (learned.probabilities[n] ?? 0), 0);
      const flagged = (places: readonly number[] = []): string => share(places.filter(isFlagged).length, places.length);
      const auc = figures.aucAmong(learned, of);
      return [
        ...[value, of.length, share(foretold, of.length), share(wrong?.length ?? 0, of.length)],
        ...[Number.isFinite(auc) ? auc.toFixed(3) : '-', flagged(right), flagged(wrong)],
      ];
    });
  const head = [group, 'orders', 'foretold', 'went wrong', 'AUC', 'flagged of the good', 'flagged of the bad'];
  return rows.length === 0 ? [] : [{ title: `By ${group}: reviewed or declined is flagged`, head, rows }];
};

const directions = { up: 'never lowers it', down: 'never raises it', number: 'either way', category: 'by its words' } as const;

/** How much each feature moves the odds of an order on average, and how often it is the first reason of one that is flagged. */
const featureSlice = ({ orders, learned, model, costs }: Shown): Slice => {
  const strength = new Map<string, number>();
  const reasons = new Map<string, number>();
  orders.forEach((order, n) => {
    const { contributions } = model.assess(order.values);
    for (const { feature, points } of contributions) strength.set(feature, (strength.get(feature) ?? 0) + Math.abs(points));
    const [first] = contributions;
    if (first === undefined || actionFor(learned.probabilities[n] ?? 0, order, costs) === 'accept') return;
    reasons.set(first.feature, (reasons.get(first.feature) ?? 0) + 1);
  });
  const rows = model.state.features
    .map(({ name, kind }) => ({ name, kind, points: (strength.get(name) ?? 0) / orders.length }))
    .toSorted((a, b) => b.points - a.points)
    .map(({ name, kind, points }) => [name, directions[kind], points.toFixed(3), reasons.get(name) ?? 0]);
  return {
    title: 'What risk is made of, as it was learned last',
    head: ['feature', 'as it rises', 'mean move of the log odds', 'first reason of flagged orders'],
    rows,
  };
};

export const slicesOf = (shown: Shown): readonly Slice[] => [
  ...[reliabilitySlice(shown), thresholdSlice(shown), featureSlice(shown)],
  ...groups.flatMap((group) => groupSlice(shown, group)),
];
