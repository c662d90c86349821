import { curveOf, placedIn, roundAbove } from './curve';

const expected = { days: 10, units: 20, least: 12, most: 31 };

describe('the curve of a forecast', () => {
  it('adds up what is expected day by day, without crumbs', () => {
    const { points, days } = curveOf({ perDay: [0.1, 0.2, 2], expected: { ...expected, days: 2 } }, 0);
    expect(points.map(({ units }) => units)).toEqual([0, 0.1, 0.3, 2.3]);
    expect(days).toBe(3);
  });

  it('goes on to the day on which the next order is there, and as high as it may come', () => {
    expect(curveOf({ perDay: [2, 2], expected }, 0)).toMatchObject({ days: 10, ceiling: 50, expected: { day: 10, most: 31 } });
    expect(curveOf({ perDay: [2, 2], expected }, 80)).toMatchObject({ ceiling: 100 });
  });

  it('says on which day all that is there will have been asked for, if it will', () => {
    expect(curveOf({ perDay: [2, 2, 2], expected }, 4).emptyOn).toBe(2);
    expect(curveOf({ perDay: [2, 2, 2], expected }, 7).emptyOn).toBeUndefined();
    expect(curveOf({ perDay: [0, 0], expected }, 0).emptyOn).toBeUndefined();
  });
});

it('a round number is enough and not much more', () => expect([0, 1, 3, 51, 400, 501].map(roundAbove)).toEqual([1, 1, 5, 100, 500, 1_000]));

it('days go on along the picture, and units upwards', () => {
  const { x, y, line } = placedIn({ width: 120, height: 60, start: 10, bottom: 10, top: 10 }, { days: 10, ceiling: 40 });
  expect([x(0), x(10), y(0), y(40)]).toEqual([10, 110, 50, 10]);
  const points = [
    { day: 0, units: 0 },
    { day: 5, units: 20 },
  ];
  expect(line(points)).toBe('10,50 60,30');
});
