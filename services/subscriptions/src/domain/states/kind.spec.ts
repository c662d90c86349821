import fc from 'fast-check';
import { changed, changedEach } from './kind';

interface Item {
  readonly name: string;
  readonly sum: number;
}
const nameOf = ({ name }: Item): string => name;
/** Adds to what is there, begins what is not, and takes away what comes to nothing. */
const add = (item: Item | undefined, { name, sum: by }: Item): Item | undefined => {
  const sum = (item?.sum ?? 0) + by;
  return sum === 0 ? undefined : { name, sum };
};

const name = fc.constantFrom('a', 'b', 'c', 'd', 'constructor');
const itemsOf = fc.array(fc.record({ name, sum: fc.integer({ min: -2, max: 2 }) }), { maxLength: 12 });

describe('a list of a state', () => {
  it('is the same changed in one pass as item by item, whatever comes how often', () =>
    fc.assert(
      fc.property(fc.uniqueArray(name), itemsOf, (names, changes) => {
        const items: readonly Item[] = names.map((each) => ({ name: each, sum: 1 }));
        const byOne = changes.reduce<readonly Item[]>(
          (all, change) =>
            changed(
              all,
              (item) => item.name === change.name,
              (item) => add(item, change),
            ),
          items,
        );
        const pairs = changes.map((change) => [change.name, change] as const);
        expect(changedEach(items, pairs, { nameOf, change: add })).toEqual(byOne);
      }),
    ));
});
