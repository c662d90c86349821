import { offsetIn, zoneOf } from '@cartage/contracts';

const DAY_MS = 86_400_000;

/** Where a location's clocks are: as it says, or else its country's. */
export const clockOf = ({ timeZone, country }: { readonly timeZone?: string; readonly country?: string }): string =>
  timeZone ?? zoneOf(country === undefined ? {} : { country });

/** The date that the clocks of a zone show, such as `2026-11-27`. */
export const localDay = (zone: string, at: Date): string =>
  new Date(at.getTime() + offsetIn(zone, at.getTime())).toISOString().slice(0, 10);

/** The first instant after a local day; where the clocks are set that night, by how they stand after it. */
export const endOfDay = (zone: string, day: string): string => {
  const shown = Date.parse(`${day}T00:00:00Z`) + DAY_MS;
  const near = shown - offsetIn(zone, shown);
  return new Date(shown - offsetIn(zone, near)).toISOString();
};
