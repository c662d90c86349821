import { coded, codecOf, withCodec, type Codec, type EventStore, type Upcasters } from '@cartage/eventsourcing';
import type { Pool } from 'pg';
import { migrateCauseIndex } from './kurrent/cause-index';
import { kurrentEventStore } from './kurrent/store';
import { migrateEventStore } from './postgres/schema';
import { joinsTransactions, postgresEventStore, type PostgresEventStore, type PostgresEventStoreOptions } from './postgres/store';

export interface OpenEventStoreOptions extends PostgresEventStoreOptions {
  /**
   * Connections whose search path begins with the service's schema: of a log on Postgres they lead to it, of one on KurrentDB to the index of what
   * caused what.
   */
  readonly pool: Pool;
  /** The log's name on KurrentDB, where several share a server; on Postgres the schema says it. */
  readonly log: string;
  /** How events that were stored in older shapes are read. */
  readonly upcasters?: Upcasters;
}

export interface OpenedEventStore {
  readonly store: EventStore;
  /** Closes what was opened here; the pool stays its owner's. Stop the followers first. */
  close(): Promise<void>;
}

const KURRENT = new Set(['kurrentdb:', 'kurrentdb+discover:', 'esdb:', 'esdb+discover:']);
const POSTGRES = new Set(['postgres:', 'postgresql:']);

/** Opens the event store that an address names, and makes its tables where it needs any. */
export const openEventStore = async (
  address: string,
  { log, upcasters = {}, ...options }: OpenEventStoreOptions,
): Promise<OpenedEventStore> => {
  const { store, close } = await openPlain(address, log, options);
  return { store: inNewestShape(store, codecOf(upcasters)), close };
};

const openPlain = async (address: string, log: string, options: PostgresEventStoreOptions): Promise<OpenedEventStore> => {
  const scheme = address.slice(0, address.indexOf(':') + 1);
  if (POSTGRES.has(scheme)) {
    await migrateEventStore(options.pool);
    return { store: postgresEventStore(options), close: async () => undefined };
  }
  if (!KURRENT.has(scheme))
    throw new RangeError(`An event store's address begins with postgres:// or kurrentdb:// (or esdb://), not '${scheme}'.`);
  const { onTrouble, pool } = options;
  await migrateCauseIndex(pool);
  const store = kurrentEventStore({ connectionString: address, log, index: pool, ...(onTrouble ? { onTrouble } : {}) });
  return { store, close: () => store.dispose() };
};

const inNewestShape = (store: EventStore, codec: Codec): EventStore =>
  joinsTransactions(store) ? joining(store, codec) : withCodec(store, codec);

const joining = (store: PostgresEventStore, codec: Codec): PostgresEventStore => ({
  ...withCodec(store, codec),
  transaction: (work) => store.transaction((joined) => work({ ...joined, ...coded(joined, codec) })),
});
