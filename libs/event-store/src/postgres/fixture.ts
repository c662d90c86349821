import type { NewEvent, StoredEvent, Write } from '@cartage/eventsourcing';
import { testDatabase } from '@cartage/testkit';
import { Pool } from 'pg';
import { v7 as newId } from 'uuid';
import { migrateEventStore } from './schema';
import { postgresEventStore, type PostgresEventStore, type PostgresEventStoreOptions } from './store';

export const event = (data: unknown = {}): NewEvent => ({
  type: 'Counted',
  data,
  id: newId(),
  meta: { commandId: newId(), correlationId: 'c', actor: 'spec' },
});

export const write = (stream: string, expected = 0): Write => ({ stream, expected, events: [event()] });

/** A database of its own with pools on it, each as another process would have one. */
export const fixture = async () => {
  const database = await testDatabase();
  const pools: Pool[] = [];
  const openPool = (schema = 'public'): Pool => {
    const pool = new Pool({ connectionString: database.url, max: 20, options: `-c search_path=${schema}` });
    pool.on('error', () => undefined);
    pools.push(pool);
    return pool;
  };
  const pool = openPool();
  await migrateEventStore(pool);
  return {
    pool,
    /** Connections of their own, as another process has them. */
    openPool,
    /** A store as in another process. It does not look by itself, so that a signal that gets lost is noticed. */
    openStore: (options: Partial<PostgresEventStoreOptions> = {}): PostgresEventStore =>
      postgresEventStore({ pool: openPool(), pollMs: 1_000_000, ...options }),
    stop: async (): Promise<void> => {
      await Promise.all(pools.map((each) => each.end()));
      await database.drop();
    },
  };
};

export type Fixture = Awaited<ReturnType<typeof fixture>>;

/** Follows in the background and keeps what it sees. */
export const watching = (store: PostgresEventStore, from = '') => {
  const seen: StoredEvent[] = [];
  const stopped = new AbortController();
  const watch = async (): Promise<void> => {
    for await (const batch of store.follow({ from, signal: stopped.signal })) seen.push(...batch);
  };
  const done = watch();
  return {
    streams: () => seen.map(({ stream }) => stream),
    stop: async (): Promise<void> => {
      stopped.abort();
      await done;
    },
  };
};
