import { memoryStore, type EventStore, type Position } from '@cartage/eventsourcing';
import { eventually } from '@cartage/testkit';
import pino from 'pino';
import { append, publication, subjectsOf } from '../fixture';
import { LogReader, type LogEntry, type Reader } from './log-reader';

const log = pino({ level: 'silent' });

/** A store that counts who is reading it. */
const counted = (): { readonly store: EventStore; readonly reading: () => number } => {
  const store = memoryStore();
  let reading = 0;
  async function* follow(options: Parameters<EventStore['follow']>[0]) {
    reading += 1;
    try {
      yield* store.follow(options);
    } finally {
      reading -= 1;
    }
  }
  return { store: { ...store, follow }, reading: () => reading };
};

const readerOf = (ready: () => Promise<void> = async () => undefined) => {
  const ending = new AbortController();
  const taken: LogEntry[] = [];
  let position: Position = '';
  const reader: Reader = {
    signal: ending.signal,
    get position() {
      return position;
    },
    take: async (batch) => {
      const fresh = batch.filter((entry) => entry.position > position);
      position = fresh.at(-1)?.position ?? position;
      await ready();
      taken.push(...fresh);
    },
  };
  return { reader, taken, stop: () => ending.abort() };
};

/** A store whose readings take a turn of the loop to end, as those of a server do. */
const slowToEnd = (store: EventStore): EventStore => ({
  ...store,
  follow: (options) => {
    const reading = store.follow(options)[Symbol.asyncIterator]();
    const end = async (): Promise<IteratorReturnResult<undefined>> => {
      await new Promise((resolve) => setTimeout(resolve, 20));
      await reading.return?.();
      return { done: true, value: undefined };
    };
    return { [Symbol.asyncIterator]: () => ({ next: () => reading.next(), return: end }) };
  },
});

describe('a log and its readers', () => {
  it('miss nothing that is appended while one of them catches up and joins the others', async () => {
    const store = memoryStore();
    const subjects = subjectsOf(1);
    const reader = new LogReader({ store: slowToEnd(store), publication, log });
    const groups = [readerOf()];
    const served = [reader.serve(groups[0]?.reader ?? readerOf().reader)];
    for (let round = 1; round <= 5; round += 1) {
      await append(store, subjects, 1);
      const late = readerOf();
      groups.push(late);
      served.push(reader.serve(late.reader));
      // Its own reading has been seen to be up to date, and is being ended.
      await eventually(() => expect(late.taken.length).toBe(2 * (groups.length * 2 - 3)), { everyMs: 1 });
      await append(store, subjects, 1);
      await eventually(() => expect(groups.map(({ taken }) => taken.length)).toEqual(groups.map(() => round * 4)));
    }
    for (const { stop } of groups) stop();
    await Promise.all(served);
  });

  it('is read once for all who are up to date', async () => {
    const { store, reading } = counted();
    const subjects = subjectsOf(3);
    await append(store, subjects, 5);
    const reader = new LogReader({ store, publication, log });
    const groups = [readerOf(), readerOf(), readerOf()];
    const served = groups.map((group) => reader.serve(group.reader));
    await eventually(() => expect(groups.map(({ taken }) => taken.length)).toEqual([30, 30, 30]));
    await append(store, subjects, 5);
    await eventually(() => expect(groups.map(({ taken }) => taken.length)).toEqual([60, 60, 60]));
    expect(reading()).toBe(1);
    for (const { stop } of groups) stop();
    await Promise.all(served);
    await eventually(() => expect(reading()).toBe(0));
  });

  it('is not held up by a reader that has no room: that one catches up by itself, and misses nothing', async () => {
    const { store } = counted();
    const subjects = subjectsOf(2);
    const reader = new LogReader({ store, publication, log, patienceMs: 5 });
    let open: () => void = () => undefined;
    const full = new Promise<void>((resolve) => (open = resolve));
    const [quick, stuck] = [readerOf(), readerOf(() => full)];
    const served = [quick, stuck].map((group) => reader.serve(group.reader));
    for (let round = 1; round <= 5; round += 1) {
      await append(store, subjects, 1);
      await eventually(() => expect(quick.taken).toHaveLength(round * 4));
    }
    expect(stuck.taken).toHaveLength(0);
    open();
    await eventually(() => expect(stuck.taken).toEqual(quick.taken));
    for (const { stop } of [quick, stuck]) stop();
    await Promise.all(served);
  });
});
