import { testDatabase, type TestDatabase } from '@cartage/testkit';
import { Pool } from 'pg';
import { DataSource } from 'typeorm';
import type { KnownLocation, Network } from '../app/network';
import { id } from '../domain/samples';
import { Network1764000000000 } from './migrations/network-1764000000000';
import { postgresNetwork } from './postgres-network';

const day = '2026-11-23';
let database: TestDatabase;
let pool: Pool;
let network: Network;
beforeAll(async () => {
  database = await testDatabase();
  const db = await new DataSource({ type: 'postgres', url: database.url, migrations: [Network1764000000000] }).initialize();
  await db.runMigrations();
  await db.destroy();
  pool = new Pool({ connectionString: database.url });
  network = postgresNetwork(pool);
});
beforeEach(() => pool.query('truncate location, stock_level, location_load, counted_fulfillment'));
afterAll(async () => {
  await pool.end();
  await database.drop();
});

const location = (code: string, over: Partial<KnownLocation> = {}): KnownLocation => ({
  location: code,
  name: code,
  kind: 'warehouse',
  country: 'GB',
  latitude: 51.5,
  longitude: -0.1,
  active: true,
  revision: 1,
  ...over,
});
const level = (code: string, sku: string, revision: number, available: number) => ({
  sku,
  location: code,
  revision,
  onHand: available + 3,
  allocated: 2,
  safetyStock: 1,
  available,
});
const load = (n: number, code = 'A') => ({ fulfillmentId: id(n), location: code, day });
const loadOf = async (code: string): Promise<number | undefined> =>
  (await network.stocked(['MUG'], day)).find((one) => one.location === code)?.load;

it('tells of locations that have, or had, what is asked for, and of no others', async () => {
  await Promise.all(['A', 'B', 'C'].map((code) => network.learnLocation(location(code))));
  await network.learnLevels([
    level('A', 'MUG', 1, 5),
    level('A', 'TEE', 1, 1),
    level('B', 'MUG', 1, 0),
    level('C', 'CAP', 1, 9),
    level('X', 'MUG', 1, 7),
  ]);
  const [mugs, caps, nothing] = await Promise.all([
    network.stocked(['MUG', 'TEE'], day),
    network.stocked(['CAP'], day),
    network.stocked(['HAT'], day),
  ]);
  const place = { kind: 'warehouse', active: true, latitude: 51.5, longitude: -0.1, load: 0 };
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
  expect((await network.stocked(['MUG'], day))[0]?.available.get('MUG')).toBe(30);
});

it('keeps the newest word of a location', async () => {
  await network.learnLevels([level('A', 'MUG', 1, 1)]);
  await network.learnLocation(location('A', { revision: 2, dailyCapacity: 40, active: false }));
  await network.learnLocation(location('A', { revision: 1 }));
  expect(await network.stocked(['MUG'], day)).toMatchObject([{ location: 'A', active: false, capacity: 40 }]);
});

it('counts each fulfilment once, and frees it once, in either order', async () => {
  await Promise.all([network.learnLocation(location('A')), network.learnLevels([level('A', 'MUG', 1, 1)])]);
  await Promise.all([network.count([load(1), load(2)]), network.count([load(2), load(3)])]);
  await network.count([load(1)]);
  expect(await loadOf('A')).toBe(3);
  await network.release([load(2)]);
  await network.release([load(2)]);
  expect(await loadOf('A')).toBe(2);
  await network.release([load(4)]);
  await network.count([load(4)]);
  expect(await loadOf('A')).toBe(2);
  expect((await network.stocked(['MUG'], '2026-11-24'))[0]?.load).toBe(0);
});
