import type { Pool, PoolClient } from 'pg';
import { isAway } from './faults';

/** Runs `work` in a transaction of its own, on a connection of its own. Whatever throws rolls all of it back. */
export const inTransaction = async <Result>(pool: Pool, work: (client: PoolClient) => Promise<Result>): Promise<Result> => {
  const client = await pool.connect();
  // Whatever happens to the connection, the statement in hand fails with it; unheard, the event would end the process.
  client.on('error', ignored);
  try {
    await client.query('begin');
    const result = await work(client);
    await client.query('commit');
    release(client);
    return result;
  } catch (error) {
    release(client, !(await rolledBack(client, error)));
    throw error;
  }
};

/** A connection that does not answer, or cannot even roll back, is of no more use: the server undoes the work when it is closed. */
const rolledBack = async (client: PoolClient, error: unknown): Promise<boolean> => {
  if (isAway(error)) return false;
  return client.query('rollback').then(
    () => true,
    () => false,
  );
};

const release = (client: PoolClient, broken = false): void => {
  client.off('error', ignored);
  client.release(broken);
};

const ignored = (): void => undefined;
