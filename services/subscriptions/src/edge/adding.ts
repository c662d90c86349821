import { inTransaction, lockForTransaction } from '@cartage/postgres';
import type { Pool } from 'pg';

/** A table of which there may be so many rows; by which names is never out of a request. */
export interface Bounded {
  readonly table: string;
  readonly id: string;
  /** Those that count, as SQL. */
  readonly counted: string;
  readonly insert: string;
}

interface Terms {
  readonly fingerprint: string;
  readonly most: number;
}

interface Row {
  readonly fingerprint: string | null;
  readonly counted: number;
}

/** Looks whether it is there, counts, and adds it, while nobody else does so to the same table: counted before and added afterwards, two at once would find room for one. */
export const adding =
  (pool: Pool, { table, id, counted, insert }: Bounded) =>
  (values: readonly unknown[], { fingerprint, most }: Terms): Promise<'added' | 'there' | 'other' | 'full'> =>
    inTransaction(pool, async (client) => {
      await lockForTransaction(client, `cartage.subscriptions.${table}`);
      const { rows } = await client.query<Row>(
        `select (select fingerprint from ${table} where ${id} = $1) as fingerprint, (select count(*)::integer from ${table} where ${counted}) as counted`,
        [values[0]],
      );
      const [{ fingerprint: known, counted: there } = { fingerprint: null, counted: 0 }] = rows;
      if (known !== null) return known === fingerprint ? 'there' : 'other';
      if (there >= most) return 'full';
      await client.query(insert, [...values]);
      return 'added';
    });
