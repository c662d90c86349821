import { about, namingColumns, NO_NAME, type Fact, type Row, type Table, type Value } from './table';
import { tableNamed } from './star';

type Changing = Record<string, Value>;

/** The rows of one table that a batch speaks of, one for each key. */
export interface Rows {
  readonly table: Table;
  readonly rows: readonly Row[];
}

/** What facts name in a dimension has a row there, though nobody has described it yet. */
const named = ({ table, row }: Fact): readonly Fact[] => {
  const { columns } = tableNamed(table);
  return Object.entries(columns).flatMap(([column, { dimension }]) => {
    const natural = row[column];
    if (dimension === undefined || typeof natural !== 'string' || natural === NO_NAME) return [];
    const target = tableNamed(dimension);
    return [about(target, { ...target.naming?.(natural), [target.key[0] ?? '']: natural })];
  });
};

/** These facts, and a row of its dimension for everything that they name. */
export const withDimensions = (facts: readonly Fact[]): readonly Fact[] => [...facts, ...facts.flatMap(named)];

const smaller = (one: Value, other: Value): Value => (compare(one, other) <= 0 ? one : other);
const greater = (one: Value, other: Value): Value => (compare(one, other) >= 0 ? one : other);

/** What is compared are instants, in whatever precision they are written. */
const compare = (one: Value, other: Value): number => Date.parse(String(one)) - Date.parse(String(other));

const together = {
  key: (_before: Value, after: Value): Value => after,
  derived: (before: Value): Value => before,
  last: (_before: Value, after: Value): Value => after,
  revocable: (_before: Value, after: Value): Value => after,
  sum: (before: Value, after: Value): Value => Number(before) + Number(after),
  least: smaller,
  greatest: greater,
} as const;

const said = (value: Value): boolean => value !== undefined && value !== null;

const merged = ({ columns }: Table, before: Row, after: Row): Row => {
  const row: Changing = { ...before };
  for (const [column, value] of Object.entries(after)) {
    const merging = columns[column]?.merging;
    if (merging === undefined || !said(value)) continue;
    row[column] = said(row[column]) ? together[merging](row[column], value) : value;
  }
  return row;
};

/** What a description leaves out it takes back; a fact that only names the thing describes nothing. */
const whole = (table: Table, row: Row): Row => {
  const given = Object.fromEntries(Object.entries(row).filter(([, value]) => said(value)));
  if (!said(row[table.newestBy ?? ''])) return given;
  const names = namingColumns(table);
  const described = Object.keys(table.columns).filter((column) => !table.key.includes(column) && !names.includes(column));
  return { ...Object.fromEntries(described.map((column) => [column, null])), ...given };
};

/** Whichever is newer stands, and keeps the names that the other gave. */
const newer = (by: string, before: Row, after: Row): Row =>
  Number(after[by] ?? -1) > Number(before[by] ?? -1) ? { ...before, ...after } : { ...after, ...before };

const keyOf = ({ key, name }: Table, row: Row): string =>
  JSON.stringify(
    key.map((column) => {
      const value = row[column];
      if (!said(value)) throw new Error(`A fact about ${name} lacks ${column}.`);
      return value;
    }),
  );

/** One row for each key, with the same effect as all of these facts in their order; tables and rows in an order that is the same in every process. */
export const mergedRows = (facts: readonly Fact[]): readonly Rows[] => {
  const tables = new Map<string, Map<string, Row>>();
  for (const fact of facts) {
    const table = tableNamed(fact.table);
    const rows = tables.get(table.name) ?? new Map<string, Row>();
    tables.set(table.name, rows);
    const key = keyOf(table, fact.row);
    const before = rows.get(key);
    rows.set(key, combined(table, before, fact.row));
  }
  return [...tables]
    .toSorted(([one], [other]) => (one < other ? -1 : 1))
    .map(([name, rows]) => ({ table: tableNamed(name), rows: sorted(rows) }));
};

const combined = (table: Table, before: Row | undefined, after: Row): Row => {
  if (table.newestBy === undefined) return merged(table, before ?? {}, after);
  const told = whole(table, after);
  return before ? newer(table.newestBy, before, told) : told;
};

const sorted = (rows: ReadonlyMap<string, Row>): readonly Row[] =>
  [...rows].toSorted(([one], [other]) => (one < other ? -1 : 1)).map(([, row]) => row);
