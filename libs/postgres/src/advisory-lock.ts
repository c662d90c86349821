import type { ClientBase, Pool, PoolClient } from 'pg';

const KEY = 'hashtextextended($1, 0)';

/** Takes the lock with this name for the rest of the session, or answers at once that somebody else has it. */
export const tryAdvisoryLock = async (client: ClientBase, name: string): Promise<boolean> => {
  const { rows } = await client.query<{ ours: boolean }>(`select pg_try_advisory_lock(${KEY}) as ours`, [name]);
  return rows[0]?.ours === true;
};

/** Waits for the lock with this name, and has it for the rest of the transaction. */
export const lockForTransaction = async (client: ClientBase, name: string): Promise<void> => {
  await client.query('set local lock_timeout = 0; set local statement_timeout = 0');
  await client.query(`select pg_advisory_xact_lock(${KEY})`, [name]);
};

/**
 * Runs this in one process of the cluster at a time, on a connection of its own without time limits; whoever comes second waits. The lock ends
 * with its connection, so a killed process leaves none behind.
 */
export const withAdvisoryLock = async <Result>(
  pool: Pool,
  name: string,
  work: (client: PoolClient) => Promise<Result>,
): Promise<Result> => {
  const client = await pool.connect();
  // Whatever happens to the connection, the statement in hand fails with it; unheard, the event would end the process.
  client.on('error', () => undefined);
  try {
    await client.query('set lock_timeout = 0; set statement_timeout = 0');
    await client.query(`select pg_advisory_lock(${KEY})`, [name]);
    return await work(client);
  } finally {
    // Closing the connection is the one way to give the lock back that cannot fail.
    client.release(true);
  }
};
