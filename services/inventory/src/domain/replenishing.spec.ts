import { HORIZON, leadTimeOf, replenishments } from './replenishing';
import type { LearnedReorder } from './watching/watch';

const KNOWN = 120;
const weekdays = Array.from({ length: KNOWN + HORIZON }, (_, day) => (day + 4) % 7);
const terms: LearnedReorder = { serviceLevel: 95, reviewDays: 7, leadDays: 14, decides: true };
const series = (of: (day: number) => number, group = '') => ({
  sku: 'MUG',
  group,
  demand: Float64Array.from({ length: KNOWN }, (_, day) => of(day)),
});
const said = (of: (day: number) => number, more: Partial<LearnedReorder> = {}, receipts: readonly number[] = []) => {
  const [first] = replenishments({ weekdays, series: [series(of)] }, KNOWN, [{ terms: { ...terms, ...more }, receipts }]);
  if (!first) throw new Error('Each series has one.');
  return first;
};
/** Nought to eight, mean four, in no order; the same each time. */
const noisy = (day: number): number => (day * 7 + Math.floor(day / 3) * 5) % 9;

describe('how much is to be there', () => {
  it('is what is expected until the next order is there, and more the surer it is to be', () => {
    const all = [50, 90, 99].map((serviceLevel) => said(noisy, { serviceLevel }));
    const points = all.map(({ proposal }) => proposal?.reorderPoint ?? 0);
    expect(points).toEqual([...points].sort((a, b) => a - b));
    expect(new Set(points).size).toBe(3);
    for (const { expected, proposal } of all) {
      expect(expected.days).toBe(21);
      expect(expected.units).toBeGreaterThan(60);
      expect(expected.units).toBeLessThan(110);
      expect(expected.least).toBeLessThan(expected.units);
      expect(expected.most).toBeGreaterThan(expected.units);
      expect(proposal).toMatchObject({ safetyStock: Math.max(0, Math.ceil((proposal?.reorderPoint ?? 0) - expected.units)) });
    }
  });

  it('is more where the supplier is unsteady, though not slower', () => {
    const [steady, unsteady] = [
      [14, 14, 14, 14, 14],
      [4, 24, 4, 24, 14],
    ].map((receipts) => said(noisy, {}, receipts));
    expect(unsteady?.leadTime).toMatchObject({ meanDays: 14, receipts: 5 });
    expect(unsteady?.proposal?.reorderPoint).toBeGreaterThan(steady?.proposal?.reorderPoint ?? 0);
  });

  it('orders for as long as until the next occasion, and no less than the minimum', () => {
    const { proposal, expected } = said(noisy);
    const week = Math.ceil((expected.units / expected.days) * 7);
    expect(proposal?.orderUpTo).toBe((proposal?.reorderPoint ?? 0) + week);
    const least = said(noisy, { minimumQuantity: 500 }).proposal;
    expect(least?.orderUpTo).toBe((least?.reorderPoint ?? 0) + 500);
  });

  it('is not said where nothing was ever sold', () => {
    const nothing = said(() => 0);
    expect(nothing).not.toHaveProperty('proposal');
    expect(nothing.expected).toMatchObject({ units: 0, least: 0, most: 0 });
  });

  it('is borrowed by what is new from others of its category', () => {
    const old = Array.from({ length: 4 }, () => series((day) => (day < 30 ? 0 : 4), 'mugs'));
    const fresh = series((day) => (day < KNOWN - 2 ? 0 : 4), 'mugs');
    const all = replenishments(
      { weekdays, series: [...old, fresh] },
      KNOWN,
      [...old, fresh].map(() => ({ terms, receipts: [] })),
    );
    expect(all[4]).toMatchObject({ source: { because: 'too-new', days: 2 } });
    expect(all[4]?.proposal?.reorderPoint).toBeGreaterThan(40);
  });

  it('names by how much it would have been wrong, and by how much the plain way', () => {
    const weekly = said((day) => ((day + 4) % 7 === 6 ? 20 : 1)).error;
    expect(weekly.days).toBe(HORIZON);
    expect(weekly.learned).toBeLessThan(weekly.baseline);
  });
});

describe('how long a supplier takes', () => {
  it('is what was said until five orders of it have come', () => {
    expect(leadTimeOf([1, 2, 3, 4], terms)).toEqual({ meanDays: 14, varianceDays: 0, receipts: 0 });
    expect(leadTimeOf([8, 10, 10, 10, 12], terms)).toEqual({ meanDays: 10, varianceDays: 2, receipts: 5 });
  });
});
