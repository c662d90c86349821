import {
  BACKWARDS,
  END,
  KurrentDBClient,
  NO_STREAM,
  StreamNotFoundError,
  streamNameFilter,
  WrongExpectedVersionError,
  type ReadStreamOptions,
} from '@kurrent/kurrentdb-client';
import {
  refusePreviews,
  START,
  systemClock,
  type Clock,
  type EventStore,
  type FollowOptions,
  type Head,
  type Outcome,
  type Position,
  type ReadRequest,
  type StoredEvent,
  type Stream,
  type Write,
} from '@cartage/eventsourcing';
import type { Pool } from 'pg';
import { atMost } from './at-most';
import { causeIndex } from './cause-index';
import { namingOf, positionAt, proposedOf, storedOf } from './events';
import { follow, type KurrentLog } from './follow';

export interface KurrentEventStore extends EventStore {
  /** Closes its connections. Followers must have been stopped. */
  dispose(): Promise<void>;
}

export interface KurrentEventStoreOptions {
  /** `kurrentdb://…` or `esdb://…`. */
  readonly connectionString: string;
  /** The name of this log, such as `orders`: several may share a KurrentDB. Its streams are stored as `<log>.<stream>`. */
  readonly log: string;
  /** Told of trouble that followers get over by themselves: a lost connection. */
  readonly onTrouble?: (error: unknown) => void;
  /** So many streams are read, and so many written, at the same time; the rest wait. */
  readonly parallel?: number;
  readonly clock?: Pick<Clock, 'now' | 'pause'>;
  /** Where the index of what caused what is kept (`migrateCauseIndex`); without it, it cannot be asked for. */
  readonly index?: Pool;
}

/**
 * The event-store port on KurrentDB (and on EventStoreDB from 22.6). Writes are independent appends, made at the same time; `recordedAt` is by
 * the clock of this process.
 */
export const kurrentEventStore = ({
  connectionString,
  log: name,
  onTrouble = () => undefined,
  parallel = 64,
  clock = systemClock,
  index,
}: KurrentEventStoreOptions): KurrentEventStore => {
  const client = KurrentDBClient.connectionString(connectionString);
  const log: KurrentLog = { client, naming: namingOf(name), onTrouble };
  const [reading, writing] = [atMost(parallel), atMost(parallel)];
  const following = { follow: (options: FollowOptions) => follow(log, options), head: () => head(log) };
  const load = ({ stream, version }: Placed): Promise<StoredEvent | undefined> => reading(() => oneOf(log, stream, version));
  const traces = index && causeIndex({ pool: index, log: following, load, clock, onTrouble });
  return {
    ...following,
    ...(traces ? { traces } : {}),
    readMany: (requests) => Promise.all(requests.map((request) => reading(() => readOne(log, request)))),
    heads: (streams) => Promise.all(streams.map((stream) => reading(() => headOf(log, stream)))),
    appendMany: async (writes) => {
      refusePreviews(writes);
      const recordedAt = clock.now().toISOString();
      return Promise.all(writes.map((write) => writing(() => appendOne(log, write, recordedAt))));
    },
    dispose: () => {
      traces?.stop();
      return client.dispose();
    },
  };
};

/** A stream's events in the asked order; none of a stream that does not exist. */
async function* eventsOf({ client, naming }: KurrentLog, stream: string, options: ReadStreamOptions = {}): AsyncGenerator<StoredEvent> {
  try {
    for await (const { event } of client.readStream(naming.toKurrent(stream), options)) if (event) yield storedOf(naming, event);
  } catch (error) {
    if (!(error instanceof StreamNotFoundError)) throw error;
  }
}

const readOne = async (log: KurrentLog, request: ReadRequest): Promise<Stream> => {
  const { stream, after } = typeof request === 'string' ? { stream: request, after: 0 } : request;
  const events: StoredEvent[] = [];
  for await (const event of eventsOf(log, stream, { fromRevision: BigInt(after) })) events.push(event);
  const version = events.at(-1)?.version ?? (after > 0 ? (await headOf(log, stream)).version : 0);
  return { stream, version, events };
};

interface Placed {
  readonly stream: string;
  readonly version: number;
}

const oneOf = async (log: KurrentLog, stream: string, version: number): Promise<StoredEvent | undefined> => {
  for await (const event of eventsOf(log, stream, { fromRevision: BigInt(version - 1), maxCount: 1 })) return event;
  return undefined;
};

/** Backwards to the last published event, which is the last event of nearly every stream. */
const headOf = async (log: KurrentLog, stream: string): Promise<Head> => {
  let version = 0;
  for await (const event of eventsOf(log, stream, { direction: BACKWARDS, fromRevision: END })) {
    version = Math.max(version, event.version);
    if (event.meta.sequence !== undefined) return { stream, version, sequence: event.meta.sequence };
  }
  return { stream, version, sequence: 0 };
};

const appendOne = async (log: KurrentLog, write: Write, recordedAt: string): Promise<Outcome> => {
  const { stream, expected, events } = write;
  if (events.length === 0) return { status: 'conflict' };
  try {
    const streamState = expected === 0 ? NO_STREAM : BigInt(expected - 1);
    const proposed = events.map((event) => proposedOf(event, recordedAt));
    const { position } = await log.client.appendToStream(log.naming.toKurrent(stream), proposed, { streamState });
    const version = expected + events.length;
    return { status: 'appended', version, position: position ? positionAt(position) : await positionIn(log, stream, version), recordedAt };
  } catch (error) {
    if (error instanceof WrongExpectedVersionError) return { status: 'conflict' };
    throw error;
  }
};

/** Only a server that answers an append without a position is asked for it. */
const positionIn = async (log: KurrentLog, stream: string, version: number): Promise<Position> => {
  const event = await oneOf(log, stream, version);
  if (event) return event.position;
  throw new Error(`KurrentDB took version ${version} of ${stream} and does not show it.`);
};

const head = async ({ client, naming }: KurrentLog): Promise<Position> => {
  const last = client.readAll({
    direction: BACKWARDS,
    fromPosition: END,
    maxCount: 1,
    filter: streamNameFilter({ prefixes: [naming.prefix] }),
  });
  for await (const { event } of last) if (event) return positionAt(event.position);
  return START;
};
