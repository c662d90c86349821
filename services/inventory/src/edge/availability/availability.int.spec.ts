import { postgresEventStore } from '@cartage/event-store';
import { newId } from '@cartage/service-kit';
import { Pool } from 'pg';
import { AvailabilityFeed } from '../../app/availability/availability-feed';
import { CostFeed } from '../../app/costing/cost-feed';
import type { AvailabilityEvent } from '../../domain/events';
import { costTransactions } from '../costing/postgres-costs';
import { inventoryForTests, lineOf, metaFor, place, stocked, type InventoryForTests, type Process } from '../inventory.fixture';
import { availabilityReading, availabilityTransactions } from './postgres-availability';

// Generous, because suites share the machine.
jest.setTimeout(120_000);

let inventory: InventoryForTests;
let one: Process;
let other: Process;

beforeAll(async () => {
  inventory = await inventoryForTests();
  [one, other] = inventory.processes;
});
afterAll(() => inventory.close());

const follow = (by = one): Promise<void> => by.feed.catchUp(new AbortController().signal);
type Change = AvailabilityEvent['data'];
const toldOf = async (sku: string): Promise<readonly Change[]> =>
  ((await one.store.readMany([`availability-${sku}`]))[0]?.events ?? []).map(({ data }) => data as Change);
const lastOf = async (sku: string, channel?: string): Promise<Change | undefined> =>
  (await toldOf(sku)).findLast((change) => change.channel === channel);
const reserve = async (sku: string, quantity = 1): Promise<string> => {
  const orderId = newId();
  await one.reservations.reserve({ orderId, lines: [lineOf(sku, quantity)] }, metaFor());
  return orderId;
};
const changesIn = async (channel?: string, changedSince?: string) =>
  availabilityReading(one.pool).changes({ channel, changedSince, after: undefined, limit: 100 });

it('tells what came in, where it is, and counts what it tells', async () => {
  await stocked(one, 'TELL', { TELL: 5 });
  await follow();
  expect(await toldOf('TELL')).toEqual([{ sku: 'TELL', atp: 5, locations: [{ location: 'TELL', atp: 5 }], asOf: expect.any(String) }]);
  const [stream] = await one.store.readMany(['availability-TELL']);
  expect(stream?.events[0]?.meta).toMatchObject({ sequence: 1, actor: 'inventory.availability' });
});

it('tells a flood of reservations as one change, which is true', async () => {
  await stocked(one, 'FLOOD', { FLOOD: 100 });
  await follow();
  await Promise.all(Array.from({ length: 60 }, () => reserve('FLOOD')));
  await follow();
  await follow();
  expect((await toldOf('FLOOD')).map(({ atp, locations }) => ({ atp, at: locations.length }))).toEqual([
    { atp: 100, at: 1 },
    { atp: 40, at: 0 },
  ]);
});

it('tells nothing where things moved and came back', async () => {
  await stocked(one, 'SAME', { SAME: 3 });
  await follow();
  const orderId = await reserve('SAME', 2);
  await one.reservations.end({ orderId, reason: { code: 'changed-mind', by: 'customer' } }, metaFor());
  await follow();
  expect(await toldOf('SAME')).toHaveLength(1);
});

it('tells it once, however many processes follow, and nothing is lost when one dies between reading and writing', async () => {
  await stocked(one, 'CRASH', { CRASH: 9 });
  const transactions = availabilityTransactions(one.pool, one.store);
  const dying = new AvailabilityFeed({
    store: one.store,
    newId,
    isPublic: () => true,
    place: transactions.place,
    transaction: (work) => transactions.transaction((feed) => work({ ...feed, appendMany: () => Promise.reject(new Error('killed')) })),
  });
  await expect(dying.catchUp(new AbortController().signal)).rejects.toThrow('killed');
  expect(await toldOf('CRASH')).toEqual([]);
  await Promise.all([follow(one), follow(other), follow(one), follow(other)]);
  await follow();
  expect(await toldOf('CRASH')).toMatchObject([{ atp: 9 }]);
});

