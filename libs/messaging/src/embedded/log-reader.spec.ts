import { memoryStore, type EventStore, type Position } from '@cartage/eventsourcing';
import { eventually } from '@cartage/testkit';
import pino from 'pino';
import { publication, subjectsOf, tell } from '../telling.contract';
import { LogReader, type Reader, type Told } from './log-reader';

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
  const taken: Told[] = [];
  let position: Position = '';
  const reader: Reader = {
    signal: ending.signal,
    get position() {
      return position;
    },
    take: async (batch) => {
      const fresh = batch.filter((told) => told.position > position);
      position = fresh.at(-1)?.position ?? position;
      await ready();
      taken.push(...fresh);
    },
  };
  return { reader, taken, stop: () => ending.abort() };
};

describe('a log and its readers', () => {
  it('is read once for all who are up to date', async () => {
    const { store, reading } = counted();
    const subjects = subjectsOf(3);
    await tell(store, subjects, 5);
    const reader = new LogReader({ store, publication, log });
    const groups = [readerOf(), readerOf(), readerOf()];
    const served = groups.map((group) => reader.serve(group.reader));
    await eventually(() => expect(groups.map(({ taken }) => taken.length)).toEqual([30, 30, 30]));
    await tell(store, subjects, 5);
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
      await tell(store, subjects, 1);
      await eventually(() => expect(quick.taken).toHaveLength(round * 4));
    }
    expect(stuck.taken).toHaveLength(0);
    open();
    await eventually(() => expect(stuck.taken).toEqual(quick.taken));
    for (const { stop } of [quick, stuck]) stop();
    await Promise.all(served);
  });
});
