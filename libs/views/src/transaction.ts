import { createHash } from 'node:crypto';
import type { Pool, PoolClient, QueryConfig } from 'pg';

// Rows and positions are lost together if the server dies, and are then made again from the log: no need to wait for its disk.
// The joins go from a handful of changed rows into the table's key: a plan made while the table was small must not scan it for ever after.
// A process that is cut off in the middle must not keep the next one waiting, nor may anybody's lock.
const begin = `begin; set local synchronous_commit = off; set local lock_timeout = '10s';
  set local idle_in_transaction_session_timeout = '10s';
  set local enable_seqscan = off; set local enable_hashjoin = off; set local enable_mergejoin = off`;

/** One transaction. Its connection is thrown away if it broke or cannot be rolled back. */
export const transaction = async <Result>(pool: Pool, work: (client: PoolClient) => Promise<Result>): Promise<Result> => {
  const client = await pool.connect();
  let broken: Error | undefined;
  // A pool does not listen to a client that it has lent: a connection lost between two statements would end the process.
  const lost = (error: Error): void => void (broken = error);
  client.on('error', lost);
  try {
    await client.query(begin);
    const result = await work(client);
    await client.query('commit');
    return result;
  } catch (error) {
    broken ??= await failureOf(client.query('rollback'));
    throw error;
  } finally {
    if (!broken) client.off('error', lost);
    client.release(broken);
  }
};

const failureOf = (work: Promise<unknown>): Promise<Error | undefined> =>
  work.then(
    () => undefined,
    (error: Error) => error,
  );

const names = new Map<string, string>();

/** A statement that each connection parses and plans once. There are as many as tables, so that their names can be kept. */
export const prepared = (text: string, values: unknown[]): QueryConfig => {
  const name = names.get(text) ?? `view-${createHash('sha256').update(text).digest('base64url').slice(0, 24)}`;
  names.set(text, name);
  return { name, text, values };
};
