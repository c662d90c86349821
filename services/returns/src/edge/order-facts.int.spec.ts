import { randomUUID } from 'node:crypto';
import { testDatabase, type TestDatabase } from '@cartage/testkit';
import { Pool } from 'pg';
import type { OrderFacts } from '../app/order-facts';
import { sale } from '../domain/return.fixture';
import type { Delivery } from '../domain/delivery';
import { migrationStatements } from './migrations/1764200000000-order-facts';
import { orderFactsIn } from './order-facts';

let database: TestDatabase;
let pool: Pool;
let facts: OrderFacts;

beforeAll(async () => {
  database = await testDatabase();
  pool = new Pool({ connectionString: database.url });
  for (const statement of migrationStatements) await pool.query(statement);
  facts = orderFactsIn(pool);
});

afterAll(async () => {
  await pool.end();
  await database.drop();
});

const arrival = (orderId: string, parcel: string, quantity: number): Delivery => ({
  ...{ orderId, shipmentId: 's', parcels: [parcel], deliveredAt: '2026-11-20T10:00:00.000Z' },
  lines: [{ lineId: '1', sku: 'MUG', quantity }],
});

describe('what is kept of orders', () => {
  it('is known as soon as the order is, in whatever order things are told, and however often', async () => {
    const orderId = randomUUID();
    await facts.keepDelivery('e1', arrival(orderId, '1', 1));
    expect(await facts.of(orderId)).toBeUndefined();
    await Promise.all([facts.keepSale(sale({ orderId })), facts.keepSale(sale({ orderId }))]);
    await facts.keepSale(sale({ orderId, currency: 'EUR' }));
    await Promise.all(['e1', 'e2', 'e1'].map((event) => facts.keepDelivery(event, arrival(orderId, '1', 1))));
    await facts.keepDelivery('e3', arrival(orderId, '2', 2));
    expect(await facts.of(orderId)).toMatchObject({ sale: sale({ orderId }), delivered: [{ lineId: '1', quantity: 3 }] });
  });

  it('is the order as it was edited last, in whatever order, and however often, that is told', async () => {
    const orderId = randomUUID();
    const [line] = sale().lines;
    if (!line) throw new Error('The example has no line.');
    const cheaper = { orderId, sequence: 5, lines: [{ lineId: line.lineId, after: { ...line, total: 1_000 } }] };
    const cheap = { orderId, sequence: 9, lines: [{ lineId: line.lineId, after: { ...line, total: 500 } }] };
    await facts.keepChange('c2', cheap);
    await facts.keepSale(sale({ orderId }));
    await Promise.all(['c1', 'c1'].map((event) => facts.keepChange(event, cheaper)));
    expect((await facts.of(orderId))?.sale.lines[0]).toEqual({ ...line, total: 500 });
  });

  it('is nothing yet of an order that has not arrived', async () => {
    const orderId = randomUUID();
    await facts.keepSale(sale({ orderId }));
    expect(await facts.of(orderId)).toEqual({ sale: sale({ orderId }), delivered: [] });
  });

  it('may have any text in it: no name hurts the others of its batch', async () => {
    const names = ['half \ud800', 'nul \0', 'constructor', '"quotes"\n'];
    const orders = names.map((name) => {
      const [line] = sale().lines;
      return sale({ orderId: randomUUID(), lines: line ? [{ ...line, lineId: name }] : [] });
    });
    await Promise.all(orders.map((order) => facts.keepSale(order)));
    for (const order of orders) expect((await facts.of(order.orderId))?.sale).toEqual(order);
  });

  it('survives many processes that tell of the same orders at once', async () => {
    const orders = Array.from({ length: 40 }, () => sale({ orderId: randomUUID() }));
    const processes = Array.from({ length: 8 }, () => orderFactsIn(pool));
    await Promise.all(processes.flatMap((each, n) => (n % 2 ? orders : orders.toReversed()).map((order) => each.keepSale(order))));
    const { rows } = await pool.query('select count(*)::int as n from sale where order_id = any($1)', [
      orders.map(({ orderId }) => orderId),
    ]);
    expect(rows).toEqual([{ n: 40 }]);
  });

  it('says which order a return belongs to', async () => {
    const [returnId, orderId] = [randomUUID(), randomUUID()];
    expect(await facts.orderOf(returnId)).toBeUndefined();
    await facts.keepReturn(returnId, orderId);
    await facts.keepReturn(returnId, randomUUID());
    expect(await facts.orderOf(returnId)).toBe(orderId);
  });
});