it('needs one connection at a time: a busy pool does not wait for itself', async () => {
  const pool = new Pool({ connectionString: one.pool.options.connectionString, max: 1, connectionTimeoutMillis: 10_000 });
  const store = postgresEventStore({ pool, alone: true });
  const needs = { store, newId, isPublic: () => true };
  const signal = new AbortController().signal;
  await stocked(one, 'ALONE', { ALONE: 4 });
  await new AvailabilityFeed({ ...needs, ...availabilityTransactions(pool, store) }).catchUp(signal);
  expect(await lastOf('ALONE')).toMatchObject({ atp: 4 });
  await new CostFeed({ ...needs, ...costTransactions(pool, store) }).catchUp(signal);
  const { rows } = await one.pool.query('select units from stock_cost where sku = $1', ['ALONE']);
  expect(rows).toEqual([{ units: 4 }]);
  await pool.end();
});

it('tells each channel what it may sell, from the moment that something is said of it', async () => {
  await stocked(one, 'CHAN-1', { CHAN: 10 });
  await stocked(one, 'CHAN-2', { CHAN: 4 });
  await follow();
  await one.channels.sellFrom('chan', ['CHAN-1'], metaFor());
  await one.channels.holdBack({ channel: 'chan', sku: 'CHAN', safetyStock: 3 }, metaFor());
  await follow();
  expect(await lastOf('CHAN', 'chan')).toMatchObject({ atp: 7, locations: [{ location: 'CHAN-1', atp: 10 }] });
  await one.channels.sellFrom('chan', ['CHAN-2'], metaFor());
  await follow();
  expect(await lastOf('CHAN', 'chan')).toMatchObject({
    atp: 1,
    locations: [
      { location: 'CHAN-1', atp: 0 },
      { location: 'CHAN-2', atp: 4 },
    ],
  });
  expect(await lastOf('CHAN')).toMatchObject({ atp: 14 });
});

it('tells of a kit when one of its parts moves, and of all that is at a location that closes', async () => {
  const kit = [
    { sku: 'K-LAMP', quantity: 1, share: 1 },
    { sku: 'K-BULB', quantity: 2, share: 1 },
  ];
  await one.items.describe('K-SET', { title: 'Set', status: 'active', returnable: true, kit }, metaFor());
  await stocked(one, 'KITS', { 'K-LAMP': 4, 'K-BULB': 4 });
  await follow();
  expect(await lastOf('K-SET')).toMatchObject({ atp: 2, locations: [{ location: 'KITS', atp: 2 }] });
  await reserve('K-BULB', 2);
  await follow();
  expect(await lastOf('K-SET')).toMatchObject({ atp: 1, locations: [] });
  await one.stocks.adjust({ location: 'KITS', sku: 'K-LAMP', quantity: -4, cause: 'damage' }, metaFor());
  await follow();
  expect(await lastOf('K-SET')).toMatchObject({ atp: 0, locations: [{ location: 'KITS', atp: 0 }] });
  await stocked(one, 'CLOSES', { CLOSES: 2 });
  await follow();
  await one.locations.change('CLOSES', { ...place, active: false }, metaFor());
  await follow();
  expect(await lastOf('CLOSES')).toMatchObject({ atp: 0, locations: [{ location: 'CLOSES', atp: 0 }] });
});

it('is polled by time: whoever asks since the last change that it saw misses none', async () => {
  await stocked(one, 'POLL', { POLL: 1, POLL2: 1 });
  await follow();
  const seen = (await changesIn()).at(-1)?.changedAt;
  await stocked(one, 'POLL', { POLL: 2 });
  await follow();
  const since = await changesIn('web', seen);
  expect(since.at(-1)).toMatchObject({ sku: 'POLL', atp: 3, locations: [{ location: 'POLL', atp: 3 }] });
  await one.channels.holdBack({ channel: 'poll', sku: 'POLL', safetyStock: 2 }, metaFor());
  await follow();
  expect((await changesIn('poll')).find(({ sku }) => sku === 'POLL')).toMatchObject({ atp: 1 });
  expect((await changesIn('poll')).map(({ changedAt }) => changedAt)).toEqual(
    (await changesIn('poll')).map(({ changedAt }) => changedAt).toSorted(),
  );
});
