import fc from 'fast-check';
import { merge } from './merging';
import { anyChange as change, idOf, interpret, shelf as view, unmerged } from './shelf.fixture';
import { add, patch, put, remove } from './view';

it('means the same merged as one by one, whatever was there before', () => {
  fc.assert(
    fc.property(fc.array(change, { maxLength: 8 }), fc.array(change, { maxLength: 20 }), (past, changes) => {
      const rows = interpret(new Map(), past);
      expect(interpret(rows, unmerged(merge(view, changes)))).toEqual(interpret(rows, changes));
    }),
    { numRuns: 1_000 },
  );
});

it('leaves one change for each row', () => {
  fc.assert(
    fc.property(fc.array(change, { maxLength: 30 }), (changes) => {
      const ids = merge(view, changes).map(({ row }) => idOf(row));
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

it('adds exactly, beyond what a number can hold', () => {
  const key = { place: 'a', sku: 1 };
  const changes = [put({ ...key, units: Number.MAX_SAFE_INTEGER }), add(key, { units: 2 }), add(key, { units: 2n })];
  expect(merge(view, changes)).toEqual([{ kind: 'put', row: { ...key, units: 9_007_199_254_740_995n }, deltas: {} }]);
});

it('adds in the database what rests on a default that only the database knows', () => {
  const key = { place: 'a', sku: 1 };
  expect(merge(view, [put(key), add(key, { units: 2 }), add(key, { units: 3 })])).toEqual([
    { kind: 'put', row: key, deltas: { units: 5 } },
  ]);
});
