import { setTimeout as sleep } from 'node:timers/promises';
import { Client, type ClientConfig } from 'pg';
import type { Logger } from 'pino';
import type { Held, Lock } from '../lock';

export interface PostgresLockNeeds {
  /** Connects straight to the server: a pooler that shares sessions would share the lock. */
  readonly connection: ClientConfig;
  /** The same name in the same database is the same lock, such as `publisher.order.events`. */
  readonly name: string;
  readonly log: Logger;
  /** How often a standby asks, and a holder makes sure. */
  readonly everyMs?: number;
}

/**
 * A lock that ends with its holder: an advisory lock of a connection that serves nothing else. The server frees it when the process dies. If the
 * holder cannot reach the server any more it loses the lock on its own account.
 */
export const postgresLock = ({ everyMs = 1_000, ...needs }: PostgresLockNeeds): Lock => ({
  acquire: async (signal) => {
    while (!signal.aborted) {
      const held = await attempt({ ...needs, everyMs }, signal).catch((error: unknown) => {
        needs.log.warn({ err: error, lock: needs.name }, 'A lock cannot be asked for; trying again.');
      });
      if (held) return held;
      await pause(everyMs, signal);
    }
    return undefined;
  },
});

const pause = (ms: number, signal: AbortSignal): Promise<void> => sleep(ms, undefined, { signal }).catch(() => undefined);

/** Asks on one connection until it has the lock, or nothing if `signal` ends that. */
const attempt = async (
  { connection, name, everyMs }: PostgresLockNeeds & { everyMs: number },
  signal: AbortSignal,
): Promise<Held | undefined> => {
  const client = new Client({ ...connection, keepAlive: true, query_timeout: everyMs * 5, application_name: `lock ${name}` });
  const lost = new AbortController();
  client.on('error', () => lost.abort());
  client.on('end', () => lost.abort());
  try {
    await client.connect();
    while (!signal.aborted) {
      if (await tryLock(client, name)) return hold(client, lost, everyMs);
      await pause(everyMs, signal);
    }
  } catch (error) {
    await closed(client);
    throw error;
  }
  await closed(client);
  return undefined;
};

/** Asking again and again, because a statement that waits for the lock would keep a snapshot open, and vacuum with it, for as long as it stands by. */
const tryLock = async (client: Client, name: string): Promise<boolean> => {
  const { rows } = await client.query<{ ours: boolean }>('select pg_try_advisory_lock(hashtextextended($1, 0)) as ours', [name]);
  return rows[0]?.ours === true;
};

const hold = (client: Client, lost: AbortController, everyMs: number): Held => {
  const released = new AbortController();
  void makeSure(client, lost, released.signal, everyMs);
  return {
    lost: lost.signal,
    release: async () => {
      released.abort();
      await closed(client);
    },
  };
};

/** A connection that died without a word is only noticed by using it. */
const makeSure = async (client: Client, lost: AbortController, released: AbortSignal, everyMs: number): Promise<void> => {
  while (!released.aborted && !lost.signal.aborted) {
    await pause(everyMs, released);
    if (!released.aborted) await client.query('select 1').catch(() => lost.abort());
  }
};

/** Ends the session, and with it the lock. What cannot be ended politely is dead already. */
const closed = (client: Client): Promise<void> => client.end().catch(() => undefined);
