import { systemClock, type Clock } from '@cartage/eventsourcing';
import { CONNECTION, sessionOptions, tryAdvisoryLock } from '@cartage/postgres';
import { Client, type ClientConfig } from 'pg';
import type { Logger } from 'pino';
import type { Held, Lock } from '../lock';

export interface PostgresLockNeeds {
  /** Connects straight to the server: a pooler that shares sessions would share the lock. */
  readonly connection: ClientConfig;
  /** The same name in the same database is the same lock, such as `publisher.order.events`. Of several, all are held or none. */
  readonly name: string | readonly string[];
  readonly log: Logger;
  readonly clock?: Clock;
  /** How often a standby asks, and a holder makes sure. */
  readonly everyMs?: number;
}

/**
 * A lock that ends with its holder: an advisory lock of a connection that serves nothing else. The server frees it at once when the process dies,
 * and within 15 s when its host does. A holder that cannot reach the server any more loses the lock on its own account, before that.
 */
export const postgresLock = (needs: PostgresLockNeeds): Lock => ({
  acquire: (signal, standingBy) => new Acquiring({ everyMs: 1_000, clock: systemClock, ...needs }, signal, standingBy).held(),
});

class Acquiring {
  private readonly names: readonly string[];

  constructor(
    private readonly needs: Required<PostgresLockNeeds>,
    private readonly signal: AbortSignal,
    private readonly standingBy: () => void = () => undefined,
  ) {
    this.names = typeof needs.name === 'string' ? [needs.name] : needs.name;
  }

  async held(): Promise<Held | undefined> {
    while (!this.signal.aborted) {
      const held = await this.onOneConnection().catch((error: unknown) => {
        this.needs.log.warn({ err: error, lock: this.needs.name }, 'A lock cannot be asked for; trying again.');
      });
      if (held && !this.signal.aborted) return held;
      // Got in the very moment in which nobody wanted it any more: nobody would give it back.
      await held?.release();
      await this.pause();
    }
    return undefined;
  }

  /** Asks until it has the lock, or nothing if the signal ends that. */
  private async onOneConnection(): Promise<Held | undefined> {
    const { connection, everyMs } = this.needs;
    const application_name = `lock ${this.names.join(' ')}`.slice(0, 60);
    const client = new Client({ options: sessionOptions(), ...connection, ...CONNECTION, application_name, query_timeout: everyMs * 5 });
    const lost = new AbortController();
    client.on('error', () => lost.abort());
    client.on('end', () => lost.abort());
    try {
      await client.connect();
      while (!this.signal.aborted) {
        if (await this.isOurs(client)) return this.hold(client, lost);
        this.standingBy();
        await this.pause();
      }
    } catch (error) {
      await closed(client);
      throw error;
    }
    await closed(client);
    return undefined;
  }

  /** Asking again and again, because a statement that waits for the lock would keep a snapshot open, and vacuum with it, for as long as it stands by. */
  private async isOurs(client: Client): Promise<boolean> {
    for (const name of this.names) {
      if (await tryAdvisoryLock(client, name)) continue;
      await client.query('select pg_advisory_unlock_all()');
      return false;
    }
    return true;
  }

  private hold(client: Client, lost: AbortController): Held {
    const released = new AbortController();
    void this.makeSure(client, lost, released.signal);
    return {
      lost: lost.signal,
      release: async () => {
        released.abort();
        await closed(client);
      },
    };
  }

  /** A connection that died without a word is only noticed by using it. */
  private async makeSure(client: Client, lost: AbortController, released: AbortSignal): Promise<void> {
    const { clock, everyMs } = this.needs;
    while (!released.aborted && !lost.signal.aborted) {
      await clock.pause(everyMs, released);
      if (!released.aborted) await client.query('select 1').catch(() => lost.abort());
    }
  }

  private pause(): Promise<void> {
    return this.needs.clock.pause(this.needs.everyMs, this.signal);
  }
}

/** Ends the session, and with it the lock. What cannot be ended politely is dead already. */
const closed = (client: Client): Promise<void> => client.end().catch(() => undefined);
