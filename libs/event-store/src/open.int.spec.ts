import { describeWith, kurrentForTests, securedKurrent, testAuthority, testDatabase } from '@cartage/testkit';
import { Pool } from 'pg';
import { openEventStore, type OpenedEventStore } from './open';
import { write } from './postgres/fixture';
import { joinsTransactions } from './postgres/store';

describe('opening an event store by its address', () => {
  const closing: (() => Promise<void>)[] = [];
  const opened = async (address: string, pool: Pool, log = 'orders'): Promise<OpenedEventStore> => {
    const open = await openEventStore(address, { pool, log });
    closing.unshift(open.close);
    return open;
  };
  const database = async (): Promise<{ readonly url: string; readonly pool: Pool }> => {
    const { url, drop } = await testDatabase();
    const pool = new Pool({ connectionString: url });
    closing.unshift(async () => {
      await pool.end();
      await drop();
    });
    return { url, pool };
  };

  afterEach(async () => {
    for (const close of closing.splice(0)) await close();
  });

  it('opens Postgres with its tables made', async () => {
    const { url, pool } = await database();
    const { store } = await opened(url, pool);
    expect(await store.appendMany([write('order-1')])).toMatchObject([{ status: 'appended', version: 1 }]);
    expect(joinsTransactions(store)).toBe(true);
  });

  it('reads what was stored in an older shape in the newest, also inside a transaction', async () => {
    const { url, pool } = await database();
    const older = await openEventStore(url, { pool, log: 'orders' });
    await older.store.appendMany([write('order-1')]);
    const upcasters = { Counted: [(data: unknown) => ({ ...(data as object), since: 2 })] };
    const { store } = await openEventStore(url, { pool, log: 'orders', upcasters });
    if (!joinsTransactions(store)) throw new Error('A store on Postgres joins transactions.');
    const { events, head } = await store.transaction(async ({ readMany, appendMany, heads }) => {
      await appendMany([write('order-1', 1)]);
      return { events: (await readMany(['order-1']))[0]?.events, head: (await heads(['order-1']))[0] };
    });
    expect(events).toMatchObject([
      { data: { since: 2 }, meta: { schemaVersion: 2 } },
      { data: {}, meta: { schemaVersion: 2 } },
    ]);
    expect(head).toMatchObject({ version: 2 });
    await expect(older.store.readMany(['order-1'])).rejects.toThrow('stored in shape 2');
  });

  it('opens KurrentDB, a log for each name', async () => {
    const { pool } = await database();
    const server = await kurrentForTests();
    closing.unshift(server.stop);
    const [orders, payments] = [
      await opened(server.connectionString, pool, 'orders-opened'),
      await opened(server.connectionString, pool, 'payments-opened'),
    ];
    expect(await orders.store.appendMany([write('order-1')])).toMatchObject([{ status: 'appended', version: 1 }]);
    expect((await payments.store.readMany(['order-1']))[0]?.version).toBe(0);
    expect(joinsTransactions(orders.store)).toBe(false);
  });

  it.each(['mysql://localhost/orders', 'localhost:2113', ''])('refuses %j and says what it takes', async (address) => {
    const { pool } = await database();
    await expect(openEventStore(address, { pool, log: 'orders' })).rejects.toThrow(/postgres:\/\/ or kurrentdb:\/\//);
  });
});

describeWith(securedKurrent, 'opening an event store on a KurrentDB that speaks TLS', (server) => {
  const appends = async (options: string): Promise<unknown> => {
    const { url, drop } = await testDatabase();
    const pool = new Pool({ connectionString: url });
    const { store, close } = await openEventStore(`${server().connectionString}&defaultDeadline=5000${options}`, { pool, log: 'orders' });
    try {
      return (await store.appendMany([write('order-1')]).catch((error: unknown) => [error]))[0];
    } finally {
      await close();
      await pool.end();
      await drop();
    }
  };

  it('believes it by the authority in tlsCaFile, and nobody else', async () => {
    const stranger = await testAuthority();
    expect(await appends('')).toBeInstanceOf(Error);
    expect(await appends(`&tlsCaFile=${stranger.caFile}`)).toBeInstanceOf(Error);
    expect(await appends(`&tlsCaFile=${server().caFile}`)).toMatchObject({ status: 'appended', version: 1 });
    await stranger.remove();
  }, 60_000);
});
