import fc from 'fast-check';
import { conformal, demandAround, negativeBinomial, standardNormal, whenAsked } from './distribution';

const missed = (...ratios: readonly number[]) => ratios.map((ratio) => ({ came: ratio * 4, forecast: 4 }));

describe('demand of a day as a distribution', () => {
  it('takes the k-th of what was missed, k from the share of n + 1', () => {
    const around = conformal(missed(0, 0.5, 1, 1.5, 2, 2.5, 3, 3.5, 4))(10);
    expect([around(0.1), around(0.5), around(0.9)]).toEqual([0, 20, 40]);
  });

  it('lets a day without a sale be one when the level rises', () => expect(conformal(missed(0, 0, 3))(100)(0.25)).toBe(0));

  it('adds what was missed where a forecast was 0, and is never below 0', () => {
    const around = conformal([
      { came: 0, forecast: 0 },
      { came: 5, forecast: 0 },
      { came: 0, forecast: 3 },
    ])(1);
    expect([around(0.1), around(0.9)]).toEqual([0, 6]);
  });

  it('holds what it promises: of exchangeable days at least the share lies at or below', () => {
    const ratios = Array.from({ length: 99 }, (_, n) => (n * 37) % 99);
    const around = conformal(missed(...ratios))(4);
    for (const share of [0.5, 0.8, 0.9, 0.95]) {
      const below = ratios.filter((ratio) => ratio * 4 <= around(share)).length;
      expect(below / 99).toBeGreaterThanOrEqual(share);
    }
  });

  it('counts as Poisson where the variance is the mean', () => {
    // e^-2 × (1 + 2 + 2 + 4/3 + 2/3) = 0.947 for 4 units, 0.983 for 5.
    expect([0.5, 0.94, 0.95].map(negativeBinomial(2, 2))).toEqual([2, 4, 5]);
  });

  it('has a longer tail where the variance is above the mean', () => {
    // Size 1 is geometric with 1/3 of nothing: 1 − (2/3)^(k+1).
    expect([0.33, 0.5, 0.95].map(negativeBinomial(2, 6))).toEqual([0, 1, 7]);
  });

  it('is a bell far from zero', () => {
    expect(negativeBinomial(1000, 2500)(0.975)).toBeCloseTo(1000 + 50 * 1.96, 0);
    expect(standardNormal(0.5)).toBeCloseTo(0, 2);
  });

  it('never falls as the share grows, by either way', () =>
    fc.assert(
      fc.property(
        fc.array(fc.record({ came: fc.nat(20), forecast: fc.nat(20) }), { maxLength: 60 }),
        fc.double({ min: 0, max: 600, noNaN: true }),
        (misses, mean) => {
          const around = demandAround(misses, 3 * mean)(mean);
          const quantiles = [0.025, 0.1, 0.5, 0.9, 0.975].map(around);
          expect(quantiles).toEqual(quantiles.toSorted((a, b) => a - b));
          expect(quantiles[0]).toBeGreaterThanOrEqual(0);
        },
      ),
    ));
});

describe('a distribution that nobody may ask for', () => {
  it('is made when it is asked for first, and once', () => {
    let made = 0;
    const around = whenAsked(() => {
      made += 1;
      return (mean) => () => 2 * mean;
    });
    expect(made).toBe(0);
    expect([around(3)(0.5), around(4)(0.9), made]).toEqual([6, 8, 1]);
  });
});
