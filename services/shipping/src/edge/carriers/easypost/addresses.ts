import { isCountry } from '@cartage/contracts';
import type { Consignment, QuoteRequest } from '../../../app/carrier';

/** As EasyPost writes it. */
export interface EasyPostAddress {
  readonly name: string;
  readonly company?: string;
  readonly street1: string;
  readonly street2?: string;
  readonly city: string;
  readonly state?: string;
  readonly zip?: string;
  readonly country: string;
  readonly phone?: string;
  readonly email?: string;
}

/** Where each location’s parcels start, by its code: inventory tells no streets. */
export type Senders = ReadonlyMap<string, EasyPostAddress>;

const known = ['name', 'company', 'street1', 'street2', 'city', 'state', 'zip', 'country', 'phone', 'email'] as const;
const needed = ['name', 'street1', 'city', 'country'] as const;

const faultIn = (address: unknown): string | undefined => {
  if (typeof address !== 'object' || address === null) return 'must be an object';
  const fields = address as Readonly<Record<string, unknown>>;
  const strange = Object.keys(fields).find((field) => !(known as readonly string[]).includes(field));
  if (strange !== undefined) return `${strange} is no field of it`;
  const bad = known.find((field) => fields[field] !== undefined && (typeof fields[field] !== 'string' || fields[field] === ''));
  if (bad !== undefined) return `${bad} must be a text`;
  const missing = needed.find((field) => fields[field] === undefined);
  if (missing !== undefined) return `${missing} is missing`;
  return isCountry(String(fields['country'])) ? undefined : 'country must be an ISO 3166-1 alpha-2 code';
};

/** Reads the file of senders; throws, with the location, what cannot be relied on. */
export const sendersOf = (json: string): Senders => {
  const addresses: unknown = JSON.parse(json);
  if (typeof addresses !== 'object' || addresses === null || Array.isArray(addresses))
    throw new Error('EasyPost senders: must be an object of addresses by location code.');
  return new Map(
    Object.entries(addresses).map(([location, address]) => {
      const fault = faultIn(address);
      if (fault !== undefined) throw new Error(`EasyPost senders, ${location}: ${fault}.`);
      return [location, address as EasyPostAddress] as const;
    }),
  );
};

/** All of the address: two streets are all that there are, so further lines go on in the second. */
export const recipientOf = ({ recipient: { name, phone, email, address } }: Pick<QuoteRequest, 'recipient'>): EasyPostAddress => {
  const [street1 = '', ...more] = address.lines;
  return {
    name,
    street1,
    ...(more.length > 0 ? { street2: more.join(', ') } : {}),
    city: address.city,
    ...(address.region === undefined ? {} : { state: address.region }),
    ...(address.postalCode === undefined ? {} : { zip: address.postalCode }),
    country: address.country,
    ...(phone === undefined ? {} : { phone }),
    ...(email === undefined ? {} : { email }),
  };
};

const GRAMS_IN_OUNCE = 28.349523125;
const MM_IN_INCH = 25.4;
/** Never less than it is: what is declared too light is charged afterwards. */
const tenths = (value: number): number => Math.max(0.1, Math.ceil(value * 10 - 1e-9) / 10);

export const ouncesOf = (grams: number): number => tenths(grams / GRAMS_IN_OUNCE);

/** Ounces and inches. */
export const parcelOf = ({ weightGrams, lengthMm, widthMm, heightMm }: Consignment['parcels'][number]) => ({
  weight: ouncesOf(weightGrams),
  ...(lengthMm !== undefined && widthMm !== undefined && heightMm !== undefined
    ? { length: tenths(lengthMm / MM_IN_INCH), width: tenths(widthMm / MM_IN_INCH), height: tenths(heightMm / MM_IN_INCH) }
    : {}),
});
