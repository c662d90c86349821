import {
  BACKWARDS,
  END,
  KurrentDBClient,
  NO_STREAM,
  StreamNotFoundError,
  streamNameFilter,
  WrongExpectedVersionError,
  type AppendResult,
} from '@kurrent/kurrentdb-client';
import { START, type EventStore, type Outcome, type Position, type StoredEvent, type Stream, type Write } from '@cartage/eventsourcing';
import { namingOf, proposedOf, storedOf } from './events';
import { follow, type KurrentLog } from './follow';
import { positionOf } from './position';

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
}

/** The event-store port on KurrentDB (and on EventStoreDB from 22.6). Writes are independent appends, made at the same time. */
export const kurrentEventStore = ({
  connectionString,
  log: name,
  onTrouble = () => undefined,
}: KurrentEventStoreOptions): KurrentEventStore => {
  const client = KurrentDBClient.connectionString(connectionString);
  const log: KurrentLog = { client, naming: namingOf(name), onTrouble };
  return {
    readMany: (streams) => Promise.all(streams.map((stream) => readOne(log, stream))),
    appendMany: (writes) => Promise.all(writes.map((write) => appendOne(log, write))),
    follow: (options) => follow(log, options),
    head: () => head(log),
    dispose: () => client.dispose(),
  };
};

const readOne = async ({ client, naming }: KurrentLog, stream: string): Promise<Stream> => {
  const events: StoredEvent[] = [];
  try {
    for await (const { event } of client.readStream(naming.toKurrent(stream))) if (event) events.push(storedOf(naming, event));
  } catch (error) {
    if (!(error instanceof StreamNotFoundError)) throw error;
  }
  return { stream, version: events.length, events };
};

const appendOne = async (log: KurrentLog, { stream, expected, events }: Write): Promise<Outcome> => {
  if (events.length === 0) return { status: 'conflict' };
  try {
    const streamState = expected === 0 ? NO_STREAM : BigInt(expected - 1);
    const result = await log.client.appendToStream(log.naming.toKurrent(stream), events.map(proposedOf), { streamState });
    const version = expected + events.length;
    return { status: 'appended', version, position: await lastPosition(log, { stream, version, result, count: events.length }) };
  } catch (error) {
    if (error instanceof WrongExpectedVersionError) return { status: 'conflict' };
    throw error;
  }
};

interface Landed {
  readonly stream: string;
  readonly version: number;
  readonly result: AppendResult;
  readonly count: number;
}

/** Of several events the answer's position is not promised to be the last one's, so that one is asked for. */
const lastPosition = async ({ client, naming }: KurrentLog, { stream, version, result, count }: Landed): Promise<Position> => {
  if (count === 1 && result.position) return positionOf(result.position);
  const last = client.readStream(naming.toKurrent(stream), { direction: BACKWARDS, fromRevision: BigInt(version - 1), maxCount: 1 });
  for await (const { event } of last) if (event) return storedOf(naming, event).position;
  throw new Error(`KurrentDB took version ${version} of ${stream} and does not show it.`);
};

const head = async ({ client, naming }: KurrentLog): Promise<Position> => {
  const last = client.readAll({
    direction: BACKWARDS,
    fromPosition: END,
    maxCount: 1,
    filter: streamNameFilter({ prefixes: [naming.prefix] }),
  });
  for await (const { event } of last) if (event) return positionOf(event.position);
  return START;
};
