import { randomUUID } from 'node:crypto';
import type { EventStore, NewEvent, StoredEvent, Write } from '@cartage/eventsourcing';
import { v7 as newId } from 'uuid';

/** A store as the contract is run against it. */
export interface StoreUnderTest {
  readonly store: EventStore;
  /** The same log as other processes open it: appends through them are not gathered with those through `store`. */
  readonly elsewhere?: readonly EventStore[];
  /** Positions count the events: the one after 7 is 8. */
  readonly gapless: boolean;
  stop(): Promise<void>;
}

export const PATIENCE_MS = 300_000;
const LARGE = 'overtaken '.repeat(15_000);
export const TIME_LIMIT_MS = 100_000;

export const event = (type: string, data: unknown = {}): NewEvent => ({
  type,
  data,
  id: newId(),
  meta: { commandId: newId(), correlationId: 'correlation', actor: 'contract' },
});
const events = (count: number): readonly NewEvent[] => Array.from({ length: count }, (_, n) => event('Counted', { n }));
export const write = (stream: string, expected: number, count = 1): Write => ({ stream, expected, events: events(count) });
export const unused = (name: string): string => `${name}-${randomUUID()}`;
export const upTo = (count: number): readonly number[] => Array.from({ length: count }, (_, n) => n);

/** Follows until this many events of these streams have come; events of other tests on the same log are passed over. */
export const followed = async (
  store: EventStore,
  from: string,
  wanted: { streams: readonly string[]; count: number; batchSize?: number },
) => {
  const mine = new Set(wanted.streams);
  const found: StoredEvent[] = [];
  const { batchSize } = wanted;
  const following = store.follow({ from, signal: AbortSignal.timeout(PATIENCE_MS), ...(batchSize ? { batchSize } : {}) });
  for await (const batch of following) {
    found.push(...batch.filter(({ stream }) => mine.has(stream)));
    if (found.length >= wanted.count) break;
  }
  return found;
};

export const versionsOf = (all: readonly StoredEvent[], stream: string): readonly number[] =>
  all.filter((each) => each.stream === stream).map(({ version }) => version);

/** Writes of several events take long, so that quick ones that began later overtake them: what careless followers lose. */
const slowOrQuick = (stream: string, expected: number, count: number): Write => ({
  stream,
  expected,
  events: upTo(count).map((n) => event('Counted', { text: n > 0 ? LARGE : 'small' })),
});

/** Appends one event after the other to a stream, deciding anew whenever somebody else was first. */
export const appendPatiently = async (store: EventStore, stream: string, times: number): Promise<void> => {
  for (let done = 0; done < times;) {
    const [current] = await store.readMany([stream]);
    const [outcome] = await store.appendMany([slowOrQuick(stream, current?.version ?? 0, 1 + (done % 3))]);
    if (outcome?.status === 'appended') done += 1;
  }
};

/** The store of the suite that runs, as the cases see it. */
export interface Its {
  readonly store: EventStore;
  readonly gapless: boolean;
  /** Spreads writers over processes. */
  through(n: number): EventStore;
}
