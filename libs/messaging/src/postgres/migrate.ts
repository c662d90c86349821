import type { Pool } from 'pg';

/** Arbitrary but fixed: services that start at the same moment take turns. */
const MIGRATION_LOCK = 4_207_001;

const tables = `
  create table if not exists group_position (
    name text collate "C" primary key,
    position text collate "C" not null,
    saved_at timestamptz not null default now()
  );
  comment on table group_position is 'How far each listening group, and the publisher, has got in an event log.';

  create table if not exists dead_letter (
    id bigint generated always as identity primary key,
    group_name text not null,
    topic text not null,
    subject text not null,
    event_id uuid not null,
    event_type text not null,
    envelope jsonb not null,
    error text not null,
    stack text not null,
    attempts integer not null,
    recorded_at timestamptz not null default now()
  );
  comment on table dead_letter is 'Events that a listening group could not take, each with its cause, until somebody has dealt with them.';
  create index if not exists dead_letter_by_group on dead_letter (group_name, id);
`;

/** Makes the tables `group_position` and `dead_letter` in the schema that the pool's connections search first. Safe to repeat. */
export const migrateMessaging = async (pool: Pool): Promise<void> => {
  const client = await pool.connect();
  try {
    await client.query('begin');
    await client.query('select pg_advisory_xact_lock($1)', [MIGRATION_LOCK]);
    await client.query(tables);
    await client.query('commit');
  } catch (error) {
    await client.query('rollback');
    throw error;
  } finally {
    client.release();
  }
};
