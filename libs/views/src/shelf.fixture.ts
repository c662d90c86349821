import fc from 'fast-check';
import { patch, put, remove, type Change, type Row } from './view';

export const shelf = { name: 'shelf', key: ['place', 'sku'] };
export type Rows = Map<string, Row>;

const key = fc.record({ place: fc.constantFrom('a', 'b'), sku: fc.constantFrom(1, '1', 2) });
const set = fc.record({ color: fc.constantFrom('red', null, undefined), size: fc.integer({ min: 0, max: 3 }) }, { requiredKeys: [] });
export const anyChange: fc.Arbitrary<Change> = fc.oneof(
  fc.tuple(key, set).map(([k, s]) => put({ ...k, ...s })),
  fc.tuple(key, set).map(([k, s]) => patch(k, s)),
  key.map((k) => remove(k)),
);

export const idOf = (row: Row): string => `${row['place']}/${row['sku']}`;
const defined = (row: Row): Row => Object.fromEntries(Object.entries(row).filter(([, value]) => value !== undefined));
const keyless = ({ place: _place, sku: _sku, ...rest }: Row): Row => defined(rest);

/** What changes mean, one by one: the reference. */
export const interpret = (rows: Rows, changes: readonly Change[]): Rows => {
  const after = new Map(rows);
  for (const each of changes) {
    const id = idOf(each.kind === 'put' ? each.row : each.key);
    const before = after.get(id);
    if (each.kind === 'put') after.set(id, keyless(each.row));
    else if (each.kind === 'remove') after.delete(id);
    else if (before) after.set(id, { ...before, ...keyless(each.set) });
  }
  return after;
};
