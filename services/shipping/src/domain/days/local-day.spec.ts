import { clockOf, endOfDay, localDay } from './local-day';

describe('the day of a location', () => {
  it('is of the clock that the location names, else of its country', () => {
    expect(clockOf({ timeZone: 'Europe/London', country: 'US' })).toBe('Europe/London');
    expect(clockOf({ country: 'JP' })).toBe('Asia/Tokyo');
  });

  it.each([
    ['Asia/Tokyo', '2026-11-27T15:00:00Z', '2026-11-28'],
    ['Pacific/Honolulu', '2026-11-27T09:59:59Z', '2026-11-26'],
    ['Europe/London', '2026-11-27T23:59:59Z', '2026-11-27'],
  ])('in %s at %s is %s', (zone, at, day) => expect(localDay(zone, new Date(at))).toBe(day));

  it.each([
    ['Europe/London', '2026-11-27', '2026-11-28T00:00:00.000Z'],
    ['Europe/London', '2026-10-25', '2026-10-26T00:00:00.000Z'],
    ['Europe/London', '2026-03-29', '2026-03-29T23:00:00.000Z'],
    ['America/New_York', '2026-11-27', '2026-11-28T05:00:00.000Z'],
  ])('in %s, %s, ends at %s, however its clocks were set', (zone, day, end) => {
    expect(endOfDay(zone, day)).toBe(end);
    expect(localDay(zone, new Date(Date.parse(end) - 1))).toBe(day);
  });
});
