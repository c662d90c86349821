import { positionOf, type EventMeta, type Head, type ReadRequest, type StoredEvent, type Stream } from '@cartage/eventsourcing';
import type { ClientBase, Pool } from 'pg';
import type { Archive, Wanted } from './archive';

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
 * row without an event says where the stream ends; of a stream that is asked for whole, that it does not exist goes without saying. Nobody but who finds nothing
 * looks whether the stream is in the archive.
 */
const STREAMS = `
  select asked.nth, ${COLUMNS}, case when e.version is null then
      coalesce((select s.version from events s where s.stream = asked.stream order by s.version desc limit 1),
        (select a.version from archived_stream a where a.stream = asked.stream order by a.version desc limit 1)) end as ends
  from unnest($1::text[], $2::integer[]) with ordinality as asked (stream, after, nth)
  left join lateral (
    select * from events where events.stream = asked.stream and events.version > asked.after order by events.version
  ) as e on true
  where e.version is not null or asked.after > 0 or exists (select from archived_stream a where a.stream = asked.stream)
  order by asked.nth, e.version`;

type StreamRow = { readonly nth: string } & (({ readonly ends: null } & Row) | { readonly ends: number | null; readonly version: null });

export const readMany = async (sql: Sql, requests: readonly ReadRequest[], archive: Archive): Promise<readonly Stream[]> => {
  if (requests.length === 0) return [];
  const asked = requests.map((request) => (typeof request === 'string' ? { stream: request, after: 0 } : request));
  const { rows } = await sql.query<StreamRow>(STREAMS, [asked.map(({ stream }) => stream), asked.map(({ after }) => after)]);
  const read = asked.map(({ stream, after }): Reading => ({ stream, after, version: 0, events: [] }));
  for (const row of rows) {
    const stream = read[Number(row.nth) - 1];
    if (!stream) continue;
    stream.version = row.version ?? row.ends ?? 0;
    if (row.version !== null) stream.events.push(eventOf(row));
  }
  await bringOlder(sql, read, archive);
  return read.map(({ stream, version, events }) => ({ stream, version, events }));
};

interface Reading {
  readonly stream: string;
  readonly after: number;
  version: number;
  events: StoredEvent[];
}

/** Of the stream up to its first event in the table, what is in the archive: versions have no gaps. */
const bringOlder = async (sql: Sql, read: readonly Reading[], archive: Archive): Promise<void> => {
  const lacking = read.filter(({ after, version, events }) => (events[0]?.version ?? version + 1) > after + 1);
  if (lacking.length === 0) return;
  const wanted = lacking.map(({ stream, after, version, events }): Wanted => ({
    stream,
    after,
    before: events[0]?.version ?? version + 1,
  }));
  const older = await archive.ofStreams(sql, wanted);
  lacking.forEach((each, i) => (each.events = [...(older[i] ?? []), ...each.events]));
};

const HEADS = `
  select coalesce(e.version, a.version, 0) as version, coalesce(e.sequence, a.sequence, 0) as sequence
  from unnest($1::text[]) with ordinality as asked (stream, nth)
  left join lateral (
    select version, sequence from events where events.stream = asked.stream order by version desc limit 1
  ) as e on true
  left join lateral (
    select version, sequence from archived_stream s where e.version is null and s.stream = asked.stream order by version desc limit 1
  ) as a on true
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
  /** More follows, whatever was asked for. */
  readonly isCut: boolean;
}

/** The next events of the log after the one with this number. Positions have no gaps: where the table has one, they go on in the archive. */
export const readAfter = async (sql: Sql, number: number, most: Most, archive: Archive): Promise<Following> => {
  const { rows } = await sql.query<Row & { readonly previous: string | null }>(AFTER, [number, most.events, most.bytes]);
  const gap = rows.findIndex(({ position }, i) => Number(position) !== number + 1 + i);
  const here = (gap === -1 ? rows : rows.slice(0, gap)).map((row) => ({ event: eventOf(row), size: row.size }));
  const previous = rows[0]?.previous ?? (rows.length > 0 && number > 0 ? await archive.idAt(sql, number) : null);
  if (gap !== 0) return { events: here, previous, isCut: gap > 0 };
  const older = await archive.after(sql, number, most);
  if (older.length === 0) throw new Error(`Event ${number + 1} of the log is neither in its table nor in its archive.`);
  return { events: older, previous, isCut: true };
};

/** Where the log ends, and the id of the event with this number. */
export const readEnd = async (
  sql: Sql,
  number: number,
  archive: Archive,
): Promise<{ readonly last: number; readonly id: string | null }> => {
  const { rows } = await sql.query<{ last: string | null; id: string | null }>(
    'select (select max(position) from events) as last, (select id from events where position = $1) as id',
    [number],
  );
  const id = rows[0]?.id ?? (number > 0 ? await archive.idAt(sql, number) : null);
  return { last: Number(rows[0]?.last ?? 0), id };
};
