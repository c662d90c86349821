import { newId } from '@cartage/service-kit';
import type { Analysis } from '../../app/analysis/analysis';
import { demandCard } from '../../app/watching/demand-card';
import { inventoryForTests, lineOf, metaFor, stocked, type InventoryForTests, type Process } from '../inventory.fixture';
import { forecastSums } from '../watching/postgres-forecasts';
import { AGES, postgresAnalysis, SALES, TURNOVER } from './postgres-analysis';

// Generous, because suites share the machine.
jest.setTimeout(120_000);

let inventory: InventoryForTests;
let one: Process;
let analysis: Analysis;

beforeAll(async () => {
  inventory = await inventoryForTests();
  [one] = inventory.processes;
  analysis = postgresAnalysis(one.pool);
});
afterAll(() => inventory.close());

const DAY_MS = 86_400_000;
const now = Date.now();
const daysAgo = (days: number): string => new Date(now - days * DAY_MS).toISOString();

/** As if what has happened to a SKU since the last time had been so many days ago. */
const happened = (sku: string, days: number) =>
  one.pool.query('update stock_movement set at = $2 where sku = $1 and at > $3', [sku, daysAgo(days), daysAgo(0.5)]);

const sell = async (sku: string, location: string, sale: { readonly quantity: number; readonly channel: string }): Promise<string> => {
  const [orderId, fulfillmentId] = [newId(), newId()];
  const lines = [lineOf(sku, sale.quantity)];
  await one.reservations.reserve({ orderId, lines, channel: sale.channel }, metaFor());
  await one.reservations.allocate({ orderId, fulfillmentId, location, lines }, metaFor());
  await one.reservations.issue({ orderId, fulfillmentId, shipmentId: newId(), lines }, metaFor());
  return orderId;
};
const takeBack = (orderId: string, sku: string, disposition: string) =>
  one.reservations.restock(
    { orderId, returnId: newId(), gradingId: newId(), lineId: '1', sku, quantity: 1, location: sku, disposition },
    metaFor(),
  );

it('the most sold come first, by channel, less what came back, fit or not; what is only ordered, or cancelled, is not sold', async () => {
  await stocked(one, 'SALE', { SALE: 20 });
  await sell('SALE', 'SALE', { quantity: 3, channel: 'web' });
  const orderId = await sell('SALE', 'SALE', { quantity: 6, channel: 'market' });
  await takeBack(orderId, 'SALE', 'restock');
  await takeBack(orderId, 'SALE', 'quarantine');
  const ordered = newId();
  await one.reservations.reserve({ orderId: ordered, lines: [lineOf('SALE', 5)], channel: 'web' }, metaFor());
  const period = { from: daysAgo(1), to: daysAgo(-1) };
  const market = { sku: 'SALE', channel: 'market', sold: 6, returned: 2, net: 4 };
  expect(await analysis.sales({ ...period, sku: 'SALE', limit: 9 })).toEqual([
    market,
    { sku: 'SALE', channel: 'web', sold: 3, returned: 0, net: 3 },
  ]);
  expect(await analysis.sales({ ...period, sku: 'SALE', limit: 1 })).toEqual([market]);
  expect(await analysis.sales({ ...period, sku: 'SALE', channel: 'web', limit: 9 })).toMatchObject([{ net: 3 }]);
  expect(await analysis.sales({ ...period, sku: 'SALE', location: 'ELSEWHERE', limit: 9 })).toEqual([]);
  expect(await analysis.sales({ from: daysAgo(9), to: daysAgo(1), sku: 'SALE', limit: 9 })).toEqual([]);
});

it('stock is as old as its layers: what came first left first', async () => {
  await stocked(one, 'AGE', { AGE: 10 });
  await happened('AGE', 200);
  await stocked(one, 'AGE', { AGE: 6 });
  await happened('AGE', 40);
  await stocked(one, 'AGE', { AGE: 4 });
  await sell('AGE', 'AGE', { quantity: 8, channel: 'web' });
  await happened('AGE', 10);
  // 2 of 200 days, 6 of 40, 4 of 10: 680 days over 12 units.
  expect(await analysis.ages({ at: daysAgo(0), sku: 'AGE', limit: 9 })).toEqual([
    {
      ...{ sku: 'AGE', location: 'AGE', onHand: 12, within30Days: 4, within90Days: 6, within180Days: 0, older: 2 },
      ...{ averageDays: 56.7, oldestAt: daysAgo(200) },
    },
  ]);
});

