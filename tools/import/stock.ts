import type { FileRecord } from '@cartage/service-kit';

/** A line of a file of stock: so many units that lie at a location. */
export interface StockLine {
  readonly line: number;
  readonly location: string;
  readonly sku: unknown;
  readonly quantity: unknown;
}

export interface StockRejection {
  readonly line: number;
  readonly field: string;
  readonly message: string;
}

/** What the receipts of a file came to. */
export interface StockReport {
  readonly records: number;
  readonly received: number;
  readonly rejections: readonly StockRejection[];
}

/** Books these lines as one receipt under a key, or says what is wrong. Whatever else happens it throws: the whole may be sent again. */
export type Receive = (
  lines: readonly StockLine[],
  key: string,
) => Promise<readonly { readonly field: string; readonly message: string }[]>;

/** So many lines are one receipt, and in memory at once. */
const CHUNK = 1_000;

/** A receipt with a wrong line books nothing: its halves are tried until the wrong line stands alone. Keys are those of the lines, so that a repeat finds them. */
const received = async (lines: readonly StockLine[], file: string, receive: Receive): Promise<readonly StockRejection[]> => {
  const [first, last] = [lines[0], lines.at(-1)];
  if (!first || !last) return [];
  const faults = await receive(lines, `${file}-${first.line}-${last.line}`);
  if (faults.length === 0) return [];
  if (lines.length === 1) return faults.map(({ field, message }) => ({ line: first.line, field, message }));
  const middle = Math.ceil(lines.length / 2);
  return [...(await received(lines.slice(0, middle), file, receive)), ...(await received(lines.slice(middle), file, receive))];
};

type Read = StockLine | StockRejection;

const readOf = (record: FileRecord): Read => {
  const { line } = record;
  if ('refused' in record) return { line, field: '', message: record.refused.message };
  const { location, sku, quantity } = record.value;
  return typeof location === 'string'
    ? { line, location, sku, quantity }
    : { line, field: 'location', message: 'must be the code of a location' };
};

const isLine = (read: Read): read is StockLine => 'location' in read;

/** Receives a file of stock, as many lines of one location at a time as follow each other. The same file again changes nothing. */
export const receiveAll = async (records: AsyncIterable<FileRecord>, file: string, receive: Receive): Promise<StockReport> => {
  const rejections: StockRejection[] = [];
  let [seen, chunk] = [0, [] as StockLine[]];
  const book = async (): Promise<void> => {
    rejections.push(...(await received(chunk, file, receive)));
    chunk = [];
  };
  for await (const record of records) {
    seen += 1;
    const read = readOf(record);
    if (!isLine(read)) {
      rejections.push(read);
      continue;
    }
    if (chunk.length === CHUNK || (chunk[0] && chunk[0].location !== read.location)) await book();
    chunk.push(read);
  }
  await book();
  const wrong = new Set(rejections.map(({ line }) => line)).size;
  return { records: seen, received: seen - wrong, rejections };
};
