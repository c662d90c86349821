import { BadCell, Cells, dateOf, dayNumber, instantOf, weekdayOf } from './cells';

const cells = (row: Readonly<Record<string, string>>) => new Cells((column) => row[column]);

describe('a cell', () => {
  it.each([
    ['2026-11-28', '2026-11-28T00:00:00.000Z'],
    ['2026-11-28 09:15:00', '2026-11-28T09:15:00.000Z'],
    ['2026-11-28T09:15', '2026-11-28T09:15:00.000Z'],
    ['2026-11-28T09:15:00+02:00', '2026-11-28T07:15:00.000Z'],
  ])('%s is the instant %s', (text, iso) => expect(new Date(instantOf(text) ?? 0).toISOString()).toBe(iso));

  it.each(['2026-02-29', '28/11/2026', '2026-11-28T25:00', '20261128', ''])('%s is no date', (text) =>
    expect(instantOf(text)).toBeUndefined(),
  );

  it.each(['', 'one', 'Infinity', 'NaN', '1,5', '0x'])('%s is no number', (text) =>
    expect(() => cells({ quantity: text }).number('quantity')).toThrow(BadCell),
  );

  it('that is blank is none', () => expect([cells({ a: '  ' }).optional('a'), cells({}).optional('a')]).toEqual([undefined, undefined]));

  it('keeps its bounds', () => {
    expect(() => cells({ a: '-1' }).number('a', { least: 0 })).toThrow('is less than 0');
    expect(() => cells({ a: '0' }).number('a', { above: 0 })).toThrow('is not above 0');
  });
});

describe('a day', () => {
  it('has its date and its place in the week', () => {
    const day = dayNumber(Date.parse('2026-11-28T23:59:00Z'));
    expect([dateOf(day), weekdayOf(day)]).toEqual(['2026-11-28', 6]);
    expect(weekdayOf(dayNumber(Date.parse('1969-12-31T12:00:00Z')))).toBe(3);
  });
});
