import { rules } from '../domain/brokering.fixture';
import { cost, policy, recordOf, sourcing } from '../domain/look-ahead.fixture';
import { policyOf, rulesFor, type RoutingPolicy } from '../domain/policy';
import { memoryDemand } from './expected-demand.fixture';
import { lookAheadCard } from './look-ahead-card';
import { levelOf, locationOf, MemoryNetwork } from './network.fixture';
import { StockPricing, type KeptPrices, type PricedStock, type PriceTable } from './stock-worth';

const memoryTable = (): PriceTable & { readonly all: KeptPrices[] } => {
  const all: KeptPrices[] = [];
  return {
    all,
    newer: async (known) => all.slice(-1).find(({ model }) => model !== known),
    keep: async (priced: PricedStock, { before, now }) => {
      if (all.every(({ madeAt }) => madeAt <= before)) all.push({ model: `stock-prices@${all.length + 1}`, madeAt: now, priced });
    },
  };
};

interface Shop {
  /** Of a hundred orders, those to the north. */
  readonly north?: number;
  readonly records?: number;
  readonly rules?: RoutingPolicy;
  readonly table?: PriceTable;
}

/** Plenty in the south, and few in the north. */
const shopOf = async ({ north = 50, records = 100, rules: of = policy, table = memoryTable() }: Shop = {}) => {
  const network = new MemoryNetwork();
  for (const code of ['NORTH', 'SOUTH']) await network.learnLocation(locationOf(code));
  await network.learnLevels([levelOf('NORTH', 'MUG', 1, 10), levelOf('SOUTH', 'MUG', 1, 5_000)]);
  let time = Date.parse('2026-11-21T10:00:00Z');
  const past = Array.from({ length: records }, (_, n) => recordOf(n, n % 100 < north ? 'N1' : 'S1'));
  const rulesNow = {
    inForce: async () => ({ rules: of, version: 'routing@3' }),
    rulesOf: async () => rulesFor(of, 'routing@3', { skus: ['MUG'] }),
    pastDecisions: async function* () {
      yield past;
    },
  };
  const demand = memoryDemand();
  const pricing = new StockPricing({ table, rules: rulesNow, network, demand, now: () => new Date(time), pause: async () => undefined });
  return { pricing, demand, later: (ms: number) => void (time += ms) };
};

describe('what units are worth to later orders', () => {
  it('is what it would cost them more to be served from elsewhere, where there are too few, and nothing where there are more than anybody wants', async () => {
    const { pricing } = await shopOf();
    expect(pricing.current()).toBeUndefined();
    await pricing.renew();
    const worth = pricing.current();
    expect(worth?.from).toEqual({
      method: 'shadow prices of stock',
      version: '2',
      model: 'stock-prices@1',
      currency: 'GBP',
      demand: { from: 'own-orders', share: 0 },
    });
    expect(worth?.of('NORTH', 'MUG')).toBeGreaterThan(300);
    expect(worth?.of('NORTH', 'MUG')).toBeLessThanOrEqual(900);
    expect(worth?.of('SOUTH', 'MUG')).toBe(0);
    expect(worth?.of('SOUTH', 'TEE')).toBe(0);
  });

  it('goes by what inventory expects to leave, where it said so within a week, and each price says so', async () => {
    const [own, more, few] = [await shopOf({ north: 5 }), await shopOf({ north: 5 }), await shopOf()];
    const expected = (units: number, location = 'NORTH') => ({
      ...{ location, madeAt: '2026-11-21T02:00:00.000Z', days: 28 },
      items: [{ sku: 'MUG', units, low: 0, median: 1, high: 9 }],
    });
    await more.demand.learn(expected(100));
    for (const location of ['NORTH', 'SOUTH']) await few.demand.learn(expected(4, location));
    await Promise.all([own, more, few].map(({ pricing }) => pricing.renew()));
    const [least, most, none] = [own, more, few].map(({ pricing }) => pricing.current()?.of('NORTH', 'MUG') ?? Number.NaN);
    expect(least).toBe(0);
    expect(most).toBeGreaterThan(100);
    expect(none).toBe(0);
    expect([own, more, few].map(({ pricing }) => pricing.current()?.from.demand)).toEqual([
      { from: 'own-orders', share: 0 },
      { from: 'both', share: 0.05 },
      { from: 'forecast', share: 1 },
    ]);
    more.later(8 * 24 * 3_600_000);
    await more.pricing.renew();
    expect(more.pricing.current()?.from.demand).toEqual({ from: 'own-orders', share: 0 });
  });

  it('is less where fewer want it', async () => {
    const [many, few] = [await shopOf(), await shopOf({ north: 2, records: 50 })];
    await Promise.all([many.pricing.renew(), few.pricing.renew()]);
    expect(few.pricing.current()?.of('NORTH', 'MUG')).toBeLessThan(many.pricing.current()?.of('NORTH', 'MUG') ?? 0);
  });

  it('is found once for all processes, the same by each, and anew when a quarter of an hour has passed', async () => {
    const table = memoryTable();
    const [one, other] = [await shopOf({ table }), await shopOf({ table })];
    await one.pricing.renew();
    await other.pricing.renew();
    expect(table.all).toHaveLength(1);
    expect(other.pricing.current()?.from).toEqual(one.pricing.current()?.from);
    one.later(15 * 60_000);
    await one.pricing.renew();
    expect(one.pricing.current()?.from.model).toBe('stock-prices@2');
    const alone = await shopOf();
    await alone.pricing.renew();
    expect(alone.pricing.newest()?.priced.prices).toEqual(table.all[0]?.priced.prices);
  });

  it.each([
    ['the rules in force do not ask', { rules: policyOf({ ...rules, cost }) }],
    ['they have no costs', { rules: { ...policyOf(rules), sourcing } }],
    ['too few orders came to know what will', { records: 19 }],
  ])('is known to nobody where %s', async (_, shop) => {
    const { pricing } = await shopOf(shop);
    await pricing.renew();
    expect(pricing.current()).toBeUndefined();
  });

  it('says nothing any more when it is old: orders are routed without it', async () => {
    const { pricing, later } = await shopOf();
    await pricing.renew();
    later(6 * 3_600_000 + 1);
    expect(pricing.current()).toBeUndefined();
  });

  it('has a card that says from what it was found, whether it counts, and what it must not be used for', async () => {
    const { pricing } = await shopOf();
    const needs = { newest: pricing.newest, months: async () => [] };
    const card = (decides: boolean) => lookAheadCard({ ...needs, policy: async () => ({ ...sourcing, decides }) }).card();
    expect(await card(false)).toMatchObject({ standing: 'shadow', model: '', data: { learnedFrom: 0 } });
    await pricing.renew();
    expect(await card(true)).toMatchObject({
      standing: 'decides',
      model: 'stock-prices@1',
      data: { learnedFrom: 100, to: '2026-11-21T10:00:00.000Z' },
    });
  });
});
