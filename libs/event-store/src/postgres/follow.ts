import { setMaxListeners } from 'node:events';
import { isCutOff } from '@cartage/postgres';
import { LogRewound, numberOf, Pauses, positionOf, type FollowOptions, type StoredEvent } from '@cartage/eventsourcing';
import type { Follows, Log } from './log';
import type { Most } from './read';

/** A batch has about so many bytes of data and meta at most. */
const MOST_BYTES = 4_000_000;
const AWAY_PAUSES = { firstMs: 100, longestMs: 2_000 };

/** Every event after `from`, once, in log order; sleeps when there is none. Waits out a database that is away. */
export async function* follow(log: Log, options: FollowOptions): AsyncGenerator<readonly StoredEvent[]> {
  // Many followers may share one signal; Node would take their listeners for a leak.
  setMaxListeners(0, options.signal);
  const follower = new Follower(log, options);
  log.join(follower);
  try {
    for (let batch = await follower.next(); batch.length > 0; batch = await follower.next()) yield batch;
  } finally {
    log.leave(follower);
  }
}

class Follower implements Follows {
  number: number;
  private lastId: string | undefined;
  private readonly most: Most;
  /** What had been heard of when the database had nothing more. */
  private lookedAt = -1;
  /** How many losses there had been when this follower's place was last found in order. */
  private sureAt = -1;
  private readonly pauses: Pauses;

  constructor(
    private readonly log: Log,
    private readonly options: FollowOptions,
  ) {
    this.number = numberOf(options.from);
    this.most = { events: options.batchSize ?? 500, bytes: MOST_BYTES };
    this.pauses = new Pauses({ ...AWAY_PAUSES, clock: log.clock });
  }

  /** The next events, or none when it is told to stop. */
  async next(): Promise<readonly StoredEvent[]> {
    const { signal } = this.options;
    while (!signal.aborted) {
      const heard = this.log.bell.rings();
      const batch = await this.looked();
      if (signal.aborted || batch === undefined) continue;
      if (batch.length > 0) return this.moved(batch);
      // A tick is the safety net: perhaps somebody's news got lost.
      if ((await this.log.bell.next(heard, signal)) === 'tick') this.lookedAt = -1;
    }
    return [];
  }

  private moved(batch: readonly StoredEvent[]): readonly StoredEvent[] {
    this.number += batch.length;
    this.log.moved();
    this.lastId = batch.at(-1)?.id;
    this.pauses.reset();
    return batch;
  }

  /** Waits out, and answers nothing, when the database is away. */
  private async looked(): Promise<readonly StoredEvent[] | undefined> {
    try {
      return await this.look();
    } catch (error) {
      if (!isCutOff(error)) throw error;
      this.log.onTrouble(error);
      await this.pauses.rest(this.options.signal);
      return undefined;
    }
  }

  private async look(): Promise<readonly StoredEvent[]> {
    const { log, number, most } = this;
    if (this.sureAt !== log.losses) await this.makeSure();
    const recent = log.recent.after(number, most);
    const { rumours } = log;
    if (recent.length > 0 || (this.lookedAt === rumours && log.recent.head <= number)) return recent;
    const { events, previous, isAll } = await log.read(number, most);
    if (events.length === 0) await this.makeSure();
    else this.requireSame(previous, number + events.length);
    if (isAll) this.lookedAt = rumours;
    return events;
  }

  /** That the log still has the last event that was seen: a failover may have lost the end, and others may have written there since. */
  private async makeSure(): Promise<void> {
    const { losses } = this.log;
    if (this.number > 0) {
      const { last, id } = await this.log.end(this.number);
      this.requireSame(id, last);
    }
    this.sureAt = losses;
  }

  private requireSame(id: string | null, last: number): void {
    if (this.number > 0 && (id === null || id !== (this.lastId ?? id))) throw rewound(this.number, last, this.log);
  }
}

const rewound = (number: number, last: number, { onTrouble }: Log): LogRewound => {
  const error = new LogRewound(
    `The event log goes to ${positionOf(last)} and does not have what was read up to ${positionOf(number)} any more: it was restored, or a ` +
      `failover lost its end. Whoever follows must begin again from where it was before.`,
  );
  onTrouble(error);
  return error;
};
