import { offsetIn, zoneOf } from '@cartage/contracts';

/** Minutes since midnight, by the customer's clock; `from` may be later than `to`: over midnight. */
export interface QuietHours {
  readonly from: number;
  readonly to: number;
}

const MINUTE_MS = 60_000;
const DAY = 24 * 60;

/** `21:00-08:00`; nothing where it is not that. */
export const quietHoursIn = (text: string): QuietHours | undefined => {
  const [, ...digits] = /^([01]\d|2[0-3]):([0-5]\d)-([01]\d|2[0-3]):([0-5]\d)$/.exec(text) ?? [];
  const [hour, minute, hourTo, minuteTo] = digits.map(Number);
  if (hour === undefined || minute === undefined || hourTo === undefined || minuteTo === undefined) return undefined;
  return { from: hour * 60 + minute, to: hourTo * 60 + minuteTo };
};

const isQuiet = ({ from, to }: QuietHours, minute: number): boolean =>
  from <= to ? minute >= from && minute < to : minute >= from || minute < to;

/** When nobody is to be disturbed at this instant: the end of it, ISO 8601 UTC. By the clocks of the destination. */
export const quietUntil = (
  hours: QuietHours | undefined,
  place: { readonly country?: string; readonly region?: string },
  now: string,
): string | undefined => {
  if (!hours) return undefined;
  const zone = zoneOf(place);
  const minutesAt = (at: number): number => Math.floor((at + offsetIn(zone, at)) / MINUTE_MS);
  const instant = Date.parse(now);
  const minutes = minutesAt(instant);
  if (!isQuiet(hours, minutes % DAY)) return undefined;
  const end = (minutes + ((hours.to - (minutes % DAY) + DAY) % DAY)) * MINUTE_MS;
  // The clocks may be set meanwhile: by the offset of then. Where they leap over the end itself, no clock shows it, and it comes when it would have come.
  const unset = end - offsetIn(zone, instant);
  const until = end - offsetIn(zone, unset);
  return new Date(isQuiet(hours, minutesAt(until) % DAY) ? unset : until).toISOString();
};
