import type { LineQuantity } from '@cartage/contracts';
import { broker } from './brokering';
import { factsOf, location, requestOf, rules } from './brokering.fixture';
import { skusOf } from './demand';

const parts = [
  { sku: 'LAMP', quantity: 1, share: 3 },
  { sku: 'BULB', quantity: 2, share: 1 },
];
const sets = (quantity: number): LineQuantity => ({ lineId: '1', sku: 'SET', quantity, parts });
const bulbs = (quantity: number): LineQuantity => ({ lineId: '2', sku: 'BULB', quantity });

interface Shelf {
  readonly LAMP: number;
  readonly BULB: number;
}
const decide = (lines: readonly LineQuantity[], shelves: readonly (readonly [lamps: number, bulbs: number])[]) => {
  const places = shelves.map(([LAMP, BULB], i) => {
    const shelf: Shelf = { LAMP, BULB };
    const available = skusOf(lines).map((sku) => shelf[sku as keyof Shelf]);
    return location(`L${i}`, available, { latitude: 51.5 + i });
  });
  return broker(rules, requestOf(lines), factsOf(lines, places));
};
const shippedBy = ({ assignments }: ReturnType<typeof decide>) =>
  assignments.map((each) => [each.location, each.lines.map(({ sku, quantity }) => `${quantity} ${sku}`)]);

it('a kit goes from a location that has all of its parts, though a nearer one has some', () =>
  expect(
    shippedBy(
      decide(
        [sets(1)],
        [
          [5, 0],
          [1, 2],
        ],
      ),
    ),
  ).toEqual([['L1', ['1 SET']]]));

it('its parts are told with it, for whoever picks them', () =>
  expect(decide([sets(1)], [[1, 2]]).assignments).toEqual([{ location: 'L0', lines: [sets(1)] }]));

it('kits of a line may go from several locations, each kit from one', () =>
  expect(
    shippedBy(
      decide(
        [sets(3)],
        [
          [1, 3],
          [9, 5],
        ],
      ),
    ),
  ).toEqual([
    ['L1', ['2 SET']],
    ['L0', ['1 SET']],
  ]));

it('parts that are there only at different locations are no kit', () => {
  const decision = decide(
    [sets(1)],
    [
      [1, 0],
      [0, 2],
    ],
  );
  expect(decision).toMatchObject({ assignments: [], because: 'short', unfilled: [{ sku: 'SET', requested: 1, available: 0 }] });
});

it('a line that shares a part with a kit gets what the kit leaves', () => {
  expect(shippedBy(decide([bulbs(2), sets(1)], [[1, 4]]))).toEqual([['L0', ['1 SET', '2 BULB']]]);
  expect(
    shippedBy(
      decide(
        [bulbs(2), sets(1)],
        [
          [1, 2],
          [0, 2],
        ],
      ),
    ),
  ).toEqual([
    ['L0', ['1 SET']],
    ['L1', ['2 BULB']],
  ]);
  expect(decide([bulbs(2), sets(1)], [[1, 3]])).toMatchObject({ because: 'short', unfilled: [{ available: 2 }, { available: 0 }] });
});
