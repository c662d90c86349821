import { START, type EventMeta, type Position, type StoredEvent, type Stream } from '@cartage/eventsourcing';
import type { ClientBase, Pool } from 'pg';
import { cursorOf, positionOf } from './position';

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
  readonly recorded_at: Date;
}

// Not `tx::text as tx`: in ORDER BY the output name would win, and the log would be sorted by the text.
const COLUMNS = 'stream, version, tx::text as written_by, position as number, id, type, data, meta, recorded_at';
/** Below the oldest transaction that is still open nothing can appear any more. */
const SETTLED = 'tx < pg_snapshot_xmin(pg_current_snapshot())';

const eventOf = ({ stream, version, written_by, number, id, type, data, meta, recorded_at }: Row): StoredEvent => ({
  stream,
  version,
  position: positionOf({ tx: written_by, number }),
  id,
  type,
  data,
  meta,
  recordedAt: recorded_at.toISOString(),
});

// These statements are not prepared by name: the plan for a log of ten events must not be kept for one of ten million.

export const readMany = async (sql: Sql, streams: readonly string[]): Promise<readonly Stream[]> => {
  const { rows } = await sql.query<Row>(`select ${COLUMNS} from events where stream = any($1) order by stream, version`, [streams]);
  const byStream = new Map<string, StoredEvent[]>();
  for (const row of rows) {
    const events = byStream.get(row.stream);
    if (events) events.push(eventOf(row));
    else byStream.set(row.stream, [eventOf(row)]);
  }
  return streams.map((stream) => {
    const events = byStream.get(stream) ?? [];
    return { stream, version: events.length, events };
  });
};

/** The next settled events after a position, in log order. */
export const readAfter = async (sql: Sql, position: Position, limit: number): Promise<readonly StoredEvent[]> => {
  const { tx, number } = cursorOf(position);
  const { rows } = await sql.query<Row>(
    `select ${COLUMNS} from events where (tx, position) > ($1::xid8, $2::bigint) and ${SETTLED} order by tx, position limit $3`,
    [tx, number, limit],
  );
  return rows.map(eventOf);
};

/** Whether anything was committed after a position, settled or not. */
export const isMoreAfter = async (sql: Sql, position: Position): Promise<boolean> => {
  const { tx, number } = cursorOf(position);
  const { rows } = await sql.query(`select from events where (tx, position) > ($1::xid8, $2::bigint) limit 1`, [tx, number]);
  return rows.length > 0;
};

export const readHead = async (sql: Sql): Promise<Position> => {
  const { rows } = await sql.query<Pick<Row, 'written_by' | 'number'>>(
    `select tx::text as written_by, position as number from events where ${SETTLED} order by tx desc, position desc limit 1`,
  );
  const [last] = rows;
  return last ? positionOf({ tx: last.written_by, number: last.number }) : START;
};
