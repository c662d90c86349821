import { createHash } from 'node:crypto';
import { NO_MORE, type Clock } from '@cartage/eventsourcing';
import { tryAdvisoryLock } from '@cartage/postgres';
import type { PoolClient } from 'pg';
import type { ViewNeeds } from './runner';

/** A process that may run views, for as long as `signal` says so. */
export interface Term {
  readonly signal: AbortSignal;
  /** Which of these tables are nobody else's, and from now on its own. */
  take(tables: readonly string[]): Promise<readonly string[]>;
}

export interface LeadershipNeeds extends Pick<ViewNeeds, 'pool' | 'log'> {
  readonly clock: Clock;
  /** Of the views that this version of the program runs. */
  readonly tables: readonly string[];
  /** A session that is not heard of for so long is over, whatever became of its host. */
  readonly sessionMs: number;
}

/** How long a process that may not run the views waits before it asks again. */
const standbyMs = 1_000;

/** How long one waits that was told to look again. */
const againMs = 20;

/**
 * Runs `work` in one process at a time of those that run the same tables; the others stand by. What two versions of the program have in
 * common belongs to the one that takes it first, until it ends. A lock lives as long as the connection that holds it: Postgres ends one that it has not heard of
 * for `sessionMs`, so that whoever leads must `take` more often than that. Should two believe for a moment that they may, positions keep the slower one out.
 */
export const whileLeading = async (needs: LeadershipNeeds, signal: AbortSignal, work: (term: Term) => Promise<void>): Promise<void> => {
  while (!signal.aborted) {
    const led = await lead(needs, signal, work).catch((error: unknown) => {
      needs.log.warn({ err: error }, 'cannot run the views now');
      return false;
    });
    await needs.clock.pause(led ? againMs : standbyMs, signal);
  }
};

const lead = async (needs: LeadershipNeeds, signal: AbortSignal, work: (term: Term) => Promise<void>): Promise<boolean> => {
  const client = await needs.pool.connect();
  const lost = new AbortController();
  const lose = (): void => lost.abort();
  client.on('error', lose).on('end', lose);
  let leads = false;
  try {
    leads = await takeLead(client, needs.tables);
    if (leads) await client.query(`set idle_session_timeout = ${needs.sessionMs}`);
    if (leads) await work({ signal: AbortSignal.any([signal, lost.signal]), take: takingWithin(needs, client, lose) });
    return leads;
  } finally {
    const spent = leads || lost.signal.aborted;
    if (!spent) client.off('error', lose).off('end', lose);
    // Ending the connection gives the locks back, whatever became of it.
    client.release(spent);
  }
};

const schemaOf = async (client: PoolClient): Promise<string> => {
  const { rows } = await client.query<{ schema: string }>('select current_schema() as schema');
  return rows[0]?.schema ?? '';
};

const takeLead = async (client: PoolClient, tables: readonly string[]): Promise<boolean> => {
  const program = createHash('sha256').update(tables.toSorted().join()).digest('hex');
  return tryAdvisoryLock(client, `cartage.views.${await schemaOf(client)}.${program}`);
};

/** Asks the server something whatever there is to take: that is how the session is heard of. */
const takeEach = async (client: PoolClient, tables: readonly string[]): Promise<readonly string[]> => {
  const schema = await schemaOf(client);
  const taken: string[] = [];
  for (const table of tables) if (await tryAdvisoryLock(client, `cartage.views.${schema}.${table}`)) taken.push(table);
  return taken;
};

/** An answer that does not come in time is as good as a lost connection: the locks may be somebody else's by then. */
const takingWithin =
  ({ clock, sessionMs }: LeadershipNeeds, client: PoolClient, lose: () => void): Term['take'] =>
  async (tables) => {
    const answered = new AbortController();
    void clock.pause(sessionMs, answered.signal).then(() => {
      if (!answered.signal.aborted) lose();
    });
    try {
      return await takeEach(client, tables);
    } finally {
      answered.abort(NO_MORE);
    }
  };
