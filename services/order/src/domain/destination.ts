import { isCountry, postalAreaOf, type Destination, type Personal } from '@cartage/contracts';
import { kinds, type Faults } from './faults';
import type { ShipTo } from './placement';
import { present } from './present';

const degrees = (faults: Faults, told: number | null | undefined, field: 'latitude' | 'longitude'): number | undefined => {
  const most = field === 'latitude' ? 90 : 180;
  const value = told ?? undefined;
  if (value !== undefined && !(Math.abs(value) <= most))
    faults.note(`shipTo.${field}`, `${field.toUpperCase()}_INVALID`, `must be degrees from -${most} to ${most}`);
  return value;
};

/** Blank lines are left out; an address needs one. */
const addressLines = (faults: Faults, told: readonly string[]): readonly string[] => {
  const lines = told.flatMap((line, i) => faults.optionalText(kinds.addressLine, line, `shipTo.lines[${i}]`) ?? []);
  if (lines.length === 0) faults.note('shipTo.lines', 'ADDRESS_MISSING', 'must say where in the city');
  return lines;
};

/** Where an order goes, as it is kept: personal. */
export const addressOf = (faults: Faults, shipTo: ShipTo): Personal['address'] => {
  const { country } = shipTo;
  if (!isCountry(country)) faults.note('shipTo.country', 'COUNTRY_UNKNOWN', 'must be an ISO 3166-1 alpha-2 code in capitals, such as GB');
  const region = faults.optionalText(kinds.region, shipTo.region, 'shipTo.region');
  const postalCode = faults.optionalText(kinds.postalCode, shipTo.postalCode, 'shipTo.postalCode');
  return {
    lines: addressLines(faults, shipTo.lines),
    city: faults.text(kinds.city, shipTo.city, 'shipTo.city'),
    ...present({ region, postalCode }),
    country,
  };
};

/** About 1 km: near enough to route by, too coarse to find a house. */
const coarse = (value: number): number => Math.round(value * 100) / 100;

/** What may be known of a destination without the customer's key. */
export const destinationOf = (faults: Faults, { country, postalCode, region }: Personal['address'], shipTo: ShipTo): Destination => {
  const postalArea = postalCode === undefined ? undefined : postalAreaOf(country, postalCode);
  const latitude = degrees(faults, shipTo.latitude, 'latitude');
  const longitude = degrees(faults, shipTo.longitude, 'longitude');
  return {
    country,
    ...present({ postalArea, region }),
    ...(latitude === undefined || longitude === undefined ? {} : { latitude: coarse(latitude), longitude: coarse(longitude) }),
  };
};
