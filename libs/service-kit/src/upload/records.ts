import { Refused } from '@cartage/eventsourcing';
import { CsvError, parse, type Parser } from 'csv-parse';
import { unkeepableIn } from '../input/json-body';
import type { Upload } from './upload';

/** One record of a file, by the line on which it ends; or why that line is none. */
export type FileRecord =
  { readonly line: number; readonly value: Readonly<Record<string, unknown>> } | { readonly line: number; readonly refused: Refused };

/** What the cells of a CSV column are, where they are no texts: `json` for lists and objects. */
export type CellKinds = Readonly<Record<string, 'number' | 'truth' | 'json'>>;

export interface RecordsOptions {
  /** By the name of the column. A column `customs.hsCode` is the field `hsCode` of the object `customs`. */
  readonly cells?: CellKinds;
  /** Between the cells of a CSV file; a comma where nothing is said. */
  readonly delimiter?: string;
}

/** A record is a thing that a person describes; what is longer is no record. */
const LONGEST_LINE = 1024 * 1024;

const refusedLine = (code: string, message: string): Refused => new Refused(code, message, 'invalid', [{ field: '', code, message }]);

/** The records of a file as they come in, whatever its size; a line that is none keeps no other out. */
export const recordsOf = (upload: Upload, { cells = {}, delimiter = ',' }: RecordsOptions = {}): AsyncGenerator<FileRecord> =>
  upload.type === 'text/csv' ? csvRecords(upload, cells, delimiter) : ndjsonRecords(upload);

async function* ndjsonRecords({ bytes }: Upload): AsyncGenerator<FileRecord> {
  let line = 0;
  for await (const text of linesOf(bytes)) {
    line += 1;
    if (text.trim() !== '') yield ndjsonRecord(line, text);
  }
}

const ndjsonRecord = (line: number, text: string): FileRecord => {
  if (text.length > LONGEST_LINE) return { line, refused: refusedLine('LINE_TOO_LONG', `must be at most ${LONGEST_LINE} characters long`) };
  try {
    return recordOf(line, JSON.parse(text));
  } catch {
    return { line, refused: refusedLine('JSON_INVALID', 'must be one JSON object on one line') };
  }
};

const recordOf = (line: number, value: unknown): FileRecord => {
  if (typeof value !== 'object' || value === null || Array.isArray(value))
    return { line, refused: refusedLine('JSON_INVALID', 'must be one JSON object on one line') };
  if (unkeepableIn(value) !== undefined)
    return { line, refused: refusedLine('CHARACTER_REFUSED', 'must not hold the character NUL or half of a character') };
  return { line, value: value as Readonly<Record<string, unknown>> };
};

/** Lines of UTF-8; of one that has no end in sight only as much is kept as tells that it is too long. */
async function* linesOf(bytes: AsyncIterable<Buffer>): AsyncGenerator<string> {
  const decoder = new TextDecoder();
  let rest = '';
  for await (const chunk of bytes) {
    const parts = (rest.slice(0, LONGEST_LINE + 1) + decoder.decode(chunk, { stream: true })).split(/\r?\n/);
    rest = parts.pop() ?? '';
    yield* parts;
  }
  rest += decoder.decode();
  if (rest !== '') yield rest;
}

interface Parsed {
  readonly record: Readonly<Record<string, string>>;
  readonly info: { readonly lines: number };
}

async function* csvRecords({ bytes }: Upload, cells: CellKinds, delimiter: string): AsyncGenerator<FileRecord> {
  const skipped: FileRecord[] = [];
  const parser = parse({
    bom: true,
    columns: true,
    delimiter,
    info: true,
    skip_empty_lines: true,
    skip_records_with_error: true,
    trim: true,
    max_record_size: LONGEST_LINE,
  });
  parser.on('skip', (error: CsvError) => skipped.push(notParsed(error)));
  try {
    for await (const { record, info } of parsing(bytes, parser)) {
      // The parser reads ahead of what is taken from it.
      while ((skipped[0]?.line ?? Infinity) < info.lines) yield* skipped.splice(0, 1);
      yield csvRecord(info.lines, record, cells);
    }
  } catch (error) {
    // From here on nobody can tell where a record begins.
    if (!(error instanceof CsvError)) throw error;
    skipped.push(notParsed(error));
  }
  yield* skipped.splice(0);
}

const parsing = (bytes: Upload['bytes'], parser: Parser): AsyncIterable<Parsed> => {
  // A request that breaks off ends the reading of its file, too.
  bytes.once('error', (error) => parser.destroy(error));
  bytes.pipe(parser);
  return parser;
};

const notParsed = (error: CsvError): FileRecord => {
  const line = Number(error['lines'] ?? 0);
  return { line, refused: refusedLine('CSV_INVALID', `is no record of this file: ${error.message}`) };
};

const csvRecord = (line: number, record: Parsed['record'], kinds: CellKinds): FileRecord => {
  const value: Record<string, unknown> = {};
  for (const [column, cell] of Object.entries(record)) if (cell !== '') place(value, column.split('.'), cellOf(cell, kinds[column]));
  return recordOf(line, value);
};

/** `customs.hsCode` stands in `customs`. */
const place = (value: Record<string, unknown>, path: readonly string[], cell: unknown): void => {
  const [field = '', ...below] = path;
  if (below.length === 0) {
    Object.defineProperty(value, field, { value: cell, enumerable: true, configurable: true, writable: true });
    return;
  }
  const part = Object.hasOwn(value, field) ? value[field] : {};
  Object.defineProperty(value, field, { value: part, enumerable: true, configurable: true, writable: true });
  if (typeof part === 'object' && part !== null) place(part as Record<string, unknown>, below, cell);
};

/** What is not of its kind stays a text, for a rule to refuse. */
const cellOf = (cell: string, kind: CellKinds[string] | undefined): unknown => {
  if (kind === 'number') return /^-?\d+(\.\d+)?$/.test(cell) ? Number(cell) : cell;
  if (kind === 'truth') return ({ true: true, false: false } as Record<string, boolean>)[cell.toLowerCase()] ?? cell;
  return kind === 'json' ? jsonOf(cell) : cell;
};

const jsonOf = (cell: string): unknown => {
  try {
    return JSON.parse(cell) as unknown;
  } catch {
    return cell;
  }
};
