import type { Pool, PoolClient } from 'pg';
import { rest } from './patience';
import type { ViewNeeds } from './runner';

const lock = `select pg_try_advisory_lock(hashtextextended('cartage.views.run ' || current_schema(), 0)) as taken`;

/** How long a process that may not run the views waits before it asks again. */
const standbyMs = 1_000;

/** How long one waits that was told to look again. */
const againMs = 20;

/**
 * Runs `work` in one process at a time, for as long as the connection that holds the lock lives; the others stand by. Should two believe
 * for a moment that they may, positions keep the slower one out.
 */
export const whileLeading = async (
  { pool, log }: Pick<ViewNeeds, 'pool' | 'log'>,
  signal: AbortSignal,
  work: (signal: AbortSignal) => Promise<void>,
): Promise<void> => {
  while (!signal.aborted) {
    const led = await term(pool, signal, work).catch((error: unknown) => {
      log.warn({ err: error }, 'cannot run the views now');
      return false;
    });
    await rest(led ? againMs : standbyMs, signal);
  }
};

const term = async (pool: Pool, signal: AbortSignal, work: (signal: AbortSignal) => Promise<void>): Promise<boolean> => {
  const client = await pool.connect();
  const lost = new AbortController();
  const lose = (): void => lost.abort();
  client.on('error', lose).on('end', lose);
  let taken = false;
  try {
    taken = await take(client);
    if (taken) await work(AbortSignal.any([signal, lost.signal]));
    return taken;
  } finally {
    const spent = taken || lost.signal.aborted;
    if (!spent) client.off('error', lose).off('end', lose);
    // Ending the connection gives the lock back, whatever became of it.
    client.release(spent);
  }
};

const take = async (client: PoolClient): Promise<boolean> => {
  const { rows } = await client.query<{ taken: boolean }>(lock);
  return rows[0]?.taken === true;
};
