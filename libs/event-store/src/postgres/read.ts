import { positionOf, type EventMeta, type Head, type ReadRequest, type StoredEvent, type Stream } from '@cartage/eventsourcing';
import type { ClientBase, Pool } from 'pg';

type Sql = Pool | ClientBase;

export interface Row {
  readonly position: string;
  readonly stream: string;
  readonly version: number;
  readonly id: string;
  readonly type: string;
  readonly data: unknown;
  readonly meta: EventMeta;
  /** Milliseconds since 1970: cheaper to read than a date. */
  readonly recorded: number;
  readonly size: number;
}

export const COLUMNS = `e.position, e.stream, e.version, e.id, e.type, e.data, e.meta, extract(epoch from e.recorded_at)::float8 * 1000 as recorded, e.size`;

export const eventOf = ({ position, stream, version, id, type, data, meta, recorded }: Row): StoredEvent => ({
  stream,
  version,
  position: positionOf(Number(position)),
  id,
  type,
  data,
  meta,
  recordedAt: new Date(Math.round(recorded)).toISOString(),
});

// These statements are not prepared by name: the plan for a log of ten events must not be kept for one of ten million.

/**
 * A lateral join, so that each stream is one short walk of the index, whatever the statistics say. Where nothing comes after the asked version a
 * row without an event says where the stream ends; of a stream that is asked for whole, that it does not exist goes without saying.
 */
const STREAMS = `
  select asked.nth, ${COLUMNS}, case when e.version is null then
      (select s.version from events s where s.stream = asked.stream order by s.version desc limit 1) end as ends
  from unnest($1::text[], $2::integer[]) with ordinality as asked (stream, after, nth)
  left join lateral (
    select * from events where events.stream = asked.stream and events.version > asked.after order by events.version
  ) as e on true
  where e.version is not null or asked.after > 0
  order by asked.nth, e.version`;

type StreamRow = { readonly nth: string } & (({ readonly ends: null } & Row) | { readonly ends: number | null; readonly version: null });

export const readMany = async (sql: Sql, requests: readonly ReadRequest[]): Promise<readonly Stream[]> => {
  if (requests.length === 0) return [];
  const asked = requests.map((request) => (typeof request === 'string' ? { stream: request, after: 0 } : request));
  const { rows } = await sql.query<StreamRow>(STREAMS, [asked.map(({ stream }) => stream), asked.map(({ after }) => after)]);
  const read = asked.map(({ stream }) => ({ stream, version: 0, events: [] as StoredEvent[] }));
  for (const row of rows) {
    const stream = read[Number(row.nth) - 1];
    if (!stream) continue;
    stream.version = row.version ?? row.ends ?? 0;
    if (row.version !== null) stream.events.push(eventOf(row));
  }
  return read;
};

const HEADS = `
  select coalesce(e.version, 0) as version, coalesce(e.sequence, 0) as sequence
  from unnest($1::text[]) with ordinality as asked (stream, nth)
  left join lateral (
    select version, sequence from events where events.stream = asked.stream order by version desc limit 1
  ) as e on true
  order by asked.nth`;

export const readHeads = async (sql: Sql, streams: readonly string[]): Promise<readonly Head[]> => {
  if (streams.length === 0) return [];
  const { rows } = await sql.query<Omit<Head, 'stream'>>(HEADS, [streams]);
  return rows.map((row, i) => ({ stream: streams[i] ?? '', ...row }));
};

/** How much is read at a time: events, and bytes of data and meta; one event is read however large it is. */
export interface Most {
  readonly events: number;
  readonly bytes: number;
}

const AFTER = `
  select ${COLUMNS}, (select id from events where position = $1) as previous from (
    select *, sum(size) over (order by position) - size as before from events where position > $1 order by position limit $2
  ) e where e.before < $3 order by e.position`;

/** An event and about how many bytes it takes. */
export interface Sized {
  readonly event: StoredEvent;
  readonly size: number;
}

/** What comes after an event, and the id of that event itself. */
export interface Following {
  readonly events: readonly Sized[];
  readonly previous: string | null;
}

/** The next events of the log after the one with this number. */
export const readAfter = async (sql: Sql, number: number, { events, bytes }: Most): Promise<Following> => {
  const { rows } = await sql.query<Row & { readonly previous: string | null }>(AFTER, [number, events, bytes]);
  return { events: rows.map((row) => ({ event: eventOf(row), size: row.size })), previous: rows[0]?.previous ?? null };
};

/** Where the log ends, and the id of the event with this number. */
export const readEnd = async (sql: Sql, number: number): Promise<{ readonly last: number; readonly id: string | null }> => {
  const { rows } = await sql.query<{ last: string | null; id: string | null }>(
    'select (select max(position) from events) as last, (select id from events where position = $1) as id',
    [number],
  );
  return { last: Number(rows[0]?.last ?? 0), id: rows[0]?.id ?? null };
};
