import type { Envelope, Topic } from '@cartage/contracts';
import { NO_MORE, Pauses, systemClock, type Clock, type EventStore, type Position, type StoredEvent } from '@cartage/eventsourcing';
import type { Logger } from 'pino';
import { envelopesOf, type AnyPublication } from '../publication';
import { usualPolicy } from '../transport';

/** What stands at a position of a log, as groups see it: nothing where the event is private, several where it is published in several versions. */
export interface LogEntry {
  readonly position: Position;
  readonly envelopes: readonly Envelope[];
}

/** Somebody who reads a log from a position of their own. */
export interface Reader {
  /** Everything up to here was taken. Moves at once when `take` is called. */
  readonly position: Position;
  readonly signal: AbortSignal;
  /** Passes over what stands before `position`. Done when there is room for more. Never fails. */
  take(batch: readonly LogEntry[]): Promise<void>;
}

export interface LogReaderNeeds {
  readonly store: EventStore;
  readonly publication: AnyPublication;
  readonly log: Logger;
  readonly clock?: Clock;
  /** How long the others wait for a reader that has no room before they go on without it. */
  readonly patienceMs?: number;
}

/** A reader that the shared reading hands its batches to. */
interface Follower {
  readonly reader: Reader;
  taking: Promise<void>;
  isReady: boolean;
  readonly leave: () => void;
  /** When it has left, and has taken what it was handed. */
  readonly left: Promise<void>;
}

/**
 * Reads one service's log once for all groups that listen to it. A group that begins behind the others, or falls behind because it has no room,
 * reads by itself until it has caught up. Make one for each log of the process and share it between transports.
 */
export class LogReader {
  private readonly followers = new Map<Reader, Follower>();
  private readonly clock: Clock;
  /** Up to where the shared reading has handed out; nothing while there is none. */
  private handed: Position | undefined;
  private reading = new AbortController();

  constructor(private readonly needs: LogReaderNeeds) {
    this.clock = needs.clock ?? systemClock;
  }

  get topic(): Topic {
    return this.needs.publication.topic;
  }

  /** Brings the log to the reader until its signal ends that. */
  async serve(reader: Reader): Promise<void> {
    const { firstPauseMs, longestPauseMs } = usualPolicy;
    const pauses = new Pauses({ firstMs: firstPauseMs, longestMs: longestPauseMs, clock: this.clock });
    while (!reader.signal.aborted) {
      try {
        const follower = await this.catchUp(reader);
        pauses.reset();
        await follower?.left;
      } catch (error) {
        this.needs.log.error({ err: error, topic: this.topic }, 'The event log cannot be read; trying again.');
        await pauses.rest(reader.signal);
      }
    }
  }

  /**
   * Reads for this reader alone until it stands where the shared reading stands. It joins in the very step in which that is seen: ending one's own
   * reading may take a while, and what the others are handed meanwhile must come to it, too.
   */
  private async catchUp(reader: Reader): Promise<Follower | undefined> {
    const head = await this.needs.store.head();
    if (reader.signal.aborted) return undefined;
    if (this.isUpToDate(reader, head)) return this.join(reader, Promise.resolve());
    for await (const events of this.needs.store.follow({ from: reader.position, signal: reader.signal })) {
      const taking = reader.take(this.entriesOf(events));
      if (this.isUpToDate(reader, head)) return this.join(reader, taking);
      await taking;
    }
    return undefined;
  }

  private isUpToDate({ position }: Reader, head: Position): boolean {
    return position >= (this.handed ?? head);
  }

  private join(reader: Reader, taking: Promise<void>): Follower {
    const leaving = new AbortController();
    const leave = (): void => {
      reader.signal.removeEventListener('abort', leave);
      this.remove(reader);
      leaving.abort();
    };
    const left = new Promise<void>((resolve) => leaving.signal.addEventListener('abort', () => resolve(follower.taking)));
    const follower: Follower = { reader, taking, isReady: false, leave, left };
    watch(follower, taking);
    this.followers.set(reader, follower);
    reader.signal.addEventListener('abort', leave);
    if (reader.signal.aborted) leave();
    else if (this.handed === undefined) void this.readForAll(reader.position);
    return follower;
  }

  private remove(reader: Reader): void {
    this.followers.delete(reader);
    if (this.followers.size > 0) return;
    this.reading.abort();
    this.handed = undefined;
  }

  private async readForAll(from: Position): Promise<void> {
    const { signal } = (this.reading = new AbortController());
    this.handed = from;
    try {
      for await (const events of this.needs.store.follow({ from, signal })) {
        await this.untilReady();
        if (signal.aborted) return;
        this.hand(this.entriesOf(events));
      }
    } catch (error) {
      this.needs.log.error({ err: error, topic: this.topic }, 'The shared reading of an event log failed; each group goes on by itself.');
    }
    if (!signal.aborted) for (const { leave } of [...this.followers.values()]) leave();
  }

  private hand(batch: readonly LogEntry[]): void {
    this.handed = batch.at(-1)?.position ?? this.handed;
    for (const follower of this.followers.values()) watch(follower, follower.reader.take(batch));
  }

  /** Waits for everybody, but for nobody too long: who is not ready by then goes on by itself. */
  private async untilReady(): Promise<void> {
    const busy = [...this.followers.values()].filter(({ isReady }) => !isReady);
    if (busy.length === 0) return;
    const waiting = new AbortController();
    const patience = this.clock.pause(this.needs.patienceMs ?? 250, waiting.signal);
    await Promise.race([Promise.all(busy.map(({ taking }) => taking)), patience]);
    waiting.abort(NO_MORE);
    for (const { isReady, leave } of busy) if (!isReady) leave();
  }

  private entriesOf(events: readonly StoredEvent[]): readonly LogEntry[] {
    return events.map((event) => ({ position: event.position, envelopes: envelopesOf(this.needs.publication, event) }));
  }
}

const watch = (follower: Follower, taking: Promise<void>): void => {
  follower.isReady = false;
  const taken = taking.then(() => {
    // A later batch may have come meanwhile: only its end makes the follower ready.
    if (follower.taking === taken) follower.isReady = true;
  });
  follower.taking = taken;
};
