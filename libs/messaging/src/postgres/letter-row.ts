import type { DeadLetterState, StoredLetter } from '../dead-letter';
import type { RecordHeaders } from '../record';

export interface LetterRow {
  readonly id: string;
  readonly group_name: string;
  readonly topic: string;
  readonly key: Buffer;
  readonly event_id: string;
  readonly event_type: string;
  readonly headers: Buffer;
  readonly value: Buffer | null;
  readonly state: DeadLetterState;
  readonly error: string;
  readonly stack: string;
  readonly attempts: number;
  readonly reason: string | null;
  readonly stored_at: Date;
  readonly changed_at: Date;
  readonly behind: string;
}

const plain = ['id', 'group_name', 'topic', 'key', 'event_id', 'event_type', 'headers', 'value', 'state', 'error', 'stack', 'attempts'];

/** What `storedLetter` reads, of the table by this alias. */
export const letterColumns = (alias: string): string =>
  [...plain, 'reason', 'stored_at', 'changed_at'].map((column) => `${alias}.${column}`).join(', ') +
  `, case when ${alias}.state in ('dead', 'retrying') then (select count(*) from dead_letter b
      where b.group_name = ${alias}.group_name and b.key = ${alias}.key and b.state = 'waiting') else 0 end as behind`;

export const storedLetter = (row: LetterRow): StoredLetter => ({
  id: row.id,
  group: row.group_name,
  topic: row.topic,
  key: row.key.toString(),
  eventId: row.event_id,
  type: row.event_type,
  record: { headers: headersFrom(row.headers), value: row.value },
  state: row.state,
  error: row.error,
  stack: row.stack,
  attempts: row.attempts,
  storedAt: row.stored_at.toISOString(),
  changedAt: row.changed_at.toISOString(),
  behind: Number(row.behind),
  ...(row.reason === null ? {} : { reason: row.reason }),
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
