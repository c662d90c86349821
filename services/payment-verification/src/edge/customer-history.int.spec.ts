import { randomUUID } from 'node:crypto';
import { testDatabase, type TestDatabase } from '@cartage/testkit';
import { Pool } from 'pg';
import { terms } from '../domain/payment.fixture';
import type { Terms } from '../domain/terms';
import { customerHistory } from './customer-history';
import { migrationStatements } from './migrations/1764000000000-customer-orders-and-simulated-calls';

let database: TestDatabase;
let pool: Pool;

beforeAll(async () => {
  database = await testDatabase();
  pool = new Pool({ connectionString: database.url });
  for (const statement of migrationStatements) await pool.query(statement);
});

afterAll(async () => {
  await pool.end();
  await database.drop();
});

const order = (customerId: string, placedAt: string, country = 'GB'): Terms => ({
  ...terms,
  orderId: randomUUID(),
  customerId,
  destination: { country },
  placedAt,
});

describe('the past of a customer', () => {
  it('is empty at the first order', async () =>
    expect(await customerHistory(pool).remember(order('first', '2026-11-02T10:00:00Z'))).toEqual({
      returning: false,
      ordersWithinHour: 0,
      countryKnown: false,
    }));

  it('knows earlier orders, their countries, and those of the last hour', async () => {
    const history = customerHistory(pool);
    await history.remember(order('regular', '2026-11-01T10:00:00Z'));
    await history.remember(order('regular', '2026-11-02T09:30:00Z'));
    await history.remember(order('another', '2026-11-02T09:45:00Z', 'FR'));
    expect(await history.remember(order('regular', '2026-11-02T10:00:00Z', 'FR'))).toEqual({
      returning: true,
      ordersWithinHour: 1,
      countryKnown: false,
    });
    expect(await history.remember(order('regular', '2026-11-02T10:10:00Z'))).toEqual({
      returning: true,
      ordersWithinHour: 2,
      countryKnown: true,
    });
  });

  it('does not count an order as its own past, however often it is told', async () => {
    const history = customerHistory(pool);
    const once = order('told-twice', '2026-11-02T10:00:00Z');
    await history.remember(once);
    expect(await history.remember(once)).toEqual({ returning: false, ordersWithinHour: 0, countryKnown: false });
  });

  it('sees a burst of orders that come in one batch', async () => {
    const history = customerHistory(pool);
    const burst = Array.from({ length: 6 }, (_, n) => order('burst', `2026-11-02T10:00:0${n}Z`));
    const facts = await Promise.all(burst.map((each) => history.remember(each)));
    expect(facts.map(({ ordersWithinHour }) => ordersWithinHour)).toEqual([0, 1, 2, 3, 4, 5]);
  });

  it('is empty for a guest', async () => {
    const { customerId: _, ...guest } = order('x', '2026-11-02T10:00:00Z');
    expect(await customerHistory(pool).remember(guest)).toEqual({ returning: false, ordersWithinHour: 0, countryKnown: false });
  });

  it('survives many processes telling of the same customers at once', async () => {
    const orders = Array.from({ length: 30 }, (_, n) => order(`shared-${n % 5}`, '2026-11-02T10:00:00Z'));
    await Promise.all(
      Array.from({ length: 8 }, () => customerHistory(pool)).flatMap((history, n) =>
        (n % 2 ? orders : orders.toReversed()).map((each) => history.remember(each)),
      ),
    );
    const { rows } = await pool.query<{ orders: string }>(
      `select count(*) as orders from customer_order where customer_id like 'shared-%'`,
    );
    expect(rows).toEqual([{ orders: '30' }]);
  });
});
