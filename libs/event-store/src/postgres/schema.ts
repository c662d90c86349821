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
 * Events come as columns; \`leads\` marks the first of each write. A write lands whole if its stream stands where it expects, or is refused.
 */
const APPEND = `
  create or replace function append_events(
    streams text[], versions integer[], leads integer[], ids text[], types text[], sequences integer[], data text[], meta text[],
    out first bigint, out recorded timestamptz, out refused text[]
  ) language plpgsql as $$
  begin
    perform pg_advisory_xact_lock(hashtextextended('cartage.log.' || current_schema(), 0));
    first := coalesce((select max(e.position) from events e), 0) + 1;
    recorded := date_trunc('milliseconds', clock_timestamp());
    with asked as materialized (
      select * from unnest(streams, versions, leads, ids, types, sequences, data, meta) with ordinality
        as a (stream, version, lead, id, type, sequence, data, meta, nth)
    ), fitting as materialized (
      select a.stream, coalesce(e.sequence, 0) as sequence
      from asked a left join lateral (
        select s.version, s.sequence from events s where s.stream = a.stream order by s.version desc limit 1
      ) e on true
      where a.lead = 1 and coalesce(e.version, 0) = a.version - 1
    ), landed as (
      insert into events (position, stream, version, sequence, id, type, data, meta, size, recorded_at)
      select first - 1 + row_number() over (order by a.nth), a.stream, a.version, coalesce(a.sequence, f.sequence), a.id::uuid, a.type,
        a.data::json, a.meta::json, octet_length(a.data) + octet_length(a.meta), recorded
      from asked a join fitting f using (stream)
    )
    select array_agg(a.stream) into refused
    from asked a where a.lead = 1 and not exists (select from fitting f where f.stream = a.stream);
  end $$;
`;

/** Makes the tables of an event store in the schema that the pool's search path names first. Idempotent, and safe when many start at once. */
export const migrateEventStore = (pool: Pool): Promise<void> => migrate(pool, 'event-store', TABLES + APPEND);
