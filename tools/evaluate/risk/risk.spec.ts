import fc from 'fast-check';
import { Cells } from '../input/cells';
import { layoutOf } from '../input/columns';
import type { JudgedMethod } from '../judgement';
import { actionFor, costOf, thresholdsFor } from '@cartage/payment-verification/risk-learning';
import { Figures } from './figures';
import { foretoldBy, type Foretold } from './methods';
import { featureForm, orderOf, type JudgedOrder } from './reading';
import { foldsOf, type WalkTerms } from './walk';

const order = (change: Partial<JudgedOrder> = {}): JudgedOrder => ({
  ...{ day: 0, wentWrong: false, knownOn: undefined, amount: 50, score: undefined, values: [0] },
  ...{ features: [{ name: 'orders', kind: 'up' as const }], groups: { method: undefined, country: undefined, channel: undefined } },
  ...change,
});
const terms: WalkTerms = { learn: 0.3, matureDays: 20, refitDays: 15, halfLifeDays: 100 };
const costs = { loss: 1, fee: 10, margin: 0.4, review: 4, amount: 50 };

/** Two orders a day; one of five has three orders within the hour, and of those half go wrong, as the seed says. As many as a walk needs go wrong whatever it says. */
const history = (days: number, seed: number): readonly JudgedOrder[] => {
  let state = seed + 1;
  const next = () => (state = (state * 48_271) % 2_147_483_647) / 2_147_483_647;
  return Array.from({ length: days * 2 }, (_, n) => {
    const day = Math.floor(n / 2);
    const values = [next() < 0.2 ? 3 : 0];
    const wentWrong = n % 12 === 0 || next() < (values[0] === 0 ? 0.05 : 0.5);
    return order({ day, values, wentWrong, knownOn: wentWrong ? day + 1 + Math.floor(next() * 18) : undefined });
  });
};

describe('a row of an order', () => {
  const row = { ordered_at: '2026-01-05', outcome: 'good', 'up:orders': '2', 'category:address': 'home', 'down:days': '' };
  const names = Object.keys(row);
  const read = (change: Readonly<Record<string, string>>) => orderOf(new Cells((column) => ({ ...row, ...change })[column], names));

  it('has its features by name, whatever the order of the columns, and what is empty is unknown', () => {
    expect(read({})).toMatchObject({
      features: [
        { name: 'address', kind: 'category' },
        { name: 'days', kind: 'down' },
        { name: 'orders', kind: 'up' },
      ],
      values: ['home', undefined, 2],
      ...{ wentWrong: false, knownOn: undefined, amount: undefined },
    });
  });

  it.each(['bad', '1', 'TRUE', 'yes'])('went wrong where it says %s', (outcome) => expect(read({ outcome }).wentWrong).toBe(true));

  it.each([
    [{ outcome: 'perhaps' }, 'is neither bad'],
    [{ outcome_at: '2026-01-04' }, 'is before ordered_at'],
    [{ 'up:orders': 'many' }, 'is no number'],
    [{ amount: '-1' }, 'is less than 0'],
  ])('that says %j cannot be used', (change, why) => expect(() => read(change)).toThrow(why));

  it('has the columns that are headed as features, beside those that are known', () => {
    const header = ['ordered_at', 'UP:x', ' up:orders ', 'note'];
    const { names: found, unused } = layoutOf(header, {
      columns: [{ name: 'ordered_at', required: true, about: '' }],
      headings: new Map(),
      open: featureForm,
    });
    expect([found, unused]).toEqual([
      ['ordered_at', 'up:orders'],
      ['UP:x', 'note'],
    ]);
  });
});

const valueOf = (figures: JudgedMethod['figures'] | undefined, measure: string): number => figures?.[measure]?.value ?? Number.NaN;

