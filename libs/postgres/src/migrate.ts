import type { Pool, PoolClient } from 'pg';
import { lockForTransaction } from './advisory-lock';
import { inTransaction } from './transaction';

/**
 * Makes tables in the schema that the pool's search path names first, in one transaction and in one process at a time: statements that may be
 * repeated (`create table if not exists …`), or work that looks first. `name` says whose tables, such as `event-store`.
 */
export const migrate = (pool: Pool, name: string, tables: string | ((client: PoolClient) => Promise<void>)): Promise<void> =>
  inTransaction(pool, async (client) => {
    const { rows } = await client.query<{ schema: string }>('select current_schema() as schema');
    await lockForTransaction(client, `cartage.migrate.${rows[0]?.schema ?? ''}.${name}`);
    if (typeof tables === 'string') await client.query(tables);
    else await tables(client);
  });
