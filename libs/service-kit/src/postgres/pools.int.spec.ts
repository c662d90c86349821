import { testDatabase, type TestDatabase } from '@cartage/testkit';
import { pino } from 'pino';
import { poolOf } from './pools';

let database: TestDatabase;

beforeAll(async () => {
  database = await testDatabase();
});

afterAll(() => database.drop());

it('a connection that is lost in the moment that it is handed out ends no process: what is asked of it fails', async () => {
  const pool = poolOf({ url: database.url, log: pino({ enabled: false }) }, 'public', 1);
  const client = await pool.connect();
  // In one packet with the answer before it, as when the server ends: nobody has had the time to listen.
  expect(() => client.emit('error', new Error('terminating connection due to unexpected postmaster exit'))).not.toThrow();
  client.release(true);
  expect((await pool.query('select 1 as one')).rows).toEqual([{ one: 1 }]);
  await pool.end();
});
