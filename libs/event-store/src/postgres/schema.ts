import { migrate } from '@cartage/postgres';
import type { Pool, PoolClient } from 'pg';

const TABLES = `
  create table if not exists events (
    stream text collate "C" not null check (stream <> ''),
    version integer not null check (version > 0),
    tx xid8 not null default pg_current_xact_id(),
    position bigint generated always as identity,
    id uuid not null,
    type text not null,
    data json not null,
    meta json not null,
    recorded_at timestamptz not null default statement_timestamp(),
    primary key (stream, version),
    unique (id)
  );
  create unique index if not exists events_in_log_order on events (tx, position);
  comment on table events is 'The log: every fact of this service, never changed and never deleted. Read the views instead, where one answers the question.';
  comment on column events.stream is 'The aggregate that it happened to, such as order-<id>.';
  comment on column events.version is 'Counts the events of the stream, from 1.';
  comment on column events.tx is 'The transaction that wrote it. Log order is (tx, position), and only what is below the oldest open transaction is settled.';
  comment on column events.position is 'Orders the events of one transaction.';
  comment on column events.id is 'Stable for ever; the id of the public event, too.';
  comment on column events.data is 'The fact. Kept as text, exactly as it was written (any string is legal in it); cast to jsonb to query it.';
  comment on column events.meta is 'Command, correlation, causation, actor; sequence counts what is published of the stream.';
  comment on column events.recorded_at is 'When it was written, by the clock of the database.';
`;

/**
 * Makes the tables of an event store in the schema that the pool's search path names first. Idempotent, and safe when many start at once.
 * Refuses a log that was copied into a cluster with a younger transaction counter, because new events would come before old ones there.
 */
export const migrateEventStore = (pool: Pool): Promise<void> =>
  migrate(pool, 'event-store', async (client) => {
    await client.query(TABLES);
    await requireOlderEvents(client);
  });

const requireOlderEvents = async (client: PoolClient): Promise<void> => {
  const { rows } = await client.query<{ newest: string; now: string }>(
    `select tx::text as newest, pg_current_xact_id()::text as now from events where tx > pg_current_xact_id() order by events.tx desc limit 1`,
  );
  const [young] = rows;
  if (!young) return;
  throw new Error(
    `The event log was written by transactions up to ${young.newest}, but this Postgres has only counted to ${young.now}: it was restored ` +
      `from a logical dump. Restore a physical backup, or raise the counter with pg_resetwal (--epoch, --next-transaction-id) above ${young.newest}.`,
  );
};
