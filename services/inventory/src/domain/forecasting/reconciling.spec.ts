import fc from 'fast-check';
import { factorOf, ownWeight } from './reconciling';

describe('series and their sum', () => {
  it('count by how right each was: the sum’s own word here three times as much', () => {
    // Squared errors: 3 × 10² = 300 by series, 100 by itself.
    const past = { came: [100, 100, 100], bySeries: [110, 90, 110], byItself: [110, 100, 100] };
    expect(ownWeight(past)).toBeCloseTo(0.75);
  });

  it('meet by the weight of each', () => {
    const past = { came: [], bySeries: [], byItself: [] };
    expect(factorOf(past, { bySeries: 80, byItself: 100 })).toBe(1);
    const fair = { came: [100, 100], bySeries: [90, 110], byItself: [110, 90] };
    // Half each: what they said together was 100 both times, so nothing is left to take out.
    expect(factorOf(fair, { bySeries: 80, byItself: 100 })).toBeCloseTo(90 / 80);
  });

  it('grow by half of what was missed at three origins, for three are few', () => {
    const low = { came: [121, 121, 121], bySeries: [100, 100, 100], byItself: [100, 100, 100] };
    expect(factorOf(low, { bySeries: 50, byItself: 50 })).toBeCloseTo(1.1);
  });

  it('stay as they are where nothing is said, and never turn below zero', () =>
    fc.assert(
      fc.property(
        fc.array(fc.tuple(fc.nat(99), fc.nat(99), fc.nat(99)), { maxLength: 3 }),
        fc.nat(99),
        fc.nat(99),
        (past, bySeries, byItself) => {
          const node = { came: past.map(([a]) => a), bySeries: past.map(([, b]) => b), byItself: past.map(([, , c]) => c) };
          const factor = factorOf(node, { bySeries, byItself });
          expect(factor).toBeGreaterThanOrEqual(0);
          if (bySeries === 0) expect(factor).toBe(1);
        },
      ),
    ));
});
