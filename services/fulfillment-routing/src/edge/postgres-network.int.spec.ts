import { testDatabase, type TestDatabase } from '@cartage/testkit';
import { Pool } from 'pg';
import { DataSource } from 'typeorm';
import { demandTableContract } from '../app/expected-demand.fixture';
import { forkTableContract } from '../app/forks/fork-table.fixture';
import { itemWeightsContract } from '../app/item-weights-contract.fixture';
import type { KnownLocation, Network } from '../app/network';
import { levelOf as level, locationOf as location } from '../app/network.fixture';
import { stockWaitContract } from '../app/stock-wait-contract.fixture';
import { id } from '../domain/brokering.fixture';
import { forkTable } from './forks/fork-table';
import { knownPlaces } from './forks/known-places';
import { DemandByTime1764000005000 } from './migrations/demand-by-time-1764000005000';
import { ExpectedDemand1764000004000 } from './migrations/expected-demand-1764000004000';
import { Forks1764000001000 } from './migrations/forks-1764000001000';
import { ItemWeights1764000002000 } from './migrations/item-weights-1764000002000';
import { Network1764000000000 } from './migrations/network-1764000000000';
import { StockPrices1764000003000 } from './migrations/stock-prices-1764000003000';
import { demandTable } from './postgres-demand';
import { postgresNetwork } from './postgres-network';
import { priceTable } from './postgres-prices';

const at = '2026-11-23T12:00:00.000Z';
let database: TestDatabase;
let pool: Pool;
let network: Network;
beforeAll(async () => {
  database = await testDatabase();
  const migrations = [
    Network1764000000000,
    Forks1764000001000,
    ItemWeights1764000002000,
    StockPrices1764000003000,
    ExpectedDemand1764000004000,
    DemandByTime1764000005000,
  ];
  const db = await new DataSource({ type: 'postgres', url: database.url, migrations }).initialize();
  await db.runMigrations();
  await db.destroy();
  pool = new Pool({ connectionString: database.url });
  network = postgresNetwork(pool);
});
beforeEach(() =>
  pool.query(
    'truncate location, item_weight, stock_level, stock_wait, location_load, counted_fulfillment, routing_fork, expected_demand cascade',
  ),
);
afterAll(async () => {
  await pool.end();
  await database.drop();
});

const day = '2026-11-23';
const load = (n: number, code = 'A', on = day) => ({ fulfillmentId: id(n), location: code, day: on });
const stocked = (skus: readonly string[], when = at, laterDays = 1) => network.stocked({ skus, at: when, laterDays });
const loadOf = async (code: string): Promise<number | undefined> => (await stocked(['MUG'], at)).find((one) => one.location === code)?.load;

describe('what inventory expects, in Postgres', () => demandTableContract(() => demandTable(pool)));

it('keeps what units are worth to later orders once for all who find it at the same time, and tells of the newest', async () => {
  const table = priceTable(pool);
  expect(await table.newer(undefined)).toBeUndefined();
  const found = { currency: 'GBP', rules: 'routing@3', horizonDays: 14, orders: 40, from: at, to: at, perDay: 3 };
  const pricedAt = (price: number) => ({ ...found, prices: [['LDN', 'MUG', price] as const] });
  const times = { before: '2026-11-23T11:45:00.000Z', now: at };
  await Promise.all([1, 2, 3].map((price) => table.keep(pricedAt(price), times)));
  const first = await table.newer(undefined);
  expect((await pool.query('select from stock_price')).rowCount).toBe(1);
  expect(first).toMatchObject({ model: expect.stringMatching(/^stock-prices@\d+$/) as string, madeAt: at });
  await table.keep(pricedAt(9), { before: at, now: '2026-11-23T12:15:00.000Z' });
  const second = await table.newer(first?.model);
  expect(second).toMatchObject({ priced: pricedAt(9) });
  expect(second?.model).not.toBe(first?.model);
  expect(await table.newer(second?.model)).toBeUndefined();
});

it('tells of locations that have, or had, what is asked for, and of no others', async () => {
  await Promise.all(['A', 'B', 'C'].map((code) => network.learnLocation(location(code))));
  await network.learnLevels([
    level('A', 'MUG', 1, 5),
    level('A', 'TEE', 1, 1),
    level('B', 'MUG', 1, 0),
    level('C', 'CAP', 1, 9),
    level('X', 'MUG', 1, 7),
  ]);
  const [mugs, caps, nothing] = await Promise.all([stocked(['MUG', 'TEE'], at), stocked(['CAP'], at), stocked(['HAT'], at)]);
  const place = { kind: 'warehouse', active: true, latitude: 51.5, longitude: -0.1, day, load: 0 };
  expect(mugs).toEqual([
    {
      location: 'A',
      ...place,
      available: new Map([
        ['MUG', 5],
        ['TEE', 1],
      ]),
    },
    { location: 'B', ...place, available: new Map([['MUG', 0]]) },
  ]);
  expect(caps).toEqual([{ location: 'C', ...place, available: new Map([['CAP', 9]]) }]);
  expect(nothing).toEqual([]);
});

it('keeps the newest level, whatever order they come in, also within one batch', async () => {
  await network.learnLocation(location('A'));
  await Promise.all([
    network.learnLevels([level('A', 'MUG', 2, 20)]),
    network.learnLevels([level('A', 'MUG', 3, 30), level('A', 'MUG', 1, 10)]),
  ]);
  await network.learnLevels([level('A', 'MUG', 2, 20)]);
  await network.learnLevels([]);
  expect((await stocked(['MUG'], at))[0]?.available.get('MUG')).toBe(30);
});

