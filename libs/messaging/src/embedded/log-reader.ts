import { setTimeout as sleep } from 'node:timers/promises';
import type { Envelope, Topic } from '@cartage/contracts';
import type { EventStore, Position, StoredEvent } from '@cartage/eventsourcing';
import type { Logger } from 'pino';
import { pauseOf } from '../delivery/keyed-retry';
import { envelopeOf, type AnyPublication } from '../publication';
import { patient } from '../transport';

/** An event of the log as groups see it; private events only move the position. */
export interface Told {
  readonly position: Position;
  readonly envelope: Envelope | undefined;
}

/** Somebody who reads a log from a position of their own. */
export interface Reader {
  /** Everything up to here was taken. Moves at once when `take` is called. */
  readonly position: Position;
  readonly signal: AbortSignal;
  /** Passes over what stands before `position`. Done when there is room for more. Never fails. */
  take(batch: readonly Told[]): Promise<void>;
}

export interface LogReaderNeeds {
  readonly store: EventStore;
  readonly publication: AnyPublication;
  readonly log: Logger;
  /** How long the others wait for a reader that has no room before they go on without it. */
  readonly patienceMs?: number;
}

interface Follower {
  readonly reader: Reader;
  taking: Promise<void>;
  ready: boolean;
  readonly leave: () => void;
}

/**
 * Reads one service's log once for all groups that listen to it. A group that begins behind the others, or falls behind because it has no room,
 * reads by itself until it has caught up. Make one for each log of the process and share it between transports.
 */
export class LogReader {
  private readonly followers = new Map<Reader, Follower>();
  /** What the shared reading has handed out; nothing while there is none. */
  private told: Position | undefined;
  private reading = new AbortController();

  constructor(private readonly needs: LogReaderNeeds) {}

  get topic(): Topic {
    return this.needs.publication.topic;
  }

  /** Brings the log to the reader until its signal ends that. */
  async serve(reader: Reader): Promise<void> {
    for (let failures = 0; !reader.signal.aborted;) {
      try {
        const taking = await this.catchUp(reader);
        failures = 0;
        if (!reader.signal.aborted) await this.share(reader, taking);
      } catch (error) {
        failures += 1;
        this.needs.log.error({ err: error, topic: this.topic }, 'The event log cannot be read; trying again.');
        await sleep(pauseOf(patient, failures), undefined, { signal: reader.signal }).catch(() => undefined);
      }
    }
  }

  /** Reads for this reader alone until it stands where the shared reading stands. Answers with what it is still taking then. */
  private async catchUp(reader: Reader): Promise<Promise<void>[]> {
    const head = await this.needs.store.head();
    if (reader.position >= (this.told ?? head)) return [];
    for await (const events of this.needs.store.follow({ from: reader.position, signal: reader.signal })) {
      const taking = reader.take(this.tell(events));
      if (reader.position >= (this.told ?? head)) return [taking];
      await taking;
    }
    return [];
  }

  /** Done when the reader has fallen behind or stopped, or when the shared reading has failed; and when it has taken what it was handed. */
  private share(reader: Reader, taking: readonly Promise<void>[]): Promise<void> {
    return new Promise((resolve) => {
      const leave = (): void => {
        reader.signal.removeEventListener('abort', leave);
        this.remove(reader);
        resolve(follower.taking);
      };
      const follower: Follower = { reader, taking: Promise.resolve(), ready: true, leave };
      for (const each of taking) watch(follower, each);
      this.followers.set(reader, follower);
      reader.signal.addEventListener('abort', leave);
      if (this.told === undefined) void this.readForAll(reader.position);
    });
  }

  private remove(reader: Reader): void {
    this.followers.delete(reader);
    if (this.followers.size > 0) return;
    this.reading.abort();
    this.told = undefined;
  }

  private async readForAll(from: Position): Promise<void> {
    const { signal } = (this.reading = new AbortController());
    this.told = from;
    try {
      for await (const events of this.needs.store.follow({ from, signal })) {
        await this.untilReady();
        if (signal.aborted) return;
        this.hand(this.tell(events));
      }
    } catch (error) {
      this.needs.log.error({ err: error, topic: this.topic }, 'The shared reading of an event log failed; each group goes on by itself.');
    }
    if (!signal.aborted) for (const { leave } of [...this.followers.values()]) leave();
  }

  private hand(batch: readonly Told[]): void {
    this.told = batch.at(-1)?.position ?? this.told;
    for (const follower of this.followers.values()) watch(follower, follower.reader.take(batch));
  }

  /** Waits for everybody, but for nobody too long: who is not ready by then goes on by itself. */
  private async untilReady(): Promise<void> {
    const busy = [...this.followers.values()].filter(({ ready }) => !ready);
    if (busy.length === 0) return;
    const waiting = new AbortController();
    const patience = sleep(this.needs.patienceMs ?? 250, undefined, { signal: waiting.signal }).catch(() => undefined);
    await Promise.race([Promise.all(busy.map(({ taking }) => taking)), patience]);
    waiting.abort();
    for (const { ready, leave } of busy) if (!ready) leave();
  }

  private tell(events: readonly StoredEvent[]): readonly Told[] {
    return events.map((event) => ({ position: event.position, envelope: envelopeOf(this.needs.publication, event) }));
  }
}

const watch = (follower: Follower, taking: Promise<void>): void => {
  follower.ready = false;
  follower.taking = taking.then(() => {
    follower.ready = true;
  });
};
