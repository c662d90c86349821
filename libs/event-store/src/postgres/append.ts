import type { Outcome, Write } from '@cartage/eventsourcing';
import type { ClientBase, Pool } from 'pg';
import { positionOf } from './position';

/** A write made ready to be sent, before it meets others: what cannot be written as JSON hurts its own caller only. */
export interface Prepared {
  readonly write: Write;
  readonly rows: readonly string[];
}

/** Data and meta go as text within the JSON, because Postgres would refuse \u0000 and lone surrogates if it had to read them here. */
export const prepare = (write: Write): Prepared => {
  const rows = write.events.map(({ id, type, data, meta }, i) =>
    JSON.stringify({
      stream: write.stream,
      version: write.expected + 1 + i,
      first: i === 0,
      id,
      type,
      data: JSON.stringify(data ?? null),
      meta: JSON.stringify(meta),
    }),
  );
  return { write, rows };
};

/**
 * Who gets the first event in has the stream: a second writer waits for the first one's transaction and then finds its place taken, and
 * only winners go on to write the rest. Sorted by stream, so that two batches never wait for each other. The subquery is there to forbid
 * gaps; it is scalar, because a plan that was made when the table was small must not become a scan of the whole log.
 */
const APPEND = `
  with asked as materialized (
    select * from json_to_recordset($1)
      as e (stream text, version integer, first boolean, id uuid, type text, data text, meta text)
  ), led as (
    insert into events (stream, version, id, type, data, meta)
    select stream, version, id, type, data::json, meta::json from asked
    where first and (version = 1 or (select true from events e where e.stream = asked.stream and e.version = asked.version - 1))
    order by stream collate "C"
    on conflict (stream, version) do nothing
    returning stream, tx, position, recorded_at
  ), followed as (
    insert into events (stream, version, id, type, data, meta)
    select stream, version, id, type, data::json, meta::json from asked join led using (stream)
    where not first
    order by stream collate "C", version
    returning stream, tx, position, recorded_at
  )
  select stream, tx::text as written_by, max(position) as last,
    trunc(extract(epoch from max(recorded_at)) * 1000)::float8 as recorded
  from (select * from led union all select * from followed) as landed
  group by stream, tx`;

interface Landed {
  readonly stream: string;
  readonly written_by: string;
  readonly last: string;
  readonly recorded: number;
}

/** Appends writes to different streams in one round trip. Of a write without events nothing can land: a conflict. */
export const append = async (sql: Pool | ClientBase, writes: readonly Prepared[]): Promise<readonly Outcome[]> => {
  const { rows } = await sql.query<Landed>({
    name: 'cartage-append',
    text: APPEND,
    values: [`[${writes.flatMap(({ rows }) => rows).join(',')}]`],
  });
  const landed = new Map(rows.map((row) => [row.stream, row]));
  return writes.map(({ write }) => outcomeOf(write, landed.get(write.stream)));
};

const outcomeOf = ({ expected, events }: Write, landed: Landed | undefined): Outcome =>
  landed
    ? {
        status: 'appended',
        version: expected + events.length,
        position: positionOf({ tx: landed.written_by, number: landed.last }),
        recordedAt: new Date(landed.recorded).toISOString(),
      }
    : { status: 'conflict' };
