import type { Named } from './decider';
import type { Position } from './position';
import type { EventTraces } from './traces';
import type { Gather } from './coalescing';
import type { Tracing } from './tracing';

/** Where a command came from; kept with every event that it caused. */
export interface Meta {
  /** Repeating a command with the same id changes nothing. */
  readonly commandId: string;
  /** Shared by everything that follows from one request. */
  readonly correlationId: string;
  /** The id of the event that caused this, if an event did. */
  readonly causationId?: string;
  /** Who asked: a user, `carrier:<name>`, or the listening group. */
  readonly actor: string;
  /** W3C trace context of the request. */
  readonly traceparent?: string;
  /** A hash of the request: the same command id with another request is refused. */
  readonly fingerprint?: string;
  /** Decide, and write nothing: the decision ends with `Previewed`. No store appends an event that has it. */
  readonly preview?: true;
}

/** `sequence` counts the published events of a subject from 1 without gaps; absent on events that stay private. */
export interface EventMeta extends Meta {
  readonly sequence?: number;
  /** What `sequence` counts, where that is not the stream itself: one stream may speak of several subjects. */
  readonly subject?: string;
  /** The version of the event's shape; absent for the first. */
  readonly schemaVersion?: number;
  /** Ids of commands that were heard before this event and changed nothing. */
  readonly unchanged?: readonly string[];
}

/** An event ready to be appended. `id` is stable for ever (UUIDv7). */
export type NewEvent<Event extends Named = Named> = Event & { readonly id: string; readonly meta: EventMeta };

/** An event as the log keeps it. `version` counts the stream's events from 1; `recordedAt` is ISO 8601 UTC by the store's clock. */
export type StoredEvent<Event extends Named = Named> = NewEvent<Event> & {
  readonly stream: string;
  readonly version: number;
  readonly position: Position;
  readonly recordedAt: string;
};

/**
 * A stream as read. A stream that does not exist has version 0 and no events. `version` is always the stream's; `events` are all of them, or
 * those after the version that was asked for.
 */
export interface Stream<Event extends Named = Named> {
  readonly stream: string;
  readonly version: number;
  readonly events: readonly StoredEvent<Event>[];
}

/** One independent write: it lands whole, if the stream stands exactly at `expected` (0: does not exist yet), or not at all. */
export interface Write {
  readonly stream: string;
  readonly expected: number;
  readonly events: readonly NewEvent[];
}

/** A stream to be read: whole, or what it has after a version that is known already. */
export type ReadRequest = string | { readonly stream: string; readonly after: number };

/**
 * Where a stream ends: its version, and the sequence of its last published event, which is their number where the stream is the only subject.
 * Both are 0 for a stream that does not exist.
 */
export interface Head {
  readonly stream: string;
  readonly version: number;
  readonly sequence: number;
}

/**
 * A write that landed: version and position of its last event. `recordedAt` is that of all its events, which stand together in the log: in
 * stores whose positions have no gaps, the one before the last has the number before.
 */
export interface Appended {
  readonly status: 'appended';
  readonly version: number;
  readonly position: Position;
  readonly recordedAt: string;
}

/** What became of one write. `conflict` means that another writer was first. */
export type Outcome = Appended | { readonly status: 'conflict' };

/**
 * The log ends before the place up to which somebody has followed it, or another event stands there: it was restored, or a failover lost its
 * end. Going on would pass over events; whoever follows begins again from a checkpoint that went back with the log, or asks a person.
 */
export class LogRewound extends Error {
  override readonly name = 'LogRewound';
}

export interface FollowOptions {
  /** Read events after this position. */
  readonly from: Position;
  /** Ends the iteration, quietly. */
  readonly signal: AbortSignal;
  /** At most this many events in a batch. */
  readonly batchSize?: number;
}

/** The event-store port. Every adapter passes `eventStoreContract` of the test kit. */
export interface EventStore {
  /** Reads these streams in one round trip, in the order asked. */
  readMany(requests: readonly ReadRequest[]): Promise<readonly Stream[]>;
  /** Where these streams end, in the order asked. Costs the same however long they are: what only goes on with a stream never reads it. */
  heads(streams: readonly string[]): Promise<readonly Head[]>;
  /** Appends independent writes to different streams in one round trip; outcome i belongs to write i. A lost race is an outcome, never an exception. */
  appendMany(writes: readonly Write[]): Promise<readonly Outcome[]>;
  /**
   * Every event after `from`, in log order, each exactly once, in batches that are never empty; waits for more at the end. Throws `LogRewound`
   * when the log ends before `from`.
   */
  follow(options: FollowOptions): AsyncIterable<readonly StoredEvent[]>;
  /** The position of the last event that a follower can see now. */
  head(): Promise<Position>;
  /** Absent where the log cannot be searched so. */
  readonly traces?: EventTraces;
  /** How commands and questions gather before they go to it together; absent: not at all. */
  readonly gather?: Gather;
  /** Where the commands that are handled with it are traced; absent: nowhere. */
  readonly tracing?: Tracing;
}
