import { invalidField, messageOf } from '@cartage/eventsourcing';
import { Cron } from 'croner';
import type { NextTime } from '../../app/reports/ports';

const unreadable = (field: 'cron' | 'timeZone', message: string): Error => invalidField(`schedule.${field}`, 'SCHEDULE_INVALID', message);

const isZone = (timeZone: string): boolean => {
  try {
    new Intl.DateTimeFormat('en', { timeZone });
    return true;
  } catch {
    // The name of none: that is the answer.
    return false;
  }
};

const firstAfter = (cron: string, timeZone: string, after: Date): Date | null => {
  try {
    return new Cron(cron, { timezone: timeZone, paused: true, mode: '5-part' }).nextRun(after);
  } catch (error) {
    throw unreadable('cron', `It must have five fields, minute to weekday, such as \`0 6 * * MON-FRI\`: ${messageOf(error)}`);
  }
};

/** As clocks show it in the zone: of an hour that comes twice the first counts, and what falls into one that is left out runs right after it. */
export const nextTime: NextTime = ({ cron, timeZone }, after) => {
  if (!isZone(timeZone)) throw unreadable('timeZone', 'It must be a time zone of IANA, such as `Europe/Berlin`.');
  const next = firstAfter(cron, timeZone, after);
  if (!next) throw unreadable('cron', 'There is no such day: it would never run.');
  return next;
};
