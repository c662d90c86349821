import fc from 'fast-check';
import { pinball, scoreOf, weightOf } from './scoring';

/** Known: 0, 2, 6, 4 (a life of three days that moves by 4 and by 2); then 5 and 1 come. */
const series = { sku: 'A', demand: Float64Array.of(0, 2, 6, 4, 5, 1) };
const origin = { known: 4, ahead: 2 };
const from = { method: '', version: '', days: 3, sellingDays: 3, candidate: '', because: 'only-one' } as const;
const forecast = { perDay: Float64Array.of(4, 4), onDay: () => (share: number) => 8 * share, from };

describe('the score of a forecast', () => {
  it('is scaled by how the series moved before, and weighs by what it had sold', () => {
    const { wrmsse, mase, bias } = scoreOf(series, origin, forecast);
    // Missed by 1 and −3: √((1 + 9) / 2) = √5; the scale is √((16 + 4) / 2) = √10. Absolute: 2 of 3.
    expect(wrmsse).toEqual({ top: expect.closeTo(12 * Math.sqrt(0.5)), bottom: 12 });
    expect(mase).toEqual({ top: expect.closeTo((12 * 2) / 3), bottom: 12 });
    expect(bias).toEqual({ top: 2, bottom: 6 });
  });

  it('counts days within an interval, and days at most a quantile', () => {
    const { within80, within95, below90 } = scoreOf(series, origin, forecast);
    // From 0.8 to 7.2; from 0.2 to 7.8; at most 7.2.
    expect([within80, within95, below90]).toEqual([
      { top: 2, bottom: 2 },
      { top: 2, bottom: 2 },
      { top: 2, bottom: 2 },
    ]);
    const narrow = scoreOf(series, origin, { ...forecast, onDay: () => (share) => 2 + share });
    expect([narrow.within80.top, narrow.below90.top]).toEqual([0, 1]);
  });

  it('is nothing for a series that never moved: its errors have no scale', () =>
    expect(weightOf({ sku: 'A', demand: Float64Array.of(3, 3, 3, 9) }, { known: 3, ahead: 1 })).toBe(0));

  it('costs by the quantile’s share below it and by the rest above', () => {
    expect([pinball(10, 6, 0.9), pinball(2, 6, 0.9)].map((cost) => Number(cost.toFixed(3)))).toEqual([3.6, 0.4]);
  });

  it('costs least at the true quantile, whatever came', () =>
    fc.assert(
      fc.property(fc.array(fc.nat(30), { minLength: 5, maxLength: 40 }), fc.constantFrom(0.1, 0.5, 0.9), (came, share) => {
        const cost = (quantile: number) => came.reduce((sum, units) => sum + pinball(units, quantile, share), 0);
        const sorted = came.toSorted((a, b) => a - b);
        const best = sorted[Math.max(0, Math.ceil(share * came.length) - 1)] ?? 0;
        for (let other = 0; other <= 30; other += 1) expect(cost(best)).toBeLessThanOrEqual(cost(other) + 1e-9);
      }),
    ));
});
