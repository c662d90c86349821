import {
  positionOf,
  refusePreviews,
  ROUND_TRIP,
  START,
  systemClock,
  type Clock,
  type EventStore,
  type Outcome,
  type Write,
} from '@cartage/eventsourcing';
import { inTransaction, retrying } from '@cartage/postgres';
import type { Pool, PoolClient } from 'pg';
import type { ArchiveFiles } from '../archive/files';
import { append, prepare, type Prepared } from './append';
import { Archive } from './archive';
import { appendingTogether, appendInRounds, type Append } from './batching';
import { follow } from './follow';
import { Log } from './log';
import { notifications, type Notifications } from './notifications';
import { readEnd, readHeads, readMany } from './read';
import { tracesIn } from './traces';

/** The part of the store that works inside somebody's transaction. */
export interface Joined extends Pick<EventStore, 'readMany' | 'heads' | 'appendMany'> {
  /** The connection of the transaction, for the caller's own statements. */
  readonly client: PoolClient;
}

export interface PostgresEventStore extends EventStore {
  /**
   * Runs `work` in one transaction: its own statements and its appends commit together or not at all. Followers are told after the commit. Runs
   * again from the start when Postgres chose it as the victim of a deadlock, so `work` must have no other effects. A conflict does not end the
   * transaction: throw to undo it.
   *
   * **Append last.** From its first append to its commit a transaction holds the lock of the log, and every other append waits. So rows are
   * locked, read and written before, and nothing slow comes after; who locks rows after appending may meet in a deadlock with who does it the
   * other way round. Within `work` append through `joined` only: an append outside would wait for this very transaction.
   */
  transaction<Result>(work: (joined: Joined) => Promise<Result>): Promise<Result>;
}

export interface PostgresEventStoreOptions {
  /** Connections whose search path begins with the schema of the log. While anybody follows, one of them is kept for listening. */
  readonly pool: Pool;
  /** Followers look by themselves after this long, should a signal get lost. All followers of a store share the look. */
  readonly pollMs?: number;
  /** An append that has not been answered after this long fails, and one that has not begun is turned away with `Overloaded`. */
  readonly appendTimeoutMs?: number;
  /** True when no other process appends to this log or follows it: then nothing is told or heard between processes. */
  readonly alone?: boolean;
  /** Told of trouble that the store gets over by itself, such as a lost connection; and of a log that has lost its end. */
  readonly onTrouble?: (error: unknown) => void;
  readonly clock?: Clock;
  /** Where the files are that old events of this log have left the table for (`archiveLog`); needed as soon as there is one. */
  readonly archive?: ArchiveFiles;
}

const DEFAULTS = { pollMs: 5_000, appendTimeoutMs: 10_000, alone: false, onTrouble: () => undefined, clock: systemClock };

/** Tries again where Postgres asks for it; the log is told of what stays an error. */
const noticingIn =
  (log: Log, clock: Clock) =>
  async <Result>(work: () => Promise<Result>): Promise<Result> => {
    try {
      return await retrying(work, { clock });
    } catch (error) {
      log.notice(error);
      throw error;
    }
  };

/** The event-store port on Postgres. The tables come from `migrateEventStore`. It holds nothing open that outlives its followers. */
export const postgresEventStore = (options: PostgresEventStoreOptions): PostgresEventStore => {
  const { pool, alone, appendTimeoutMs, clock, archive: files, ...rest } = { ...DEFAULTS, ...options };
  const archive = new Archive(files);
  const log = new Log({ pool, clock, archive, ...rest });
  const others = alone ? nobody : notifications({ pool, clock, onNews: () => log.hear(), onTrouble: log.onTrouble });

  const tell = (writes: readonly Prepared[], outcomes: readonly Outcome[]): void => {
    log.tell(writes, outcomes);
    if (outcomes.some(({ status }) => status === 'appended')) others.tell();
  };
  const noticing = noticingIn(log, clock);
  const appendRound: Append = async (writes) => {
    const outcomes = await noticing(() => append(pool, writes, appendTimeoutMs));
    tell(writes, outcomes);
    return outcomes;
  };

  const appendAll = appendingTogether(appendRound, { clock, deadlineMs: appendTimeoutMs });

  return {
    gather: ROUND_TRIP,
    readMany: (requests) => readMany(pool, requests, archive),
    heads: (streams) => readHeads(pool, streams),
    appendMany: async (writes) => {
      refusePreviews(writes);
      return appendAll(writes);
    },
    follow: (followOptions) => hearing(others, follow(log, followOptions)),
    head: async () => {
      const { last } = await readEnd(pool, 0, archive);
      return last === 0 ? START : positionOf(last);
    },
    traces: tracesIn(pool, archive),
    transaction: async (work) => {
      const { result, joined } = await noticing(() =>
        inTransaction(pool, (client) => within(client, work, { timeoutMs: appendTimeoutMs, archive })),
      );
      tell(joined.writes, joined.outcomes);
      return result;
    },
  };
};

/** What a transaction has appended, for the followers once it is committed. */
class Appends {
  readonly writes: Prepared[] = [];
  readonly outcomes: Outcome[] = [];

  constructor(private readonly append: Append) {}

  async appendMany(writes: readonly Write[]): Promise<readonly Outcome[]> {
    refusePreviews(writes);
    const prepared = writes.map(prepare);
    const outcomes = await appendInRounds(this.append, prepared);
    this.writes.push(...prepared);
    this.outcomes.push(...outcomes);
    return outcomes;
  }
}

interface Joining {
  readonly timeoutMs: number;
  readonly archive: Archive;
}

const within = async <Result>(client: PoolClient, work: (joined: Joined) => Promise<Result>, { timeoutMs, archive }: Joining) => {
  const joined = new Appends((writes) => append(client, writes, timeoutMs));
  const result = await work({
    client,
    readMany: (requests) => readMany(client, requests, archive),
    heads: (streams) => readHeads(client, streams),
    appendMany: (writes) => joined.appendMany(writes),
  });
  return { result, joined };
};

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
