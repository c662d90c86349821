import type { Pool, PoolClient } from 'pg';

/**
 * Runs this in one process of the cluster at a time, on one connection; whoever comes second waits. The lock dies with its connection, so a
 * killed process leaves none behind.
 */
export const underLock = async <Result>(pool: Pool, name: string, work: (client: PoolClient) => Promise<Result>): Promise<Result> => {
  const client = await pool.connect();
  try {
    await client.query('select pg_advisory_lock(hashtextextended($1, 0))', [`cartage.${name}`]);
    const result = await work(client);
    await client.query('select pg_advisory_unlock(hashtextextended($1, 0))', [`cartage.${name}`]);
    client.release();
    return result;
  } catch (error) {
    // Closing the connection is the one way to give the lock back that cannot fail.
    client.release(true);
    throw error;
  }
};
