import { flatDemand, learnedDemand, sumOf, type DemandHistory } from './index';

const [KNOWN, AHEAD] = [91, 14];
const origin = { known: KNOWN, ahead: AHEAD };
const weekdays = Array.from({ length: KNOWN + AHEAD }, (_, day) => day % 7);
const series = (sku: string, of: (day: number) => number, location?: string) => ({
  ...{ sku, ...(location === undefined ? {} : { location }) },
  demand: Float64Array.from(weekdays, (_, day) => of(day)),
});
const closedOnSundays = (units: number) => (day: number) => (day % 7 === 0 ? 0 : units);
const forecastOf = (history: DemandHistory, n: number) => learnedDemand.learn(history, origin).forecast(n);

describe('a calendar of every day', () => {
  it('of a shop that is closed on Sundays has no fall in demand on them: it sells as before on the others, and nothing on Sundays', () => {
    const { perDay, onDay, from } = forecastOf(
      { weekdays, series: [series('A', closedOnSundays(20)), series('B', closedOnSundays(6))] },
      0,
    );
    perDay.forEach((units, day) => expect(units).toBeCloseTo(day % 7 === 0 ? 0 : 20, 5));
    expect(onDay(0)(0.999)).toBe(0);
    expect(onDay(1)(0.5)).toBeCloseTo(20, 0);
    expect(from.days).toBe(78);
  });

  it('is no calendar of closed days where a location is open and another is not', () => {
    const both = { weekdays, series: [series('A', closedOnSundays(20), 'SHOP'), series('A', () => 10, 'WEB')] };
    expect(forecastOf(both, 0).perDay[0]).toBe(0);
    expect(forecastOf(both, 0).perDay[1]).toBeCloseTo(20, 5);
    for (const units of forecastOf(both, 1).perDay) expect(units).toBeCloseTo(10, 5);
  });

  it('of who sells rarely has days without a sale that are no closed ones', () => {
    const rare = { weekdays, series: [series('A', (day) => (day % 10 === 3 ? 5 : 0))] };
    expect(sumOf(forecastOf(rare, 0).perDay) / AHEAD).toBeCloseTo(0.5, 0);
    expect(forecastOf(rare, 0).from.days).toBe(KNOWN - 3);
  });

  it('is planned by one number on the days that are open, where it is planned by one', () => {
    const { perDay } = flatDemand.learn({ weekdays, series: [series('A', closedOnSundays(20))] }, origin).forecast(0);
    expect([...new Set(perDay)]).toEqual([0, expect.closeTo(20, 5)]);
  });

  it('may open again: a weekday that sold lately is open', () => {
    const opened = { weekdays, series: [series('A', (day) => (day % 7 === 0 && day < 77 ? 0 : 20))] };
    expect(forecastOf(opened, 0).perDay[0]).toBeGreaterThan(0);
  });
});
