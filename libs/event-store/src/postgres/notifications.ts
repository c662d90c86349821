import { randomUUID } from 'node:crypto';
import { Pauses, type Clock } from '@cartage/eventsourcing';
import type { Notification, Pool, PoolClient } from 'pg';

/** News of a log between processes. It may get lost: followers also look by themselves, only later. */
export interface Notifications {
  /** Tells the others that there is something new. Never fails, never waits. */
  tell(): void;
  /** Begins to hear the others, on a connection of its own, until the last hearer has gone. */
  hear(): () => void;
}

export interface NotificationOptions {
  readonly pool: Pool;
  readonly clock: Clock;
  /** Called for what others tell, and whenever something may have been missed. */
  readonly onNews: () => void;
  readonly onTrouble: (error: unknown) => void;
}

const CHANNEL = `'events_' || md5(current_schema())`;
/** A burst of appends is told once: NOTIFY takes a lock of the whole cluster. */
const QUIET_MS = 50;
const RECONNECT_PAUSES = { firstMs: 250, longestMs: 4_000 };

export const notifications = ({ pool, clock, onNews, onTrouble }: NotificationOptions): Notifications => {
  const self = randomUUID();
  let hearers = 0;
  let listening: AbortController | undefined;

  const leave = (): void => {
    hearers -= 1;
    if (hearers > 0) return;
    listening?.abort();
    listening = undefined;
  };

  return {
    // Not within the append's transaction: the lock would let commits pass one by one.
    tell: inBursts(clock, () => pool.query(`select pg_notify(${CHANNEL}, $1)`, [self]).catch(onTrouble)),
    hear: () => {
      hearers += 1;
      if (!listening) {
        listening = new AbortController();
        void listenUntil(listening.signal, { pool, clock, onTrouble, onNews, self });
      }
      return leave;
    },
  };
};

/** Runs at once, then at most once in a while for everything that came in between. */
const inBursts = (clock: Clock, run: () => Promise<unknown>): (() => void) => {
  let busy = false;
  let again = false;
  const burst = async (): Promise<void> => {
    busy = true;
    do {
      again = false;
      await run();
      await clock.pause(QUIET_MS);
    } while (again);
    busy = false;
  };
  return () => {
    again = true;
    if (!busy) void burst();
  };
};

interface Ear extends NotificationOptions {
  readonly self: string;
}

const listenUntil = async (signal: AbortSignal, ear: Ear): Promise<void> => {
  const pauses = new Pauses({ ...RECONNECT_PAUSES, clock: ear.clock });
  while (!signal.aborted) {
    try {
      await listenOnce(signal, ear, () => pauses.reset());
    } catch (error) {
      ear.onTrouble(error);
      await pauses.rest(signal);
    }
  }
};

const listenOnce = async (signal: AbortSignal, { pool, self, onNews }: Ear, onListening: () => void): Promise<void> => {
  const client = await pool.connect();
  const over = overWhen(client, signal);
  const heard = ({ payload }: Notification): void => {
    if (payload !== self) onNews();
  };
  try {
    client.on('notification', heard);
    const { rows } = await client.query<{ channel: string }>(`select ${CHANNEL} as channel`);
    await client.query(`listen ${client.escapeIdentifier(rows[0]?.channel ?? '')}`);
    onListening();
    // Something may have been told while nobody listened.
    onNews();
    await over;
  } finally {
    client.off('notification', heard);
    client.release(true);
  }
};

/** Resolves when told to stop, rejects when the connection is lost. */
const overWhen = (client: PoolClient, signal: AbortSignal): Promise<void> => {
  const over = new Promise<void>((resolve, reject) => {
    client.on('error', reject);
    client.once('end', () => reject(new Error('The connection that listens for news of the event log was closed.')));
    if (signal.aborted) resolve();
    signal.addEventListener('abort', () => resolve(), { once: true });
  });
  // It may be lost before anybody awaits this.
  over.catch(() => undefined);
  return over;
};
