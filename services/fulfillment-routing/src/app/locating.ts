import type { Destination } from '@cartage/contracts';
import type { Located } from '../domain/facts';
import type { Geocoder } from './network';

/** Where goods go, as exactly as can be known without opening what is personal. */
export const locate = async (geocoder: Geocoder, destination: Destination | undefined): Promise<Located> => {
  if (!destination) return { locatedBy: 'unknown' };
  const { country, postalArea, latitude, longitude } = destination;
  if (latitude !== undefined && longitude !== undefined) return { locatedBy: 'coordinates', latitude, longitude };
  const area = postalArea === undefined ? undefined : await geocoder.postalArea(country, postalArea);
  if (area) return { locatedBy: 'postal-area', ...area };
  const centre = await geocoder.country(country);
  return centre ? { locatedBy: 'country', ...centre } : { locatedBy: 'unknown' };
};
