import fc from 'fast-check';
import { costOfUnits, shareOfUnits, sharesOf } from './money';

const amount = fc.integer({ min: 0, max: Number.MAX_SAFE_INTEGER });
const portions = fc.array(fc.integer({ min: 1, max: 50 }), { minLength: 1, maxLength: 20 });
const sum = (amounts: readonly number[]): bigint => amounts.reduce((total, each) => total + BigInt(each), 0n);

describe('shares of the units of a line', () => {
  it('are 67, 66 and 67 of 200 over three units', () =>
    expect([0, 1, 2].map((before) => shareOfUnits(200, { before, units: 1, of: 3 }))).toEqual([67, 66, 67]));

  it('add up to the amount, however the units are cut up', () =>
    fc.assert(
      fc.property(amount, portions, (total, cuts) => {
        const of = cuts.reduce((units, each) => units + each, 0);
        let before = 0;
        const shares = cuts.map((units) => {
          const share = shareOfUnits(total, { before, units, of });
          before += units;
          return share;
        });
        expect(sum(shares)).toBe(BigInt(total));
      }),
    ));

  it('give back what was charged, when units come back in other portions than they went out', () =>
    fc.assert(
      fc.property(amount, fc.integer({ min: 1, max: 100 }), fc.integer({ min: 1, max: 100 }), (total, of, shipped) => {
        const out = Math.min(shipped, of);
        const charged = shareOfUnits(total, { before: 0, units: out, of });
        const back = Array.from({ length: out }, (_, before) => shareOfUnits(total, { before, units: 1, of }));
        expect(sum(back)).toBe(BigInt(charged));
      }),
    ));

  it('bear nothing beyond the line', () => expect(shareOfUnits(200, { before: 3, units: 4, of: 3 })).toBe(0));

  it('are exact where amount times units passes the safe integers', () =>
    expect(shareOfUnits(9_007_199_254_740_991, { before: 0, units: 1, of: 2 })).toBe(4_503_599_627_370_496));
});

describe('shares by weight', () => {
  it('go to the largest remainders, the first of equal ones', () => {
    expect(sharesOf(100, [1, 1, 1])).toEqual([34, 33, 33]);
    expect(sharesOf(101, [3, 3, 1])).toEqual([43, 43, 15]);
    expect(sharesOf(-100, [1, 1, 1])).toEqual([-34, -33, -33]);
  });

  it('are all in the first where nothing weighs anything', () => expect(sharesOf(5, [0, 0])).toEqual([5, 0]));

  it('add up to the amount and are within a minor unit of the exact ones', () =>
    fc.assert(
      fc.property(amount, fc.array(fc.integer({ min: 0, max: 1_000_000 }), { minLength: 1, maxLength: 30 }), (total, weights) => {
        const shares = sharesOf(total, weights);
        expect(sum(shares)).toBe(BigInt(total));
        const all = weights.reduce((whole, each) => whole + each, 0);
        if (all === 0) return;
        shares.forEach((share, i) => {
          const floor = (BigInt(total) * BigInt(weights[i] ?? 0)) / BigInt(all);
          expect([floor, floor + 1n]).toContain(BigInt(share));
        });
      }),
    ));
});

describe('what units cost', () => {
  it('of parts that come in any portions add up to the whole, and more units cost as much each', () => {
    const came = [1, 3, 2, 1].reduce<readonly [number, number]>(
      ([before, sum], units) => [before + units, sum + costOfUnits(1_000, { before, units, of: 7 })],
      [0, 0],
    );
    expect(came).toEqual([7, 1_000]);
    expect(costOfUnits(1_000, { before: 7, units: 7, of: 7 })).toBe(1_000);
  });
});
