import { createHash } from 'node:crypto';
import { escapeIdentifier as quoted, escapeLiteral as literal } from 'pg';
import type { AnyView } from './view';

const hash = (value: unknown): string => createHash('sha256').update(JSON.stringify(value)).digest('hex').slice(0, 32);

const typesOf = ({ columns }: AnyView): readonly (readonly [string, string])[] =>
  Object.entries(columns).map(([column, { type }]) => [column, type]);

/** Changes when old rows no longer fit the table: projectors of another shape cannot write into it. */
export const shapeOf = (view: AnyView): string => hash([typesOf(view), view.key]);

/** Changes when the table must be rebuilt. Comments do not count: they are renewed at every start. */
export const definitionOf = (view: AnyView): string => hash([shapeOf(view), view.indexes ?? [], view.revision]);

/** Where a view is rebuilt while the old table serves. */
export const shadowOf = ({ name }: AnyView): string => `${name}__next`;

/** Names a table in the service's schema for `to_regclass` and the like, never one further down the search path. */
export const inSchema = "(quote_ident(current_schema()) || '.' || quote_ident($1))";

export const tableStatements = (view: AnyView, table: string): readonly string[] => [
  `create table ${quoted(table)} (${[
    ...typesOf(view).map(([column, type]) => `${quoted(column)} ${type}`),
    `primary key (${view.key.map(quoted).join(', ')})`,
  ].join(', ')})`,
  ...(view.indexes ?? []).map((index) => `create index on ${quoted(table)} ${index}`),
  ...commentStatements(view, table),
];

export const commentStatements = (view: AnyView, table: string): readonly string[] => [
  `comment on table ${quoted(table)} is ${literal(view.about)}`,
  ...Object.entries(view.columns).map(([column, { about }]) => `comment on column ${quoted(table)}.${quoted(column)} is ${literal(about)}`),
];
