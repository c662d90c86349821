import { createHash } from 'node:crypto';
import { inTransaction } from '@cartage/postgres';
import type { Pool, PoolClient, QueryConfig } from 'pg';

const settings = {
  // Rows and positions are lost together if the server dies, and are then made again from the log: no need to wait for its disk.
  synchronous_commit: 'off',
  // The joins go from a handful of changed rows into the table's key: a plan made while the table was small must not scan it for ever after.
  enable_seqscan: 'off',
  enable_hashjoin: 'off',
  enable_mergejoin: 'off',
};

/** A transaction that writes rows and positions. */
export const writing = <Result>(pool: Pool, work: (client: PoolClient) => Promise<Result>): Promise<Result> =>
  inTransaction(pool, work, settings);

const names = new Map<string, string>();

/** A statement that each connection parses and plans once. There are as many as tables, so that their names can be kept. */
export const prepared = (text: string, values: unknown[]): QueryConfig => {
  const name = names.get(text) ?? `view-${createHash('sha256').update(text).digest('base64url').slice(0, 24)}`;
  names.set(text, name);
  return { name, text, values };
};
