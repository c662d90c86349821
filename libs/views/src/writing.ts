import { escapeIdentifier as quoted, type PoolClient } from 'pg';
import type { Merged } from './merging';
import { prepared } from './transaction';
import type { Row } from './view';

export interface TableColumn {
  readonly name: string;
  /** As Postgres knows it, without constraints. */
  readonly type: string;
  readonly numeric: boolean;
}

/** A table that rows are written to. */
export interface Table {
  readonly table: string;
  readonly key: readonly string[];
  readonly columns: readonly TableColumn[];
}

/** Rows that go in as one parameter, so that each connection plans a statement once, however many they are. */
export interface Statement {
  readonly text: string;
  readonly rows: readonly Row[];
}

/** How a patch changes a column: one digit of `$how` for each column that is patched at all. */
const how = { kept: '0', set: '1', added: '2' } as const;

/**
 * Writes the changes of a batch to one table, with one statement for each kind of change. (`merge into` would be one for all kinds; measured, it
 * costs a third more, and twice as much when there is little to write.)
 */
export class Writer {
  private readonly columns: ReadonlyMap<string, TableColumn>;
  /** Columns that patches have changed so far: one statement knows them all, instead of one for each combination. */
  private readonly patched: TableColumn[] = [];

  constructor(private readonly table: Table) {
    this.columns = new Map(table.columns.map((column) => [column.name, column]));
  }

  async write(client: PoolClient, merged: readonly Merged[]): Promise<void> {
    for (const { text, rows } of this.statementsFor(merged)) await client.query(prepared(text, [asJson(rows)]));
  }

  /** Patches come last: what is added to a column that a put leaves out is added to its default. */
  statementsFor(merged: readonly Merged[]): readonly Statement[] {
    const removed: Row[] = [];
    const put: Row[] = [];
    const patches: Merged[] = [];
    for (const each of merged) {
      this.requireColumns(each);
      if (each.kind === 'remove') removed.push(each.row);
      else if (each.kind === 'put') put.push(each.row);
      if (each.kind === 'patch') patches.push(each);
      else if (each.deltas) patches.push({ ...each, row: keyOf(this.table, each.row) });
    }
    const { table } = this;
    return [
      ...(removed.length > 0 ? [{ text: removeText(table), rows: removed }] : []),
      ...byColumns(table, put).map(({ columns, rows }) => ({ text: putText(table, columns), rows })),
      ...this.patching(patches),
    ];
  }

  private requireColumns({ row, deltas }: Merged): void {
    const { table } = this.table;
    for (const column in row) if (!this.columns.has(column)) throw new Error(`View ${table} has no column ${column}.`);
    for (const column in deltas)
      if (!this.columns.get(column)?.numeric) throw new Error(`View ${table} has no column ${column} of numbers.`);
  }

  private patching(patches: readonly Merged[]): readonly Statement[] {
    for (const patch of patches)
      for (const column of this.columns.values())
        if (howOf(patch, column.name) !== how.kept && !this.patched.includes(column) && !this.table.key.includes(column.name))
          this.patched.push(column);
    const rows = patches.flatMap((patch) => {
      let $how = '';
      for (const { name } of this.patched) $how += howOf(patch, name);
      return /[^0]/.test($how) ? [{ ...patch.row, ...patch.deltas, $how }] : [];
    });
    return rows.length > 0 ? [{ text: patchText(this.table, this.patched), rows }] : [];
  }
}

const howOf = ({ row, deltas }: Merged, column: string): string => {
  if (row[column] !== undefined) return how.set;
  return deltas?.[column] === undefined ? how.kept : how.added;
};

const keyOf = ({ key }: Table, row: Row): Row => Object.fromEntries(key.map((column) => [column, row[column]]));

interface Group {
  readonly columns: readonly TableColumn[];
  readonly rows: Row[];
}

/** As a rule projectors put whole rows, and this is one group. */
const byColumns = ({ columns }: Table, rows: readonly Row[]): readonly Group[] => {
  const groups = new Map<string, Group>();
  for (const row of rows) {
    let id = '';
    for (const { name } of columns) id += row[name] === undefined ? '0' : '1';
    const group = groups.get(id);
    if (group) group.rows.push(row);
    else groups.set(id, { columns: columns.filter(({ name }) => row[name] !== undefined), rows: [row] });
  }
  return [...groups.values()];
};

const list = (columns: readonly string[], say: (column: string) => string = quoted): string => columns.map(say).join(', ');

/** The rows of parameter 1 as a relation `x`. */
const given = (columns: readonly TableColumn[], more = ''): string =>
  `json_to_recordset($1::json) as x(${columns.map(({ name, type }) => `${quoted(name)} ${type}`).join(', ')}${more})`;

const sameKey = ({ key }: Table): string => key.map((column) => `t.${quoted(column)} = x.${quoted(column)}`).join(' and ');

const keyColumns = ({ key, columns }: Table): readonly TableColumn[] => columns.filter(({ name }) => key.includes(name));

const putText = (table: Table, columns: readonly TableColumn[]): string => {
  const names = columns.map(({ name }) => name);
  const replaced = table.columns
    .filter(({ name }) => !table.key.includes(name))
    .map(({ name }) => `${quoted(name)} = ${names.includes(name) ? `excluded.${quoted(name)}` : 'default'}`);
  const insert = `insert into ${quoted(table.table)} (${list(names)}) select ${list(names)} from ${given(columns)}`;
  return `${insert} on conflict (${list(table.key)}) do ${replaced.length > 0 ? `update set ${replaced.join(', ')}` : 'nothing'}`;
};

const patchText = (table: Table, patched: readonly TableColumn[]): string => {
  const set = patched.map((column, n) => `${quoted(column.name)} = ${patchedValue(column, n)}`).join(', ');
  const x = given([...keyColumns(table), ...patched], ', "$how" bytea');
  return `update ${quoted(table.table)} as t set ${set} from ${x} where ${sameKey(table)}`;
};

const patchedValue = ({ name, numeric }: TableColumn, n: number): string => {
  const [x, t] = [`x.${quoted(name)}`, `t.${quoted(name)}`];
  const added = numeric ? ` when ascii('${how.added}') then coalesce(${t}, 0) + ${x}` : '';
  return `case get_byte(x."$how", ${n}) when ascii('${how.set}') then ${x}${added} else ${t} end`;
};

const removeText = (table: Table): string =>
  `delete from ${quoted(table.table)} as t using ${given(keyColumns(table))} where ${sameKey(table)}`;

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
