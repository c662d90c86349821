import fc from 'fast-check';
import { faultOf, isBetter, valueOf, type SourcingOrder, type SourcingProblem } from './sourcing';
import { sourcedWell } from './sourcing-heuristic';
import { bestByForce, tinyProblem, tinyWeighed } from './sourcing.fixture';

const order = (id: string, sku: string, costs: Readonly<Record<string, number>>, over: Partial<SourcingOrder> = {}): SourcingOrder => ({
  ...{ id, maxSplit: 2, lines: [{ lineId: '1', sku, quantity: 1 }] },
  places: Object.entries(costs).map(([location, cost]) => ({ location, cost })),
  ...over,
});
const problem = (
  orders: readonly SourcingOrder[],
  stock: Readonly<Record<string, Readonly<Record<string, number>>>>,
  rooms = {},
): SourcingProblem => ({
  orders,
  stock: new Map(Object.entries(stock).map(([location, units]) => [location, new Map(Object.entries(units))])),
  rooms: new Map(Object.entries(rooms)),
});
const sourced = (asked: SourcingProblem) => sourcedWell(asked).map((parts) => parts.map(({ location }) => location));

describe('a batch of orders', () => {
  it('leaves the last unit to whoever would pay most for another', () =>
    expect(
      sourced(problem([order('1', 'MUG', { A: 1, B: 2 }), order('2', 'MUG', { A: 1, B: 9 })], { A: { MUG: 1 }, B: { MUG: 1 } })),
    ).toEqual([['B'], ['A']]));

  it('ships as many orders as it can before it saves anything', () =>
    expect(sourced(problem([order('1', 'MUG', { A: 1, B: 9 }), order('2', 'MUG', { A: 5 })], { A: { MUG: 1 }, B: { MUG: 1 } }))).toEqual([
      ['B'],
      ['A'],
    ]));

  it('gives no location more than it can take', () =>
    expect(
      sourced(problem([order('1', 'MUG', { A: 1, B: 9 }), order('2', 'MUG', { A: 1, B: 2 })], { A: { MUG: 5 }, B: { MUG: 5 } }, { A: 1 })),
    ).toEqual([['A'], ['B']]));

  it('splits an order where that is cheaper, and may', () => {
    const two = {
      lines: [
        { lineId: '1', sku: 'MUG', quantity: 1 },
        { lineId: '2', sku: 'TEE', quantity: 1 },
      ],
    };
    const stock = { A: { MUG: 1 }, B: { TEE: 1 }, C: { MUG: 1, TEE: 1 } };
    expect(sourced(problem([order('1', '', { A: 1, B: 1, C: 5 }, two)], stock))).toEqual([['A', 'B']]);
    expect(sourced(problem([order('1', '', { A: 1, B: 1, C: 5 }, { ...two, maxSplit: 1 })], stock))).toEqual([['C']]);
  });

  it('has each line from where its units cost least, and is judged by what that really costs', () => {
    const lines = [
      { lineId: '1', sku: 'MUG', quantity: 2 },
      { lineId: '2', sku: 'TEE', quantity: 1 },
    ];
    const places = [
      { location: 'A', cost: 1, perUnit: [5, 1], exactly: () => 4 },
      { location: 'B', cost: 1, perUnit: [1, 5] },
    ];
    const asked = problem([{ id: '1', maxSplit: 2, lines, places }], { A: { MUG: 2, TEE: 1 }, B: { MUG: 2, TEE: 1 } });
    const plan = sourcedWell(asked);
    expect(new Map(plan[0]?.map((part) => [part.location, part.lines]))).toEqual(
      new Map([
        ['A', [{ lineId: '2', quantity: 1 }]],
        ['B', [{ lineId: '1', quantity: 2 }]],
      ]),
    );
    expect(valueOf(asked, plan)).toEqual({ unfilled: 0, fulfillments: 2, cost: 4 + 3 });
  });

  it('ships a kit from one location, with all of its parts', () => {
    const parts = [
      { sku: 'MUG', quantity: 1, share: 1 },
      { sku: 'TEE', quantity: 2, share: 1 },
    ];
    const kit = { lines: [{ lineId: '1', sku: 'SET', quantity: 1, parts }] };
    expect(sourced(problem([order('1', '', { A: 1, B: 1, C: 5 }, kit)], { A: { MUG: 1 }, B: { TEE: 2 }, C: { MUG: 1, TEE: 2 } }))).toEqual([
      ['C'],
    ]);
  });
});

it('every plan can be carried out, is the same each time, and is no better than the best of all', () =>
  fc.assert(
    fc.property(fc.oneof(fc.nat().map(tinyProblem), fc.nat().map(tinyWeighed)), (asked) => {
      const plan = sourcedWell(asked);
      expect(faultOf(asked, plan)).toBeUndefined();
      expect(sourcedWell(asked)).toEqual(plan);
      expect(isBetter(valueOf(asked, plan), bestByForce(asked))).toBe(false);
    }),
    { numRuns: 100 },
  ));

it.each([
  [
    'splits',
    [
      { location: 'A', lines: [{ lineId: '1', quantity: 1 }] },
      { location: 'A', lines: [] },
    ],
    /split over 2/,
  ],
  ['foreign', [{ location: 'Z', lines: [{ lineId: '1', quantity: 1 }] }], /may not/],
  ['incomplete', [{ location: 'A', lines: [] }], /as it was ordered/],
  ['overdrawn', [{ location: 'B', lines: [{ lineId: '1', quantity: 1 }] }], /B has not so many/],
])('a plan that cannot be carried out says why: %s', (_, parts, why) =>
  expect(faultOf(problem([order('1', 'MUG', { A: 1, B: 1 })], { A: { MUG: 1 } }), [parts])).toMatch(why),
);
