import fc from 'fast-check';
import { aggregated, croston, exponential, meanOf, naive, syntetosBoylan, teunter, together } from './levels';

const days = (...values: readonly number[]) => Float64Array.from(values);
const demands = fc.array(fc.nat(50), { maxLength: 80 }).map((values) => Float64Array.from(values));
const all = [naive, meanOf, exponential(0.1), croston(0.1), syntetosBoylan(0.1), teunter(0.1, 0.05), aggregated(6, 0.1)];

describe('the level of a series', () => {
  it('by exponential smoothing moves by its share of what was missed', () => {
    // Starts from the mean of the first ten days, 2; then ten days of 2 change nothing, and one of 12 moves it by a tenth of 10.
    expect(exponential(0.1)(days(...Array<number>(10).fill(2), 12))).toBeCloseTo(3);
  });

  it('by Croston is the size of a sale by the days between two of them', () => {
    // Sales of 4 on day 2, and of 6 three days later: size 4 + 0.1 × 2 = 4.2, gap 2 + 0.1 × (3 − 2) = 2.1.
    expect(croston(0.1)(days(0, 4, 0, 0, 6))).toBeCloseTo(4.2 / 2.1);
  });

  it('by Syntetos and Boylan is Croston’s without its bias of half a smoothing constant', () =>
    expect(syntetosBoylan(0.2)(days(0, 4, 0, 0, 6))).toBeCloseTo(0.9 * croston(0.2)(days(0, 4, 0, 0, 6))));

  it('by Teunter, Syntetos and Babai fades while nothing sells, where Croston’s stays', () => {
    const sold = [3, 3, 3, 3];
    const quiet = [...sold, ...Array<number>(40).fill(0)];
    expect(croston(0.1)(days(...quiet))).toBeCloseTo(croston(0.1)(days(...sold)));
    // The chance begins at 4 of 20 days, grows on four days of selling, and shrinks on forty without.
    const chance = (1 - (1 - 0.2) * 0.95 ** 4) * 0.95 ** 40;
    expect(teunter(0.1, 0.05)(days(...quiet))).toBeCloseTo(3 * chance);
  });

  it('by ADIDA smooths whole periods, and leaves out the part of one at the beginning', () => {
    // Periods of 2 and 6 a day: from their mean, 4, by half to 3, and by half to 4.5.
    expect(aggregated(2, 0.5)(days(100, 1, 3, 5, 7))).toBeCloseTo(4.5);
  });

  it('of several together is their mean', () => expect(together([naive, meanOf])(days(2, 4))).toBe(3.5));

  it('is 0 where nothing is known', () => expect(all.map((level) => level(days()))).toEqual(all.map(() => 0)));

  it('is never below 0, nor above the highest day, whatever was sold', () =>
    fc.assert(
      fc.property(demands, (demand) => {
        const most = Math.max(0, ...demand);
        for (const level of all) {
          expect(level(demand)).toBeGreaterThanOrEqual(0);
          expect(level(demand)).toBeLessThanOrEqual(most + 1e-9);
        }
      }),
    ));
});
