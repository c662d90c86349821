import { numberOf, positionOf, type Appended, type Outcome, type StoredEvent, type Write } from '@cartage/eventsourcing';
import { integerArray, textArray } from '@cartage/postgres';
import type { ClientBase, Pool, QueryConfig } from 'pg';

interface PreparedEvent {
  readonly id: string;
  readonly type: string;
  /** Counts what is published of the stream; null before the first of the write that is. */
  readonly sequence: number | null;
  readonly data: string;
  readonly meta: string;
}

/** A write made ready to be sent, before it meets others: what cannot be written as JSON hurts its own caller only. */
export interface Prepared {
  readonly stream: string;
  readonly expected: number;
  readonly events: readonly PreparedEvent[];
  /** About as many bytes as it takes. */
  readonly size: number;
}

const EVENT_OVERHEAD = 200;

export const prepare = ({ stream, expected, events }: Write): Prepared => {
  requireWellFormed(stream);
  let sequence: number | null = null;
  let size = 0;
  const prepared = events.map(({ id, type, data, meta }): PreparedEvent => {
    sequence = meta.sequence ?? sequence;
    const event = { id, type, sequence, data: JSON.stringify(data ?? null), meta: JSON.stringify(meta) };
    size += event.data.length + event.meta.length + EVENT_OVERHEAD;
    return event;
  });
  return { stream, expected, events: prepared, size };
};

const LONE_SURROGATE = /[\ud800-\udbff](?![\udc00-\udfff])|(?<![\ud800-\udbff])[\udc00-\udfff]/;

/** UTF-8 would write another name in its place. */
const requireWellFormed = (stream: string): void => {
  if (LONE_SURROGATE.test(stream)) throw new RangeError(`${JSON.stringify(stream)} cannot name a stream.`);
};

const APPEND = 'select first, recorded, refused from append_events($1, $2, $3, $4, $5, $6, $7, $8, $9)';

interface Answer {
  readonly first: string;
  readonly recorded: Date;
  /** Which writes, counted from 1. */
  readonly refused: readonly number[];
}

/** Appends writes to different streams in one round trip. Of a write without events nothing can land: a conflict. */
export const append = async (sql: Pool | ClientBase, writes: readonly Prepared[], timeoutMs: number): Promise<readonly Outcome[]> => {
  const query: QueryConfig & { readonly query_timeout: number } = {
    name: 'cartage-append',
    text: APPEND,
    values: columnsOf(writes),
    query_timeout: timeoutMs,
  };
  const { rows } = await sql.query<Answer>(query);
  return outcomesOf(writes, rows[0]);
};

const columnsOf = (writes: readonly Prepared[]): Buffer[] => {
  const events = writes.flatMap((write) => write.events);
  return [
    textArray(writes.map(({ stream }) => stream)),
    integerArray(writes.map(({ expected }) => expected)),
    integerArray(writes.flatMap((write, i) => write.events.map(() => i + 1))),
    integerArray(writes.flatMap((write) => write.events.map((_, place) => place + 1))),
    textArray(events.map(({ id }) => id)),
    textArray(events.map(({ type }) => type)),
    integerArray(events.map(({ sequence }) => sequence)),
    textArray(events.map(({ data }) => data)),
    textArray(events.map(({ meta }) => meta)),
  ];
};

/** Those that landed stand one after the other in the log, in the order in which they were sent. */
const outcomesOf = (writes: readonly Prepared[], answer: Answer | undefined): readonly Outcome[] => {
  if (!answer) throw new Error('append_events answered nothing.');
  const refused = new Set(answer.refused);
  const recordedAt = answer.recorded.toISOString();
  let last = Number(answer.first) - 1;
  return writes.map(({ expected, events }, i): Outcome => {
    if (events.length === 0 || refused.has(i + 1)) return { status: 'conflict' };
    last += events.length;
    return { status: 'appended', version: expected + events.length, position: positionOf(last), recordedAt };
  });
};

/** What a write became in the log: its events as anybody reads them, without reading them. */
export const storedOf = ({ stream, expected, events }: Prepared, { position, recordedAt }: Appended): readonly StoredEvent[] => {
  const first = numberOf(position) - events.length + 1;
  return events.map(({ id, type, data, meta }, i) => ({
    stream,
    version: expected + 1 + i,
    position: positionOf(first + i),
    id,
    type,
    data: JSON.parse(data) as unknown,
    meta: JSON.parse(meta) as StoredEvent['meta'],
    recordedAt,
  }));
};
