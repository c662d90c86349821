import { START, type EventStore, type EventTraces, type Position, type StoredEvent } from '@cartage/eventsourcing';
import type { Aggregate } from '@cartage/service-kit';

/** A log as far as a story is read from it. */
export interface Chapter {
  readonly name: string;
  readonly store: EventStore;
  readonly aggregates: Readonly<Record<string, Aggregate>>;
}

/** What one service knows of the order. */
export interface Told {
  readonly chapter: Chapter;
  /** Whole, by their names. */
  readonly streams: ReadonlyMap<string, readonly StoredEvent[]>;
  /** Events of streams that are not the order's alone. */
  readonly others: readonly StoredEvent[];
}

export interface Story {
  readonly told: readonly Told[];
  /** The order, and all that is its own: shipments, claims, returns. */
  readonly ids: ReadonlySet<string>;
  readonly lacking: readonly string[];
}

const PAGE = 500;
/** So many events of one request are looked at in one log: an import may have written a hundred thousand under one. */
const MOST_OF_ONE_REQUEST = 20_000;
/** A shorter name may stand anywhere. */
const SHORTEST_ID = 8;
const MOST_ROUNDS = 12;

/** Of one log: what is the order's own, and what else belongs to the requests that made it. */
class Reading {
  readonly streams = new Map<string, readonly StoredEvent[]>();
  private readonly seen = new Map<string, StoredEvent>();
  private readonly requests = new Set<string>();

  constructor(
    readonly chapter: Chapter,
    private readonly lacking: Set<string>,
  ) {}

  /** Reads these streams if they are there, whole, and says whether any was. */
  async read(names: readonly string[]): Promise<boolean> {
    const unread = [...new Set(names)].filter((name) => !this.streams.has(name));
    const read = await this.chapter.store.readMany(unread);
    for (const { stream, events } of read) if (events.length > 0) this.streams.set(stream, events);
    return read.some(({ events }) => events.length > 0);
  }

  /** Streams that are named after one of these, of every kind. */
  readNamedAfter(ids: ReadonlySet<string>): Promise<boolean> {
    return this.read(Object.keys(this.chapter.aggregates).flatMap((kind) => [...ids].map((id) => `${kind}-${id}`)));
  }

  async follow(correlationIds: ReadonlySet<string>): Promise<void> {
    const { traces } = this.chapter.store;
    if (!traces) return void this.lacking.add(`${this.chapter.name}: its log cannot be searched by cause.`);
    for (const id of correlationIds) if (!this.requests.has(id)) await this.request(traces, id);
  }

  /** Whether one that is the order's own, by what it says, was not read yet and is now. */
  readMentioned(ids: ReadonlySet<string>): Promise<boolean> {
    return this.read(this.mentioning(ids).flatMap(({ stream }) => (this.isOwnKind(stream) ? [stream] : [])));
  }

  othersThatMention(ids: ReadonlySet<string>): readonly StoredEvent[] {
    return this.mentioning(ids).filter(({ stream }) => !this.streams.has(stream));
  }

  has(eventId: string): boolean {
    return this.seen.has(eventId) || [...this.streams.values()].some((events) => events.some(({ id }) => id === eventId));
  }

  /** The cause of something, wherever it stands. */
  async cause(eventId: string): Promise<void> {
    const found = await this.chapter.store.traces?.find(eventId);
    if (found) this.seen.set(found.id, found);
  }

  private mentioning(ids: ReadonlySet<string>): readonly StoredEvent[] {
    return [...this.seen.values()].filter(({ stream, data }) => {
      const text = `${stream} ${JSON.stringify(data)}`;
      return [...ids].some((id) => text.includes(id));
    });
  }

  private isOwnKind(stream: string): boolean {
    return Object.hasOwn(this.chapter.aggregates, stream.slice(0, stream.indexOf('-')));
  }

  private async request(traces: EventTraces, correlationId: string): Promise<void> {
    this.requests.add(correlationId);
    let after: Position = START;
    for (let count = 0; count < MOST_OF_ONE_REQUEST; count += PAGE) {
      const page = await traces.correlated({ correlationId, after, limit: PAGE });
      for (const event of page) this.seen.set(event.id, event);
      if (page.length < PAGE) return;
      after = page.at(-1)?.position ?? after;
    }
    this.lacking.add(`${this.chapter.name}: of request ${correlationId} the first ${MOST_OF_ONE_REQUEST} events were looked at.`);
  }
}

const idsOf = (readings: readonly Reading[], orderId: string): ReadonlySet<string> => {
  const named = readings.flatMap(({ streams }) => [...streams.keys()].map((stream) => stream.slice(stream.indexOf('-') + 1)));
  return new Set([orderId, ...named.filter((id) => id.length >= SHORTEST_ID)]);
};

const ownEvents = (readings: readonly Reading[]): readonly StoredEvent[] => readings.flatMap(({ streams }) => [...streams.values()].flat());

/** Events of the order's own that say what led to them, where that is known to nobody yet. */
const followCauses = async (readings: readonly Reading[]): Promise<void> => {
  const causes = new Set(ownEvents(readings).flatMap(({ meta }) => meta.causationId ?? []));
  const unknown = [...causes].filter((id) => !readings.some((reading) => reading.has(id)));
  for (const id of unknown) for (const reading of readings) await reading.cause(id);
};

/** Reads all that is the order's own; asks again with what was found, until nothing more is. */
const readAll = async (readings: readonly Reading[], orderId: string): Promise<boolean> => {
  for (let round = 0; round < MOST_ROUNDS; round += 1) {
    const ids = idsOf(readings, orderId);
    let found = false;
    for (const reading of readings) found = (await reading.readNamedAfter(ids)) || found;
    const requests = new Set(ownEvents(readings).map(({ meta }) => meta.correlationId));
    for (const reading of readings) await reading.follow(requests);
    for (const reading of readings) found = (await reading.readMentioned(ids)) || found;
    if (!found) return true;
  }
  return false;
};

/** One order in all logs: its own streams whole, and of others what speaks of it, by the requests that they belong to and by what caused what. */
export const storyOf = async (chapters: readonly Chapter[], orderId: string): Promise<Story> => {
  const lacking = new Set<string>();
  const readings = chapters.map((chapter) => new Reading(chapter, lacking));
  if (!(await readAll(readings, orderId))) lacking.add(`After ${MOST_ROUNDS} rounds there was still more that belongs to the order.`);
  await followCauses(readings);
  const ids = idsOf(readings, orderId);
  const told = readings.map((reading) => ({ chapter: reading.chapter, streams: reading.streams, others: reading.othersThatMention(ids) }));
  return { told, ids, lacking: [...lacking] };
};
