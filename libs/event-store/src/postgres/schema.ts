import { migrate } from '@cartage/postgres';
import type { Pool } from 'pg';

const TABLES = `
  create table if not exists events (
    position bigint primary key,
    stream text collate "C" not null check (stream <> ''),
    version integer not null check (version > 0),
    sequence integer not null,
    id uuid not null,
    type text not null,
    data json not null,
    meta json not null,
    size integer not null,
    recorded_at timestamptz not null,
    unique (stream, version)
  );
  create index if not exists events_by_id on events (id);
  create index if not exists events_by_correlation on events ((meta ->> 'correlationId') collate "C", position);
  comment on table events is 'The log: every fact of this service, never changed and never deleted. Read the views instead, where one answers the question.';
  comment on column events.position is 'Counts the events of the log from 1 without gaps, in the order of their commits.';
  comment on column events.stream is 'The aggregate that it happened to, such as order-<id>.';
  comment on column events.version is 'Counts the events of the stream, from 1.';
  comment on column events.sequence is 'How many of the stream’s events up to this one are published.';
  comment on column events.id is 'Stable for ever; the id of the public event, too.';
  comment on column events.data is 'The fact. Kept as text, exactly as it was written (any string is legal in it); cast to jsonb to query it.';
  comment on column events.meta is 'Command, correlation, causation, actor; sequence counts what is published of the stream.';
  comment on column events.size is 'Bytes of data and meta.';
  comment on column events.recorded_at is 'When it was written, by the clock of the database.';
`;

/**
 * The one way into the log: takes the log's lock, which is kept until the commit, and only then looks where the log and the streams end. So the
 * order of positions is the order of commits, and nothing that it finds can change before it has written. It is a function because each of its
 * statements sees what was committed when it begins: a single statement would go on with what there was before it waited for the lock.
 *
 * Writes come as columns, and their events as columns that name their write (`writes`) and their place in it. A write lands whole if its stream
 * stands where it expects, or is refused. Nothing is joined, so that ten thousand events cost ten times as much as a thousand, whatever the planner
 * thinks; and it plans once, because for a small append that would be most of the work.
 */
const APPEND = `
  create or replace function append_events(
    streams text[], expected integer[], writes integer[], places integer[], ids text[], types text[], sequences integer[], data text[], meta text[],
    out first bigint, out recorded timestamptz, out refused integer[]
  ) language plpgsql set plan_cache_mode = force_generic_plan as $$
  declare
    -- How many events of each write's stream are published; null where the stream does not stand where the write expects it.
    published integer[];
  begin
    perform pg_advisory_xact_lock(hashtextextended('cartage.log.' || current_schema(), 0));
    recorded := date_trunc('milliseconds', clock_timestamp());

    select coalesce((select max(e.position) from events e), 0) + 1, array(
      select case when coalesce(e.version, 0) = w.expected then coalesce(e.sequence, 0) end
      from unnest(streams, append_events.expected) with ordinality as w (stream, expected, nth)
      left join lateral (
        select s.version, s.sequence from events s where s.stream = w.stream order by s.version desc limit 1
      ) e on true
      order by w.nth
    ) into first, published;

    insert into events (position, stream, version, sequence, id, type, data, meta, size, recorded_at)
    select first - 1 + row_number() over (order by e.nth), streams[e.write], append_events.expected[e.write] + e.place,
      coalesce(e.sequence, published[e.write]), e.id::uuid, e.type, e.data::json, e.meta::json,
      octet_length(e.data) + octet_length(e.meta), recorded
    from unnest(writes, places, ids, types, sequences, append_events.data, append_events.meta) with ordinality
      as e (write, place, id, type, sequence, data, meta, nth)
    where published[e.write] is not null;

    refused := array_positions(published, null);
  end $$;
`;

/** Makes the tables of an event store in the schema that the pool's search path names first. Idempotent, and safe when many start at once. */
export const migrateEventStore = (pool: Pool): Promise<void> => migrate(pool, 'event-store', TABLES + APPEND);
