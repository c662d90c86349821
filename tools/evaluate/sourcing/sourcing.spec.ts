import fc from 'fast-check';
import type { SourcingPlan } from '@cartage/fulfillment-routing/sourcing';
import { chanceOf } from '../../simulation/random';
import { cheapestFirst, lookingAhead, nearestFirst, type Solver, type SourcingMethod } from './methods';
import { rateFor, usualTariff, type OrderLine, type Place } from './reading';
import { allAtOnce, batchesOf, bestOf, boundOf, lived, totalCost, type History } from './trial';
import { assumedStock, ordersOf, Shelves, sourcingOrderOf, stockOf, type PlacedOrder } from './world';

const places: readonly Place[] = [
  { location: 'NORTH', latitude: 55, longitude: 0 },
  { location: 'SOUTH', latitude: 50, longitude: 0 },
  { location: 'WEST', latitude: 52, longitude: -9 },
];
const line = (order: string, more: Partial<OrderLine> = {}): OrderLine => ({
  ...{ at: 0, order, sku: 'MUG', quantity: 1, destination: { latitude: 54, longitude: 0 } },
  ...more,
});
const DAY_MS = 86_400_000;

describe('orders of a file', () => {
  it('are whole, in the order of time, and lines of one SKU are one', () => {
    const orders = ordersOf([line('b', { at: 5 }), line('a'), line('b', { at: 5, quantity: 2 }), line('b', { at: 5, sku: 'TEE' })], [], 1);
    expect(orders.map(({ id }) => id)).toEqual(['a', 'b']);
    expect(orders[1]?.lines).toEqual([
      { sku: 'MUG', quantity: 3 },
      { sku: 'TEE', quantity: 1 },
    ]);
  });

  it('go to a town that is drawn by how many live there where nobody says whither, or are refused', () => {
    const towns = [
      { latitude: 1, longitude: 1, weight: 9_000 },
      { latitude: 2, longitude: 2, weight: 1_000 },
    ];
    const nowhere = Array.from({ length: 400 }, (_, n) => line(`o${n}`, { destination: undefined }));
    const drawn = ordersOf(nowhere, towns, 1);
    const large = drawn.filter(({ destination }) => destination.latitude === 1).length;
    expect(large).toBeGreaterThan(320);
    expect(large).toBeLessThan(390);
    expect(ordersOf(nowhere, towns, 1)).toEqual(drawn);
    expect(() => ordersOf(nowhere, [], 1)).toThrow(/--destinations/);
  });
});

describe('a tariff', () => {
  it('is the first row that is for the location and the distance; where none is, that is said', () => {
    const own = [{ location: 'NORTH', upToKm: 100, amount: 1, perUnit: 0 }, ...usualTariff.slice(0, 1)];
    expect([rateFor(own, 'NORTH', 90).amount, rateFor(own, 'NORTH', 110).amount, rateFor(own, 'SOUTH', 90).amount]).toEqual([1, 500, 500]);
    expect(() => rateFor(own, 'SOUTH', 900)).toThrow(/for SOUTH and 900 km/);
  });
});

describe('stock that is assumed', () => {
  it('is as much of each SKU as is asked for, in equal lots at a few locations', () => {
    const orders = ordersOf([line('a', { quantity: 9 }), line('b', { sku: 'TEE', quantity: 4 })], [], 1);
    const stock = assumedStock(orders, places, { share: 1, keptAt: 2, seed: 1 });
    const unitsOf = (sku: string) => [...stock.values()].flatMap((shelf) => shelf.get(sku) ?? []);
    expect([unitsOf('MUG'), unitsOf('TEE')]).toEqual([
      [5, 5],
      [2, 2],
    ]);
  });
});

/** Never asked: the heuristic of the service decides. */
const nobody: Solver = { solve: () => Promise.resolve(undefined) };

const middle = { latitude: 0, longitude: 0 };
const placeNamed = (location: string) => places.find((place) => place.location === location) ?? middle;
const degreesBetween = (a: typeof middle, b: typeof middle): number =>
  Math.abs(a.latitude - b.latitude) + Math.abs(a.longitude - b.longitude);

const historyOf = (orders: readonly PlacedOrder[], stock: Shelves['stock'], batchSize = 5): History => ({
  orders: orders.map((order) => ({
    order: sourcingOrderOf({ places, tariff: usualTariff, stock, maxSplit: 2 }, order),
    day: Math.floor(order.at / DAY_MS),
  })),
  ...{ stock, batchSize, unfilledCost: 5_000 },
  kmOf: ({ id }, location) => degreesBetween(placeNamed(location), orders.find((order) => order.id === id)?.destination ?? middle),
});

