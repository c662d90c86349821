import { escapeIdentifier as quoted, type PoolClient } from 'pg';
import { asJson } from './json';
import type { Merged } from './merging';
import { prepared } from './transaction';
import type { Row } from './view';

/** A table that rows are written to. */
export interface Table {
  readonly table: string;
  readonly key: readonly string[];
  /** Type of each column as Postgres knows it, without constraints. */
  readonly types: ReadonlyMap<string, string>;
}

export interface Statement {
  readonly text: string;
  readonly rows: readonly Row[];
}

export const write = async (client: PoolClient, statements: readonly Statement[]): Promise<void> => {
  for (const { text, rows } of statements) await client.query(prepared(text, [asJson(rows)]));
};

/** Few statements for many changes: one for each set of columns that is put or patched, and one for all that is removed. */
export const statementsFor = (table: Table, merged: readonly Merged[]): readonly Statement[] => {
  const puts = merged.flatMap((each) => (each.kind === 'put' ? [{ row: each.row, added: [] }] : []));
  const removed = merged.flatMap((each) => (each.kind === 'remove' ? [each.key] : []));
  return [
    ...(removed.length > 0 ? [{ text: removeText(table), rows: removed }] : []),
    ...byColumns(puts).map(({ columns, rows }) => ({ text: putText(table, columns), rows })),
    ...byColumns(merged.flatMap((each) => updateOf(table, each))).map(({ columns, added, rows }) => ({
      text: patchText(table, columns, added),
      rows,
    })),
  ];
};

/** What is written of a row, and which of these columns are added to what is there. */
interface Written {
  readonly row: Row;
  readonly added: readonly string[];
}

const updateOf = ({ key }: Table, merged: Merged): readonly Written[] => {
  if (merged.kind === 'remove') return [];
  const { deltas } = merged;
  const added = Object.keys(deltas).sort();
  if (merged.kind === 'patch')
    return added.length > 0 || Object.keys(merged.set).length > 0 ? [{ row: { ...merged.key, ...merged.set, ...deltas }, added }] : [];
  const ofKey = key.map((column) => [column, merged.row[column]] as const);
  return added.length > 0 ? [{ row: { ...Object.fromEntries(ofKey), ...deltas }, added }] : [];
};

interface Group {
  readonly columns: readonly string[];
  readonly added: readonly string[];
  readonly rows: readonly Row[];
}

const byColumns = (written: readonly Written[]): readonly Group[] => {
  const groups = new Map<string, Group & { readonly rows: Row[] }>();
  for (const { row, added } of written) {
    const columns = Object.keys(row).sort();
    const id = `${columns.join('\n')}\n+\n${added.join('\n')}`;
    const group = groups.get(id) ?? { columns, added, rows: [] };
    group.rows.push(row);
    groups.set(id, group);
  }
  return [...groups.values()];
};

const list = (columns: readonly string[], say: (column: string) => string = quoted): string => columns.map(say).join(', ');

/** The rows of parameter 1 as a relation `x`. */
const given = ({ table, types }: Table, columns: readonly string[]): string =>
  `json_to_recordset($1::json) as x(${list(columns, (column) => {
    const type = types.get(column);
    if (type === undefined) throw new Error(`View ${table} has no column ${column}.`);
    return `${quoted(column)} ${type}`;
  })})`;

const sameKey = ({ key }: Table): string => key.map((column) => `t.${quoted(column)} = x.${quoted(column)}`).join(' and ');

const putText = (table: Table, columns: readonly string[]): string => {
  const replaced = [...table.types.keys()]
    .filter((column) => !table.key.includes(column))
    .map((column) => `${quoted(column)} = ${columns.includes(column) ? `excluded.${quoted(column)}` : 'default'}`);
  const insert = `insert into ${quoted(table.table)} (${list(columns)}) select ${list(columns)} from ${given(table, columns)}`;
  return `${insert} on conflict (${list(table.key)}) do ${replaced.length > 0 ? `update set ${replaced.join(', ')}` : 'nothing'}`;
};

const patchText = (table: Table, columns: readonly string[], added: readonly string[]): string => {
  const set = columns
    .filter((column) => !table.key.includes(column))
    .map((column) => [quoted(column), added.includes(column) ? `coalesce(t.${quoted(column)}, 0) + ` : ''])
    .map(([column, before]) => `${column} = ${before}x.${column}`);
  return `update ${quoted(table.table)} as t set ${set.join(', ')} from ${given(table, columns)} where ${sameKey(table)}`;
};

const removeText = (table: Table): string =>
  `delete from ${quoted(table.table)} as t using ${given(table, table.key)} where ${sameKey(table)}`;
