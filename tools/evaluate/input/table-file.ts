import { createReadStream } from 'node:fs';
import { createGunzip } from 'node:zlib';
import { messageOf } from '@cartage/eventsourcing';
import { type CsvError, parse, type Parser } from 'csv-parse';
import { Trouble } from '../../client/client';
import type { BadRows } from './bad-rows';
import { BadCell, Cells } from './cells';
import { layoutOf, type Headed, type Layout } from './columns';

export interface TableFile extends Headed {
  readonly path: string;
  readonly bad: BadRows;
}

/** A row as long as this is no row. */
const LONGEST_ROW = 1024 * 1024;

const bytesOf = (path: string, parser: Parser): void => {
  const passOn = (error: Error): void => void parser.destroy(error);
  const bytes = createReadStream(path).on('error', passOn);
  if (path.endsWith('.gz')) bytes.pipe(createGunzip().on('error', passOn)).pipe(parser);
  else bytes.pipe(parser);
};

const parserOf = ({ path, bad, prefix = '' }: TableFile): Parser => {
  const parser = parse({
    ...{ bom: true, info: true, relax_column_count: true, skip_empty_lines: true },
    ...{ skip_records_with_error: true, max_record_size: LONGEST_ROW },
  });
  parser.on('skip', (error: CsvError) => bad.add({ line: lineOf(error), column: prefix, reason: `is no CSV: ${error.code}` }));
  bytesOf(path, parser);
  return parser;
};

const lineOf = (error: CsvError): number => {
  const line: unknown = error['lines'];
  return typeof line === 'number' ? line : 0;
};

interface Record {
  readonly record: readonly string[];
  readonly info: { readonly lines: number };
}

/** What has been read of a table, beside its rows. */
export interface TableRead {
  rows: number;
  layout: Layout | undefined;
}

/** The rows of a CSV file (gzipped or not), one at a time; what cannot be read is a bad row, and keeps no other out. */
export async function* rowsIn<Row>(file: TableFile, rowOf: (cells: Cells) => Row, read: TableRead): AsyncGenerator<Row> {
  try {
    for await (const { record, info } of parserOf(file) as AsyncIterable<Record>) {
      if (read.layout === undefined) {
        read.layout = layoutOf(record, file);
        continue;
      }
      read.rows += 1;
      const row = readRow(record, read.layout, rowOf);
      if (row instanceof BadCell) file.bad.add({ line: info.lines, column: `${file.prefix ?? ''}${row.column}`, reason: row.message });
      else yield row;
    }
  } catch (error) {
    if (error instanceof Trouble) throw error;
    throw new Trouble(`${file.path} cannot be read: ${messageOf(error)}`, { cause: error });
  }
  if (read.layout === undefined) throw new Trouble(`${file.path} is empty: its first line must name the columns.`);
}

const readRow = <Row>(record: readonly string[], { place, names }: Layout, rowOf: (cells: Cells) => Row): Row | BadCell => {
  try {
    return rowOf(
      new Cells((column) => {
        const at = place.get(column);
        return at === undefined ? undefined : record[at];
      }, names),
    );
  } catch (error) {
    if (error instanceof BadCell) return error;
    throw error;
  }
};
