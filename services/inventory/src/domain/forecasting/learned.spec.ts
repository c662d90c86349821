import fc from 'fast-check';
import { baselineCandidates, flatDemand, learnedDemand, single, sumOf, type DemandHistory, type DemandMethod } from './index';

const KNOWN = 84;
const AHEAD = 14;
const origin = { known: KNOWN, ahead: AHEAD };
const weekdays = Array.from({ length: KNOWN + AHEAD }, (_, day) => day % 7);
const series = (sku: string, of: (day: number) => number, more: { readonly location?: string; readonly group?: string } = {}) => ({
  ...{ sku, ...more },
  demand: Float64Array.from(weekdays, (_, day) => of(day)),
});
const steady = series('STEADY', () => 4);
const weekly = series('WEEKLY', (day) => (day % 7 === 1 ? 20 : 1));
const rare = series('RARE', (day) => (day % 5 === 0 ? 3 : 0));
const methods: readonly DemandMethod[] = [...baselineCandidates.map(single), flatDemand, learnedDemand];
const history: DemandHistory = { weekdays, series: [steady, weekly, rare] };
const learnedFrom = (from: DemandHistory) => learnedDemand.learn(from, origin);

describe('the demand that is learned', () => {
  it('goes on as it was, where it was always the same', () => {
    for (const method of methods) {
      const { perDay } = method.learn({ weekdays, series: [steady] }, origin).forecast(0);
      for (const units of perDay) expect(units).toBeCloseTo(4, 1);
    }
  });

  it('knows the days of the week, which a flat number does not', () => {
    const alone = { weekdays, series: [weekly] };
    const { perDay } = learnedFrom(alone).forecast(0);
    expect(perDay[1]).toBeGreaterThan(9 * (perDay[2] ?? 0));
    const flat = flatDemand.learn(alone, origin).forecast(0).perDay;
    expect(new Set(flat).size).toBe(1);
    expect(sumOf(flat)).toBeCloseTo(sumOf(perDay));
  });

  it('says from what it was made, and why in that way', () => {
    const { from } = learnedFrom(history).forecast(2);
    expect(from).toMatchObject({ method: 'chosen by rolling origin', version: '2', days: KNOWN, sellingDays: 17 });
    expect(['best-for-all', 'better-for-this-one']).toContain(from.because);
  });

  it('is the same for the same history, and looks at nothing after the origin', () =>
    fc.assert(
      fc.property(
        fc.array(fc.array(fc.nat(9), { minLength: KNOWN + AHEAD, maxLength: KNOWN + AHEAD }), { minLength: 1, maxLength: 3 }),
        (rows) => {
          const given = rows.map((row, n) => ({ sku: `S${n}`, demand: Float64Array.from(row) }));
          const changed = given.map(({ sku, demand }) => ({
            sku,
            demand: demand.map((units, day) => (day < KNOWN ? units : units + 1000)),
          }));
          for (const method of methods) {
            const [one, other] = [given, changed].map((each) => method.learn({ weekdays, series: each }, origin));
            rows.forEach((_, n) => {
              expect(one?.forecast(n).perDay).toEqual(other?.forecast(n).perDay);
              expect(one?.forecast(n).onDay(0)(0.9)).toBe(other?.forecast(n).onDay(0)(0.9));
            });
          }
        },
      ),
      { numRuns: 15 },
    ));

  it('keeps its quantiles in order around what it expects', () => {
    const onDay = learnedFrom(history).forecast(2).onDay(0);
    expect(onDay(0.1)).toBe(0);
    expect(onDay(0.9)).toBeGreaterThanOrEqual(onDay(0.5));
  });

  it('of a SKU without a sale is what others of its group sold when they were new', () => {
    const launched = (sku: string, group: string, each: number) => series(sku, (day) => (day < 20 ? 0 : each), { group });
    const unborn = series('NEXT', (day) => (day < KNOWN + 2 ? 0 : 1), { group: 'toys' });
    const from = { weekdays, series: [launched('T1', 'toys', 6), launched('T2', 'toys', 2), launched('B1', 'books', 30), unborn] };
    const forecast = learnedFrom(from).forecast(3);
    expect(sumOf(forecast.perDay) / AHEAD).toBeCloseTo(4, 0);
    expect(forecast.from).toMatchObject({ candidate: 'launches of its group', because: 'too-new', days: 0 });
  });

  it('of locations adds up to what is said of all, after a location that grows was heard', () => {
    const north = Array.from({ length: 4 }, (_, n) => series(`N${n}`, (day) => 2 + Math.floor(day / 7), { location: 'NORTH' }));
    const south = Array.from({ length: 4 }, (_, n) => series(`S${n}`, () => 5, { location: 'SOUTH' }));
    const model = learnedFrom({ weekdays, series: [...north, ...south] });
    const said = (places: readonly number[]): number => sumOf(places.map((n) => sumOf(model.forecast(n).perDay)));
    // It grows by one a week, and sells 13 a day in the last one: a level that lags is corrected upwards, and the other location is hardly touched.
    expect(said([0, 1, 2, 3]) / (4 * AHEAD)).toBeGreaterThan(10);
    expect(said([4, 5, 6, 7]) / (4 * AHEAD)).toBeGreaterThan(4);
    expect(said([4, 5, 6, 7]) / (4 * AHEAD)).toBeLessThan(6.5);
  });

  it('is made even where no earlier origin is known', () => {
    const short = { weekdays: weekdays.slice(0, 24), series: [{ sku: 'A', demand: Float64Array.from({ length: 24 }, () => 3) }] };
    const { perDay, onDay } = learnedDemand.learn(short, { known: 20, ahead: 4 }).forecast(0);
    expect(perDay[0]).toBeCloseTo(3);
    expect(onDay(0)(0.9)).toBeGreaterThanOrEqual(3);
  });
});
