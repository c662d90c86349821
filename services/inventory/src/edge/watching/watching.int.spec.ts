import { newId } from '@cartage/service-kit';
import { inventoryForTests, lineOf, metaFor, stocked, type InventoryForTests, type Process } from '../inventory.fixture';

// Generous, because suites share the machine.
jest.setTimeout(120_000);

let inventory: InventoryForTests;
let one: Process;

beforeAll(async () => {
  inventory = await inventoryForTests();
  [one] = inventory.processes;
});
afterAll(() => inventory.close());

const follow = (): Promise<void> => one.feed.catchUp(new AbortController().signal);
const alertsOf = (sku: string) => one.watching.alerts({ sku, after: undefined, limit: 10 });
const eventsOf = async (alertId: string): Promise<readonly string[]> =>
  ((await one.store.readMany([`alert-${alertId}`]))[0]?.events ?? []).map(({ type }) => type);
const reserve = async (sku: string, quantity: number): Promise<string> => {
  const orderId = newId();
  await one.reservations.reserve({ orderId, lines: [lineOf(sku, quantity)] }, metaFor());
  return orderId;
};
const end = (orderId: string) => one.reservations.end({ orderId, reason: { code: 'changed-mind', by: 'customer' } }, metaFor());

it('fewer units than are enough raise an alert once, which ends when there are enough', async () => {
  await stocked(one, 'LOW', { LOW: 5 });
  await one.watching.setThreshold({ sku: 'LOW', atpBelow: 4 }, metaFor());
  await follow();
  expect(await alertsOf('LOW')).toEqual([]);
  const orders = [await reserve('LOW', 2)];
  await follow();
  orders.push(await reserve('LOW', 1));
  await follow();
  const [alert, ...others] = await alertsOf('LOW');
  expect([alert, others]).toMatchObject([{ kind: 'low', value: 3, threshold: 4, channel: null, location: null, endedAt: null }, []]);
  for (const order of orders) await end(order);
  await follow();
  expect(await alertsOf('LOW')).toMatchObject([{ alertId: alert?.alertId, endedAt: expect.any(String) }]);
  expect(await eventsOf(alert?.alertId ?? '')).toEqual(['StockAlertRaised', 'StockAlertEnded']);
  await reserve('LOW', 5);
  await follow();
  expect(await alertsOf('LOW')).toHaveLength(2);
});

it('what was promised beyond what is held back raises an alert without anybody having asked for it', async () => {
  await stocked(one, 'NEG', { NEG: 3 });
  await reserve('NEG', 3);
  await one.stocks.holdBack({ sku: 'NEG', location: 'NEG', safetyStock: 2 }, metaFor());
  await follow();
  expect(await alertsOf('NEG')).toMatchObject([{ kind: 'negative', value: -2, endedAt: null }]);
  await one.stocks.receive({ location: 'NEG', lines: [{ sku: 'NEG', quantity: 2 }] }, metaFor());
  await follow();
  expect(await alertsOf('NEG')).toMatchObject([{ endedAt: expect.any(String) }]);
});

it('a reorder point that is reached suggests how much to order, until it has come or is watched no more', async () => {
  await stocked(one, 'ORDER', { ORDER: 10 });
  await one.watching.setReorderPoint({ sku: 'ORDER', location: 'ORDER', reorderPoint: 4, orderUpTo: 12 }, metaFor());
  const orderId = await reserve('ORDER', 7);
  await one.reservations.allocate({ orderId, fulfillmentId: newId(), location: 'ORDER', lines: [lineOf('ORDER', 7)] }, metaFor());
  await follow();
  const [alert] = await alertsOf('ORDER');
  expect(alert).toMatchObject({ kind: 'reorder', location: 'ORDER', value: 3, threshold: 4 });
  expect(await eventsOf(alert?.alertId ?? '')).toEqual(['ReorderPointReached']);
  expect(await one.watching.suggestions({ location: 'ORDER', after: undefined, limit: 5 })).toEqual([
    { sku: 'ORDER', location: 'ORDER', reorderPoint: 4, orderUpTo: 12, available: 3, onOrder: 0, suggested: 9 },
  ]);
  await one.stocks.receive({ location: 'ORDER', lines: [{ sku: 'ORDER', quantity: 9 }] }, metaFor());
  await follow();
  expect(await alertsOf('ORDER')).toMatchObject([{ endedAt: expect.any(String) }]);
  await one.watching.setReorderPoint({ sku: 'ORDER', location: 'ORDER' }, metaFor());
  expect(await one.watching.suggestions({ after: undefined, limit: 5 })).toEqual([]);
});

it('only a location that is there has a reorder point', async () => {
  const nowhere = { sku: 'X', location: 'NOWHERE', reorderPoint: 1, orderUpTo: 2 };
  await expect(one.watching.setReorderPoint(nowhere, metaFor())).rejects.toMatchObject({ code: 'LOCATION_UNKNOWN' });
});
