import { offsetIn } from '@cartage/contracts';

/** A day of a calendar, such as `2026-12-25`: everywhere it is another span of time. Days compare as texts. */
export type LocalDay = string;

export const weekdays = ['monday', 'tuesday', 'wednesday', 'thursday', 'friday', 'saturday', 'sunday'] as const;
export type Weekday = (typeof weekdays)[number];

const DAY_MS = 86_400_000;
const MINUTE_MS = 60_000;

const utc = (day: LocalDay): number => Date.parse(`${day}T00:00:00Z`);

/** The day that the clocks of a zone show at an instant (ISO 8601). */
export const dayIn = (zone: string, instant: string): LocalDay => {
  const at = Date.parse(instant);
  return new Date(at + offsetIn(zone, at)).toISOString().slice(0, 10);
};

export const daysAfter = (day: LocalDay, days: number): LocalDay => new Date(utc(day) + days * DAY_MS).toISOString().slice(0, 10);

/** 1 January 1970 was a Thursday. */
export const weekdayOf = (day: LocalDay): Weekday => weekdays[(((utc(day) / DAY_MS + 3) % 7) + 7) % 7] ?? 'monday';

/**
 * When the clocks of a zone show so much (milliseconds as of UTC). Where they show it twice, the second time; where they leave it out, as much later as
 * they are set forward: a doubt is in the customer's favour.
 */
const shownIn = (zone: string, shown: number): string => {
  const instants = [shown - DAY_MS, shown + DAY_MS].map((near) => shown - offsetIn(zone, near));
  const exact = instants.filter((instant) => instant + offsetIn(zone, instant) === shown);
  return new Date(Math.max(...(exact.length > 0 ? exact : instants))).toISOString();
};

/** When it is that time of that day; `time` by the clocks of the zone, such as `14:00`. */
export const instantOf = (zone: string, day: LocalDay, time: string): string => {
  const [hours = 0, minutes = 0] = time.split(':').map(Number);
  return shownIn(zone, utc(day) + (hours * 60 + minutes) * MINUTE_MS);
};

/** The last millisecond of a day. */
export const endOf = (zone: string, day: LocalDay): string => shownIn(zone, utc(day) + DAY_MS - 1);
