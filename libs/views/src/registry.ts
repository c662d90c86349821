import type { Position } from '@cartage/eventsourcing';
import type { PoolClient } from 'pg';
import { prepared } from './transaction';
import type { Sql } from './view';

/** How one view stands, as `view_state` keeps it. */
export interface ViewState {
  readonly name: string;
  readonly position: Position;
  readonly shownUntil: Date | null;
  readonly definition: string;
  readonly shape: string;
  readonly nextDefinition: string | null;
  readonly nextPosition: Position | null;
}

/** The position is not where it was left, or the table was made anew: somebody else runs the views, and this process must look again. */
export class Overtaken extends Error {
  override readonly name = 'Overtaken';
}

export const registryStatements: readonly string[] = [
  `create table if not exists view_state (
     name text primary key,
     position text collate "C" not null,
     shown_until timestamptz,
     updated_at timestamptz not null default now(),
     definition text not null,
     shape text not null,
     next_definition text,
     next_position text collate "C",
     next_started_at timestamptz
   )`,
  `comment on table view_state is 'How fresh is each of the views in this schema?'`,
  `comment on column view_state.name is 'Table of the view.'`,
  `comment on column view_state.position is 'Everything in the service''s event log up to here is in the table. Opaque; a later position compares as greater.'`,
  `comment on column view_state.shown_until is 'When the newest event that the table shows was recorded (UTC); null before the first.'`,
  `comment on column view_state.updated_at is 'When the position last moved (UTC). It stands still while nothing happens.'`,
  `comment on column view_state.definition is 'Hash of the definition that the table was made by.'`,
  `comment on column view_state.shape is 'Hash of its columns and key.'`,
  `comment on column view_state.next_definition is 'Hash of the definition of the table that is being filled to replace it; null when none is.'`,
  `comment on column view_state.next_position is 'How far that table has come.'`,
  `comment on column view_state.next_started_at is 'When it was begun (UTC).'`,
];

const columns = `name, position, shown_until as "shownUntil", definition, shape,
  next_definition as "nextDefinition", next_position as "nextPosition"`;

export const readStates = async (sql: Sql, names: readonly string[]): Promise<ReadonlyMap<string, ViewState>> => {
  const { rows } = await sql.query<ViewState>(`select ${columns} from view_state where name = any($1)`, [names]);
  return new Map(rows.map((row) => [row.name, row]));
};

/** From where to where a table goes. `shownUntil`: when its newest event was recorded, if there is a newer one. */
export interface Step {
  readonly from: Position;
  readonly to: Position;
  readonly shownUntil: string | undefined;
}

/** Moves the serving tables of these views, which all stand at `from`. */
export const advance = async (
  client: PoolClient,
  tables: readonly { readonly name: string; readonly definition: string }[],
  { from, to, shownUntil }: Step,
): Promise<void> => {
  const { rowCount } = await client.query(
    prepared(
      `update view_state s set position = $4, shown_until = coalesce($5, s.shown_until), updated_at = now()
       from unnest($1::text[], $2::text[]) as t(name, definition)
       where s.name = t.name and s.definition = t.definition and s.position = $3`,
      [tables.map(({ name }) => name), tables.map(({ definition }) => definition), from, to, shownUntil],
    ),
  );
  requireAll(rowCount, tables.length, tables);
};

/** Moves a shadow table. */
export const advanceNext = async (client: PoolClient, name: string, definition: string, { from, to }: Step): Promise<void> => {
  const { rowCount } = await client.query(
    prepared('update view_state set next_position = $4 where name = $1 and next_definition = $2 and next_position = $3', [
      name,
      definition,
      from,
      to,
    ]),
  );
  requireAll(rowCount, 1, [{ name }]);
};

const requireAll = (rowCount: number | null, wanted: number, tables: readonly { readonly name: string }[]): void => {
  if (rowCount !== wanted) throw new Overtaken(`Somebody else moved ${tables.map(({ name }) => name).join(', ')}.`);
};
