import { Bootstrap, quantileOf } from './interval';

const shares = Array.from({ length: 40 }, (_, n) => ({ top: n % 5, bottom: 2 }));
const higher = shares.map(({ top, bottom }) => ({ top: top + 1, bottom }));

describe('a figure with its interval', () => {
  it('is the quotient of the sums, within its interval', () => {
    const { value, low = 9, high = 0 } = new Bootstrap(40, 1).measured(shares);
    expect(value).toBe(1);
    expect(low).toBeGreaterThan(0.6);
    expect(low).toBeLessThan(1);
    expect(high).toBeGreaterThan(1);
    expect(high).toBeLessThan(1.4);
  });

  it('is the same for the same seed, and another for another', () => {
    expect(new Bootstrap(40, 7).measured(shares)).toEqual(new Bootstrap(40, 7).measured(shares));
    expect(new Bootstrap(40, 7).measured(shares)).not.toEqual(new Bootstrap(40, 8).measured(shares));
  });

  it('of a difference is drawn from the same blocks: what is always one higher is surely so', () => {
    const { value, low, high } = new Bootstrap(40, 1).difference(higher, shares);
    expect([value, low, high]).toEqual([0.5, 0.5, 0.5].map((each) => expect.closeTo(each, 9)));
  });

  it('has no interval where there are too few blocks', () =>
    expect(new Bootstrap(3, 1).measured(shares.slice(0, 3))).toEqual({ value: 0.5 }));

  it('of 95 in 100 holds the truth about as often', () => {
    const next = (() => {
      let state = 1;
      return () => (state = (state * 48_271) % 2_147_483_647) / 2_147_483_647;
    })();
    const held = Array.from({ length: 100 }, (_, seed) => {
      const sample = Array.from({ length: 60 }, () => ({ top: next(), bottom: 1 }));
      const { low = 1, high = 0 } = new Bootstrap(60, seed).measured(sample);
      return low <= 0.5 && high >= 0.5;
    }).filter(Boolean).length;
    expect(held).toBeGreaterThanOrEqual(86);
  });

  it('reads a quantile between two values in proportion', () => expect(quantileOf([0, 10, 20, 40], 0.75)).toBe(25));
});
