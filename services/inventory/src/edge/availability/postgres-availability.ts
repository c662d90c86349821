import type { PostgresEventStore } from '@cartage/event-store';
import { START } from '@cartage/eventsourcing';
import type { Pool, PoolClient } from 'pg';
import type { AvailabilityRow, FeedNeeds, FeedPlace, FeedTransaction } from '../../app/availability/availability-feed';
import type { AvailabilityReading, ChangedAvailability } from '../../app/availability/availability-changes';
import { channelStockAsOf } from '../channels/postgres-channels';
import { alertTransaction } from '../watching/postgres-watching';
import * as sql from './availability.sql';

/** In the transactions of the event store. */
export const availabilityTransactions = (
  pool: Pool,
  store: Pick<PostgresEventStore, 'transaction'>,
): Pick<FeedNeeds, 'transaction' | 'place'> => ({
  place: async () => (await pool.query<FeedPlace>(sql.STANDS)).rows[0] ?? { position: START, sweep: null },
  transaction: (work) => store.transaction(({ client, heads, appendMany }) => work({ ...feedTransaction(client), heads, appendMany })),
});

const feedTransaction = (client: PoolClient): Omit<FeedTransaction, 'heads' | 'appendMany'> => ({
  ...alertTransaction(client),
  stock: (skus) => channelStockAsOf(client, skus),
  place: async () => (await client.query<FeedPlace>(sql.PLACE)).rows[0],
  withKits: async (skus) => (skus.length === 0 ? [] : skusOf(await client.query(sql.WITH_KITS, [skus]))),
  skusAfter: async (sku, limit) => skusOf(await client.query(sql.SKUS_AFTER, [sku, limit])),
  published: async (skus) => (await client.query<AvailabilityRow>(sql.PUBLISHED, [skus])).rows,
  publish: async (rows, asOf) => void (await client.query(sql.PUBLISH, [JSON.stringify(rows), asOf])),
  moveTo: async ({ position, sweep }) => void (await client.query(sql.MOVE, [position, sweep])),
});

const skusOf = ({ rows }: { readonly rows: readonly { readonly sku: string }[] }): readonly string[] => rows.map(({ sku }) => sku);

export const availabilityReading = (pool: Pool): AvailabilityReading => ({
  reached: async (position) => (await pool.query<{ reached: boolean }>(sql.REACHED, [position])).rows[0]?.reached ?? false,
  changes: async ({ channel, changedSince, after, limit }) => {
    const { rows } = await pool.query<Omit<ChangedAvailability, 'changedAt'> & { readonly changedAt: Date }>(sql.CHANGES, [
      channel,
      changedSince,
      after?.[0],
      after?.[1],
      limit,
    ]);
    return rows.map((row) => ({ ...row, changedAt: row.changedAt.toISOString() }));
  },
});
