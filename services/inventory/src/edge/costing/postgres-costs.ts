import type { PostgresEventStore } from '@cartage/event-store';
import { START } from '@cartage/eventsourcing';
import type { Pool, PoolClient } from 'pg';
import type { CostFeedNeeds, CostTransaction } from '../../app/costing/cost-feed';
import type { LocationValue, StockValue, StockValueReading, ValueMovement } from '../../app/costing/stock-values';
import type { CostBasisRow, CostPoolRow } from '../../domain/cost-book';
import * as sql from './costing.sql';

/** In the transactions of the event store. */
export const costTransactions = (
  pool: Pool,
  store: Pick<PostgresEventStore, 'transaction'>,
): Pick<CostFeedNeeds, 'transaction' | 'place'> => ({
  place: async () => (await pool.query<{ readonly position: string }>(sql.STANDS)).rows[0]?.position ?? START,
  transaction: (work) => store.transaction(({ client, heads, appendMany }) => work({ ...costTransaction(client), heads, appendMany })),
});

const known = (client: Pick<Pool | PoolClient, 'query'>) => ({
  pools: async (skus: readonly string[]) => (await client.query<CostPoolRow>(sql.POOLS, [skus])).rows,
  bases: async (skus: readonly string[]) => (await client.query<CostBasisRow>(sql.BASES, [skus])).rows,
});

const costTransaction = (client: PoolClient): Omit<CostTransaction, 'heads' | 'appendMany'> => ({
  ...known(client),
  place: async () => (await client.query<{ readonly position: string }>(sql.PLACE)).rows[0]?.position,
  suppliers: async () => new Set((await client.query<{ readonly code: string }>(sql.SUPPLIERS)).rows.map(({ code }) => code)),
  write: async ({ pools, bases, entries }) => {
    await client.query(sql.WRITE_POOLS, [JSON.stringify(pools)]);
    await client.query(sql.WRITE_BASES, [JSON.stringify(bases)]);
    await client.query(sql.WRITE_ENTRIES, [JSON.stringify(entries)]);
  },
  moveTo: async (position) => void (await client.query(sql.MOVE, [position])),
});

export const stockValueReading = (pool: Pool): StockValueReading => ({
  reached: async (position) => (await pool.query<{ readonly reached: boolean }>(sql.REACHED, [position])).rows[0]?.reached ?? false,
  values: async ({ sku, location, asOf, after, limit }) => {
    const asked = [sku, location, after?.[0], after?.[1], limit];
    const { rows } =
      asOf === undefined
        ? await pool.query<StockValue>(sql.VALUES, asked)
        : await pool.query<StockValue>(sql.VALUES_AS_OF, [...asked, asOf]);
    return rows;
  },
  totals: async ({ location, asOf }) =>
    (asOf === undefined
      ? await pool.query<LocationValue>(sql.TOTALS, [location])
      : await pool.query<LocationValue>(sql.TOTALS_AS_OF, [location, asOf])
    ).rows,
  movements: async ({ from, to, sku, location }) => (await pool.query<ValueMovement>(sql.MOVEMENTS, [from, to, sku, location])).rows,
  costs: async (skus) => ({ pools: await known(pool).pools(skus), bases: await known(pool).bases(skus) }),
  isKit: async (sku) => ((await pool.query(sql.IS_KIT, [sku])).rowCount ?? 0) > 0,
});
