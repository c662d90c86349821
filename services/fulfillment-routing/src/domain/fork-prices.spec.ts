import { location } from './brokering.fixture';
import type { Shelves } from './expected-orders';
import type { BrokeringFacts } from './facts';
import { ForkPrices } from './fork-prices';
import { cost, policy, recordOf } from './look-ahead.fixture';

/** Three mugs in the north, and plenty in the south. */
const shelves: Shelves = new Map(
  (
    [
      ['NORTH', 3],
      ['SOUTH', 5_000],
    ] as const
  ).map(([code, mugs]) => [code, { ...location(code, []), units: new Map([['MUG', mugs]]) }]),
);
const facts: BrokeringFacts = {
  ...{ destination: { locatedBy: 'unknown' }, skus: ['MUG'] },
  locations: [location('NORTH', [3], { worth: [1] }), location('SOUTH', [5_000])],
  unitWorth: { method: 'as it was', version: '1', model: 'stock-prices@7', currency: 'GBP' },
};
const at = '2026-11-20T12:00:00.000Z';
const records = (count: number) => Array.from({ length: count }, (_, n) => recordOf(count - n, n % 2 === 0 ? 'N1' : 'S1'));
const found = (prices: ForkPrices, when = at): ForkPrices => {
  for (const _round of prices.find(when, () => shelves));
  return prices;
};
const by = { rules: policy, version: 'routing@3' };

describe('what units are worth to later orders, in a fork', () => {
  it('is found as soon as enough orders came to know it, and anew every three hours of its time', () => {
    const prices = new ForkPrices(by, records(19));
    expect(prices.isDue(at)).toBe(false);
    prices.see(recordOf(0, 'N1'));
    expect(prices.isDue(at)).toBe(true);
    found(prices);
    expect([prices.isDue('2026-11-20T14:59:59.000Z'), prices.isDue('2026-11-20T15:00:00.000Z')]).toEqual([false, true]);
  });

  it('stands in the facts of decisions in place of what was thought of it then, with where it is from', () => {
    const { unitWorth, locations } = found(new ForkPrices(by, records(60))).onto(facts);
    expect(unitWorth).toMatchObject({ model: `fork@${at}`, currency: cost.currency, demand: { from: 'own-orders', share: 0 } });
    expect(locations.map(({ worth }) => worth?.[0] ?? Number.NaN)).toEqual([expect.any(Number), 0]);
    expect(locations[0]?.worth?.[0]).toBeGreaterThan(100);
  });

  it('is found by what inventory had said by then, where it had said something: units that are wanted by many are worth more', () => {
    const saying = (north: number) => {
      const prices = new ForkPrices(by, records(60));
      expect(prices.skus()).toEqual(['MUG']);
      prices.expect(new Map([['NORTH', new Map([['MUG', north]])]]));
      return found(prices).onto({ ...facts, locations: [location('NORTH', [3]), location('SOUTH', [5_000])] });
    };
    const [many, few] = [saying(20), saying(0.1)];
    expect(many.unitWorth?.demand).toEqual({ from: 'both', share: 0.5 });
    const worthOf = ({ locations }: BrokeringFacts): number => locations[0]?.worth?.[0] ?? Number.NaN;
    expect(worthOf(many)).toBeGreaterThan(worthOf(few));
  });

  it('is nothing before it is found, nor what was thought of it then', () => {
    const { unitWorth, locations } = new ForkPrices(by, records(60)).onto(facts);
    expect([unitWorth, locations.map(({ worth }) => worth)]).toEqual([undefined, [undefined, undefined]]);
  });

  it('is the same whatever orders came too long ago to tell', () => {
    const old = records(60).map((record) => ({ ...record, brokeredAt: '2026-01-05T10:00:00.000Z' }));
    const worthOf = (prices: ForkPrices) =>
      found(prices)
        .onto(facts)
        .locations.map(({ worth }) => worth);
    expect(worthOf(new ForkPrices(by, [...old, ...records(60)]))).toEqual(worthOf(new ForkPrices(by, records(60))));
    expect(worthOf(new ForkPrices(by, old))).toEqual([undefined, undefined]);
  });
});
