import { distanceKm, type Point } from '@cartage/contracts';
import type { QuoteRequest } from '../../app/carrier';

const pointOf = (place: Partial<Point> | undefined): Point | undefined =>
  place?.latitude === undefined || place.longitude === undefined ? undefined : { latitude: place.latitude, longitude: place.longitude };

export type Zone = 'local' | 'regional' | 'national' | 'near-abroad' | 'far-abroad';

type Way = Pick<QuoteRequest, 'origin' | 'destination'>;

const kilometresOf = ({ origin, destination }: Way): number | undefined => {
  const [from, to] = [pointOf(origin), pointOf(destination)];
  return from && to ? distanceKm(from, to) : undefined;
};

/** Without coordinates: the middle one. */
const zoneAtHome = (distance = 500): Zone => {
  if (distance <= 100) return 'local';
  return distance <= 500 ? 'regional' : 'national';
};

/** By country, then by distance; a way abroad of unknown length counts as far. */
export const zoneOf = (way: Way): Zone => {
  const distance = kilometresOf(way);
  const { country } = way.origin;
  if (country === undefined || country === way.destination?.country) return zoneAtHome(distance);
  return distance !== undefined && distance <= 2_000 ? 'near-abroad' : 'far-abroad';
};

/** Minor units: for a parcel, and for each half kilogram begun. */
const rates: { readonly [Each in Zone]: { readonly parcel: number; readonly halfKilo: number } } = {
  local: { parcel: 280, halfKilo: 20 },
  regional: { parcel: 340, halfKilo: 30 },
  national: { parcel: 420, halfKilo: 40 },
  'near-abroad': { parcel: 980, halfKilo: 110 },
  'far-abroad': { parcel: 1_850, halfKilo: 240 },
};

/** What a consignment costs, in minor units. Express is double. */
export const costOf = (consignment: QuoteRequest, service: string): number => {
  const { parcel, halfKilo } = rates[zoneOf(consignment)];
  const standard = consignment.parcels.reduce((sum, { weightGrams }) => sum + parcel + halfKilo * Math.ceil(weightGrams / 500), 0);
  return service === 'express' ? standard * 2 : standard;
};
