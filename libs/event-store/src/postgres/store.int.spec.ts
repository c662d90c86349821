import { eventStoreContract, testDatabase } from '@cartage/testkit';
import { Pool } from 'pg';
import { migrateEventStore } from './schema';
import { postgresEventStore } from './store';

eventStoreContract('Postgres', async () => {
  const database = await testDatabase();
  const pool = new Pool({ connectionString: database.url, max: 20 });
  pool.on('error', () => undefined);
  await migrateEventStore(pool);
  return {
    store: postgresEventStore({ pool }),
    stop: async () => {
      await pool.end();
      await database.drop();
    },
  };
});
