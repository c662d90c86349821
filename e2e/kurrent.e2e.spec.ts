import { describeWith, eventually, kafka, kurrentForTests, tablesWith, type KurrentForTests } from '@cartage/testkit';
import { clientOf, itemsOf } from './client';
import { crashContract } from './crash.contract';
import { distributedSystem, type DistributedSystem } from './distributed-system';
import { orderOf, PATIENCE, shopOver, unique } from './shop';
import { bundled } from './support-bundle';
import { breachesIn, gapsIn, messagesOn, repeatedIds, withoutRepeats } from './topics';

describeWith(kafka, 'orders kept in KurrentDB, told over Kafka', (broker) => {
  let kurrent: KurrentForTests;
  let system: DistributedSystem;
  const shop = shopOver(clientOf(() => system.url));

  beforeAll(async () => {
    kurrent = await kurrentForTests();
    system = await distributedSystem({ brokers: broker().brokers, own: { order: { EVENT_STORE_URL: kurrent.connectionString } } });
  }, 240_000);

  afterAll(async () => {
    await system.remove();
    await kurrent.stop();
  }, 60_000);

  it('go from capture to the doorstep, with their history', async () => {
    const { stock, place, deliver, moneyOf, get } = shop;
    const [location, sku] = [unique('LDN'), unique('SKU')];
    await stock(location, [{ sku, quantity: 1 }]);
    const orderId = await place(orderOf([{ sku, quantity: 1, unitPrice: 900 }]));
    await deliver(orderId);
    await eventually(async () => expect(await moneyOf(orderId)).toMatchObject({ captured: 900, discrepancies: [] }), PATIENCE);
    expect(itemsOf(await get(`/orders/${orderId}/timeline`))[0]).toMatchObject({ step: 'placed' });
    expect(await get(`/orders/${orderId}?asOf=1`)).toMatchObject({ version: 1, status: 'placed' });
    // Its log is not in Postgres after all: only what is shown of it.
    const tables = await tablesWith(system.databaseUrl, [orderId]);
    expect(tables.filter((table) => table.startsWith('orders.order_summary'))).toHaveLength(1);
    expect(tables).not.toContain('orders.events');
    const { replay } = await bundled(orderId, { DATABASE_URL: system.databaseUrl, EVENT_STORE_URL: kurrent.connectionString });
    expect(replay).toMatchObject({ code: 0, text: expect.stringContaining(`order order-${orderId}: `) });
  }, 90_000);

  crashContract(() => shop, {
    what: 'the order service',
    crash: async () => {
      await system.process('order').kill();
      await system.process('order').start();
    },
  });

  it('are counted without gaps on the topics', async () => {
    const messages = withoutRepeats(await messagesOn(broker().brokers));
    expect(messages.filter(({ headers }) => headers['ce_type'] === 'OrderPlaced').length).toBeGreaterThan(1);
    expect(breachesIn(messages)).toEqual([]);
    expect(repeatedIds(messages)).toEqual([]);
    expect(gapsIn(messages)).toEqual([]);
  }, 60_000);
});
