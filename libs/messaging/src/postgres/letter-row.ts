import type { DeadLetterState, ListedLetter, StoredLetter } from '../dead-letter';
import type { RecordHeaders } from '../record';

export interface ListedRow {
  readonly id: string;
  readonly group_name: string;
  readonly topic: string;
  readonly key: Buffer;
  readonly event_id: string;
  readonly event_type: string;
  readonly state: DeadLetterState;
  readonly error: string;
  readonly attempts: number;
  readonly reason: string | null;
  readonly stored_at: Date;
  readonly changed_at: Date;
  readonly behind: string;
}

export interface LetterRow extends ListedRow {
  readonly headers: Buffer;
  readonly value: Buffer | null;
  readonly stack: string;
}

const listed = [
  'id',
  'group_name',
  'topic',
  'key',
  'event_id',
  'event_type',
  'state',
  'error',
  'attempts',
  'reason',
  'stored_at',
  'changed_at',
];
const whole = [...listed, 'headers', 'value', 'stack'];

const columnsOf = (columns: readonly string[], alias: string): string =>
  columns.map((column) => `${alias}.${column}`).join(', ') +
  `, case when ${alias}.state in ('dead', 'retrying') then (select count(*) from dead_letter b
      where b.group_name = ${alias}.group_name and b.key = ${alias}.key and b.state = 'waiting') else 0 end as behind`;

/** What `listedLetter` reads, of the table by this alias. */
export const listedColumns = (alias: string): string => columnsOf(listed, alias);

/** What `storedLetter` reads, of the table by this alias. */
export const letterColumns = (alias: string): string => columnsOf(whole, alias);

export const listedLetter = (row: ListedRow): ListedLetter => ({
  id: row.id,
  group: row.group_name,
  topic: row.topic,
  key: row.key.toString(),
  eventId: row.event_id,
  type: row.event_type,
  state: row.state,
  error: row.error,
  attempts: row.attempts,
  storedAt: row.stored_at.toISOString(),
  changedAt: row.changed_at.toISOString(),
  behind: Number(row.behind),
  ...(row.reason === null ? {} : { reason: row.reason }),
});

export const storedLetter = (row: LetterRow): StoredLetter => ({
  ...listedLetter(row),
  record: { headers: headersFrom(row.headers), value: row.value },
  stack: row.stack,
});

type HeaderValue = RecordHeaders[string];

// In Latin-1 every byte is a character: whatever bytes there are come back as they were.
const textOf = (value: string | Buffer): string => Buffer.from(value).toString('latin1');
const bytesOf = (text: string): Buffer => Buffer.from(text, 'latin1');

const headerTo = (value: HeaderValue): string | string[] | undefined => {
  if (value === undefined) return undefined;
  return Array.isArray(value) ? value.map(textOf) : textOf(value);
};

/** Headers as one value: JSON, for whoever looks at the table. */
export const headersTo = (headers: RecordHeaders): Buffer =>
  Buffer.from(JSON.stringify(Object.fromEntries(Object.entries(headers).map(([name, value]) => [name, headerTo(value)]))));

const headersFrom = (stored: Buffer): RecordHeaders => {
  const texts = JSON.parse(stored.toString()) as Record<string, string | string[]>;
  return Object.fromEntries(
    Object.entries(texts).map(([name, value]) => [name, Array.isArray(value) ? value.map(bytesOf) : bytesOf(value)]),
  );
};
