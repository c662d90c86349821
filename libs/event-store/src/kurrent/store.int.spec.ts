import { eventStoreContract, kurrentForTests, testDatabase } from '@cartage/testkit';
import { randomUUID } from 'node:crypto';
import { Pool } from 'pg';
import { migrateCauseIndex } from './cause-index';
import { kurrentEventStore } from './store';

eventStoreContract('KurrentDB', async () => {
  const server = await kurrentForTests();
  const log = `contract-${randomUUID()}`;
  const { url, drop } = await testDatabase();
  const pool = new Pool({ connectionString: url });
  await migrateCauseIndex(pool);
  const open = () => kurrentEventStore({ connectionString: server.connectionString, log, index: pool });
  const [store, elsewhere] = [open(), [open(), open()]];
  return {
    store,
    elsewhere,
    gapless: false,
    stop: async () => {
      for (const each of [store, ...elsewhere]) await each.dispose();
      await server.stop();
      await pool.end();
      await drop();
    },
  };
});
