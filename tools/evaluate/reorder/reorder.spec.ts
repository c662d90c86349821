import fc from 'fast-check';
import { chanceOf } from '../../simulation/random';
import { stockAt } from './judging';
import { leadOf, LeadTimes, scaled } from './lead-times';
import { fixedRule, learnedPoints, type Standing } from './policies';
import { lived, noOutcome, type Outcome, type ShelfTerms } from './shelf';
import { runsOf } from './trial';

const terms: ShelfTerms = { reviewDays: 1, minimumQuantity: 0, multipleOf: 1, isBackordered: false };
const numbers = { reorderPoint: 4, orderUpTo: 8 };

/** What came of a shelf whose goods take so many days, in all and day by day. */
const livedThrough = (demand: readonly number[], takes: number, more: Partial<ShelfTerms> = {}) => {
  const days: Outcome[] = demand.map(() => noOutcome());
  const life = { demand: Float64Array.from(demand), takes: new Uint16Array(demand.length).fill(takes), firstReview: 0 };
  lived(life, { ...terms, ...more }, { numbersOn: () => numbers, outcomeOf: (day) => days[day] ?? noOutcome() });
  return days;
};
const sum = (days: readonly Outcome[], key: keyof Outcome): number => days.reduce((total, day) => total + day[key], 0);

describe('a shelf', () => {
  it('opens half way, sells what it has, and is filled up when what was ordered at its point comes', () => {
    // 6 there; 3 sold: 3 are at most 4, so 5 are ordered, that come two mornings later.
    const days = livedThrough([3, 0, 0, 8], 2);
    expect(days.map(({ stock }) => stock)).toEqual([3, 3, 8, 0]);
    expect(days.map(({ orders }) => orders)).toEqual([1, 0, 0, 1]);
    expect([sum(days, 'cycles'), sum(days, 'servedCycles'), sum(days, 'filled')]).toEqual([1, 1, 11]);
  });

  it('loses what it has not, or owes it, and a cycle in which somebody was sent away was not served', () => {
    const lost = livedThrough([9, 0, 1, 0], 2);
    expect(lost.map(({ filled }) => filled)).toEqual([6, 0, 1, 0]);
    expect([sum(lost, 'shortDays'), sum(lost, 'sellingDays'), sum(lost, 'cycles'), sum(lost, 'servedCycles')]).toEqual([1, 2, 1, 0]);
    expect(lost[2]?.stock).toBe(7);
    // Three are owed: 11 are ordered, of which three are handed over as they come.
    expect(livedThrough([9, 0, 1, 0], 2, { isBackordered: true })[2]?.stock).toBe(7);
    expect(sum(livedThrough([9, 0, 0, 0], 2, { isBackordered: true }), 'filled')).toBe(6);
  });

  it('is looked at on its days only, and orders no fewer than the minimum, and whole cartons', () => {
    const days = livedThrough([3, 0, 0, 0, 0, 0], 1, { reviewDays: 3, minimumQuantity: 7, multipleOf: 6 });
    expect(days.map(({ orders }) => orders)).toEqual([1, 0, 0, 0, 0, 0]);
    expect(days[1]?.stock).toBe(15);
  });

  it('never sells more than was asked for or was there, whatever is asked for and however long goods take', () =>
    fc.assert(
      fc.property(
        fc.array(fc.nat(30), { minLength: 1, maxLength: 60 }),
        fc.integer({ min: 1, max: 20 }),
        fc.boolean(),
        (demand, takes, isBackordered) => {
          const days = livedThrough(demand, takes, { isBackordered });
          for (const { asked, filled, stock } of days) {
            expect(filled).toBeLessThanOrEqual(asked);
            expect(stock).toBeGreaterThanOrEqual(0);
          }
          expect(sum(days, 'asked')).toBe(demand.reduce((total, units) => total + units, 0));
          expect(sum(days, 'servedCycles')).toBeLessThanOrEqual(sum(days, 'cycles'));
        },
      ),
    ));
});

