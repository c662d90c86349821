import { testDatabase, type TestDatabase } from '@cartage/testkit';
import { Pool, type PoolClient } from 'pg';
import { inboxContract } from './inbox.contract';
import { postgresInbox } from './postgres-inbox';

let database: TestDatabase;
let pool: Pool;
beforeAll(async () => {
  database = await testDatabase();
  pool = new Pool({ connectionString: database.url });
});
afterAll(async () => {
  await pool.end();
  await database.drop();
});

let tables = 0;

describe('the inbox in Postgres', () => {
  inboxContract<PoolClient>({
    open: async (options) => {
      const inbox = postgresInbox<PoolClient>(pool, { ...options, table: `inbox_${(tables += 1)}` });
      await inbox.create();
      return inbox;
    },
  });

  it('saves what a handler writes and the number of the event together, or neither', async () => {
    await pool.query('create table sold (n int)');
    const inbox = postgresInbox<PoolClient>(pool);
    await inbox.create();
    await inbox.create();
    const first = { topic: 'order.events', subject: 'a', sequence: 1 };
    const write = async (sql: PoolClient): Promise<unknown> => sql.query('insert into sold values (1)');
    const broken = inbox.take('shop', first, async (sql) => {
      await write(sql);
      throw new Error('The printer is on fire.');
    });
    await expect(broken).rejects.toThrow('The printer is on fire.');
    expect((await pool.query('select * from sold')).rows).toEqual([]);
    await inbox.take('shop', first, write);
    expect((await pool.query('select * from sold')).rows).toEqual([{ n: 1 }]);
    expect((await pool.query('select sequence from cartage_inbox')).rows).toEqual([{ sequence: '1' }]);
  });

  it('takes no name for a table that is none', () =>
    expect(() => postgresInbox(pool, { table: 'x; drop table orders' })).toThrow('table: x; drop table orders is no name of a table'));
});
