import fc from 'fast-check';
import { atShadowPrices, shadowPrices } from './shadow-prices';
import { costOf, valueOf, type SourcingOrder, type SourcingProblem } from './sourcing';
import { bestByForce, tinyProblem, tinyWeighed } from './sourcing.fixture';
import { sourcedWell } from './sourcing-heuristic';

const mug = (id: string, near: number, far: number): SourcingOrder => ({
  id,
  lines: [{ lineId: '1', sku: 'MUG', quantity: 1 }],
  maxSplit: 1,
  places: [
    { location: 'NORTH', cost: near },
    { location: 'SOUTH', cost: far },
  ],
});
const stock = (north: number, south: number): SourcingProblem['stock'] =>
  new Map([
    ['NORTH', new Map([['MUG', north]])],
    ['SOUTH', new Map([['MUG', south]])],
  ]);
/** Who lives in the north pays dearly for the south; who lives between hardly minds. */
const [northerner, between] = [mug('north', 100, 900), mug('between', 300, 310)];
const unfilledCost = 5_000;
const rooms: SourcingProblem['rooms'] = new Map();
const locationsOf = (problem: SourcingProblem) => sourcedWell(problem).map((parts) => parts.map(({ location }) => location));

describe('the price of what others will need', () => {
  it('keeps the last unit of a region for whom it serves, and only while somebody may come', () => {
    const now: SourcingProblem = { orders: [between], stock: stock(1, 5), rooms };
    const expected = {
      orders: [
        { order: northerner, times: 1 },
        { order: between, times: 1 },
      ],
      stock: now.stock,
      unfilledCost,
    };
    expect(locationsOf(now)).toEqual([['NORTH']]);
    expect(locationsOf(atShadowPrices(now, shadowPrices(expected)))).toEqual([['SOUTH']]);
    expect(locationsOf(atShadowPrices(now, shadowPrices({ ...expected, orders: [] })))).toEqual([['NORTH']]);
  });

  it('is nothing where there is more than anybody wants, and more the scarcer it is', () => {
    const priceAt = (north: number): number =>
      shadowPrices({ orders: [{ order: northerner, times: 3 }], stock: stock(north, 9), unfilledCost }).of('NORTH', 'MUG');
    expect(priceAt(4)).toBe(0);
    expect(priceAt(1)).toBeGreaterThan(priceAt(4));
  });

  it('takes nothing away from what is paid: a plan costs what it costs without it', () => {
    const problem: SourcingProblem = { orders: [northerner, between], stock: stock(1, 1), rooms };
    const prices = shadowPrices({ orders: problem.orders.map((order) => ({ order, times: 1 })), stock: problem.stock, unfilledCost });
    const plan = sourcedWell(atShadowPrices(problem, prices));
    expect(problem.orders.map((order, i) => costOf(order, plan[i] ?? []))).toEqual([100, 310]);
  });

  it.each([tinyProblem, tinyWeighed])('gives a bound that no plan is below, whatever the orders and the stock', (made) =>
    fc.assert(
      fc.property(fc.nat(100_000), fc.integer({ min: 1, max: 40 }), (seed, rounds) => {
        const problem = { ...made(seed), rooms };
        const { bound } = shadowPrices(
          { orders: problem.orders.map((order) => ({ order, times: 1 })), stock: problem.stock, unfilledCost },
          { rounds },
        );
        const best = bestByForce(problem);
        expect(bound).toBeLessThanOrEqual(best.cost + best.unfilled * unfilledCost + 1e-6);
      }),
      { numRuns: 60 },
    ),
  );

  it('is judged with what a unit is worth, too, where costs are no straight line', () => {
    const stepped: SourcingOrder = { ...between, places: between.places.map((place) => ({ ...place, exactly: () => place.cost + 7 })) };
    const problem: SourcingProblem = { orders: [stepped], stock: stock(1, 1), rooms };
    const prices = { of: (location: string) => (location === 'NORTH' ? 50 : 0), bound: 0 };
    const parts = [{ location: 'NORTH', lines: [{ lineId: '1', quantity: 1 }] }];
    expect(valueOf(atShadowPrices(problem, prices), [parts]).cost).toBe(357);
  });
});
