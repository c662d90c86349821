import { escapeLiteral, type Pool, type PoolClient } from 'pg';
import { isCutOff } from './faults';

/**
 * Runs `work` in a transaction of its own, on a connection of its own. Whatever throws rolls all of it back. `settings` hold for the transaction
 * and cost no round trip.
 */
export const inTransaction = async <Result>(
  pool: Pool,
  work: (client: PoolClient) => Promise<Result>,
  settings: Readonly<Record<string, string>> = {},
): Promise<Result> => {
  const client = await pool.connect();
  // Whatever happens to the connection, the statement in hand fails with it; unheard, the event would end the process.
  client.on('error', ignored);
  try {
    await client.query(beginWith(settings));
    const result = await work(client);
    // Of a transaction in which a statement failed, and nobody minded, Postgres keeps nothing, and calls that no error.
    if ((await client.query('commit')).command === 'ROLLBACK')
      throw new Error('A statement of this transaction failed: nothing of it was kept.');
    release(client);
    return result;
  } catch (error) {
    release(client, !(await rolledBack(client, error)));
    throw error;
  }
};

const beginWith = (settings: Readonly<Record<string, string>>): string =>
  ['begin', ...Object.entries(settings).map(([name, value]) => `set local ${name} = ${escapeLiteral(value)}`)].join('; ');

/** A connection that does not answer, or cannot even roll back, is of no more use: the server undoes the work when it is closed. */
const rolledBack = async (client: PoolClient, error: unknown): Promise<boolean> => {
  if (isCutOff(error)) return false;
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
