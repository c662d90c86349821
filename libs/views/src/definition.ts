import { createHash } from 'node:crypto';
import { escapeIdentifier as quoted, escapeLiteral as literal } from 'pg';
import type { AnyView } from './view';

const typesOf = ({ columns }: AnyView): readonly (readonly [string, string])[] =>
  Object.entries(columns).map(([column, { type }]) => [column, type]);

/** What Postgres keeps of a name, less what is put behind a view's. */
const longestName = 63 - '_12345678__next'.length;

const named = new WeakMap<AnyView, string>();

/**
 * The table that holds what this very definition of the view shows. Columns, key, indexes and revision name it (comments do not: they are renewed at
 * every start), so that a changed view is another table, and each version of the program reads and writes its own. The service's queries name it;
 * analysts query the view's own name, which shows the table of the newest version.
 */
export const tableOf = (view: AnyView): string => {
  const known = named.get(view);
  if (known !== undefined) return known;
  if (view.name.length > longestName) throw new Error(`View ${view.name}: its name is longer than ${longestName} letters.`);
  const definition = JSON.stringify([typesOf(view), view.key, view.indexes ?? [], view.revision]);
  const table = `${view.name}_${createHash('sha256').update(definition).digest('hex').slice(0, 8)}`;
  named.set(view, table);
  return table;
};

/** Where a table is made anew while it serves. */
export const shadowOf = (view: AnyView): string => `${tableOf(view)}__next`;

/** Names a relation in the service's schema for `to_regclass` and the like, never one further down the search path. */
export const inSchema = "(quote_ident(current_schema()) || '.' || quote_ident($1))";

/** Rows are updated often, and a page with room keeps their new version beside the old, which then touches no index. */
const room = 'with (fillfactor = 85)';

export const tableStatements = (view: AnyView, table: string): readonly string[] => [
  `create table ${quoted(table)} (${[
    ...typesOf(view).map(([column, type]) => `${quoted(column)} ${type}`),
    `primary key (${view.key.map(quoted).join(', ')})`,
  ].join(', ')}) ${room}`,
  ...(view.indexes ?? []).map((index) => `create index on ${quoted(table)} ${index}`),
  ...commentStatements(view, 'table', table),
];

/** Makes the view's own name show this table, as long as its columns are still the same or follow those that it had. */
export const nameStatements = (view: AnyView, table: string): readonly string[] => [
  `create or replace view ${quoted(view.name)} as select ${Object.keys(view.columns).map(quoted).join(', ')} from ${quoted(table)}`,
  ...commentStatements(view, 'view', view.name),
];

export const commentStatements = (view: AnyView, kind: 'table' | 'view', relation: string): readonly string[] => [
  `comment on ${kind} ${quoted(relation)} is ${literal(view.about)}`,
  ...Object.entries(view.columns).map(
    ([column, { about }]) => `comment on column ${quoted(relation)}.${quoted(column)} is ${literal(about)}`,
  ),
];
