import { shareOfUnits, type Grade } from '@cartage/contracts';
import fc from 'fast-check';
import { firstPolicy, type ReturnPolicy } from './policy';
import { refundOf } from './refund';
import { strictPolicy } from './return.fixture';

const grades = ['A', 'B', 'C', 'scrap'] as const;
const line = fc
  .record({ total: fc.oneof(fc.nat(5_000), fc.integer({ min: 0, max: Number.MAX_SAFE_INTEGER })), share: fc.nat(100) })
  .map(({ total, share }) => ({ total, tax: Number((BigInt(total) * BigInt(share)) / 100n) }));
const portions = fc.array(fc.integer({ min: 1, max: 50 }), { minLength: 1, maxLength: 20 });
const sum = (amounts: readonly number[]): bigint => amounts.reduce((total, each) => total + BigInt(each), 0n);

/** The units of a line come back in these portions, in this condition. */
const refundsOf = ({ total, tax }: { total: number; tax: number }, cuts: readonly number[], grade: Grade, { terms } = firstPolicy) => {
  const quantity = cuts.reduce((units, each) => units + each, 0);
  let before = 0;
  return cuts.map((units) => {
    const { condition, restocking, ...refund } = refundOf(
      { total, tax, quantity },
      { before, quantity: units },
      { terms, grade, atFault: false },
    );
    before += units;
    return { ...refund, fee: condition + restocking };
  });
};

describe('a refund', () => {
  it('of one of three units of 200 is 67, 66 and 67: what each was charged', () =>
    expect(refundsOf({ total: 200, tax: 33 }, [1, 1, 1], 'A').map(({ amount }) => amount)).toEqual([67, 66, 67]));

  it('of units as new is what was charged for them, in goods and tax, however they are cut up', () =>
    fc.assert(
      fc.property(line, portions, (sold, cuts) => {
        const refunds = refundsOf(sold, cuts, 'A');
        expect(sum(refunds.map(({ amount }) => amount))).toBe(BigInt(sold.total));
        expect(sum(refunds.map(({ tax }) => tax))).toBe(BigInt(sold.tax));
      }),
    ));

  it('is goods and tax, never below nothing, and with the fee what was charged for these very units', () =>
    fc.assert(
      fc.property(line, portions, fc.constantFrom(...grades), fc.constantFrom(firstPolicy, strictPolicy), (sold, cuts, grade, policy) => {
        const of = cuts.reduce((units, each) => units + each, 0);
        let before = 0;
        refundsOf(sold, cuts, grade, policy).forEach(({ amount, goods, tax, fee }, i) => {
          const units = cuts[i] ?? 0;
          expect(amount).toBe(goods + tax);
          expect(Math.min(amount, goods, tax, fee)).toBeGreaterThanOrEqual(0);
          expect(amount + fee).toBe(shareOfUnits(sold.total, { before, units, of }));
          before += units;
        });
      }),
    ));

  it('keeps back the same of a line, however its units are split over returns and inspections', () =>
    fc.assert(
      fc.property(line, portions, fc.constantFrom(...grades), (sold, cuts, grade) => {
        const units = cuts.reduce((all, each) => all + each, 0);
        const [whole] = refundsOf(sold, [units], grade, strictPolicy);
        expect(sum(refundsOf(sold, cuts, grade, strictPolicy).map(({ fee }) => fee))).toBe(BigInt(whole?.fee ?? -1));
      }),
    ));

  it('is less for worse condition and after a restocking fee, rounded half up once', () => {
    const amounts = (policy: ReturnPolicy, total: number) => grades.map((grade) => refundsOf({ total, tax: 0 }, [1], grade, policy)[0]);
    expect(amounts(firstPolicy, 1_001).map((refund) => [refund?.amount, refund?.fee])).toEqual([
      [1_001, 0],
      [1_001, 0],
      [501, 500],
      [0, 1_001],
    ]);
    // 90 % of 80 % of 1001 is 720.72: rounded after both, not after each.
    expect(amounts(strictPolicy, 1_001).map((refund) => refund?.amount)).toEqual([901, 721, 450, 0]);
  });
});
