import type { Folding, Named } from './decider';
import { START, type Position } from './position';
import type { Meta, StoredEvent } from './event-store';
import { isNothingChanged } from './nothing-changed';

/** Where a stream stands after an append: the fold and the counts go on from here. */
export interface StreamEnd<State> {
  readonly state: State;
  readonly version: number;
  readonly factVersion: number;
  readonly sequences: ReadonlyMap<string | undefined, number>;
  readonly position: Position;
}

const NONE: ReadonlyMap<string | undefined, number> = new Map();

/** How many commands without an event of their own are carried along with a stream, at most. */
const UNCHANGED_KEPT = 64;

/** A stream folded up to some version: all it takes to decide on it and to append to it without reading it again. */
export class FoldedStream<State, Event extends Named> {
  state: State;
  version = 0;
  /** The version of its last fact, which is what callers are told: for them, what only remembers a request has changed nothing. */
  factVersion = 0;
  /** The number of the last published event of each subject; undefined stands for the stream itself. */
  sequences: ReadonlyMap<string | undefined, number> = NONE;
  position: Position = START;
  /** The ids of all commands in the stream, with their fingerprints. */
  readonly commands = new Map<string, string | undefined>();
  /** Commands that changed nothing and are not in the stream yet: the next append carries their ids along. */
  unchanged: readonly string[] = [];
  /** Somebody else was first: there are events that this does not know. */
  behind = false;

  constructor(
    readonly stream: string,
    private readonly decider: Folding<State, Event>,
  ) {
    this.state = decider.initial;
  }

  /** Whether there is anything to it: a stream that does not exist has no version, and nobody was told that it changed nothing, or was first. */
  get isKnown(): boolean {
    return this.version > 0 || this.unchanged.length > 0 || this.behind;
  }

  get isOver(): boolean {
    return this.decider.isOver?.(this.state) ?? false;
  }

  /** Goes on with events as they were read; those it has already are passed over. */
  advance(events: readonly StoredEvent<Event>[]): void {
    this.behind = false;
    for (const event of events) if (event.version === this.version + 1) this.add(event);
  }

  /** Goes on with what this process has just appended, unless that was read meanwhile. */
  appended({ state, version, factVersion, sequences, position }: StreamEnd<State>, commands: readonly Meta[]): void {
    if (this.version < version) {
      this.state = state;
      this.version = version;
      this.factVersion = factVersion;
      this.sequences = sequences;
      this.position = position;
    }
    for (const { commandId, fingerprint } of commands) this.commands.set(commandId, fingerprint);
    for (const commandId of this.unchanged) this.commands.set(commandId, undefined);
    this.unchanged = [];
  }

  remember(unchanged: readonly string[]): void {
    if (unchanged.length > 0) this.unchanged = [...this.unchanged, ...unchanged].slice(-UNCHANGED_KEPT);
  }

  private add(event: StoredEvent<Event>): void {
    const { version, position, meta } = event;
    if (!isNothingChanged(event)) {
      this.state = this.decider.evolve(this.state, event);
      this.factVersion = version;
    }
    this.version = version;
    this.position = position;
    if (meta.sequence !== undefined) this.sequences = new Map(this.sequences).set(meta.subject, meta.sequence);
    if (!this.commands.has(meta.commandId)) this.commands.set(meta.commandId, meta.fingerprint);
    for (const id of meta.unchanged ?? []) this.commands.set(id, undefined);
  }
}

export interface StreamCacheOptions {
  /** At most this many streams are kept. */
  readonly maxStreams?: number;
  /** At most about this many bytes; what is kept is estimated, not counted. */
  readonly maxBytes?: number;
}

interface Kept<State, Event extends Named> {
  readonly folded: FoldedStream<State, Event>;
  readonly bytes: number;
  /** The version at which it was weighed. */
  readonly weighedAt: number;
}

const BYTES_PER_COMMAND = 200;

/**
 * The streams that were asked for last, folded, so that a step in the life of an aggregate neither reads nor folds all the steps before. What is kept may
 * be behind the log, because other processes write too: an append tells (it conflicts), everything else must look. The one that was unused
 * for longest goes first.
 */
export class StreamCache<State, Event extends Named> {
  private readonly kept = new Map<string, Kept<State, Event>>();
  private readonly maxStreams: number;
  private readonly maxBytes: number;
  private total = 0;

  constructor({ maxStreams = 1_000, maxBytes = 8_000_000 }: StreamCacheOptions = {}) {
    this.maxStreams = maxStreams;
    this.maxBytes = maxBytes;
  }

  get size(): { readonly streams: number; readonly bytes: number } {
    return { streams: this.kept.size, bytes: this.total };
  }

  get(stream: string): FoldedStream<State, Event> | undefined {
    const kept = this.kept.get(stream);
    if (!kept) return undefined;
    this.kept.delete(stream);
    this.kept.set(stream, kept);
    return kept.folded;
  }

  /** Keeps a stream that exists and is not over, unless another one that knows as much of it is kept already. */
  keep(folded: FoldedStream<State, Event>): void {
    if (folded.isOver) return this.forget(folded.stream);
    if (!folded.isKnown) return;
    const before = this.kept.get(folded.stream);
    if (before && before.folded !== folded && before.folded.version >= folded.version) return;
    if (before) this.drop(folded.stream, before);
    const kept = weighed(folded, before);
    this.kept.set(folded.stream, kept);
    this.total += kept.bytes;
    this.shrink();
  }

  forget(stream: string): void {
    const kept = this.kept.get(stream);
    if (kept) this.drop(stream, kept);
  }

  private drop(stream: string, { bytes }: Kept<State, Event>): void {
    this.kept.delete(stream);
    this.total -= bytes;
  }

  private shrink(): void {
    for (const [stream, kept] of this.kept) {
      if (this.kept.size <= this.maxStreams && this.total <= this.maxBytes) return;
      this.drop(stream, kept);
    }
  }
}

/** Weighing walks the state, so it is done again only when the stream is four times as long: what begins a stream is most of its state. */
const weighed = <State, Event extends Named>(
  folded: FoldedStream<State, Event>,
  before: Kept<State, Event> | undefined,
): Kept<State, Event> =>
  before?.folded === folded && folded.version < before.weighedAt * 4
    ? before
    : { folded, bytes: folded.commands.size * BYTES_PER_COMMAND + bytesOf(folded.state), weighedAt: Math.max(folded.version, 1) };

const PART_BYTES = 16;

/** Roughly what a value takes in memory. It copies nothing: it is asked for each stream that changes. */
const bytesOf = (value: unknown): number => {
  if (typeof value === 'string') return 24 + value.length;
  return typeof value === 'object' && value !== null ? 40 + bytesOfParts(value) : 8;
};

/** Lists have a loop of their own: V8 walks the indices of one as names, several times slower. */
const bytesOfParts = (value: object): number => {
  let bytes = 0;
  if (Array.isArray(value)) for (const each of value) bytes += PART_BYTES + bytesOf(each);
  else if (value instanceof Map) value.forEach((each, key) => (bytes += 2 * PART_BYTES + bytesOf(key) + bytesOf(each)));
  else if (value instanceof Set) value.forEach((each) => (bytes += PART_BYTES + bytesOf(each)));
  else for (const name in value) bytes += PART_BYTES + bytesOf(value[name as keyof typeof value]);
  return bytes;
};
