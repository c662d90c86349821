import fc from 'fast-check';
import { currentPolicy, policyOf } from './policy';
import { refundOf, shareOf } from './refund';

describe('a refund', () => {
  it('adds up to the line’s total however the units are cut up', () =>
    fc.assert(
      fc.property(
        fc.integer({ min: 0, max: 2 ** 50 }),
        fc.array(fc.integer({ min: 1, max: 1_000 }), { minLength: 1, maxLength: 20 }),
        (lineTotal, parts) => {
          const sold = parts.reduce((sum, part) => sum + part, 0);
          let before = 0;
          const shares = parts.map((quantity) => {
            const share = shareOf({ lineTotal, sold, before, quantity });
            before += quantity;
            return share;
          });
          expect(shares.reduce((sum, share) => sum + share, 0)).toBe(lineTotal);
          expect(Math.min(...shares)).toBeGreaterThanOrEqual(0);
        },
      ),
    ));

  it('is less for worse condition and after a restocking fee', () => {
    const units = { lineTotal: 1_000, sold: 1, before: 0, quantity: 1 };
    expect((['A', 'B', 'C', 'scrap'] as const).map((grade) => refundOf(units, grade, currentPolicy))).toEqual([1_000, 1_000, 500, 0]);
    expect((['A', 'B', 'C', 'scrap'] as const).map((grade) => refundOf(units, grade, policyOf('returns-2025-01')))).toEqual([
      900, 720, 450, 0,
    ]);
  });
});
