import { isCountry } from '@cartage/contracts';
import { parse } from 'csv-parse/sync';
import type { QuoteRequest } from '../../app/carrier';

/** One price: for a parcel of at most so many grams to a zone. A zone is a country, and a part of it where a postal prefix is given. */
interface Rate {
  readonly service: string;
  /** ISO 3166-1 alpha-2; `*` for every country that has no row of its own. */
  readonly country: string;
  readonly postalPrefix: string;
  readonly upToGrams: number;
  /** Minor units. */
  readonly price: number;
  readonly days: number;
}

export interface RateTable {
  readonly currency: string;
  /** From the slowest to the fastest. */
  readonly services: readonly string[];
  /** What all its parcels cost together; or why they do not go. */
  priceOf(service: string, way: Pick<QuoteRequest, 'recipient' | 'parcels'>): Price | Unpriced;
}
export interface Price {
  readonly cost: number;
  readonly days: number;
}
export interface Unpriced {
  readonly code: string;
  readonly detail: string;
}

const columns = ['service', 'country', 'postal_prefix', 'up_to_grams', 'price', 'currency', 'days'] as const;
type Row = { readonly [Column in (typeof columns)[number]]: string };

/** Postal codes are compared without the spaces and hyphens that people do or do not write. */
const plain = (code: string): string => code.replaceAll(/[\s-]/g, '').toUpperCase();

const faultIn = (row: Row): string | undefined => {
  if (!/^[a-z][a-z0-9-]{0,49}$/.test(row.service))
    return `service ${JSON.stringify(row.service)} is no name of small letters, digits and hyphens`;
  if (row.country !== '*' && !isCountry(row.country))
    return `country ${JSON.stringify(row.country)} is no ISO 3166-1 alpha-2 code and no *`;
  if (row.country === '*' && row.postal_prefix !== '') return 'a postal_prefix needs its country';
  if (!/^[A-Z]{3}$/.test(row.currency)) return `currency ${JSON.stringify(row.currency)} is no ISO 4217 code`;
  const number = (['up_to_grams', 'price', 'days'] as const).find((column) => !/^\d{1,9}$/.test(row[column]));
  return number && `${number} ${JSON.stringify(row[number])} is no whole number`;
};

const keyOf = (row: Row): string => [row.service, row.country, plain(row.postal_prefix), row.up_to_grams].join(' ');

const checked = (rows: readonly Row[]): readonly Row[] => {
  const seen = new Set<string>();
  rows.forEach((row, i) => {
    const fault = faultIn(row) ?? (seen.has(keyOf(row)) ? 'says again what an earlier line says' : undefined);
    if (fault !== undefined) throw new Error(`Rate table, line ${i + 2}: ${fault}.`);
    if (row.currency !== rows[0]?.currency) throw new Error(`Rate table, line ${i + 2}: all prices are of one currency.`);
    seen.add(keyOf(row));
  });
  return rows;
};

const rateOf = (row: Row): Rate => ({
  service: row.service,
  country: row.country,
  postalPrefix: plain(row.postal_prefix),
  upToGrams: Number(row.up_to_grams),
  price: Number(row.price),
  days: Number(row.days),
});

/** The rows of the zone that an address is in: the longest prefix of its country, or else every other country. */
const zoneOf = (rates: readonly Rate[], country: string, postalCode: string): readonly Rate[] => {
  const inCountry = rates.filter((rate) => rate.country === country && postalCode.startsWith(rate.postalPrefix));
  if (inCountry.length === 0) return rates.filter((rate) => rate.country === '*');
  const longest = Math.max(...inCountry.map(({ postalPrefix }) => postalPrefix.length));
  return inCountry.filter(({ postalPrefix }) => postalPrefix.length === longest);
};

const ofParcel = (zone: readonly Rate[], grams: number): Rate | undefined =>
  zone.filter(({ upToGrams }) => grams <= upToGrams).toSorted((a, b) => a.upToGrams - b.upToGrams)[0];

const priced = (zone: readonly Rate[], parcels: QuoteRequest['parcels']): Price | Unpriced => {
  const found = parcels.map(({ weightGrams }) => ofParcel(zone, weightGrams));
  const without = found.indexOf(undefined);
  if (without >= 0)
    return {
      code: 'too-heavy',
      detail: `There is no price for parcel ${parcels[without]?.parcelId ?? ''} of ${parcels[without]?.weightGrams ?? 0} g.`,
    };
  const rates = found.filter((rate) => rate !== undefined);
  return { cost: rates.reduce((sum, { price }) => sum + price, 0), days: Math.max(...rates.map(({ days }) => days)) };
};

const servicesOf = (rates: readonly Rate[]): readonly string[] => {
  const slowest = (service: string): number => Math.max(...rates.filter((rate) => rate.service === service).map(({ days }) => days));
  return [...new Set(rates.map(({ service }) => service))].toSorted((a, b) => slowest(b) - slowest(a));
};

/** Reads a table of rates; throws, with the line, what cannot be relied on. */
export const rateTableOf = (csv: string): RateTable => {
  const rows = parse(csv, { bom: true, columns: true, trim: true, skip_empty_lines: true }) as readonly Row[];
  const missing = columns.filter((column) => !(column in (rows[0] ?? {})));
  if (missing.length > 0) throw new Error(`Rate table: it has no line below its header, or no column ${missing.join(', ')}.`);
  const rates = checked(rows).map(rateOf);
  return {
    currency: rows[0]?.currency ?? '',
    services: servicesOf(rates),
    priceOf: (service, { recipient: { address }, parcels }) => {
      const ofService = rates.filter((rate) => rate.service === service);
      const zone = zoneOf(ofService, address.country, plain(address.postalCode ?? ''));
      if (zone.length > 0) return priced(zone, parcels);
      return { code: 'not-served', detail: `No ${service} to ${address.country} ${address.postalCode ?? ''}.` };
    },
  };
};
