import { Refused } from '@cartage/eventsourcing';
import { nextTime } from './next-time';

const after = (cron: string, timeZone: string, at: string): string => nextTime({ cron, timeZone }, new Date(at)).toISOString();

describe('the next time of a schedule', () => {
  it('is what clocks show in its zone, in winter and in summer', () => {
    expect(after('0 6 * * *', 'Europe/Berlin', '2026-01-10T12:00:00Z')).toBe('2026-01-11T05:00:00.000Z');
    expect(after('0 6 * * *', 'Europe/Berlin', '2026-07-10T12:00:00Z')).toBe('2026-07-11T04:00:00.000Z');
  });

  it('comes once in the night that has an hour twice, and once in the night that lacks it', () => {
    expect(after('30 2 * * *', 'Europe/Berlin', '2026-10-24T12:00:00Z')).toBe('2026-10-25T00:30:00.000Z');
    expect(after('30 2 * * *', 'Europe/Berlin', '2026-10-25T00:30:00Z')).toBe('2026-10-26T01:30:00.000Z');
    expect(after('30 2 * * *', 'Europe/Berlin', '2026-03-28T12:00:00Z')).toBe('2026-03-29T01:00:00.000Z');
    expect(after('30 2 * * *', 'Europe/Berlin', '2026-03-29T01:00:00Z')).toBe('2026-03-30T00:30:00.000Z');
  });

  it('is after the time that is given, not at it', () =>
    expect(after('0 6 * * MON-FRI', 'UTC', '2026-11-27T06:00:00Z')).toBe('2026-11-30T06:00:00.000Z'));

  it.each([
    ['no cron', 'every morning', 'UTC', 'schedule.cron'],
    ['seconds', '* * * * * *', 'UTC', 'schedule.cron'],
    ['a day that never comes', '0 0 31 2 *', 'UTC', 'schedule.cron'],
    ['no zone', '0 6 * * *', 'Mars/Base', 'schedule.timeZone'],
  ])('is refused by its field for %s', (_, cron, timeZone, field) => {
    try {
      nextTime({ cron, timeZone }, new Date(0));
      throw new Error('It was taken.');
    } catch (error) {
      expect(error instanceof Refused && error.errors).toMatchObject([{ field, code: 'SCHEDULE_INVALID' }]);
    }
  });
});
