import countries from 'world-countries';
import type { Geocoder } from '../../app/network';
import type { Point } from '@cartage/contracts';
import { postalAreasIn } from './postal-codes';

/** Middles of countries (mledoze/countries, ODbL 1.0), and of postal areas where a folder of them is given. */
export const offlineGeocoder = (postalCodes: string): Geocoder => {
  const centres = new Map<string, Point>(countries.map(({ cca2, latlng: [latitude, longitude] }) => [cca2, { latitude, longitude }]));
  const areas = postalCodes === '' ? undefined : postalAreasIn(postalCodes);
  return {
    postalArea: async (country, area) => areas?.find(country, area),
    country: async (country) => centres.get(country),
  };
};
