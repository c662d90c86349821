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
  comment on table events is 'The log: every fact of this service, never changed; what has long been over may be in files instead (log_archive). Read the views instead, where one answers the question.';
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
 * What has left the table. The files hold whole stretches of the log, from its first event on without a gap; rows are deleted stream by stream: of those that are
 * over all of them, so that what goes on stays in the table from its beginning, and of those that never end all that are old. The last event of the log is never
 * archived: by it the next one is numbered. A stream has a row for each time that something of it left, so that a row is written once, however long the stream.
 */
const ARCHIVE = `
  create table if not exists log_archive (
    first bigint primary key check (first > 0),
    last bigint not null unique check (last >= first),
    file text not null,
    digest text not null,
    bytes integer not null,
    archived_at timestamptz not null,
    cleared_at timestamptz
  );
  create table if not exists archived_stream (
    stream text collate "C" not null,
    version integer not null,
    sequence integer not null,
    positions bigint[] not null,
    ids uuid[] not null,
    recorded timestamptz[] not null,
    excerpts text[],
    correlations text[] not null,
    primary key (stream, version)
  );
  create index if not exists archived_stream_by_id on archived_stream using gin (ids);
  create index if not exists archived_stream_by_correlation on archived_stream using gin (correlations);
  comment on table log_archive is 'Which files hold the oldest events of the log, all of them up to some position.';
  comment on column log_archive.first is 'Position of the first event in the file.';
  comment on column log_archive.last is 'Position of the last; the next file begins after it.';
  comment on column log_archive.file is 'Its name in LOG_ARCHIVE.';
  comment on column log_archive.digest is 'SHA-256 of the file, in hex.';
  comment on column log_archive.bytes is 'How large it is.';
  comment on column log_archive.archived_at is 'When it was written, and read again to be sure.';
  comment on column log_archive.cleared_at is 'When the streams in it that were over had left the table; empty until then.';
  comment on table archived_stream is 'Stretches of streams whose events are in files and not in the table; those of one stream follow each other from its version 1 on without a gap.';
  comment on column archived_stream.stream is 'The aggregate, as in events.';
  comment on column archived_stream.version is 'Of the last event of the stretch; what happened later is in the next one, or in the table.';
  comment on column archived_stream.sequence is 'How many of the stream’s events up to that version are published.';
  comment on column archived_stream.positions is 'Where its events are in the log, one after the other.';
  comment on column archived_stream.ids is 'Their ids, in the same order.';
  comment on column archived_stream.recorded is 'When they were recorded, in the same order.';
  comment on column archived_stream.excerpts is 'What the service asks of them in SQL, as JSON, in the same order; null of whom it asks nothing.';
  comment on column archived_stream.correlations is 'What they belong to.';

  -- Takes streams out of the table, up to these versions, behind the same lock as appends; those that end only where they still stand as they were judged, and
  -- are in files to their end. Answers how many events left. "texts" are excerpts of the events at "places".
  create or replace function archive_streams(
    streams text[], versions integer[], ends boolean[], upto bigint, places bigint[], texts text[]
  ) returns integer language plpgsql as $$
  declare
    gone integer;
  begin
    perform pg_advisory_xact_lock(hashtextextended('cartage.log.' || current_schema(), 0));
    with leaving as (
      select w.stream, w.version from unnest(streams, versions, ends) as w (stream, version, ends)
      left join lateral (
        select s.version, s.position from events s where s.stream = w.stream order by s.version desc limit 1
      ) e on w.ends
      where not w.ends or (e.version = w.version and e.position <= upto)
    ), deleted as (
      delete from events e using leaving l where e.stream = l.stream and e.version <= l.version
      returning e.stream, e.version, e.sequence, e.position, e.id, e.recorded_at, e.meta ->> 'correlationId' as correlation
    ), kept as (
      insert into archived_stream (stream, version, sequence, positions, ids, recorded, excerpts, correlations)
      select d.stream, max(d.version), max(d.sequence), array_agg(d.position order by d.version), array_agg(d.id order by d.version),
        array_agg(d.recorded_at order by d.version), case when count(x.text) > 0 then array_agg(x.text order by d.version) end,
        coalesce(array_agg(distinct d.correlation) filter (where d.correlation is not null), '{}')
      from deleted d left join unnest(places, texts) as x (place, text) on x.place = d.position
      group by d.stream
    )
    select count(*) into gone from deleted;
    return gone;
  end $$;
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
      select case when coalesce(e.version, a.version, 0) = w.expected
        then coalesce(e.sequence, a.sequence, 0) end
      from unnest(streams, append_events.expected) with ordinality as w (stream, expected, nth)
      left join lateral (
        select s.version, s.sequence from events s where s.stream = w.stream order by s.version desc limit 1
      ) e on true
      left join lateral (
        select s.version, s.sequence from archived_stream s where e.version is null and s.stream = w.stream order by s.version desc limit 1
      ) a on true
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
export const migrateEventStore = (pool: Pool): Promise<void> => migrate(pool, 'event-store', TABLES + ARCHIVE + APPEND);
