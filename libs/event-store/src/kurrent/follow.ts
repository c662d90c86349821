import { setMaxListeners } from 'node:events';
import {
  AccessDeniedError,
  InvalidArgumentError,
  START as BEGINNING,
  streamNameFilter,
  UnsupportedError,
  type AllStreamSubscription,
  type KurrentDBClient,
} from '@kurrent/kurrentdb-client';
import { numberOf, Pauses, START, type FollowOptions, type Position, type StoredEvent } from '@cartage/eventsourcing';
import { storedOf, type Naming } from './events';

export interface KurrentLog {
  readonly client: KurrentDBClient;
  readonly naming: Naming;
  readonly onTrouble: (error: unknown) => void;
}

const SHORTEST_PAUSE_MS = 50;
const LONGEST_PAUSE_MS = 2_000;

/** Every event of the log after `from`, once, in log order. Subscribes anew, from where it was, when the connection is lost. */
export async function* follow(log: KurrentLog, { from, signal, batchSize = 500 }: FollowOptions): AsyncGenerator<readonly StoredEvent[]> {
  // Many followers may share one signal; Node would take their listeners for a leak.
  setMaxListeners(0, signal);
  let cursor = from;
  const pauses = new Pauses({ firstMs: SHORTEST_PAUSE_MS, longestMs: LONGEST_PAUSE_MS });
  while (!signal.aborted) {
    try {
      for await (const batch of subscription(log, { from: cursor, signal, batchSize })) {
        cursor = batch.at(-1)?.position ?? cursor;
        pauses.reset();
        yield batch;
      }
    } catch (error) {
      if (signal.aborted) return;
      bear(error, log);
    }
    await pauses.rest(signal);
  }
}

/** Waiting helps against lost connections and servers that restart, not against these. */
const isFinal = (error: unknown): boolean =>
  [AccessDeniedError, InvalidArgumentError, RangeError, UnsupportedError].some((kind) => error instanceof kind);

const bear = (error: unknown, { onTrouble }: KurrentLog): void => {
  if (isFinal(error)) throw error;
  onTrouble(error);
};

/** One catch-up subscription, until it is lost or told to stop. A batch is whatever has come while the last one was worked on. */
async function* subscription(
  log: KurrentLog,
  { from, signal, batchSize }: Required<FollowOptions>,
): AsyncGenerator<readonly StoredEvent[]> {
  const subscribed = subscribe(log, from, batchSize);
  const stop = (): void => void subscribed.destroy();
  signal.addEventListener('abort', stop, { once: true });
  try {
    let batch: StoredEvent[] = [];
    for await (const { event } of subscribed) {
      if (event) batch.push(storedOf(log.naming, event));
      if (signal.aborted) return;
      if (batch.length < batchSize && subscribed.readableLength > 0) continue;
      yield batch;
      batch = [];
    }
  } finally {
    signal.removeEventListener('abort', stop);
    await leave(subscribed);
  }
}

const subscribe = ({ client, naming }: KurrentLog, from: Position, batchSize: number): AllStreamSubscription =>
  client.subscribeToAll(
    {
      fromPosition: from === START ? BEGINNING : placeOf(from),
      // By prefix, which leaves out the server's own events, too.
      filter: streamNameFilter({ prefixes: [naming.prefix] }),
    },
    { highWaterMark: batchSize },
  );

const placeOf = (position: Position): { readonly commit: bigint; readonly prepare: bigint } => {
  const commit = BigInt(numberOf(position));
  return { commit, prepare: commit };
};

/** A subscription that was never made, or is lost already, cannot be left: that is as good. */
const leave = async (subscribed: AllStreamSubscription): Promise<void> => {
  // Destroyed streams may still report the loss of their connection; unheard, that would end the process.
  subscribed.on('error', () => undefined);
  await subscribed.unsubscribe().catch(() => undefined);
};
