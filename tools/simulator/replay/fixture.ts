import { mkdtempSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { gzipSync } from 'node:zlib';
import type { Row } from './file';

export const header = 'InvoiceNo,StockCode,Description,Quantity,InvoiceDate,UnitPrice,CustomerID,Country';

/** A file of these lines, packed like the real one. */
export const fileOf = (lines: readonly string[]): string => {
  const file = join(mkdtempSync(join(tmpdir(), 'cartage-replay-')), 'invoices.csv.gz');
  writeFileSync(file, gzipSync(`${[header, ...lines].join('\n')}\n`));
  return file;
};

export const row = (fields: Partial<Row>): Row => ({
  invoice: '536365',
  lineId: '1',
  sku: '85123A',
  description: 'WHITE HANGING HEART',
  quantity: 6,
  price: '2.55',
  date: '2010-12-01 08:26:00',
  customer: '17850',
  country: 'United Kingdom',
  ...fields,
});
