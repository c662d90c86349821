import { postgresLock, type Held, type Lock } from '@cartage/messaging';
import { connectionTo, sessionOptions } from '@cartage/postgres';
import type { Logger } from 'pino';
import type { AnyService } from '../service';
import type { CommonSettings } from '../settings/common';
import type { Closers } from './closers';
import { StartFailure } from './failure';

/** A process that was killed a moment ago may still hold it. */
const PATIENCE_MS = 5_000;

const taken = (services: readonly AnyService[]): StartFailure =>
  new StartFailure([
    `Setting DATABASE_URL: another process without KAFKA_BROKERS runs ${services.map(({ name }) => name).join(', ')} on this database already. ` +
      'Stop it, use another database, or set KAFKA_BROKERS for all of them.',
  ]);

/**
 * Without a broker nobody shares a group's work out: a second process on the same schemas would do all of it again. So it is refused, for as long
 * as the first one lives.
 */
export const requireSoleProcess = async (
  services: readonly AnyService[],
  { DATABASE_URL, KAFKA_BROKERS, ROLE }: Pick<CommonSettings, 'DATABASE_URL' | 'KAFKA_BROKERS' | 'ROLE'>,
  log: Logger,
  closers: Closers,
): Promise<void> => {
  // Who only answers requests follows nothing, and may have any number beside it.
  if (KAFKA_BROKERS !== undefined || ROLE === 'api') return;
  const name = services.map(({ schema }) => `cartage.embedded.${schema}`).toSorted();
  const lock = postgresLock({ connection: connectionTo(DATABASE_URL, sessionOptions()), name, log, everyMs: 500 });
  const held = await lock.acquire(AbortSignal.timeout(PATIENCE_MS));
  if (!held) throw taken(services);
  const keeping = new Keeping(lock, log);
  keeping.keep(held);
  closers.add(() => keeping.end());
};

/** Lost with its connection, the lock is taken again as soon as may be; what is done twice meanwhile is quiet. */
class Keeping {
  private readonly ending = new AbortController();
  private held: Held | undefined;

  constructor(
    private readonly lock: Lock,
    private readonly log: Logger,
  ) {}

  keep(held: Held): void {
    this.held = held;
    held.lost.addEventListener('abort', () => void this.regain(), { once: true });
  }

  async end(): Promise<void> {
    this.ending.abort();
    await this.held?.release();
  }

  private async regain(): Promise<void> {
    if (this.ending.signal.aborted) return;
    this.log.error('the connection that keeps other processes away was lost; it is made again');
    await this.held?.release();
    const held = await this.lock.acquire(this.ending.signal);
    if (held) this.keep(held);
  }
}