it('keeps the newest word of a location', async () => {
  await network.learnLevels([level('A', 'MUG', 1, 1)]);
  await network.learnLocation(location('A', { revision: 2, dailyCapacity: 40, active: false }));
  await network.learnLocation(location('A', { revision: 1 }));
  expect(await stocked(['MUG'], at)).toMatchObject([{ location: 'A', active: false, capacity: 40 }]);
});

it('counts each fulfilment once, and frees it once, in either order', async () => {
  await Promise.all([network.learnLocation(location('A')), network.learnLevels([level('A', 'MUG', 1, 1)])]);
  await Promise.all([network.count([load(1), load(2)]), network.count([load(2), load(3)])]);
  await network.count([load(1)]);
  expect(await loadOf('A')).toBe(3);
  await network.release([id(2)]);
  await network.release([id(2)]);
  expect(await loadOf('A')).toBe(2);
  await network.release([id(4)]);
  await network.count([load(4)]);
  expect(await loadOf('A')).toBe(2);
  expect((await stocked(['MUG'], '2026-11-24T12:00:00.000Z'))[0]?.load).toBe(0);
});

describe('the capacity of a location', () => {
  const open = async (over: Partial<KnownLocation> = {}): Promise<void> => {
    await network.learnLocation(location('A', { dailyCapacity: 10, ...over }));
    await network.learnLevels([level('A', 'MUG', 1, 100)]);
  };
  const claimed = async (ns: readonly number[], on = day): Promise<number> =>
    (await Promise.all(ns.map((n) => network.claim([load(n, 'A', on)])))).filter((refused) => refused.length === 0).length;
  const from = (first: number, count: number): readonly number[] => Array.from({ length: count }, (_, n) => first + n);

  it('is given no more often than there is, however many claim it at once, in whatever process', async () => {
    await open();
    const others = Array.from({ length: 5 }, () => postgresNetwork(pool));
    const burst = from(1, 50).map((n) => (others[n % 5] as Network).claim([load(n)]));
    expect((await Promise.all(burst)).filter((refused) => refused.length === 0)).toHaveLength(10);
    expect(await loadOf('A')).toBe(10);
  });

  it('stays taken once it is brokered, and comes back from what comes to nothing', async () => {
    await open();
    expect(await claimed(from(1, 10))).toBe(10);
    await network.count([load(1), load(1)]);
    expect(await loadOf('A')).toBe(10);
    await network.release([id(1), id(2), id(2)]);
    expect(await claimed(from(11, 5))).toBe(2);
  });

  it('comes back from those who died before they brokered what they claimed', async () => {
    await open();
    await claimed(from(1, 10));
    await network.count([load(1)]);
    expect(await claimed([11])).toBe(0);
    await pool.query(`update counted_fulfillment set claimed_at = claimed_at - interval '11 minutes'`);
    expect(await claimed(from(12, 12))).toBe(9);
  });

  it('is of the location’s own day', async () => {
    await open({ timeZone: 'Pacific/Auckland', dailyCapacity: 1 });
    const [morning, evening] = ['2026-11-23T10:59:00.000Z', '2026-11-23T11:01:00.000Z'];
    expect(await claimed([1, 2], '2026-11-23')).toBe(1);
    expect(await stocked(['MUG'], morning)).toMatchObject([{ day: '2026-11-23', load: 1, later: [{ day: '2026-11-24', load: 0 }] }]);
    expect(await stocked(['MUG'], evening)).toMatchObject([{ day: '2026-11-24', load: 0 }]);
    expect(await claimed([3, 4], '2026-11-24')).toBe(1);
  });

  it('is of the next working day when it comes after the cut-off, or while it is closed', async () => {
    const nineToFive = { opens: '09:00', closes: '17:00' };
    const calendar = { hours: { monday: nineToFive, wednesday: nineToFive }, closedOn: [], cutOffs: [{ until: '12:00' }] };
    await open({ calendar, timeZone: 'Europe/London' });
    await network.count([load(1, 'A', '2026-11-25')]);
    const [before, after] = await Promise.all([stocked(['MUG'], '2026-11-23T11:59:00.000Z', 2), stocked(['MUG'], at, 2)]);
    expect(before).toMatchObject([{ day: '2026-11-23', load: 0, later: [{ day: '2026-11-25', load: 1 }, { day: '2026-11-30' }] }]);
    expect(after).toMatchObject([{ day: '2026-11-25', load: 1, later: [{ day: '2026-11-30', beginsAt: '2026-11-30T00:00:00.000Z' }, {}] }]);
  });

  it('follows the location when it is changed; a time zone that nobody knows counts as UTC', async () => {
    await open();
    await claimed(from(1, 10));
    await open({ dailyCapacity: 12, timeZone: 'Nowhere/Land', revision: 2 });
    expect(await claimed(from(20, 5))).toBe(2);
  });
});

describe('who waits for stock, in Postgres', () => stockWaitContract(() => network));
describe('what things weigh, in Postgres', () => itemWeightsContract(() => network));

describe('forks in Postgres', () => forkTableContract(() => forkTable(pool)));

it('tells a fork of every location as it is known now', async () => {
  const calendar = { hours: { monday: { opens: '08:00', closes: '18:00' } }, cutOffs: [], closedOn: [] };
  await network.learnLocation(location('A', { dailyCapacity: 5, timeZone: 'Europe/London', calendar }));
  await network.learnLocation(location('B', { active: false }));
  const place = { kind: 'warehouse', latitude: 51.5, longitude: -0.1 };
  expect([...(await knownPlaces(pool)())]).toEqual([
    ['A', { location: 'A', ...place, active: true, capacity: 5, times: { timeZone: 'Europe/London', calendar } }],
    ['B', { location: 'B', ...place, active: false, times: { timeZone: 'UTC' } }],
  ]);
});
