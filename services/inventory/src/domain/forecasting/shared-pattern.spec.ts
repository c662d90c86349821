import { plainLife, sharedPattern, usualMost } from './shared-pattern';

/** Ten weeks of seven days: on Mondays (1) three times as much as otherwise. */
const weekdays = Array.from({ length: 70 }, (_, day) => day % 7);
const mondays = Float64Array.from(weekdays, (weekday) => (weekday === 1 ? 6 : 2));

describe('what all series have in common', () => {
  it('is how much more sells on a weekday, held back by four weeks of doubt', () => {
    const { weekdayIndex } = sharedPattern({ weekdays, series: [{ sku: 'A', demand: mondays }] }, 70);
    // A usual day sells 18 / 7; a Monday 6, so 2.333 of it in ten weeks, and 1 in the four that are added.
    expect(weekdayIndex[1]).toBeCloseTo((10 * (6 / (18 / 7)) + 4) / 14);
    expect(weekdayIndex[2]).toBeCloseTo((10 * (2 / (18 / 7)) + 4) / 14);
  });

  it('is nothing special where nothing was sold, or on a day on which nobody trades', () => {
    const nothing = { weekdays: [1, 2, 3], series: [{ sku: 'A', demand: new Float64Array(3) }] };
    expect(sharedPattern(nothing, 3)).toEqual({ weekdayIndex: [1, 1, 1, 1, 1, 1, 1], bulkShare: 0 });
    expect(sharedPattern({ weekdays: [1, 2], series: [{ sku: 'A', demand: Float64Array.of(1, 1) }] }, 2).weekdayIndex[6]).toBe(1);
  });

  it('is what bulk orders add: of forty selling days the two highest', () => {
    const demand = Float64Array.from({ length: 40 }, (_, day) => (day === 7 ? 100 : day === 9 ? 21 : 1));
    expect(usualMost(demand)).toBe(21);
    const { bulkShare } = sharedPattern(
      { weekdays: demand.length === 40 ? weekdays.slice(0, 40) : [], series: [{ sku: 'A', demand }] },
      40,
    );
    expect(bulkShare).toBeCloseTo(79 / (38 + 21 + 21));
  });

  it('knows nothing of days after the origin', () => {
    const later = mondays.map((units, day) => (day >= 35 ? units * 50 : units));
    const [one, other] = [mondays, later].map((demand) => sharedPattern({ weekdays, series: [{ sku: 'A', demand }] }, 35));
    expect(one).toEqual(other);
  });

  it('is taken out of a life, so that a level remains', () => {
    const pattern = { weekdayIndex: [1, 3, 1, 1, 1, 1, 1], bulkShare: 0 };
    expect([...plainLife({ life: Float64Array.of(2, 6, 2), most: 6 }, pattern, [0, 1, 2])]).toEqual([2, 2, 2]);
  });
});
