import { migrate } from '@cartage/postgres';
import type { Pool } from 'pg';

const tables = `
  create table if not exists checkpoint (
    name text collate "C" primary key,
    position text collate "C" not null,
    saved_at timestamptz not null default now()
  );
  comment on table checkpoint is 'How far each listening group, and the publisher, has got in an event log.';

  create table if not exists dead_letter (
    id bigint generated always as identity primary key,
    group_name text not null,
    topic text not null,
    key bytea not null,
    event_id text not null,
    event_type text not null,
    headers bytea not null,
    value bytea,
    state text not null check (state in ('dead', 'retrying', 'waiting', 'dropped')),
    due_at timestamptz,
    error text not null,
    stack text not null,
    attempts integer not null,
    reason text,
    stored_at timestamptz not null,
    changed_at timestamptz not null,
    in_hand boolean not null default false,
    unique (group_name, event_id)
  );
  -- Looked for first: altering a table waits for all who use it, even if there is nothing to alter.
  do $$ begin
    if not exists (
      select from pg_attribute where attrelid = 'dead_letter'::regclass and attname = 'in_hand' and not attisdropped
    ) then alter table dead_letter add column in_hand boolean not null default false;
    end if;
  end $$;
  comment on table dead_letter is 'Events that a listening group could not take, and what came after them of the same key, in its order.';
  create index if not exists dead_letter_by_key on dead_letter (group_name, key, id) where state <> 'dropped';
  create index if not exists dead_letter_first on dead_letter (group_name, due_at) where state in ('dead', 'retrying');

  create table if not exists parked_publication (
    topic text not null,
    event_id text not null,
    event_type text not null,
    bytes bigint not null,
    error text not null,
    parked_at timestamptz not null default now(),
    primary key (topic, event_id)
  );
  comment on table parked_publication is 'Events that the broker will never take: its subscribers miss them.';
`;

/** Makes the tables of messaging in the schema that the pool's connections search first. Safe to repeat. */
export const migrateMessaging = (pool: Pool): Promise<void> => migrate(pool, 'messaging', tables);
