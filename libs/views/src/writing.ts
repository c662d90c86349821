import { escapeIdentifier as quoted, type PoolClient } from 'pg';
import type { Merged } from './merging';
import { prepared } from './transaction';
import type { Row } from './view';

export interface TableColumn {
  readonly name: string;
  /** As Postgres knows it, without constraints. */
  readonly type: string;
  /** The expression of its default, if it has one. */
  readonly default: string | null;
  readonly numeric: boolean;
}

/** A table that rows are written to. */
export interface Table {
  readonly table: string;
  readonly key: readonly string[];
  readonly columns: readonly TableColumn[];
}

/** How a column comes by its value: one digit for each column that is not of the key. */
const how = { kept: '0', set: '1', added: '2', default: '3', defaultAndAdded: '4' } as const;

/** A row of the batch as the statement takes it: its columns, `$change` unless it is put, and `$how` unless all of them are set. */
type WrittenRow = Row & { readonly $change?: 'patch' | 'remove'; readonly $how?: string };

/** All changes of a batch to one table, as one statement. */
export const writerOf = (table: Table): ((client: PoolClient, merged: readonly Merged[]) => Promise<void>) => {
  const text = statementOf(table);
  return async (client, merged) => {
    const rows = rowsOf(table, merged);
    if (rows.length > 0) await client.query(prepared(text, [asJson(rows)]));
  };
};

export const rowsOf = (table: Table, merged: readonly Merged[]): readonly WrittenRow[] => {
  const columns = columnsBesideKey(table);
  const byName = new Map(table.columns.map((column) => [column.name, column]));
  return merged.flatMap((each): readonly WrittenRow[] => {
    requireColumns(table, byName, each);
    if (each.kind === 'remove') return [{ ...each.row, $change: 'remove' }];
    let $how = '';
    for (const { name } of columns) $how += howOf(each, name);
    if (each.kind === 'put') return [onlySet($how) ? each.row : { ...each.row, ...each.deltas, $how }];
    return onlyKept($how) ? [] : [{ ...each.row, ...each.deltas, $change: 'patch', $how }];
  });
};

const requireColumns = ({ table }: Table, columns: ReadonlyMap<string, TableColumn>, { row, deltas }: Merged): void => {
  for (const column in row) if (!columns.has(column)) throw new Error(`View ${table} has no column ${column}.`);
  for (const column in deltas) if (!columns.get(column)?.numeric) throw new Error(`View ${table} has no column ${column} of numbers.`);
};

const howOf = ({ kind, row, deltas }: Merged, column: string): string => {
  if (row[column] !== undefined) return how.set;
  const added = deltas?.[column] !== undefined;
  if (kind === 'put') return added ? how.defaultAndAdded : how.default;
  return added ? how.added : how.kept;
};

const onlySet = (digits: string): boolean => !/[^1]/.test(digits);
const onlyKept = (digits: string): boolean => !/[^0]/.test(digits);

const columnsBesideKey = ({ columns, key }: Table): readonly TableColumn[] => columns.filter(({ name }) => !key.includes(name));

const list = (texts: readonly string[]): string => texts.join(', ');

/** A batch goes in as one parameter, so that the statement is the same for every batch and each connection plans it once. */
export const statementOf = (table: Table): string => {
  const columns = columnsBesideKey(table);
  const given = table.columns.map(({ name, type }) => `${quoted(name)} ${type}`);
  const names = [...table.key, ...columns.map(({ name }) => name)].map(quoted);
  const keys = table.key.map((column) => `x.${quoted(column)}`);
  const setting = (value: (column: TableColumn, n: number) => string): string =>
    columns.length > 0 ? `update set ${list(columns.map((column, n) => `${quoted(column.name)} = ${value(column, n)}`))}` : 'do nothing';
  const inserting = (value: (column: TableColumn, n: number) => string): string =>
    `insert (${list(names)}) values (${list([...keys, ...columns.map(value)])})`;
  return [
    `merge into ${quoted(table.table)} as t`,
    `using json_to_recordset($1::json) as x(${list([...given, '"$change" text', '"$how" bytea'])})`,
    `on ${table.key.map((column) => `t.${quoted(column)} = x.${quoted(column)}`).join(' and ')}`,
    `when matched and x."$change" = 'remove' then delete`,
    `when matched and x."$how" is null then ${setting(({ name }) => `x.${quoted(name)}`)}`,
    `when matched then ${setting(valueOf)}`,
    `when not matched and x."$change" is null and x."$how" is null then ${inserting(({ name }) => `x.${quoted(name)}`)}`,
    `when not matched and x."$change" is null then ${inserting(insertedOf)}`,
  ].join('\n');
};

const digit = (kind: keyof typeof how): number => how[kind].charCodeAt(0);

const insertedOf = (column: TableColumn, n: number): string => {
  const given = `x.${quoted(column.name)}`;
  const added = column.numeric ? ` when ${digit('defaultAndAdded')} then coalesce(${defaultOf(column)}, 0) + ${given}` : '';
  return `case get_byte(x."$how", ${n}) when ${digit('set')} then ${given}${added} else ${defaultOf(column)} end`;
};

const valueOf = (column: TableColumn, n: number): string => {
  const given = `x.${quoted(column.name)}`;
  const there = `t.${quoted(column.name)}`;
  const cases = [
    `when ${digit('kept')} then ${there}`,
    `when ${digit('set')} then ${given}`,
    ...(column.numeric
      ? [
          `when ${digit('added')} then coalesce(${there}, 0) + ${given}`,
          `when ${digit('defaultAndAdded')} then coalesce(${defaultOf(column)}, 0) + ${given}`,
        ]
      : []),
  ];
  return `case get_byte(x."$how", ${n}) ${cases.join(' ')} else ${defaultOf(column)} end`;
};

const defaultOf = ({ default: expression, type }: TableColumn): string => `(${expression ?? 'null'})::${type}`;

// Postgres keeps no NUL and no half of a surrogate pair in a text. A customer's name must not stop a view.
const unkeepable = /\0|[\uD800-\uDBFF](?![\uDC00-\uDFFF])|(?<![\uD800-\uDBFF])[\uDC00-\uDFFF]/g;
const maybeUnkeepable = /\\u(?:0000|d[89a-f])/i;

const withoutBigInts = (_: string, value: unknown): unknown => (typeof value === 'bigint' ? value.toString() : value);
const cleaned = (key: string, value: unknown): unknown =>
  typeof value === 'string' ? value.replace(unkeepable, '\uFFFD') : withoutBigInts(key, value);

/** JSON that Postgres can read into texts and numbers. */
export const asJson = (value: unknown): string => {
  const json = stringified(value);
  return maybeUnkeepable.test(json) ? JSON.stringify(value, cleaned) : json;
};

/** A function that looks at each value costs several times as much: only where a plain attempt meets a bigint. */
const stringified = (value: unknown): string => {
  try {
    return JSON.stringify(value);
  } catch {
    return JSON.stringify(value, withoutBigInts);
  }
};
