import { isCutOff } from '@cartage/postgres';
import { bell, numberOf, type Appended, type Clock, type Outcome, type StoredEvent } from '@cartage/eventsourcing';
import type { Pool } from 'pg';
import { storedOf, type Prepared } from './append';
import type { Archive } from './archive';
import { readAfter, readEnd, type Most, type Sized } from './read';
import { RecentEvents } from './recent-events';

export interface LogNeeds {
  readonly pool: Pool;
  readonly archive: Archive;
  readonly clock: Clock;
  readonly pollMs: number;
  readonly onTrouble: (error: unknown) => void;
}

interface Read {
  readonly events: readonly StoredEvent[];
  /** The id of the event that they come after. */
  readonly previous: string | null;
  /** There was nothing more then. */
  readonly isAll: boolean;
}

/** Somebody who has had the events up to a number. */
export interface Follows {
  readonly number: number;
}

/** One log, as all its followers in this process see it. */
export class Log {
  readonly clock: Clock;
  readonly bell;
  readonly recent = new RecentEvents();
  private readonly followers = new Set<Follows>();
  /** How often there may have been news that this process does not know: others have told of some, or a connection was lost. */
  rumours = 0;
  /** How often the log may have lost its end: the database was away, or an event stood where another one had been. */
  losses = 0;
  private readonly reading = new Map<string, Promise<Read>>();

  constructor(private readonly needs: LogNeeds) {
    this.clock = needs.clock;
    this.bell = bell({ everyMs: needs.pollMs, clock: needs.clock });
  }

  join(follower: Follows): void {
    this.followers.add(follower);
  }

  leave(follower: Follows): void {
    this.followers.delete(follower);
  }

  /** What all of them have needs to be kept no longer. */
  moved(): void {
    let least = Infinity;
    for (const { number } of this.followers) least = Math.min(least, number);
    this.recent.passed(least);
  }

  /** Something may be new. */
  hear(): void {
    this.rumours += 1;
    this.bell.ring();
  }

  /**
   * These were committed by this process. Followers are told in the next turn of the event loop, when whoever appended has been answered: a
   * listener that hears of an event finds what its writer keeps of the stream up to date.
   */
  tell(writes: readonly Prepared[], outcomes: readonly Outcome[]): void {
    if (this.followers.size === 0) return;
    const landed = writes.flatMap((write, i) => (outcomes[i]?.status === 'appended' ? [[write, outcomes[i]] as const] : []));
    if (landed.length === 0) return;
    setImmediate(() => {
      for (const [write, outcome] of landed) this.keep(write, outcome);
      this.bell.ring();
    });
  }

  private keep(write: Prepared, outcome: Appended): void {
    const events = storedOf(write, outcome);
    const size = write.size / events.length;
    this.learn(
      numberOf(outcome.position) - events.length + 1,
      events.map((event) => ({ event, size })),
    );
  }

  /** Where other events stand than before, the log has lost its end, perhaps while nobody looked. */
  private learn(first: number, events: readonly Sized[]): void {
    if (!this.recent.agrees(first, events)) this.doubt();
    this.recent.keep(first, events);
  }

  /** The next events after this number from the database. Who asks for the same at the same time shares the answer. */
  read(number: number, most: Most): Promise<Read> {
    const key = `${number} ${most.events} ${this.rumours}`;
    const reading = this.reading.get(key) ?? this.readAnew(number, most, key);
    this.reading.set(key, reading);
    return reading;
  }

  private async readAnew(number: number, most: Most, key: string): Promise<Read> {
    const { losses } = this;
    try {
      const { events, previous, isCut } = await readAfter(this.needs.pool, number, most, this.needs.archive);
      if (losses === this.losses) this.learn(number + 1, events);
      const bytes = events.reduce((sum, { size }) => sum + size, 0);
      return { events: events.map(({ event }) => event), previous, isAll: !isCut && events.length < most.events && bytes < most.bytes };
    } finally {
      this.reading.delete(key);
    }
  }

  end(number: number): ReturnType<typeof readEnd> {
    return readEnd(this.needs.pool, number, this.needs.archive);
  }

  /** Every error of the database passes here: after a loss nobody goes by what was known before. */
  notice(error: unknown): void {
    if (isCutOff(error)) this.doubt();
  }

  private doubt(): void {
    this.losses += 1;
    this.rumours += 1;
    this.recent.forget();
  }

  /** Tells of trouble that it gets over by itself. */
  readonly onTrouble = (error: unknown): void => {
    this.notice(error);
    this.needs.onTrouble(error);
  };
}
