import { clockIn, offsetIn, type PublicEvent } from '@cartage/contracts';
import type { DataOf } from '@cartage/eventsourcing';

/** When a location works, as inventory told of it. */
export type WorkCalendar = NonNullable<DataOf<PublicEvent, 'LocationChanged'>['calendar']>;

/** A location's own clock and calendar. Without a calendar every day is a working day. */
export interface WorkTimes {
  /** IANA name. */
  readonly timeZone: string;
  readonly calendar?: WorkCalendar;
}

const DAY_MS = 86_400_000;
/** Who is closed for longer than this is closed. */
const FARTHEST_DAYS = 60;
const weekdays = ['sunday', 'monday', 'tuesday', 'wednesday', 'thursday', 'friday', 'saturday'] as const;

const dayAfter = (day: string, days: number): string => new Date(Date.parse(day) + days * DAY_MS).toISOString().slice(0, 10);

const hoursOn = ({ calendar }: WorkTimes, day: string): { readonly closes: string } | undefined => {
  if (!calendar) return { closes: '24:00' };
  return calendar.closedOn.includes(day) ? undefined : calendar.hours[weekdays[new Date(day).getUTCDay()] ?? 'sunday'];
};

/** Until when, by local time, work that comes is begun on the same day. */
const cutOffOf = ({ calendar }: WorkTimes, closes: string, service: string | undefined): string => {
  const cutOffs = calendar?.cutOffs ?? [];
  const own = cutOffs.find((each) => each.service === service) ?? cutOffs.find((each) => each.service === undefined);
  return own && own.until < closes ? own.until : closes;
};

/** The offset of a zone changes at most on a quarter of an hour, and asking the platform for it takes longer than a decision: it is asked once for each. */
const QUARTER_MS = 900_000;
const offsets = new Map<string, { readonly quarter: number; readonly offset: number }>();
const localTime = (zone: string, instant: number): string => {
  const quarter = Math.floor(instant / QUARTER_MS);
  const kept = offsets.get(zone);
  const offset = kept?.quarter === quarter ? kept.offset : clockIn(zone, quarter * QUARTER_MS) - quarter * QUARTER_MS;
  offsets.set(zone, { quarter, offset });
  return new Date(instant + offset).toISOString();
};

/**
 * The location's working days on which something that comes at this instant can be begun, the first of them today, unless it comes after the cut-off or it is closed.
 * At most `count`; none where it has closed for good.
 */
export const workDaysFrom = (times: WorkTimes, at: string, { service, count }: WorkDaysWanted): readonly string[] => {
  const now = localTime(times.timeZone, Date.parse(at));
  const today = now.slice(0, 10);
  const days: string[] = [];
  for (let ahead = 0; ahead <= FARTHEST_DAYS && days.length < count; ahead += 1) {
    const day = dayAfter(today, ahead);
    const hours = hoursOn(times, day);
    if (hours && (ahead > 0 || now.slice(11, 16) < cutOffOf(times, hours.closes, service))) days.push(day);
  }
  return days;
};

export interface WorkDaysWanted {
  /** The delivery service that was sold: cut-offs may be its own. */
  readonly service?: string | undefined;
  readonly count: number;
}

/** When a day begins at a location. */
export const beginOf = ({ timeZone }: WorkTimes, day: string): string => {
  const shown = Date.parse(day);
  const near = shown - offsetIn(timeZone, shown);
  return new Date(shown - offsetIn(timeZone, near)).toISOString();
};

/** The last second there of the day that is so many days after that of an instant. */
export const lastOfDay = (times: WorkTimes, at: string, days: number): string => {
  const next = beginOf(times, dayAfter(localTime(times.timeZone, Date.parse(at)).slice(0, 10), days + 1));
  return new Date(Date.parse(next) - 1_000).toISOString();
};

/** Whole days from one day to a later one. */
export const daysBetween = (from: string, to: string): number => Math.round((Date.parse(to) - Date.parse(from)) / DAY_MS);
