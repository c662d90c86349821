import { START, type Position } from '@cartage/eventsourcing';
import { definitionOf, inSchema, shadowOf, shapeOf } from './definition';
import type { ViewState } from './registry';
import type { AnyView, Sql } from './view';
import type { Table } from './writing';

/** A table that a view is written to: the one that serves, or the one that will. */
export interface Target extends Table {
  readonly view: AnyView;
  /** As registered for this table. */
  readonly definition: string;
  readonly shadow: boolean;
}

/** A target that stands where the log was at `position`. */
export interface Standing {
  readonly target: Target;
  readonly position: Position;
}

/**
 * What this process can write of a view. A table of another shape serves as it stands until its shadow takes its place; one of the same
 * shape, where only projectors or indexes changed, is kept current meanwhile.
 */
export const targetsOf = async (sql: Sql, view: AnyView, state: ViewState | undefined): Promise<readonly Standing[]> => {
  if (!state) return [];
  const mine = definitionOf(view);
  const rebuilding = state.nextDefinition === mine;
  const writable = state.definition === mine || (rebuilding && state.shape === shapeOf(view));
  return [
    ...(writable ? [{ target: await serving(sql, view, state.definition), position: state.position }] : []),
    ...(rebuilding ? [{ target: await shadow(sql, view), position: state.nextPosition ?? START }] : []),
  ];
};

/** The shadow after it took the serving table's place. */
export const promoted = (target: Target): Target => ({ ...target, table: target.view.name, shadow: false });

const serving = async (sql: Sql, view: AnyView, definition: string): Promise<Target> => ({
  ...(await tableOf(sql, view, view.name)),
  view,
  definition,
  shadow: false,
});

const shadow = async (sql: Sql, view: AnyView): Promise<Target> => ({
  ...(await tableOf(sql, view, shadowOf(view))),
  view,
  definition: definitionOf(view),
  shadow: true,
});

const tableOf = async (sql: Sql, { key }: AnyView, table: string): Promise<Table> => {
  const { rows } = await sql.query<{ name: string; type: string }>(
    `select attname as name, format_type(atttypid, atttypmod) as type from pg_attribute
     where attrelid = to_regclass(${inSchema}) and attnum > 0 and not attisdropped order by attnum`,
    [table],
  );
  return { table, key, types: new Map(rows.map(({ name, type }) => [name, type])) };
};