const madeUp = (seed: number): History => {
  const chance = chanceOf(seed, 'orders');
  const lines = Array.from({ length: 24 }, (_, n) =>
    line(`o${n}`, {
      ...{ at: Math.floor(n / 4) * DAY_MS, sku: chance.pick(['MUG', 'TEE']), quantity: chance.whole(1, 2) },
      destination: { latitude: chance.whole(50, 55), longitude: chance.whole(-9, 0) },
    }),
  );
  const stock = stockOf(places.flatMap(({ location }) => ['MUG', 'TEE'].map((sku) => ({ location, sku, units: chance.whole(0, 9) }))));
  return historyOf(ordersOf(lines, [], 1), stock);
};

const waysOf = (history: History): readonly SourcingMethod[] => [
  nearestFirst(history.kmOf),
  cheapestFirst,
  lookingAhead({
    ...{ name: 'ahead', solver: nobody, unfilledCost: history.unfilledCost },
    expectedFrom: (day) => history.orders.filter((one) => one.day >= day).map(({ order }) => ({ order, times: 1 })),
  }),
];

describe('ways to source', () => {
  it('from the nearest that has all of it, else by turns from the nearest; no more than may ship it', async () => {
    const orders = ordersOf([line('a', { quantity: 3 }), line('b', { quantity: 4 }), line('c', { quantity: 9 })], [], 1);
    const stock = stockOf([
      { location: 'NORTH', sku: 'MUG', units: 2 },
      { location: 'SOUTH', sku: 'MUG', units: 5 },
      { location: 'WEST', sku: 'MUG', units: 9 },
    ]);
    const { problem, ...more } = {
      problem: new Shelves(stock).problemOf(historyOf(orders, stock).orders.map(({ order }) => order)),
      stock,
      day: 0,
    };
    const plan: SourcingPlan = await nearestFirst(historyOf(orders, stock).kmOf).plan({ problem, ...more });
    expect(plan.map((parts) => parts.map(({ location, lines }) => [location, lines[0]?.quantity]))).toEqual([
      [['SOUTH', 3]],
      [['WEST', 4]],
      [],
    ]);
  });

  it('keep the last unit of a region for whom it serves, when they look ahead', async () => {
    // Between both now, far in the north tomorrow; the north has one.
    const orders = ordersOf(
      [
        line('now', { destination: { latitude: 52.6, longitude: 0 } }),
        line('later', { at: DAY_MS, destination: { latitude: 56.9, longitude: 0 } }),
      ],
      [],
      1,
    );
    const stock = stockOf([
      { location: 'NORTH', sku: 'MUG', units: 1 },
      { location: 'SOUTH', sku: 'MUG', units: 1 },
    ]);
    const history = historyOf(orders, stock);
    const [, greedy, ahead] = await Promise.all(waysOf(history).map((way) => lived(history, way)));
    expect(totalCost(ahead ?? { orders: [] })).toBeLessThanOrEqual(totalCost(greedy ?? { orders: [] }));
    expect(ahead?.orders.map(({ cost }) => cost)).toEqual([760, 510]);
  });

  it('never take more than there is, and cost no less than the bound, whatever is ordered', () =>
    fc.assert(
      fc.asyncProperty(fc.nat(10_000), async (seed) => {
        const history = madeUp(seed);
        const bound = boundOf(history);
        for (const way of waysOf(history)) {
          const shelves = new Shelves(history.stock);
          const counted: SourcingMethod = {
            ...way,
            plan: async (batch) => {
              const plan = await way.plan(batch);
              shelves.take(batch.problem.orders, plan);
              return plan;
            },
          };
          const found = await lived(history, counted);
          for (const shelf of shelves.stock.values()) for (const units of shelf.values()) expect(units).toBeGreaterThanOrEqual(0);
          expect(totalCost(found)).toBeGreaterThanOrEqual(bound - 1e-6);
          expect(totalCost(bestOf([found, allAtOnce(history)]))).toBeLessThanOrEqual(totalCost(found));
        }
      }),
      { numRuns: 15 },
    ));
});

it('nobody waits overnight for others, and a batch is no larger than it may be', () => {
  const orders = [0, 0, 0, 1, 1].map((day, n) => ({ day, order: { id: String(n), lines: [], maxSplit: 1, places: [] } }));
  expect(batchesOf({ orders, batchSize: 2 }).map((batch) => batch.map(({ order }) => order.id))).toEqual([['0', '1'], ['2'], ['3', '4']]);
});
