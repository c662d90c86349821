import { setMaxListeners } from 'node:events';
import { setTimeout as pause } from 'node:timers/promises';
import type { FollowOptions, Position, StoredEvent } from '@cartage/eventsourcing';
import type { Bell } from './bell';
import { isAway } from '@cartage/postgres';

/** What a follower needs of a log. */
export interface Log {
  readonly bell: Bell;
  after(position: Position, limit: number): Promise<readonly StoredEvent[]>;
  /** Whether there is anything after a position, even if it cannot be shown yet. */
  isMoreAfter(position: Position): Promise<boolean>;
  /** Told when the database could not be reached; following goes on when it is back. */
  readonly onTrouble: (error: unknown) => void;
}

const SHORTEST_PAUSE_MS = 1;
const LONGEST_PAUSE_MS = 64;
const AWAY_PAUSE_MS = 500;

/** Every event after `from`, once, in log order; sleeps when there is none. Waits out a database that is away. */
export async function* follow(log: Log, { from, signal, batchSize = 500 }: FollowOptions): AsyncGenerator<readonly StoredEvent[]> {
  // Many followers may share one signal; Node would take their listeners for a leak.
  setMaxListeners(0, signal);
  let cursor = from;
  while (!signal.aborted) {
    const batch = await nextBatch(log, { cursor, signal, batchSize });
    if (batch.length === 0) continue;
    cursor = batch.at(-1)?.position ?? cursor;
    yield batch;
  }
}

interface Step {
  readonly cursor: Position;
  readonly signal: AbortSignal;
  readonly batchSize: number;
}

/** Reads until there is something, or the follower is stopped: then nothing. */
const nextBatch = async (log: Log, step: Step): Promise<readonly StoredEvent[]> => {
  let news = true;
  while (!step.signal.aborted) {
    try {
      const heard = log.bell.rings();
      const batch = news ? await firstSettled(log, step) : await log.after(step.cursor, step.batchSize);
      if (step.signal.aborted) return [];
      if (batch.length > 0) return batch;
      // A tick is only the safety net: it asks once and lies down again.
      news = (await log.bell.next(heard, step.signal)) === 'rung';
    } catch (error) {
      if (!isAway(error)) throw error;
      log.onTrouble(error);
      await rest(AWAY_PAUSE_MS, step.signal);
      news = true;
    }
  }
  return [];
};

/**
 * What was just committed may have to wait for an older transaction that is still open, anywhere in the cluster. Nobody rings when that
 * one ends, so it looks again after growing pauses.
 */
const firstSettled = async (log: Log, { cursor, signal, batchSize }: Step): Promise<readonly StoredEvent[]> => {
  for (let pauseMs = SHORTEST_PAUSE_MS; ; pauseMs = Math.min(pauseMs * 2, LONGEST_PAUSE_MS)) {
    const batch = await log.after(cursor, batchSize);
    if (batch.length > 0 || signal.aborted || !(await log.isMoreAfter(cursor))) return batch;
    await rest(pauseMs, signal);
  }
};

const rest = (ms: number, signal: AbortSignal): Promise<void> => pause(ms, undefined, { signal }).catch(() => undefined);
