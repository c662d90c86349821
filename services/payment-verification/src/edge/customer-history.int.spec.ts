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

interface Recorded {
  readonly order: Terms;
  readonly recordedAt: string;
}
const order = (customerId: string, recordedAt: string, ...countries: readonly string[]): Recorded => ({
  order: {
    ...terms,
    orderId: randomUUID(),
    customerId,
    destinations: (countries.length > 0 ? countries : ['GB']).map((country) => ({ country })),
    placedAt: '2020-01-01T00:00:00Z',
  },
  recordedAt,
});
const remembering =
  (history = customerHistory(pool)) =>
  ({ order: asked, recordedAt }: Recorded) =>
    history.remember(asked, recordedAt);

describe('the past of a customer', () => {
  it('is empty at the first order', async () =>
    expect(await remembering()(order('first', '2026-11-02T10:00:00Z'))).toEqual({
      returning: false,
      ordersWithinHour: 0,
      countryKnown: false,
    }));

  it('knows earlier orders, their countries, and those of the last hour', async () => {
    const remember = remembering();
    await remember(order('regular', '2026-11-01T10:00:00Z'));
    await remember(order('regular', '2026-11-02T09:30:00Z'));
    await remember(order('another', '2026-11-02T09:45:00Z', 'FR'));
    expect(await remember(order('regular', '2026-11-02T10:00:00Z', 'FR'))).toEqual({
      returning: true,
      ordersWithinHour: 1,
      countryKnown: false,
    });
    expect(await remember(order('regular', '2026-11-02T10:10:00Z'))).toEqual({
      returning: true,
      ordersWithinHour: 2,
      countryKnown: true,
    });
  });

  it('does not count an order as its own past, however often it is told', async () => {
    const remember = remembering();
    const once = order('told-twice', '2026-11-02T10:00:00Z');
    await remember(once);
    expect(await remember(once)).toEqual({ returning: false, ordersWithinHour: 0, countryKnown: false });
  });

  it('sees a burst of orders that come in one batch, by our clock: what a channel says of the time does not count', async () => {
    const remember = remembering();
    const burst = Array.from({ length: 6 }, (_, n) => order('burst', `2026-11-02T10:00:0${n}Z`));
    const facts = await Promise.all(burst.map((each) => remember(each)));
    expect(facts.map(({ ordersWithinHour }) => ordersWithinHour)).toEqual([0, 1, 2, 3, 4, 5]);
  });

  it('knows each country that an order goes to, and an order that goes nowhere', async () => {
    const remember = remembering();
    await remember(order('traveller', '2026-11-02T08:00:00Z', 'GB', 'FR'));
    expect(await remember(order('traveller', '2026-11-02T09:30:00Z', 'FR', 'GB'))).toMatchObject({
      countryKnown: true,
      ordersWithinHour: 0,
    });
    expect(await remember(order('traveller', '2026-11-02T09:40:00Z', 'GB', 'DE'))).toMatchObject({
      countryKnown: false,
      ordersWithinHour: 1,
    });
    const { order: fetched, recordedAt } = order('traveller', '2026-11-02T09:50:00Z');
    expect(await customerHistory(pool).remember({ ...fetched, destinations: [] }, recordedAt)).toMatchObject({ ordersWithinHour: 2 });
  });

  it('is kept for any name, and a name that no table can keep hurts nobody else in its batch', async () => {
    const remember = remembering();
    const names = ['constructor', 'half \ud800', 'nul \0', 'plain'];
    const facts = await Promise.all(names.map((name) => remember(order(name, '2026-11-02T10:00:00Z'))));
    expect(facts.map(({ returning }) => returning)).toEqual([false, false, false, false]);
    expect(await remember(order('constructor', '2026-11-02T10:30:00Z'))).toMatchObject({ returning: true, ordersWithinHour: 1 });
  });

  it('is empty for a guest', async () => {
    const { order: asked, recordedAt } = order('x', '2026-11-02T10:00:00Z');
    const { customerId: _, ...guest } = asked;
    expect(await customerHistory(pool).remember(guest, recordedAt)).toEqual({ returning: false, ordersWithinHour: 0, countryKnown: false });
  });

  it('survives many processes telling of the same customers at once', async () => {
    const orders = Array.from({ length: 30 }, (_, n) => order(`shared-${n % 5}`, '2026-11-02T10:00:00Z'));
    await Promise.all(
      Array.from({ length: 8 }, () => remembering()).flatMap((remember, n) =>
        (n % 2 ? orders : orders.toReversed()).map((each) => remember(each)),
      ),
    );
    const { rows } = await pool.query<{ orders: string }>(
      `select count(*) as orders from customer_order where customer_id like 'shared-%'`,
    );
    expect(rows).toEqual([{ orders: '30' }]);
  });
});
