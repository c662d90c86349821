import fc from 'fast-check';
import type { Merged } from './merging';
import { add, patch, put, remove, type Change, type Row } from './view';

export const shelf = { name: 'shelf', key: ['place', 'sku'] };
export type Rows = Map<string, Row>;

const key = fc.record({ place: fc.constantFrom('a', 'b'), sku: fc.constantFrom(1, '1', 2) });
const set = fc.record(
  { color: fc.constantFrom('red', null, undefined), size: fc.constantFrom(0, 3, null), units: fc.nat(3) },
  { requiredKeys: [] },
);
const deltas = fc.record({ size: fc.integer({ min: -2, max: 2 }), units: fc.integer({ min: -2, max: 2 }) }, { requiredKeys: [] });
export const anyChange: fc.Arbitrary<Change> = fc.oneof(
  fc.tuple(key, set).map(([k, s]) => put({ ...k, ...s })),
  fc.tuple(key, set).map(([k, s]) => patch(k, s)),
  fc.tuple(key, deltas).map(([k, d]) => add(k, d)),
  key.map((k) => remove(k)),
);

/** What a column of the shelf holds that a put leaves out. */
export const defaults = { color: null, size: null, units: 5 };

export const idOf = (row: Row): string => `${row['place']}/${row['sku']}`;
const defined = (row: Row): Row => Object.fromEntries(Object.entries(row).filter(([, value]) => value !== undefined));
const keyless = ({ place: _place, sku: _sku, ...rest }: Row): Row => defined(rest);

/** What changes mean, one by one: the reference. */
export const interpret = (rows: Rows, changes: readonly Change[]): Rows => {
  const after = new Map(rows);
  for (const each of changes) {
    const id = idOf(each.kind === 'put' ? each.row : each.key);
    const before = after.get(id);
    if (each.kind === 'put') after.set(id, { ...defaults, ...keyless(each.row) });
    else if (each.kind === 'remove') after.delete(id);
    else if (before) after.set(id, { ...before, ...(each.kind === 'patch' ? keyless(each.set) : sums(before, each.deltas)) });
  }
  return after;
};

const sums = (before: Row, given: Row): Row =>
  Object.fromEntries(Object.entries(given).map(([column, delta]) => [column, Number(before[column] ?? 0) + Number(delta)]));

/** What was merged, as the changes that it stands for. */
export const unmerged = (merged: readonly Merged[]): readonly Change[] =>
  merged.flatMap(({ kind, row, deltas = {} }) => {
    const { place, sku, ...set } = row;
    if (kind === 'remove') return [remove({ place, sku })];
    return [kind === 'put' ? put(row) : patch({ place, sku }, set), add({ place, sku }, deltas)];
  });