describe('a walk forward', () => {
  const orders = history(200, 1);

  it('learns only from what had matured and had been heard of, and judges only what has matured in the end', () => {
    const folds = foldsOf(orders, terms);
    expect(folds.length).toBeGreaterThan(4);
    for (const { day, known, judged } of folds) {
      for (const each of known) expect(each.order.day).toBeLessThanOrEqual(day - terms.matureDays);
      for (const each of judged) expect(each.day >= day && each.day < day + terms.refitDays).toBe(true);
    }
    const judged = folds.flatMap((fold) => fold.judged);
    expect(Math.max(...judged.map(({ day }) => day))).toBeLessThanOrEqual(orders.length / 2 - terms.matureDays + 20);
    expect(new Set(judged).size).toBe(judged.length);
  });

  it('takes for good what is heard to be bad only later, and for less what is long ago', () => {
    const late = orders.map((each) => (each.wentWrong ? { ...each, knownOn: each.day + 190 } : each));
    expect(() => foldsOf(late, terms)).toThrow(/0 went wrong: 50 and 5 are the least/);
    const [fold] = foldsOf(orders, terms);
    const weights = fold?.known.map(({ weight }) => weight) ?? [];
    expect(weights).toEqual(weights.toSorted((a, b) => a - b));
    expect(weights.at(-1)).toBeCloseTo(0.5 ** 0.2, 9);
  });

  it('looks into no future: whatever becomes of later orders, the same was foretold before', () =>
    fc.assert(
      fc.property(fc.nat(1_000), fc.integer({ min: 80, max: 150 }), (seed, from) => {
        const all = history(200, seed);
        const others = all.map((each) => {
          if (each.day >= from) return { ...each, wentWrong: !each.wentWrong, values: [7] };
          // Of what had not been heard of by then, the contrary is heard.
          return each.knownOn === undefined || each.knownOn >= from ? { ...each, wentWrong: false, knownOn: undefined } : each;
        });
        const before = (of: readonly JudgedOrder[]) => {
          const folds = foldsOf(of, terms).filter(({ day }) => day + terms.refitDays <= from - terms.matureDays);
          const { methods } = foretoldBy(all[0]?.features ?? [], folds);
          return methods.map(({ probabilities }) => [...probabilities]);
        };
        expect(before(others)).toEqual(before(all));
      }),
      { numRuns: 15 },
    ));

  it('finds what makes orders go wrong, and the base rate does not', () => {
    const folds = foldsOf(orders, terms);
    const judged = folds.flatMap((fold) => fold.judged);
    const { methods, model } = foretoldBy(orders[0]?.features ?? [], folds);
    expect(methods.map(({ name }) => name)).toEqual(['base rate', 'monotone logistic']);
    const figures = new Figures({ orders: judged, costs, seed: 1, blockDays: 10 });
    const [base, learned] = methods.map((each) => figures.methodOf(each).figures);
    const better = (measure: string) => valueOf(learned, measure) - valueOf(base, measure);
    expect(better('auc')).toBeGreaterThan(0.1);
    expect(better('brier')).toBeLessThan(0);
    expect(model.assess([3]).contributions[0]?.points).toBeGreaterThan(0);
  });

  it('refuses a file of which nothing has matured', () =>
    expect(() =>
      foldsOf(
        orders.filter(({ day }) => day < 15).map((each) => ({ ...each, knownOn: undefined })),
        terms,
      ),
    ).toThrow('No order is old enough'));
});

describe('what is done with a risk', () => {
  it('is what is expected to cost least: accepted, then reviewed, then declined', () => {
    const of = (p: number) => actionFor(p, order(), costs);
    expect([0, 0.06, 0.07, 0.79, 0.85, 1].map(of)).toEqual(['accept', 'accept', 'review', 'review', 'decline', 'decline']);
    const { review, decline } = thresholdsFor(50, costs);
    expect(review).toBeCloseTo(4 / 60, 2);
    expect(decline).toBeCloseTo(0.8, 2);
    expect(thresholdsFor(1, costs)).toMatchObject({ accept: 0, decline: expect.any(Number) });
  });

  it('costs what is lost, looked at, or not earned', () => {
    const [bad, good] = [order({ wentWrong: true }), order()];
    expect((['accept', 'review', 'decline'] as const).map((action) => [costOf(action, bad, costs), costOf(action, good, costs)])).toEqual([
      [60, 0],
      [4, 4],
      [0, 20],
    ]);
  });

  it('never is milder, the riskier it is', () =>
    fc.assert(
      fc.property(fc.double({ min: 0, max: 1, noNaN: true }), fc.double({ min: 0, max: 1, noNaN: true }), fc.nat(500), (p, q, amount) => {
        const rank = (probability: number) => ['accept', 'review', 'decline'].indexOf(actionFor(probability, { amount }, costs));
        expect(rank(Math.max(p, q))).toBeGreaterThanOrEqual(rank(Math.min(p, q)));
      }),
    ));
});

describe('figures of risk', () => {
  const figuresOf = (outcomes: readonly boolean[], probabilities: readonly number[]) => {
    const orders = outcomes.map((wentWrong, n) => order({ wentWrong, day: n }));
    const method: Foretold = { name: '', version: '', isBaseline: false, probabilities: Float64Array.from(probabilities) };
    return new Figures({ orders, costs, seed: 1, blockDays: 1 }).methodOf(method).figures;
  };

  it('are those that are known: the area under the curve by all pairs, Brier, and how far off groups are', () => {
    const figures = figuresOf([true, false, true, false, false], [0.9, 0.8, 0.7, 0.2, 0.1]);
    expect(figures['auc']?.value).toBeCloseTo(5 / 6, 9);
    expect(figures['brier']?.value).toBeCloseTo((0.01 + 0.64 + 0.09 + 0.04 + 0.01) / 5, 9);
    expect(figures['gap']?.value).toBeCloseTo((2.7 - 2) / 5, 9);
  });

  it('of one number for all are worth half an order, and as far off as that number', () => {
    const figures = figuresOf([true, false, false, false], [0.5, 0.5, 0.5, 0.5]);
    expect(figures['auc']?.value).toBe(0.5);
    expect(figures['ece']?.value).toBeCloseTo(0.25, 9);
  });
});
