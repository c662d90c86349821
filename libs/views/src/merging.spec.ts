import fc from 'fast-check';
import { merge } from './merging';
import { anyChange as change, idOf, interpret, shelf as view } from './shelf.fixture';
import { patch, put, remove } from './view';

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