describe('lead times', () => {
  const receipts = (supplier: string, days: number, times: number) =>
    Array.from({ length: times }, () => ({ supplier, days, sku: undefined }));
  const book = new LeadTimes();
  for (const receipt of [...receipts('A', 3, 6), ...receipts('B', 30, 6), ...receipts('few', 99, 2)]) book.add(receipt);
  for (let n = 0; n < 5; n += 1) book.add({ supplier: 'B', days: 12, sku: 'MUG' });

  it('are those of the SKU, else of its supplier, else of one that is drawn, the same each time', () => {
    expect(book.of({ sku: 'MUG', supplier: 'A' }, 1)).toEqual([12, 12, 12, 12, 12]);
    expect(book.of({ sku: 'TEE', supplier: 'A' }, 1)).toEqual([3, 3, 3, 3, 3, 3]);
    expect(book.of({ sku: 'TEE', supplier: 'few' }, 1)).toHaveLength(19);
    const drawn = Array.from({ length: 40 }, (_, n) => book.of({ sku: `S${n}` }, 1));
    expect(new Set(drawn.map((each) => each.length))).toEqual(new Set([6, 11]));
    expect(Array.from({ length: 40 }, (_, n) => book.of({ sku: `S${n}` }, 1))).toEqual(drawn);
  });

  it('are scaled in whole days, one at the least, and drawn from what is known', () => {
    expect(scaled([1, 10, 30], 0.2)).toEqual([1, 2, 6]);
    const { takes, meanDays } = leadOf([2, 4], 200, chanceOf(1, 'orders'));
    expect([meanDays, new Set(takes)]).toEqual([3, new Set([2, 4])]);
  });
});

const DAYS = 240;
const series = (n: number): Float64Array => {
  const chance = chanceOf(7, n);
  return Float64Array.from({ length: DAYS }, () => (chance.percent(20 + 5 * n) ? chance.whole(1, 6) : 0));
};
const standing = (): Standing => {
  const demands = Array.from({ length: 12 }, (_, n) => series(n));
  return {
    history: {
      weekdays: Array.from({ length: DAYS }, (_, day) => day % 7),
      series: demands.map((demand, n) => ({ sku: `SKU-${n}`, demand })),
    },
    leads: demands.map((_, n) => leadOf([3, 5, 7, 9, 11], 120, chanceOf(1, 'orders', n))),
    ...{ terms: { ...terms, reviewDays: 7 }, known: 120, spells: 18, spellDays: 7 },
  };
};
const span = { days: 120, warmUp: 14, periods: 1, periodOf: () => 0 };

describe('ways to set reorder points', () => {
  it.each([fixedRule, learnedPoints(95)])('hold more and meet more the more they are asked for: $name', (policy) => {
    const sums = runsOf(policy, standing(), span).runs.map(({ byPeriod: [all = noOutcome()] }) => all);
    sums.slice(1).forEach((more, n) => {
      const less = sums[n] ?? noOutcome();
      expect(more.stock).toBeGreaterThanOrEqual(less.stock);
      expect(more.filled).toBeGreaterThanOrEqual(less.filled);
    });
    expect(sums[0]?.days).toBe(12 * (span.days - span.warmUp));
  });

  it('know nothing of what is sold after the day on which they are set', () => {
    const [all, cut] = [standing(), standing()];
    cut.history.series.forEach(({ demand }) => demand.fill(50, 120 + 7));
    for (const policy of [fixedRule, learnedPoints(95)])
      policy.prepared(all).forEach((numbersOf, s) => {
        const others = policy.prepared(cut)[s];
        expect([0, 1].map((spell) => numbersOf(3, spell))).toEqual([0, 1].map((spell) => others?.(3, spell)));
      });
  });
});

it('stock at a fill rate lies between two points of a curve, and is not known beyond it', () => {
  const curve = [
    { fill: 0.8, stock: 10 },
    { fill: 0.9, stock: 20 },
  ];
  expect([0.8, 0.85, 0.9].map((fill) => stockAt(curve, fill))).toEqual([10, expect.closeTo(15), 20]);
  expect([0.7, 0.95].map((fill) => stockAt(curve, fill))).toEqual([undefined, undefined]);
});
