import { createReadStream } from 'node:fs';
import { access } from 'node:fs/promises';
import { join } from 'node:path';
import { pipeline } from 'node:stream/promises';
import { createGunzip } from 'node:zlib';
import { parse } from 'csv-parse';
import type { Point } from '@cartage/contracts';

/** A country's postal areas, each with the middle of its places. */
export interface PostalAreas {
  find(country: string, area: string): Promise<Point | undefined>;
}

interface Place {
  readonly zipcode: string;
  readonly latitude: string;
  readonly longitude: string;
}

const squeezed = (code: string): string => code.toUpperCase().replaceAll(/[\s-]/g, '');

/**
 * Reads `<country>.csv.gz` of a folder (columns `zipcode`, `latitude`, `longitude`; GeoNames as packed by zauberware) when a country is first
 * asked for, and keeps two numbers for each area. A country without a file has no areas.
 */
export const postalAreasIn = (folder: string): PostalAreas => {
  const countries = new Map<string, Promise<ReadonlyMap<string, Point>>>();
  const areasOf = (country: string): Promise<ReadonlyMap<string, Point>> => {
    const known = countries.get(country) ?? readCountry(folder, country);
    countries.set(country, known);
    // A file that could not be read is tried again by the next who asks.
    known.catch(() => countries.delete(country));
    return known;
  };
  return {
    find: async (country, area) => (/^[A-Z]{2}$/.test(country) ? (await areasOf(country)).get(squeezed(area)) : undefined),
  };
};

const readCountry = async (folder: string, country: string): Promise<ReadonlyMap<string, Point>> => {
  const file = join(folder, `${country.toLowerCase()}.csv.gz`);
  const there = await access(file).then(
    () => true,
    () => false,
  );
  return there ? middles(file) : new Map();
};

interface Sum {
  readonly latitude: number;
  readonly longitude: number;
  readonly places: number;
}

const middles = async (file: string): Promise<ReadonlyMap<string, Point>> => {
  const sums = new Map<string, Sum>();
  await pipeline(createReadStream(file), createGunzip(), parse({ columns: true }), async (rows: AsyncIterable<Place>) => {
    for await (const row of rows) add(sums, row);
  });
  return new Map(
    [...sums].map(([code, { latitude, longitude, places }]) => [code, { latitude: latitude / places, longitude: longitude / places }]),
  );
};

const add = (sums: Map<string, Sum>, { zipcode, latitude, longitude }: Place): void => {
  const [lat, lng] = [Number.parseFloat(latitude), Number.parseFloat(longitude)];
  if (!Number.isFinite(lat) || !Number.isFinite(lng)) return;
  const code = squeezed(zipcode);
  const sum = sums.get(code) ?? { latitude: 0, longitude: 0, places: 0 };
  sums.set(code, { latitude: sum.latitude + lat, longitude: sum.longitude + lng, places: sum.places + 1 });
};
