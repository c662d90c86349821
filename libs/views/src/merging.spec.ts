import fc from 'fast-check';
import { merge } from './merging';
import { patch, put, remove, type Change, type Row } from './view';

const view = { name: 'shelf', key: ['place', 'sku'] };
type Rows = Map<string, Row>;

const key = fc.record({ place: fc.constantFrom('a', 'b'), sku: fc.constantFrom(1, '1', 2) });
const set = fc.record({ color: fc.constantFrom('red', null, undefined), size: fc.integer({ min: 0, max: 3 }) }, { requiredKeys: [] });
const change: fc.Arbitrary<Change> = fc.oneof(
  fc.tuple(key, set).map(([k, s]) => put({ ...k, ...s })),
  fc.tuple(key, set).map(([k, s]) => patch(k, s)),
  key.map((k) => remove(k)),
);

const idOf = (row: Row): string => `${row['place']}/${row['sku']}`;
const defined = (row: Row): Row => Object.fromEntries(Object.entries(row).filter(([, value]) => value !== undefined));
const keyless = ({ place: _place, sku: _sku, ...rest }: Row): Row => defined(rest);

/** What changes mean, one by one: the reference. */
const interpret = (rows: Rows, changes: readonly Change[]): Rows => {
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

it('means the same merged as one by one, whatever was there before', () => {
  fc.assert(
    fc.property(fc.array(change, { maxLength: 8 }), fc.array(change, { maxLength: 20 }), (past, changes) => {
      const rows = interpret(new Map(), past);
      expect(interpret(rows, merge(view, changes))).toEqual(interpret(rows, changes));
    }),
    { numRuns: 1_000 },
  );
});

it('leaves one change for each row', () => {
  fc.assert(
    fc.property(fc.array(change, { maxLength: 30 }), (changes) => {
      const ids = merge(view, changes).map((each) => idOf(each.kind === 'put' ? each.row : each.key));
      expect(new Set(ids).size).toBe(ids.length);
    }),
  );
});

it('refuses a change that does not name its row', () => {
  expect(() => merge(view, [put({ place: 'a' })])).toThrow('View shelf: a change lacks the key column sku.');
  expect(() => merge(view, [remove({ sku: 1 })])).toThrow('lacks the key column place');
});

it('refuses a patch that would move a row to another key', () => {
  expect(() => merge(view, [patch({ place: 'a', sku: 1 }, { sku: 2 })])).toThrow('cannot set the key column sku');
});
