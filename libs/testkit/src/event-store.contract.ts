import { randomUUID } from 'node:crypto';
import { START, type EventStore, type NewEvent, type StoredEvent, type Write } from '@cartage/eventsourcing';
import { v7 as newId } from 'uuid';

export interface StoreUnderTest {
  readonly store: EventStore;
  /** The same log as other processes open it: appends through them are not gathered with those through `store`. */
  readonly elsewhere?: readonly EventStore[];
  stop(): Promise<void>;
}

const PATIENCE_MS = 60_000;
const LARGE = 'overtaken '.repeat(15_000);
const TIME_LIMIT_MS = 90_000;

const event = (type: string, data: unknown = {}): NewEvent => ({
  type,
  data,
  id: newId(),
  meta: { commandId: newId(), correlationId: 'correlation', actor: 'contract' },
});
const events = (count: number): readonly NewEvent[] => Array.from({ length: count }, (_, n) => event('Counted', { n }));
const write = (stream: string, expected: number, count = 1): Write => ({ stream, expected, events: events(count) });
const unused = (name: string): string => `${name}-${randomUUID()}`;
const upTo = (count: number): readonly number[] => Array.from({ length: count }, (_, n) => n);

/** Follows until this many events of these streams have come; events of other tests on the same log are passed over. */
const followed = async (store: EventStore, from: string, wanted: { streams: readonly string[]; count: number; batchSize?: number }) => {
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

const versionsOf = (all: readonly StoredEvent[], stream: string): readonly number[] =>
  all.filter((each) => each.stream === stream).map(({ version }) => version);

/** Writes of several events take long, so that quick ones that began later overtake them: what careless followers lose. */
const slowOrQuick = (stream: string, expected: number, count: number): Write => ({
  stream,
  expected,
  events: upTo(count).map((n) => event('Counted', { text: n > 0 ? LARGE : 'small' })),
});

/** Appends one event after the other to a stream, deciding anew whenever somebody else was first. */
const appendPatiently = async (store: EventStore, stream: string, times: number): Promise<void> => {
  for (let done = 0; done < times;) {
    const [current] = await store.readMany([stream]);
    const [outcome] = await store.appendMany([slowOrQuick(stream, current?.version ?? 0, 1 + (done % 3))]);
    if (outcome?.status === 'appended') done += 1;
  }
};

/** What every adapter of the event-store port promises. Run it against a store that may hold other events. */
export const eventStoreContract = (name: string, make: () => Promise<StoreUnderTest>): void => {
  describe(`the event store on ${name}`, () => {
    let tested: StoreUnderTest;
    let store: EventStore;
    /** Spreads writers over processes. */
    const through = (n: number): EventStore => {
      const all = [store, ...(tested.elsewhere ?? [])];
      return all[n % all.length] ?? store;
    };

    beforeAll(async () => {
      tested = await make();
      ({ store } = tested);
    }, TIME_LIMIT_MS);

    afterAll(() => tested.stop());

    describe('appending', () => {
      it('keeps events as they were given, and says where they stand', async () => {
        const stream = unused('order');
        const given: NewEvent = {
          type: 'OrderPlaced',
          data: { lines: [{ sku: 'A-1', quantity: 2 }], note: null, nested: { deep: [true, 1.5, ''] } },
          id: newId(),
          meta: {
            commandId: 'the command',
            correlationId: 'the correlation',
            causationId: 'the cause',
            actor: 'carrier:swift',
            traceparent: '00-0af7651916cd43dd8448eb211c80319c-b7ad6b7169203331-01',
            fingerprint: 'f00d',
            sequence: 1,
          },
        };
        const before = Date.now();
        const [outcome] = await store.appendMany([{ stream, expected: 0, events: [given] }]);
        const [read] = await store.readMany([stream]);
        const stored = read?.events[0];
        expect(stored).toEqual({ ...given, stream, version: 1, position: expect.any(String), recordedAt: expect.any(String) });
        expect(outcome).toEqual({ status: 'appended', version: 1, position: stored?.position });
        expect(stored?.recordedAt).toMatch(/^\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d\.\d{3}Z$/);
        expect(Math.abs(Date.parse(stored?.recordedAt ?? '') - before)).toBeLessThan(60_000);
      });

      it('answers with version and position of the last event of each write, in the order asked', async () => {
        const streams = upTo(5).map((n) => unused(`order${5 - n}`));
        const outcomes = await store.appendMany(streams.map((stream, n) => write(stream, 0, n + 1)));
        const read = await store.readMany(streams);
        expect(outcomes).toEqual(
          read.map(({ version, events: stored }) => ({ status: 'appended', version, position: stored.at(-1)?.position })),
        );
        expect(outcomes.map((outcome) => outcome.status === 'appended' && outcome.version)).toEqual([1, 2, 3, 4, 5]);
      });

      it('reads a stream that is asked for twice at once as it is, then and later', async () => {
        const stream = unused('asked-twice');
        await store.appendMany([write(stream, 0, 3)]);
        const read = await store.readMany([stream, stream]);
        expect(read.map(({ version, events: stored }) => [version, stored.length])).toEqual([
          [3, 3],
          [3, 3],
        ]);
        expect((await store.readMany([stream]))[0]?.version).toBe(3);
      });

      it('lands the writes of a batch that can land, whatever becomes of the others', async () => {
        const [fresh, taken, behind, ahead] = ['fresh', 'taken', 'behind', 'ahead'].map(unused) as [string, string, string, string];
        await store.appendMany([write(taken, 0), write(behind, 0, 3), write(ahead, 0, 2)]);
        const outcomes = await store.appendMany([write(taken, 0, 2), write(fresh, 0, 2), write(behind, 2), write(ahead, 2)]);
        expect(outcomes.map(({ status }) => status)).toEqual(['conflict', 'appended', 'conflict', 'appended']);
        const read = await store.readMany([fresh, taken, behind, ahead]);
        expect(read.map(({ version }) => version)).toEqual([2, 1, 3, 3]);
      });

      it('takes an expectation beyond the end of a stream for a conflict, so that no stream has gaps', async () => {
        const [missing, short] = [unused('missing'), unused('short')];
        await store.appendMany([write(short, 0)]);
        const outcomes = await store.appendMany([write(missing, 1), write(short, 2)]);
        expect(outcomes).toEqual([{ status: 'conflict' }, { status: 'conflict' }]);
        expect((await store.readMany([missing, short])).map(({ version }) => version)).toEqual([0, 1]);
      });

      it('gives a stream to the first of two writes in one call', async () => {
        const stream = unused('twice');
        const first = write(stream, 0, 2);
        const outcomes = await store.appendMany([first, write(stream, 0, 3)]);
        expect(outcomes.map(({ status }) => status).toSorted()).toEqual(['appended', 'conflict']);
        const [read] = await store.readMany([stream]);
        expect([2, 3]).toContain(read?.version);
      });

      it('lands nothing of a write without events', async () => {
        const [empty, other] = [unused('empty'), unused('other')];
        const outcomes = await store.appendMany([{ stream: empty, expected: 0, events: [] }, write(other, 0)]);
        expect(outcomes.map(({ status }) => status)).toEqual(['conflict', 'appended']);
      });

      it('lets exactly one of many racing writers win, and never half of a write', async () => {
        const streams = upTo(8).map(() => unused('race'));
        const racers = upTo(16).map((n) => streams.map((stream) => write(stream, 0, 1 + (n % 4))));
        const all = await Promise.all(racers.map((writes, n) => through(n).appendMany(writes)));
        const read = await store.readMany(streams);
        for (const [i, stream] of streams.entries()) {
          const winners = all.flatMap((outcomes, racer) => (outcomes[i]?.status === 'appended' ? [racer] : []));
          expect(winners).toHaveLength(1);
          const won = racers[winners[0] ?? 0]?.[i];
          expect(read[i]).toMatchObject({ stream, events: won?.events.map(({ id }) => ({ id })) });
        }
      });

      it('keeps payloads of a megabyte, and every string that JavaScript can hold', async () => {
        const stream = unused('large');
        const large = event('Large', { text: 'ü€😀 "quoted" \\ \n'.repeat(38_000) });
        const strange = event('Strange', { 'a key': 'nul \u0000, lone surrogate \ud800, separator \u2028', emoji: '👩‍🚀' });
        const other = unused('other');
        const outcomes = await store.appendMany([{ stream, expected: 0, events: [large, strange] }, write(other, 0)]);
        expect(outcomes.map(({ status }) => status)).toEqual(['appended', 'appended']);
        const [read] = await store.readMany([stream]);
        expect(read?.events.map(({ data }) => data)).toEqual([large.data, strange.data]);
      });
    });

    describe('reading', () => {
      it('answers in the order asked, with version 0 for a stream that does not exist', async () => {
        const [a, b, missing] = [unused('a'), unused('b'), unused('missing')];
        await store.appendMany([write(a, 0, 2), write(b, 0, 1)]);
        const read = await store.readMany([missing, b, a]);
        expect(read.map(({ stream, version, events: stored }) => [stream, version, stored.length])).toEqual([
          [missing, 0, 0],
          [b, 1, 1],
          [a, 2, 2],
        ]);
        expect(read[2]?.events.map(({ version }) => version)).toEqual([1, 2]);
        expect(await store.readMany([])).toEqual([]);
      });
    });

    describe('following', () => {
      it(
        'shows every event exactly once, in order, while sixteen writers append',
        async () => {
          const from = await store.head();
          const streams = upTo(16).map(() => unused('busy'));
          const perStream = upTo(12).reduce((sum, n) => sum + 1 + (n % 3), 0);
          const shared = unused('shared');
          const sharedTotal = 16 * (1 + 2);
          const all = [...streams, shared];
          const reading = followed(store, from, { streams: all, count: 16 * perStream + sharedTotal });
          await Promise.all(
            streams.map(async (stream, n) => {
              await appendPatiently(through(n), stream, 12);
              await appendPatiently(through(n), shared, 2);
            }),
          );
          const seen = await reading;
          expect(new Set(seen.map(({ id }) => id)).size).toBe(seen.length);
          for (const stream of streams) expect(versionsOf(seen, stream)).toEqual(upTo(perStream).map((n) => n + 1));
          expect(versionsOf(seen, shared)).toEqual(upTo(sharedTotal).map((n) => n + 1));
          const positions = seen.map(({ position }) => position);
          expect(positions).toEqual([...new Set(positions)].toSorted());
          expect(positions.every((position) => position > from && from >= START)).toBe(true);
        },
        TIME_LIMIT_MS,
      );

      it('goes on after any position that it gave, also another follower’s', async () => {
        const from = await store.head();
        const stream = unused('resumed');
        await store.appendMany([write(stream, 0, 7)]);
        const seen = await followed(store, from, { streams: [stream], count: 7 });
        for (const [i, { position }] of seen.slice(0, -1).entries()) {
          const rest = await followed(store, position, { streams: [stream], count: 6 - i });
          expect(rest).toEqual(seen.slice(i + 1));
        }
      });

      it('gives a batch of at most the size asked', async () => {
        const from = await store.head();
        const stream = unused('batched');
        await store.appendMany([write(stream, 0, 10)]);
        const sizes: number[] = [];
        for await (const batch of store.follow({ from, signal: AbortSignal.timeout(PATIENCE_MS), batchSize: 3 })) {
          sizes.push(batch.length);
          if (batch.some(({ stream: of, version }) => of === stream && version === 10)) break;
        }
        expect(Math.max(...sizes)).toBeLessThanOrEqual(3);
        expect(Math.min(...sizes)).toBeGreaterThan(0);
      });

      it('brings what is appended while it waits, to everybody who follows', async () => {
        const from = await store.head();
        const stream = unused('late');
        const waiting = upTo(3).map(() => followed(store, from, { streams: [stream], count: 2 }));
        await store.appendMany([write(stream, 0)]);
        await store.appendMany([write(stream, 1)]);
        for (const seen of await Promise.all(waiting)) expect(versionsOf(seen, stream)).toEqual([1, 2]);
      });

      it('ends quietly when it is told to stop: before, while it waits, or between batches', async () => {
        const before = new AbortController();
        before.abort();
        const first = store.follow({ from: START, signal: before.signal })[Symbol.asyncIterator]();
        expect(await first.next()).toMatchObject({ done: true });

        const stream = unused('stopped');
        const from = await store.head();
        await store.appendMany([write(stream, 0)]);
        const between = new AbortController();
        let batches = 0;
        for await (const _ of store.follow({ from, signal: between.signal })) {
          batches += 1;
          between.abort();
        }
        expect(batches).toBe(1);

        const waiting = new AbortController();
        const next = store
          .follow({ from: await store.head(), signal: waiting.signal })
          [Symbol.asyncIterator]()
          .next();
        waiting.abort();
        expect(await next).toMatchObject({ done: true });
      });

      it('knows the head: the position of the last event that a follower can see', async () => {
        const stream = unused('head');
        const from = await store.head();
        await store.appendMany([write(stream, 0, 3)]);
        const seen = await followed(store, from, { streams: [stream], count: 3 });
        expect((await store.head()) >= (seen.at(-1)?.position ?? '')).toBe(true);
      });
    });
  });
};
