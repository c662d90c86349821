import type { Destination, Personal } from '@cartage/contracts';

/** Where an order is to go, as a channel tells it: personal. */
export interface ShipTo {
  readonly lines: readonly string[];
  readonly city: string;
  readonly region?: string | undefined;
  readonly postalCode?: string | undefined;
  readonly country: string;
  readonly latitude?: number | undefined;
  readonly longitude?: number | undefined;
}

const squeezed = (postalCode: string): string => postalCode.toUpperCase().replaceAll(/[\s-]/g, '');

/** How much of a postal code names an area and no household. Countries that are not here keep theirs sealed whole. */
const areas: { readonly [country: string]: RegExp } = {
  GB: /^([A-Z]{1,2}[0-9][A-Z0-9]?)[0-9][A-Z]{2}$/,
  US: /^([0-9]{5})(?:[0-9]{4})?$/,
  CA: /^([A-Z][0-9][A-Z])[0-9][A-Z][0-9]$/,
};

export const postalAreaOf = (country: string, postalCode: string | undefined): string | undefined =>
  postalCode === undefined ? undefined : areas[country]?.exec(squeezed(postalCode))?.[1];

/** About 1 km: near enough to route by, too coarse to find a house. */
const coarse = (degrees: number): number => Math.round(degrees * 100) / 100;

/** What may be known of a destination without the customer's key. */
export const destinationOf = ({ country, postalCode, region, latitude, longitude }: ShipTo): Destination => {
  const postalArea = postalAreaOf(country, postalCode);
  return {
    country,
    ...(postalArea === undefined ? {} : { postalArea }),
    ...(region === undefined ? {} : { region }),
    ...(latitude === undefined || longitude === undefined ? {} : { latitude: coarse(latitude), longitude: coarse(longitude) }),
  };
};

export const addressOf = ({ lines, city, region, postalCode, country }: ShipTo): Personal['address'] => ({
  lines,
  city,
  ...(region === undefined ? {} : { region }),
  ...(postalCode === undefined ? {} : { postalCode }),
  country,
});
