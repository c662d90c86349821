import { zoneOf } from './zones';

const DAY_MS = 86_400_000;

interface LocalDay {
  readonly year: number;
  readonly month: number;
  readonly day: number;
}

/** Making a format takes longer than a hundred uses of it. At most one for each zone. */
const formats = new Map<string, Intl.DateTimeFormat>();
const formatOf = (timeZone: string): Intl.DateTimeFormat => {
  const kept = formats.get(timeZone);
  if (kept) return kept;
  const digits = { year: 'numeric', month: '2-digit', day: '2-digit', hour: '2-digit', minute: '2-digit', second: '2-digit' } as const;
  const made = new Intl.DateTimeFormat('en-US', { timeZone, hourCycle: 'h23', ...digits });
  formats.set(timeZone, made);
  return made;
};

/** What the clocks of a zone show at an instant, as if they were clocks of UTC. */
const shownAt = (zone: string, instant: number): number => {
  const parts = new Map(
    formatOf(zone)
      .formatToParts(instant)
      .map(({ type, value }) => [type, Number(value)]),
  );
  const at = (type: Intl.DateTimeFormatPartTypes): number => parts.get(type) ?? 0;
  return Date.UTC(at('year'), at('month') - 1, at('day'), at('hour'), at('minute'), at('second'));
};

const offsetAt = (zone: string, instant: number): number => shownAt(zone, instant) - Math.floor(instant / 1000) * 1000;

const dayOf = (zone: string, instant: number): LocalDay => {
  const shown = new Date(shownAt(zone, instant));
  return { year: shown.getUTCFullYear(), month: shown.getUTCMonth(), day: shown.getUTCDate() };
};

/** The last instant at which the clocks of a zone show 23:59:59.999 of a day; where they are set back at midnight that is the second time. */
const endOfDay = (zone: string, { year, month, day }: LocalDay): number => {
  const shown = Date.UTC(year, month, day, 23, 59, 59, 999);
  const instants = [shown - DAY_MS, shown + DAY_MS].map((near) => shown - offsetAt(zone, near));
  const exact = instants.filter((instant) => instant + offsetAt(zone, instant) === shown);
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
