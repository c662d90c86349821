import type { EventStore } from '@cartage/eventsourcing';
import type { Pool, PoolClient } from 'pg';
import { append, type Prepared } from './append';
import { appendingTogether, appendInRounds } from './batching';
import { bell } from './bell';
import { retrying } from '@cartage/postgres';
import { follow, type Log } from './follow';
import { notifications, type Notifications } from './notifications';
import { isMoreAfter, readAfter, readHead, readHeads, readMany } from './read';
import { RecentStreams } from './recent-streams';
import { readingTogether } from './sharing';
import { inTransaction } from '@cartage/postgres';

/** The part of the store that works inside somebody's transaction. */
export interface Joined extends Pick<EventStore, 'readMany' | 'heads' | 'appendMany'> {
  /** The connection of the transaction, for the caller's own statements. */
  readonly client: PoolClient;
}

export interface PostgresEventStore extends EventStore {
  /**
   * Runs `work` in one transaction: its own statements and its appends commit together or not at all. Followers are woken after the
   * commit. Runs again from the start when Postgres chose it as the victim of a deadlock, so `work` must have no other effects.
   * A conflict does not end the transaction: throw to undo it. Within `work` append through `joined` only: an append outside to the same
   * stream would wait for this very transaction.
   */
  transaction<Result>(work: (joined: Joined) => Promise<Result>): Promise<Result>;
}

export interface PostgresEventStoreOptions {
  /** Connections whose search path begins with the schema of the log. While anybody follows, one of them is kept for listening. */
  readonly pool: Pool;
  /** Followers look by themselves after this long, should a signal get lost. All followers of a store share the look. */
  readonly pollMs?: number;
  /** True when no other process appends to this log or follows it: then nothing is told or heard between processes. */
  readonly alone?: boolean;
  /** Told of trouble that the store gets over by itself: a lost connection, a notification that could not be sent. */
  readonly onTrouble?: (error: unknown) => void;
}

/** The event-store port on Postgres. The tables come from `migrateEventStore`. It holds nothing open that outlives its followers. */
export const postgresEventStore = (options: PostgresEventStoreOptions): PostgresEventStore => {
  const { pool, pollMs = 5_000, onTrouble = () => undefined } = options;
  const { ring, ...rest } = bell(pollMs);
  const others = options.alone ? nobody : notifications({ pool, onNews: ring, onTrouble });
  const announce = (): void => {
    ring();
    others.tell();
  };
  const recent = new RecentStreams();
  const log: Log = {
    bell: { ring, ...rest },
    after: readingTogether((position, limit) => readAfter(pool, position, limit, recent), rest.rings),
    isMoreAfter: (position) => isMoreAfter(pool, position),
    onTrouble,
  };

  return {
    readMany: (streams) => readMany(pool, streams, { recent, keep: true }),
    heads: (streams) => readHeads(pool, streams),
    appendMany: appendingTogether(async (writes) => {
      const outcomes = await retrying(() => append(pool, writes));
      if (outcomes.some(({ status }) => status === 'appended')) announce();
      return outcomes;
    }),
    follow: (followOptions) => hearing(others, follow(log, followOptions)),
    head: () => readHead(pool),
    transaction: async (work) => {
      const result = await retrying(() => inTransaction(pool, (client) => work(joined(client, recent))));
      announce();
      return result;
    },
  };
};

const joined = (client: PoolClient, recent: RecentStreams): Joined => ({
  client,
  readMany: (streams) => readMany(client, streams, { recent, keep: false }),
  heads: (streams) => readHeads(client, streams),
  appendMany: (writes) => appendInRounds((round: readonly Prepared[]) => append(client, round), writes),
});

/** Hears other processes for as long as the iteration lasts. */
async function* hearing<Item>(others: Notifications, items: AsyncIterable<Item>): AsyncGenerator<Item> {
  const leave = others.hear();
  try {
    yield* items;
  } finally {
    leave();
  }
}

const nobody: Notifications = { tell: () => undefined, hear: () => () => undefined };

/** Whether a store can join transactions of Postgres. */
export const joinsTransactions = (store: EventStore): store is PostgresEventStore => 'transaction' in store;
