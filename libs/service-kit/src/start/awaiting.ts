import { isAway, Pauses, systemClock, type Clock } from '@cartage/eventsourcing';
import { CONNECTION, connectionTo, sessionOptions } from '@cartage/postgres';
import { Client } from 'pg';
import type { Logger } from 'pino';
import type { CommonSettings } from '../settings/common';
import { reasonOf, unusable, type Needed } from './failure';

export interface AwaitingNeeds {
  readonly log: Pick<Logger, 'warn'>;
  readonly patienceMs: number;
  readonly ask: (url: string) => Promise<unknown>;
  readonly clock?: Clock;
}

const PAUSES = { firstMs: 250, longestMs: 5_000 };

/**
 * A database may come up later than who needs it, on a machine that starts all at once or while a failover is under way. It is waited for, with growing pauses and a line for
 * each, for as long as `patienceMs` says; then, and at once where waiting is in vain, its error is thrown as a reason that names the setting.
 */
export const awaitNeeded = async (needed: Needed, { log, patienceMs, ask, clock = systemClock }: AwaitingNeeds): Promise<void> => {
  const pauses = new Pauses({ ...PAUSES, clock });
  const until = clock.now().getTime() + patienceMs;
  for (;;) {
    try {
      return void (await ask(needed.url));
    } catch (error) {
      if (!isAway(error) || clock.now().getTime() >= until) throw unusable(error, needed);
      log.warn({ setting: needed.setting, why: reasonOf(error) }, `the start waits for ${needed.what}`);
      await pauses.rest();
    }
  }
};

const ANSWER_MS = 5_000;

const askPostgres = async (url: string): Promise<void> => {
  const client = new Client({
    ...connectionTo(url, sessionOptions()),
    ...CONNECTION,
    connectionTimeoutMillis: ANSWER_MS,
    query_timeout: ANSWER_MS,
  });
  // What it loses after it has answered, or failed to, is heard by whoever comes next.
  client.on('error', () => undefined);
  try {
    await client.connect();
    await client.query('select 1');
  } finally {
    await client.end().catch(() => undefined);
  }
};

/** Waits until every Postgres that these settings name answers. */
export const awaitDatabases = async (
  {
    DATABASE_URL,
    VAULT_DATABASE_URL,
    START_PATIENCE_SECONDS,
  }: Pick<CommonSettings, 'DATABASE_URL' | 'VAULT_DATABASE_URL' | 'START_PATIENCE_SECONDS'>,
  log: Logger,
): Promise<void> => {
  const needs = { log, ask: askPostgres, patienceMs: START_PATIENCE_SECONDS * 1_000 };
  await awaitNeeded({ what: 'Postgres', setting: 'DATABASE_URL', url: DATABASE_URL }, needs);
  if (VAULT_DATABASE_URL !== undefined)
    await awaitNeeded({ what: 'Postgres', setting: 'VAULT_DATABASE_URL', url: VAULT_DATABASE_URL }, needs);
};
