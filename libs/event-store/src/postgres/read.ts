import { START, type EventMeta, type Head, type Position, type ReadRequest, type StoredEvent, type Stream } from '@cartage/eventsourcing';
import type { ClientBase, Pool } from 'pg';
import { cursorOf, positionOf } from './position';
import type { RecentStreams } from './recent-streams';

type Sql = Pool | ClientBase;

interface Row {
  readonly stream: string;
  readonly version: number;
  readonly written_by: string;
  readonly number: string;
  readonly id: string;
  readonly type: string;
  readonly data: unknown;
  readonly meta: EventMeta;
  /** Milliseconds since 1970: cheaper to read than a date. */
  readonly recorded: number;
  /** Bytes that the event takes as text; 600 stand for everything but its data. */
  readonly size: number;
}

// Not `tx::text as tx`: in ORDER BY the output name would win, and the log would be sorted by the text.
const COLUMNS = `e.stream, e.version, e.tx::text as written_by, e.position as number, e.id, e.type, e.data, e.meta,
  trunc(extract(epoch from e.recorded_at) * 1000)::float8 as recorded, octet_length(e.data::text) + 600 as size`;
/** Below the oldest transaction that is still open nothing can appear any more. */
const SETTLED = 'tx < pg_snapshot_xmin(pg_current_snapshot())';

const eventOf = ({ stream, version, written_by, number, id, type, data, meta, recorded }: Row): StoredEvent => ({
  stream,
  version,
  position: positionOf({ tx: written_by, number }),
  id,
  type,
  data,
  meta,
  recordedAt: new Date(recorded).toISOString(),
});

// These statements are not prepared by name: the plan for a log of ten events must not be kept for one of ten million.

/** A lateral join, so that each stream is one short walk of the index, whatever the statistics say. */
const TAILS = `select ${COLUMNS} from unnest($1::text[], $2::integer[]) as asked (stream, known)
  cross join lateral (select * from events where events.stream = asked.stream and events.version > asked.known order by version) as e`;

/**
 * Reads streams whole, but from the log only what is not among the recent ones: streams only grow, so what is known of one is a prefix of it. `keep` must
 * be false within a transaction, whose own events nobody else may see before it is committed.
 */
export const readMany = async (
  sql: Sql,
  requests: readonly ReadRequest[],
  { recent, keep }: { readonly recent: RecentStreams; readonly keep: boolean },
): Promise<readonly Stream[]> => {
  const streams = requests.map((request) => (typeof request === 'string' ? request : request.stream));
  // Asked for twice, a stream's rows would come twice, and the doubled stream would be remembered.
  const known = new Map(streams.map((stream) => [stream, recent.eventsOf(stream)]));
  const { rows } = await sql.query<Row>(TAILS, [[...known.keys()], [...known.values()].map(({ length }) => length)]);
  const tails = new Map<string, Row[]>();
  for (const row of rows) {
    const tail = tails.get(row.stream);
    if (tail) tail.push(row);
    else tails.set(row.stream, [row]);
  }
  return streams.map((stream, i) => {
    const before = known.get(stream) ?? [];
    const tail = tails.get(stream) ?? [];
    const events = tail.length === 0 ? before : [...before, ...tail.map(eventOf)];
    if (keep && tail.length > 0) recent.keep(stream, events, sizeOf(tail));
    const request = requests[i];
    return { stream, version: events.length, events: typeof request === 'object' ? events.slice(request.after) : events };
  });
};

const sizeOf = (rows: readonly Row[]): number => rows.reduce((sum, { size }) => sum + size, 0);

/** The next settled events after a position, in log order. */
export const readAfter = async (sql: Sql, position: Position, limit: number, recent: RecentStreams): Promise<readonly StoredEvent[]> => {
  const { tx, number } = cursorOf(position);
  const { rows } = await sql.query<Row>(
    `select ${COLUMNS} from events e where (tx, position) > ($1::xid8, $2::bigint) and ${SETTLED} order by e.tx, e.position limit $3`,
    [tx, number, limit],
  );
  const events = rows.map(eventOf);
  events.forEach((event, i) => recent.learn(event, rows[i]?.size ?? 0));
  return events;
};

/** Whether anything was committed after a position, settled or not. */
export const isMoreAfter = async (sql: Sql, position: Position): Promise<boolean> => {
  const { tx, number } = cursorOf(position);
  const { rows } = await sql.query(`select from events where (tx, position) > ($1::xid8, $2::bigint) order by tx, position limit 1`, [
    tx,
    number,
  ]);
  return rows.length > 0;
};

export const readHead = async (sql: Sql): Promise<Position> => {
  const { rows } = await sql.query<Pick<Row, 'written_by' | 'number'>>(
    `select tx::text as written_by, position as number from events where ${SETTLED} order by tx desc, position desc limit 1`,
  );
  const [last] = rows;
  return last ? positionOf({ tx: last.written_by, number: last.number }) : START;
};

const HEADS = `select coalesce(e.version, 0) as version, coalesce((
    select (p.meta ->> 'sequence')::integer from events p
    where p.stream = asked.stream and p.meta ->> 'sequence' is not null order by p.version desc limit 1
  ), 0) as sequence
  from unnest($1::text[]) with ordinality as asked (stream, n)
  left join lateral (select version from events where events.stream = asked.stream order by version desc limit 1) as e on true
  order by n`;

export const readHeads = async (sql: Sql, streams: readonly string[]): Promise<readonly Head[]> => {
  const { rows } = await sql.query<Omit<Head, 'stream'>>(HEADS, [streams]);
  return rows.map((row, i) => ({ stream: streams[i] ?? '', ...row }));
};
