import { startAll } from '@cartage/service-kit';
import { testDatabase, type TestDatabase } from '@cartage/testkit';
import { Pool } from 'pg';
import { reportingService } from '../reporting.module';

export interface RunningReporting {
  readonly database: TestDatabase;
  /** In its schema, at UTC. */
  readonly pool: Pool;
  readonly url: string;
  readonly close: () => Promise<void>;
}

/** The service alone, on a database of its own. */
export const startReporting = async (): Promise<RunningReporting> => {
  const database = await testDatabase();
  const environment = { DATABASE_URL: database.url, MASTER_KEY: Buffer.alloc(32, 6).toString('base64'), PORT: '0', LOG_LEVEL: 'silent' };
  const running = await startAll([reportingService], { environment });
  const pool = new Pool({ connectionString: database.url, options: '-c search_path=reporting -c timezone=UTC' });
  return {
    database,
    pool,
    url: running.url,
    close: async () => {
      await pool.end();
      await running.close();
      await database.drop();
    },
  };
};
