import { isCountry, postalAreaOf, type Destination, type Personal } from '@cartage/contracts';
import { kinds, type Faults } from './faults';
import type { ShipTo } from './placement';
import { present } from './present';

/** Where something goes: as it is kept, which is personal, and what of it may be known without the customer's key. */
export interface Place {
  readonly address: NonNullable<Personal['address']>;
  readonly destination: Destination;
}

const degrees = (faults: Faults, told: number | null | undefined, field: string): number | undefined => {
  const name = field.slice(field.lastIndexOf('.') + 1);
  const most = name === 'latitude' ? 90 : 180;
  const value = told ?? undefined;
  if (value !== undefined && !(Math.abs(value) <= most))
    faults.note(field, `${name.toUpperCase()}_INVALID`, `must be degrees from -${most} to ${most}`);
  return value;
};

/** Blank lines are left out; an address needs one. */
const addressLines = (faults: Faults, told: readonly string[], at: string): readonly string[] => {
  const lines = told.flatMap((line, i) => faults.optionalText(kinds.addressLine, line, `${at}[${i}]`) ?? []);
  if (lines.length === 0) faults.note(at, 'ADDRESS_MISSING', 'must say where in the city');
  return lines;
};

const addressOf = (faults: Faults, shipTo: ShipTo, at: string): Place['address'] => {
  const { country } = shipTo;
  if (!isCountry(country)) faults.note(`${at}.country`, 'COUNTRY_UNKNOWN', 'must be an ISO 3166-1 alpha-2 code in capitals, such as GB');
  const region = faults.optionalText(kinds.region, shipTo.region, `${at}.region`);
  const postalCode = faults.optionalText(kinds.postalCode, shipTo.postalCode, `${at}.postalCode`);
  return {
    lines: addressLines(faults, shipTo.lines, `${at}.lines`),
    city: faults.text(kinds.city, shipTo.city, `${at}.city`),
    ...present({ region, postalCode }),
    country,
  };
};

/** About 1 km: near enough to route by, too coarse to find a house. */
const coarse = (value: number): number => Math.round(value * 100) / 100;

export const placeOf = (faults: Faults, shipTo: ShipTo, at = 'shipTo'): Place => {
  const address = addressOf(faults, shipTo, at);
  const { country, postalCode, region } = address;
  const postalArea = postalCode === undefined ? undefined : postalAreaOf(country, postalCode);
  const latitude = degrees(faults, shipTo.latitude, `${at}.latitude`);
  const longitude = degrees(faults, shipTo.longitude, `${at}.longitude`);
  const point = latitude === undefined || longitude === undefined ? {} : { latitude: coarse(latitude), longitude: coarse(longitude) };
  return { address, destination: { country, ...present({ postalArea, region }), ...point } };
};
