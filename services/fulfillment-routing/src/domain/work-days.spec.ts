import { beginOf, daysBetween, workDaysFrom, type WorkTimes } from './work-days';

const nineToFive = { opens: '09:00', closes: '17:00' };
const weekdays = { monday: nineToFive, tuesday: nineToFive, wednesday: nineToFive, thursday: nineToFive, friday: nineToFive };
const shop: WorkTimes = {
  timeZone: 'Europe/London',
  calendar: {
    hours: weekdays,
    closedOn: ['2026-12-25', '2026-12-28'],
    cutOffs: [{ until: '14:00' }, { service: 'express', until: '16:00' }, { service: 'late', until: '23:00' }],
  },
};
const first = (times: WorkTimes, at: string, service?: string) => workDaysFrom(times, at, { service, count: 1 })[0];

it('begins today what comes before the cut-off, and on the next working day what comes later', () => {
  expect(first(shop, '2026-11-26T13:59:00.000Z')).toBe('2026-11-26');
  expect(first(shop, '2026-11-26T14:00:00.000Z')).toBe('2026-11-27');
  expect(first(shop, '2026-11-27T14:00:00.000Z')).toBe('2026-11-30');
});

it('has cut-offs of its own for a delivery service, never after it closes', () => {
  expect(first(shop, '2026-11-26T15:59:00.000Z', 'express')).toBe('2026-11-26');
  expect(first(shop, '2026-11-26T15:59:00.000Z', 'standard')).toBe('2026-11-27');
  expect(first(shop, '2026-11-26T17:00:00.000Z', 'late')).toBe('2026-11-27');
});

it('leaves out the days on which it is closed', () =>
  expect(workDaysFrom(shop, '2026-12-24T10:00:00.000Z', { count: 3 })).toEqual(['2026-12-24', '2026-12-29', '2026-12-30']));

it('has days of its own time zone, wherever the clocks are set forward', () => {
  expect(first({ timeZone: 'Pacific/Auckland' }, '2026-11-23T10:59:00.000Z')).toBe('2026-11-23');
  expect(first({ timeZone: 'Pacific/Auckland' }, '2026-11-23T11:00:00.000Z')).toBe('2026-11-24');
  expect(first({ timeZone: 'America/Los_Angeles' }, '2026-11-24T07:59:00.000Z')).toBe('2026-11-23');
  expect(beginOf({ timeZone: 'Europe/London' }, '2026-03-29')).toBe('2026-03-29T00:00:00.000Z');
  expect(beginOf({ timeZone: 'Europe/London' }, '2026-03-30')).toBe('2026-03-29T23:00:00.000Z');
  expect(beginOf({ timeZone: 'Pacific/Auckland' }, '2026-11-24')).toBe('2026-11-23T11:00:00.000Z');
});

it('has none where it never opens', () =>
  expect(workDaysFrom({ timeZone: 'UTC', calendar: { hours: {}, closedOn: [] } }, '2026-11-23T10:00:00.000Z', { count: 2 })).toEqual([]));

it('counts whole days', () => expect(daysBetween('2026-10-24', '2026-10-27')).toBe(3));
