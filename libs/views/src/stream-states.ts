import { fold as folded, type EventStore, type StoredEvent } from '@cartage/eventsourcing';
import type { AnyView } from './view';

type AnyFold = NonNullable<AnyView['fold']>;
type Events = readonly StoredEvent[];

/** How a stream stood after its nth event. */
interface Standing {
  readonly version: number;
  readonly state: unknown;
}

/** The state of each event's stream right after that event, by the event's place in its batch, for each fold that is asked for. */
export type States = ReadonlyMap<object, readonly unknown[]>;

/** So many streams that are not over are remembered for each fold: some kilobytes each. */
const remembered = 1_500;

/**
 * Folds the streams of a log for one follower of it. Recent streams are remembered, so that as a rule each event is folded once and nothing
 * is read; a stream that is met in the middle is read up to there.
 */
export class StreamStates {
  private readonly folds = new Map<AnyFold, RecentStreams>();

  constructor(
    private readonly store: Pick<EventStore, 'readMany'>,
    private readonly limit = remembered,
  ) {}

  async after(events: Events, views: readonly AnyView[]): Promise<States> {
    const states = new Map<AnyFold, readonly unknown[]>();
    for (const [fold, asking] of viewsByFold(views)) {
      const isAsked = (type: string): boolean => asking.some(({ on }) => on[type] !== undefined);
      states.set(fold, await this.streamsOf(fold).statesAfter(events, isAsked));
    }
    return states;
  }

  private streamsOf(fold: AnyFold): RecentStreams {
    const streams = this.folds.get(fold) ?? new RecentStreams(fold, this.store, this.limit);
    this.folds.set(fold, streams);
    return streams;
  }
}

const viewsByFold = (views: readonly AnyView[]): ReadonlyMap<AnyFold, readonly AnyView[]> => {
  const groups = new Map<AnyFold, AnyView[]>();
  for (const view of views) {
    if (!view.fold) continue;
    const group = groups.get(view.fold);
    if (group) group.push(view);
    else groups.set(view.fold, [view]);
  }
  return groups;
};

class RecentStreams {
  /** Those that were met last stand last. */
  private readonly recent = new Map<string, Standing>();

  constructor(
    private readonly fold: AnyFold,
    private readonly store: Pick<EventStore, 'readMany'>,
    private readonly limit: number,
  ) {}

  /** A stream that is met in the middle, and of which no asked type comes, stays unread. */
  async statesAfter(events: Events, isAsked: (type: string) => boolean): Promise<readonly unknown[]> {
    const standing = await this.standingBefore(events, isAsked);
    const states = events.map((event) => {
      const before = standing.get(event.stream);
      if (!before) return undefined;
      const state: unknown = this.fold.evolve(before.state, event);
      standing.set(event.stream, { version: event.version, state });
      return state;
    });
    this.remember(standing);
    return states;
  }

  private async standingBefore(events: Events, isAsked: (type: string) => boolean): Promise<Map<string, Standing>> {
    const standing = new Map<string, Standing>();
    const unknown = new Map<string, number>();
    for (const { stream, version } of events) {
      if (standing.has(stream) || unknown.has(stream)) continue;
      const known = this.known(stream, version - 1);
      if (known) standing.set(stream, known);
      else unknown.set(stream, version - 1);
    }
    if (unknown.size === 0) return standing;
    const asked = new Set(events.filter(({ type }) => isAsked(type)).map(({ stream }) => stream));
    const unread = new Map([...unknown].filter(([stream]) => asked.has(stream)));
    for (const [stream, read] of await this.readUpTo(unread)) standing.set(stream, read);
    return standing;
  }

  private known(stream: string, version: number): Standing | undefined {
    if (version === 0) return { version, state: this.fold.initial as unknown };
    const recent = this.recent.get(stream);
    return recent?.version === version ? recent : undefined;
  }

  private async readUpTo(versions: ReadonlyMap<string, number>): Promise<ReadonlyMap<string, Standing>> {
    const read = new Map<string, Standing>();
    if (versions.size === 0) return read;
    for (const { stream, events } of await this.store.readMany([...versions.keys()])) {
      const version = versions.get(stream) ?? 0;
      if (events.length < version) throw new Error(`${stream} was followed to version ${version + 1}, but reads to ${events.length} only.`);
      read.set(stream, { version, state: folded(this.fold, events.slice(0, version)) as unknown });
    }
    return read;
  }

  private remember(standing: ReadonlyMap<string, Standing>): void {
    for (const [stream, now] of standing) {
      this.recent.delete(stream);
      if (!this.fold.isOver?.(now.state)) this.recent.set(stream, now);
    }
    for (const oldest of this.recent.keys()) {
      if (this.recent.size <= this.limit) return;
      this.recent.delete(oldest);
    }
  }
}