it('stock is turned as often as it was sold over what there was on average, and lasts as long as the pace says', async () => {
  await stocked(one, 'TURN', { TURN: 40, STILL: 5 });
  await happened('TURN', 100);
  await happened('STILL', 100);
  const orderId = await sell('TURN', 'TURN', { quantity: 21, channel: 'web' });
  await takeBack(orderId, 'TURN', 'restock');
  await happened('TURN', 50);
  // 40 for 50 days, then 20 for 50: 30 on average; 20 in 100 days are 73 a year.
  const year = { from: daysAgo(365), to: daysAgo(0), limit: 9 };
  expect(await analysis.turnover({ ...year, sku: 'TURN' })).toEqual([
    { sku: 'TURN', location: 'TURN', onHand: 20, net: 20, averageOnHand: 30, days: 100, turnsAYear: 2.43, daysOfSupply: 100 },
  ]);
  // Of the first 75 days: 40 for 50, then 20 for 25.
  expect(await analysis.turnover({ ...year, to: daysAgo(25), sku: 'TURN' })).toMatchObject([{ averageOnHand: 33.3, days: 75, net: 20 }]);
  // Since 25 days nothing was sold.
  expect(await analysis.turnover({ ...year, from: daysAgo(25), sku: 'TURN' })).toMatchObject([
    { averageOnHand: 20, days: 25, net: 0, turnsAYear: 0, daysOfSupply: null },
  ]);
  expect(await analysis.turnover({ ...year, sku: 'STILL' })).toMatchObject([
    { net: 0, averageOnHand: 5, turnsAYear: 0, daysOfSupply: null },
  ]);
});

/** What the planner does where reading all is not to be had. */
const planOf = async (statement: string, values: readonly unknown[]): Promise<string> => {
  const client = await one.pool.connect();
  try {
    await client.query('begin; set local enable_seqscan = off');
    const { rows } = await client.query<{ 'QUERY PLAN': string }>(`explain ${statement}`, [...values]);
    return rows.map((row) => row['QUERY PLAN']).join('\n');
  } finally {
    await client.query('rollback');
    client.release();
  }
};

it('no question reads all that ever moved: each is served by an index', async () => {
  const period = [daysAgo(28), daysAgo(0)];
  expect(await planOf(SALES, [...period, null, null, null, 9])).toContain('stock_movement_sold');
  const ages = await planOf(AGES, [daysAgo(0), null, null, null, null, 9]);
  expect(ages).toContain('stock_movement');
  expect(ages).not.toContain('Seq Scan');
  expect(await planOf(TURNOVER, [...period, null, null, null, null, 9])).not.toContain('Seq Scan');
});

it('demand that is forecast says of all together how far off it was, and how what it said the nights before came out, once', async () => {
  const at = { sku: 'CARD', location: 'CARD' };
  const { card } = demandCard(forecastSums(one.pool));
  expect(await card()).toMatchObject({ standing: 'off', error: [], drift: [] });
  await stocked(one, at.location, { [at.sku]: 9 });
  for (const days of [5, 3]) {
    await sell(at.sku, at.location, { quantity: 2, channel: 'web' });
    await happened(at.sku, days);
  }
  const learned = { serviceLevel: 95, reviewDays: 7, leadDays: 5, decides: true };
  await one.watching.setReorderPoint({ ...at, reorderPoint: 1, orderUpTo: 2, learned }, metaFor());
  await one.pool.query(`update demand_forecast set made_at = made_at - interval '4 days'`);
  await Promise.all([one.forecasts.learn(at), one.forecasts.learn(at)]);
  await one.forecasts.learn(at);
  const { drift, ...told } = await card();
  expect(told).toMatchObject({ standing: 'decides', error: [{ value: expect.any(Number) as number }, {}] });
  const sums = drift.map(({ decisions, happened: units }) => [decisions, decisions * units] as const);
  expect(sums.reduce((sum, [days]) => sum + days, 0)).toBe(4);
  expect(sums.reduce((sum, [, units]) => sum + units, 0)).toBeCloseTo(2, 2);
  // Others are told at first, and again after a few days: not each time that it is forecast.
  const [first] = await one.store.readMany([`demand-${at.location}`]);
  expect(first?.events.map(({ type, data }) => [type, data])).toEqual([
    ['DemandExpected', expect.objectContaining({ location: 'CARD', days: 28, items: [expect.objectContaining({ sku: 'CARD' })] })],
  ]);
  await one.pool.query(`update demand_forecast set told = jsonb_set(told, '{at}', to_jsonb(now() - interval '4 days'))`);
  await Promise.all([one.forecasts.learn(at), one.forecasts.learn(at)]);
  const [again] = await one.store.readMany([`demand-${at.location}`]);
  expect(again?.events.map(({ meta }) => meta.sequence)).toEqual([1, 2]);
});
