import fc from 'fast-check';
import { echoesOf, raised, unitsAfter, unitsSold, wishesOf, type UnitsSold, type Wishes } from './channel-wishes';

const line = (lineId: string, quantity: number) => ({ lineId, sku: lineId, quantity, unitPrice: 100 });

const nothingOf = (units: UnitsSold): UnitsSold => Object.fromEntries(Object.keys(units).map((lineId) => [lineId, 0]));
const somethingOf = (units: UnitsSold = {}): UnitsSold => Object.fromEntries(Object.entries(units).filter(([, quantity]) => quantity > 0));

const follow = (here: Map<string, number>, { cancel, more, add }: Wishes): void => {
  const steps = [
    ...cancel.map(({ lineId, quantity }) => ({ lineId, by: -quantity })),
    ...more,
    ...add.map(({ lineId, quantity }) => ({ lineId: String(lineId), by: quantity })),
  ];
  for (const { lineId, by } of steps) here.set(lineId, (here.get(lineId) ?? 0) + by);
};

describe('what a channel wants otherwise than it said before', () => {
  it('is units fewer, units more, and lines that it did not name', () => {
    expect(wishesOf({ a: 3, b: 1, c: 2 }, [line('a', 1), line('b', 4), line('d', 2)])).toEqual({
      cancel: [
        { lineId: 'a', quantity: 2 },
        { lineId: 'c', quantity: 2 },
      ],
      more: [{ lineId: 'b', by: 3 }],
      add: [line('d', 2)],
    });
  });

  it('is of lines by whatever names, also such as every object has', () => {
    for (const lineId of ['constructor', 'toString', '__proto__']) {
      expect(wishesOf({}, [line(lineId, 2)])).toEqual({ cancel: [], more: [], add: [line(lineId, 2)] });
      const said = unitsSold([line(lineId, 2)]);
      expect(wishesOf(said, [])).toEqual({ cancel: [{ lineId, quantity: 2 }], more: [], add: [] });
      expect(
        wishesOf(echoesOf({ before: said, heard: {} }, [line(lineId, 1)], unitsSold([line(lineId, 1)])).before, [line(lineId, 1)]),
      ).toEqual({
        ...{ cancel: [], more: [], add: [] },
      });
    }
  });

  it('is nothing when it says the same again, whatever became of the order here meanwhile', () => {
    const lines = fc.uniqueArray(fc.tuple(fc.stringMatching(/^[a-z]{1,3}$/), fc.nat(5)), { selector: ([lineId]) => lineId, minLength: 1 });
    fc.assert(
      fc.property(lines, (told) => {
        const said = told.map(([lineId, quantity]) => line(lineId, quantity));
        expect(wishesOf(unitsSold(said), said)).toEqual({ cancel: [], more: [], add: [] });
      }),
    );
  });

  it('leads, followed step by step, to what the channel says at the end', () => {
    const word = fc.dictionary(fc.constantFrom('a', 'b', 'c'), fc.nat(5), { noNullPrototype: true });
    fc.assert(
      fc.property(fc.array(word, { minLength: 1, maxLength: 6 }), (words) => {
        const here = new Map<string, number>();
        let before: UnitsSold = {};
        for (const units of words) {
          const lines = Object.entries(units).map(([lineId, quantity]) => line(lineId, quantity));
          follow(here, wishesOf(before, lines));
          before = unitsAfter(before, lines);
        }
        expect(Object.fromEntries(here)).toEqual({ ...nothingOf(Object.fromEntries(here)), ...somethingOf(words.at(-1)) });
      }),
    );
  });

  it('counts units more with those that were cancelled of the line', () => {
    expect(
      raised(
        [{ lineId: 'a', quantity: 3 }],
        [
          { lineId: 'a', by: 2 },
          { lineId: 'x', by: 1 },
        ],
      ),
    ).toEqual([{ lineId: 'a', quantity: 5 }]);
  });
});

describe('what a channel takes away because it was told so', () => {
  const none = { before: { a: 3, b: 2 }, heard: {} };

  it('is no wish of its own, in as many messages as it takes', () => {
    const first = echoesOf(
      none,
      [
        { lineId: 'a', quantity: 2 },
        { lineId: 'b', quantity: 2 },
      ],
      { a: 2 },
    );
    expect(first).toEqual({ before: { a: 2, b: 2 }, heard: { a: 1 } });
    const second = echoesOf(
      first,
      [
        { lineId: 'a', quantity: 0 },
        { lineId: 'b', quantity: 2 },
      ],
      { a: 2 },
    );
    expect(second).toEqual({ before: { a: 1, b: 2 }, heard: { a: 2 } });
  });

  it('is not awaited of a message that was written before it heard of it', () => {
    expect(
      echoesOf(
        none,
        [
          { lineId: 'a', quantity: 3 },
          { lineId: 'b', quantity: 2 },
        ],
        { a: 2 },
      ),
    ).toEqual(none);
  });

  it('is nothing where it was told nothing', () => {
    expect(echoesOf(none, [{ lineId: 'a', quantity: 1 }], {})).toEqual(none);
  });
});
