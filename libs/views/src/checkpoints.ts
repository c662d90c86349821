import type { Position, StoredEvent } from '@cartage/eventsourcing';
import type { PoolClient } from 'pg';
import { prepared } from './transaction';
import type { Sql } from './view';

/** How far one table is, as `view_state` keeps it. */
export interface Checkpoint {
  readonly table: string;
  /** The view's own name. */
  readonly view: string;
  readonly position: Position;
  readonly shownUntil: Date | null;
  readonly rebuiltAt: Date | null;
  readonly rebuiltAlike: boolean | null;
}

/** The position is not where it was left, or the table is gone: somebody else writes it, and this process must look again. */
export class Overtaken extends Error {
  override readonly name = 'Overtaken';
}

export const checkpointStatements: readonly string[] = [
  `create table if not exists view_state (
     table_name text primary key,
     name text not null,
     shown boolean not null default false,
     position text collate "C" not null,
     shown_until timestamptz,
     updated_at timestamptz not null default now(),
     created_at timestamptz not null default clock_timestamp(),
     used_at timestamptz not null default now(),
     compares boolean not null default false,
     rebuilt_at timestamptz,
     rebuilt_alike boolean
   )`,
  // Those that an earlier version of the program made. Only then, because it locks the table.
  `do $$ begin
     if not exists (select from information_schema.columns
         where table_schema = current_schema() and table_name = 'view_state' and column_name = 'rebuilt_alike') then
       alter table view_state add column compares boolean not null default false, add column rebuilt_at timestamptz,
         add column rebuilt_alike boolean;
     end if;
   end $$`,
  `create unique index if not exists view_state_shown on view_state (name) where shown`,
  `comment on table view_state is 'How fresh is each of the views in this schema? One row for each table that holds one; the name shows one of them.'`,
  `comment on column view_state.table_name is 'The table. Each definition of a view has its own; one that ends in __next is being made anew.'`,
  `comment on column view_state.name is 'The view''s own name: what to query.'`,
  `comment on column view_state.shown is 'True for the table that the name shows.'`,
  `comment on column view_state.position is 'Everything in the service''s event log up to here is in the table. Opaque; a later position compares as greater.'`,
  `comment on column view_state.shown_until is 'When the newest event that the table shows was recorded (UTC); null before the first.'`,
  `comment on column view_state.updated_at is 'When the position last moved (UTC). It stands still while nothing happens.'`,
  `comment on column view_state.created_at is 'When the table was made (UTC).'`,
  `comment on column view_state.used_at is 'When a running program last said that it uses the table (UTC). One that nobody uses for a day is dropped.'`,
  `comment on column view_state.compares is 'Of a table that is being made anew: before it takes the place of the one that serves, the two are compared.'`,
  `comment on column view_state.rebuilt_at is 'When the table took the place of the one before, because somebody had it made anew (UTC); null: nobody has.'`,
  `comment on column view_state.rebuilt_alike is 'Whether it then was, row for row, the one before; null: they were not compared.'`,
];

export const readCheckpoints = async (sql: Sql, tables: readonly string[]): Promise<ReadonlyMap<string, Checkpoint>> => {
  const { rows } = await sql.query<Checkpoint>(
    `select table_name as "table", name as view, position, shown_until as "shownUntil", rebuilt_at as "rebuiltAt", rebuilt_alike as "rebuiltAlike"
     from view_state where table_name = any($1)`,
    [tables],
  );
  return new Map(rows.map((row) => [row.table, row]));
};

/** From where to where a table goes. `shownUntil`: when its newest event was recorded, if there is a newer one. */
export interface Step {
  readonly from: Position;
  readonly to: Position;
  readonly shownUntil: string | undefined;
}

export const stepOver = (from: Position, events: readonly StoredEvent[]): Step => {
  const last = events.at(-1);
  return { from, to: last?.position ?? from, shownUntil: last?.recordedAt };
};

/** Moves these tables, which all stand at `from`. */
export const advance = async (client: PoolClient, tables: readonly string[], { from, to, shownUntil }: Step): Promise<void> => {
  const { rowCount } = await client.query(
    prepared(
      `update view_state set position = $3, shown_until = coalesce($4, shown_until), updated_at = now()
       where table_name = any($1) and position = $2`,
      [tables, from, to, shownUntil],
    ),
  );
  if (rowCount !== tables.length) throw new Overtaken(`Somebody else moved ${tables.join(', ')}.`);
};

/** Says that this process uses these tables. Most of the time another one has just said so. */
export const keepInUse = async (sql: Sql, tables: readonly string[]): Promise<void> => {
  await sql.query(`update view_state set used_at = now() where table_name = any($1) and used_at < now() - interval '10 seconds'`, [tables]);
};
