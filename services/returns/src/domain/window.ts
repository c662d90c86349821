import { clockIn, offsetIn, zoneOf } from '@cartage/contracts';

const DAY_MS = 86_400_000;

interface LocalDay {
  readonly year: number;
  readonly month: number;
  readonly day: number;
}

const dayOf = (zone: string, instant: number): LocalDay => {
  const shown = new Date(clockIn(zone, instant));
  return { year: shown.getUTCFullYear(), month: shown.getUTCMonth(), day: shown.getUTCDate() };
};

/** The last instant at which the clocks of a zone show 23:59:59.999 of a day; where they are set back at midnight that is the second time. */
const endOfDay = (zone: string, { year, month, day }: LocalDay): number => {
  const shown = Date.UTC(year, month, day, 23, 59, 59, 999);
  const instants = [shown - DAY_MS, shown + DAY_MS].map((near) => shown - offsetIn(zone, near));
  const exact = instants.filter((instant) => instant + offsetIn(zone, instant) === shown);
  // A day that a zone left out (Samoa, 2011) has no such instant.
  return Math.max(...(exact.length > 0 ? exact : instants));
};

/**
 * A deadline in days ends with a day: that many days after the day on which it began, at 23:59:59.999, both by the clocks of the place (as Regulation (EEC) 1182/71, article
 * 3 has it for the EU). ISO 8601, UTC.
 */
export const endOfDays = (days: number, since: string, place: { readonly country?: string; readonly region?: string }): string => {
  const zone = zoneOf(place);
  const { year, month, day } = dayOf(zone, Date.parse(since));
  return new Date(endOfDay(zone, { year, month, day: day + days })).toISOString();
};
