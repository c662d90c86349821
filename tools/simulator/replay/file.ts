import { createReadStream } from 'node:fs';
import { createGunzip } from 'node:zlib';
import { parse } from 'csv-parse';
import { Trouble } from '../problem';

/** A line of an invoice as it stands in the file. */
export interface Row {
  readonly invoice: string;
  /** Which line of its invoice it is: 1, 2, … */
  readonly lineId: string;
  readonly sku: string;
  readonly description: string;
  readonly quantity: number;
  /** Pounds, as written. */
  readonly price: string;
  /** `2010-12-01 08:26:00`. */
  readonly date: string;
  /** Empty for a guest. */
  readonly customer: string;
  readonly country: string;
}

/** A file of invoices, or its part before invoice number `limit + 1`. */
export interface Source {
  readonly file: string;
  readonly limit?: number | undefined;
}

type Raw = Readonly<
  Record<'InvoiceNo' | 'StockCode' | 'Description' | 'Quantity' | 'InvoiceDate' | 'UnitPrice' | 'CustomerID' | 'Country', string>
>;
const columns: readonly (keyof Raw)[] = [
  'InvoiceNo',
  'StockCode',
  'Description',
  'Quantity',
  'InvoiceDate',
  'UnitPrice',
  'CustomerID',
  'Country',
];

const checked = (header: readonly string[]): string[] => {
  const missing = columns.filter((column) => !header.includes(column));
  if (missing.length === 0) return [...header];
  throw new Trouble(`The file has no column ${missing.join(', ')}. It must have ${columns.join(', ')}.`);
};

const rowOf = (raw: Raw, lineId: string): Row => ({
  invoice: raw.InvoiceNo.trim(),
  lineId,
  sku: raw.StockCode.trim(),
  description: raw.Description.trim(),
  quantity: Number(raw.Quantity),
  price: raw.UnitPrice,
  date: raw.InvoiceDate,
  customer: raw.CustomerID.replace(/\.0$/, ''),
  country: raw.Country,
});

const rawRows = (file: string): AsyncIterable<Raw> => {
  const parser = parse({ columns: checked, bom: true });
  const passOn = (error: Error): void => void parser.destroy(error);
  const bytes = createReadStream(file).on('error', passOn);
  if (file.endsWith('.gz')) bytes.pipe(createGunzip().on('error', passOn)).pipe(parser);
  else bytes.pipe(parser);
  return parser;
};

/** What the system or the parser says of the file, in one line with its name. */
const readable = (file: string, error: unknown): unknown => {
  if (error instanceof Trouble || typeof error !== 'object' || error === null || !('code' in error) || !('message' in error)) return error;
  return new Trouble(`${file} cannot be read: ${String(error.message)}`);
};

/** The rows in file order, one at a time. An invoice's rows need not stand together; its lines are counted through. */
export async function* rowsOf({ file, limit = Number.POSITIVE_INFINITY }: Source): AsyncGenerator<Row> {
  const lines = new Map<string, number>();
  try {
    for await (const raw of rawRows(file)) {
      const before = lines.get(raw.InvoiceNo) ?? 0;
      if (before === 0 && lines.size >= limit) return;
      lines.set(raw.InvoiceNo, before + 1);
      yield rowOf(raw, String(before + 1));
    }
  } catch (error) {
    throw readable(file, error);
  }
}
