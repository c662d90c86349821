import fc from 'fast-check';
import { learnedOverWeeks } from './over-weeks';

const KNOWN = 140;
const history = (series: readonly Float64Array[], groups: readonly string[] = []) => ({
  weekdays: Array.from({ length: KNOWN }, (_, day) => day % 7),
  series: series.map((demand, n) => ({ sku: `SKU-${n}`, group: groups[n] ?? '', demand })),
});
const steady = (units: number): Float64Array => Float64Array.from({ length: KNOWN }, (_, day) => (day % 2 === 0 ? 2 * units : 0));
/** Every four weeks it sells four times as much as before, or a quarter: what came before says little. */
const restless = (units: number): Float64Array =>
  Float64Array.from({ length: KNOWN }, (_, day) => units * (Math.floor(day / 28) % 2 === 0 ? 1 : 4));
const tenOf = (of: (units: number) => Float64Array): readonly Float64Array[] => Array.from({ length: 10 }, (_, n) => of(n + 1));

describe('demand over weeks', () => {
  it('goes on as in the last eight weeks, large orders and all', () => {
    const demand = Float64Array.from({ length: KNOWN }, (_, day) => (day < 84 ? 100 : day === 120 ? 560 : 0));
    const { perDay, level } = learnedOverWeeks(history([demand]), KNOWN)(0);
    expect([perDay, level]).toEqual([10, 'mean of 8 weeks']);
  });

  it('is doubted more where levels went up and down than where they stood', () => {
    const relative = (of: (units: number) => Float64Array): number => {
      const { perDay, variance } = learnedOverWeeks(history(tenOf(of)), KNOWN)(4);
      // The sum of very many days is off by what its level is off.
      return variance(1e6) / (perDay * 1e6) ** 2;
    };
    expect(relative(restless)).toBeGreaterThan(relative(steady) + 0.1);
  });

  it('leans on how others vary for as long as a series has few days of its own', () => {
    const young = Float64Array.from({ length: KNOWN }, (_, day) => (day < KNOWN - 30 ? 0 : 5));
    const alone = learnedOverWeeks(history([young]), KNOWN)(0);
    const among = learnedOverWeeks(history([young, ...tenOf(steady)]), KNOWN)(0);
    expect(alone.variance(1) - 0.1 * alone.perDay ** 2).toBeCloseTo(0);
    expect(among.variance(1)).toBeGreaterThan(alone.variance(1));
  });

  it('of what is new is borrowed from its group', () => {
    const born = Float64Array.from({ length: KNOWN }, (_, day) => (day < 30 ? 0 : 4));
    const fresh = Float64Array.from({ length: KNOWN }, (_, day) => (day < KNOWN - 2 ? 0 : 4));
    const { perDay, level } = learnedOverWeeks(history([born, born, fresh], ['mugs', 'mugs', 'mugs']), KNOWN)(2);
    expect(level).toBe('launches of its group');
    expect(perDay).toBeCloseTo(4);
  });

  it('knows nothing of what comes later, and varies more the more days there are, whatever was sold', () =>
    fc.assert(
      fc.property(
        fc.array(fc.array(fc.nat(40), { minLength: KNOWN, maxLength: KNOWN }), { minLength: 1, maxLength: 9 }),
        fc.nat(90),
        (sold, later) => {
          const known = KNOWN - later;
          const all = sold.map((units) => Float64Array.from(units));
          const seen = learnedOverWeeks(history(all), known);
          const cut = learnedOverWeeks(history(all.map((units) => units.slice(0, known))), known);
          all.forEach((_, n) => {
            expect([seen(n).perDay, seen(n).variance(21)]).toEqual([cut(n).perDay, cut(n).variance(21)]);
            expect(seen(n).variance(28)).toBeGreaterThanOrEqual(seen(n).variance(14));
          });
        },
      ),
      { numRuns: 40 },
    ));
});
