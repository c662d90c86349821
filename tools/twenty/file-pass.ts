import { createReadStream } from 'node:fs';
import { createInterface } from 'node:readline';
import { Writable } from 'node:stream';
import { pipeline } from 'node:stream/promises';
import { createGunzip } from 'node:zlib';
import { messageOf } from '@cartage/eventsourcing';
import { Trouble } from '../client/client';

/** A line of a sale, as the file says it. */
export interface Sold {
  readonly invoice: string;
  readonly sku: string;
  readonly units: number;
  readonly pence: number;
  /** `2010-12-01`. */
  readonly day: string;
  /** Empty for a guest. */
  readonly customer: string;
  /** ISO 3166-1 alpha-2. */
  readonly country: string;
}

const cellsOf = (line: string): readonly string[] =>
  Array.from(line.matchAll(/(?:^|,)(?:"((?:[^"]|"")*)"|([^,]*))/g), ([, quoted, plain]) => quoted?.replaceAll('""', '"') ?? plain ?? '');

/** Names of countries in the file that the standard knows by another. Jersey stands for both Channel Islands. */
const olderNames = new Map<string, string>([
  ...[['EIRE', 'IE'] as const, ['RSA', 'ZA'] as const, ['USA', 'US'] as const, ['Channel Islands', 'JE'] as const],
  ...[['Czech Republic', 'CZ'] as const, ['Hong Kong', 'HK'] as const],
]);

const letters = [...'ABCDEFGHIJKLMNOPQRSTUVWXYZ'];
const regions = new Intl.DisplayNames('en', { type: 'region', fallback: 'none' });
/** Codes that were replaced by another name the same country as it. */
const isCurrent = (code: string): boolean => Intl.getCanonicalLocales(`und-${code}`)[0] === `und-${code}`;
const codes = new Map(
  letters
    .flatMap((one) => letters.map((other) => one + other))
    .filter(isCurrent)
    .map((code) => [regions.of(code) ?? '', code] as const),
);

const codeOf = (country: string): string | undefined => olderNames.get(country) ?? codes.get(country);

/** To the penny, half up: prices have three decimals at most. */
const penceOf = (units: number, price: string): number => {
  const [whole = '0', part = ''] = price.split('.');
  const tenths = BigInt(whole) * 1_000n + BigInt(part.padEnd(3, '0').slice(0, 3));
  return Number((BigInt(units) * tenths + 5n) / 10n);
};

/** Why a line is no sale that can be ordered. */
const isNoSale: readonly ((line: Omit<Sold, 'pence' | 'day'> & { readonly price: string }) => boolean)[] = [
  // Credits begin with C, adjustments of bad debt with A.
  ({ invoice }) => !/^\d/.test(invoice),
  ({ units }) => !(units > 0),
  ({ price }) => price.startsWith('-'),
  ({ sku }) => sku === '',
  ({ country }) => country === '',
];

/** Columns of the file in their order; the third describes the thing. */
const columns = ['invoice', 'sku', 'title', 'units', 'at', 'price', 'customer', 'country'] as const;

const soldIn = (row: readonly string[]): readonly Sold[] => {
  const cell = (name: (typeof columns)[number]): string => row[columns.indexOf(name)] ?? '';
  const [invoice, customer, price] = [cell('invoice'), cell('customer'), cell('price')];
  const line = { invoice, customer, sku: cell('sku').trim(), units: Number(cell('units')), country: codeOf(cell('country')) ?? '' };
  if (isNoSale.some((holds) => holds({ ...line, price }))) return [];
  return [{ ...line, pence: penceOf(line.units, price), day: cell('at').slice(0, 10) }];
};

/** Whoever reads lines is told the end of a stream, and of its errors nothing: so it is read to its end first. */
const requireReadable = async (file: string): Promise<void> => {
  const bytes = createReadStream(file);
  const nowhere = new Writable({ write: (_chunk, _encoding, written) => written() });
  try {
    await (file.endsWith('.gz') ? pipeline(bytes, createGunzip(), nowhere) : pipeline(bytes, nowhere));
  } catch (error) {
    throw new Trouble(`${file} cannot be read: ${messageOf(error)}.`, { cause: error });
  }
};

/** Every line of the file but its header, in cells. */
async function* rowsOf(file: string): AsyncGenerator<readonly string[]> {
  const bytes = createReadStream(file);
  const input = file.endsWith('.gz') ? bytes.pipe(createGunzip()) : bytes;
  let isHeader = true;
  for await (const line of createInterface({ input, crlfDelay: Number.POSITIVE_INFINITY })) {
    if (!isHeader && line !== '') yield cellsOf(line);
    isHeader = false;
  }
}

/**
 * The sales of a file, line by line, of its first `limit` invoices, those among them that are no sales counted, too. It shares no code with the replay.
 * Its columns must stand in their usual order, without line breaks in texts.
 */
export const salesIn = async (file: string, limit = Number.POSITIVE_INFINITY): Promise<readonly Sold[]> => {
  await requireReadable(file);
  const [invoices, sold] = [new Set<string>(), [] as Sold[]];
  for await (const row of rowsOf(file)) {
    if (invoices.add(row[0] ?? '').size > limit) break;
    sold.push(...soldIn(row));
  }
  return sold;
};
