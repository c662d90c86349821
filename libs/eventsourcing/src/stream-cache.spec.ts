import fc from 'fast-check';
import { systemClock, type Clock } from './clock';
import { fold } from './decider';
import type { EventStore } from './event-store';
import { memoryStore } from './memory-store';
import { reading } from './reading';
import { StreamCache } from './stream-cache';
import { add, eventsOf, meta, noting, processOn, sum, sumUpTo, type Added } from './sum.fixture';

/** Two processes on one log; what the first asks of it is noted. */
const setUp = () => {
  const log = memoryStore();
  const { store, notes } = noting(log);
  const cache = new StreamCache<number, Added>();
  return { log, notes, cache, ...processOn(store, { cache }), elsewhere: processOn(log).send, read: reading(store, sum, { cache }) };
};

describe('a stream that was in use lately', () => {
  it('is appended to without being read', async () => {
    const { send, notes } = setUp();
    await send('sum-1', add(1), meta('a'));
    await send('sum-1', add(2), meta('b'));
    expect(await send('sum-1', add(3), meta('c', 'f'))).toMatchObject({ state: 6, version: 3 });
    expect(notes()).toEqual(['append sum-1', 'append sum-1', 'append sum-1']);
  });

  it('is taken for a new one when it is not kept, and read when it turns out that it is none', async () => {
    const { send, elsewhere, notes, log } = setUp();
    const first = await elsewhere('sum-1', add(1), meta('a', 'f'));
    expect(await send('sum-1', add(2), meta('b'))).toMatchObject({ state: 3, version: 2 });
    expect(notes()).toEqual(['append sum-1', 'read sum-1', 'append sum-1']);
    await elsewhere('sum-2', add(1), meta('a'));
    expect(await send('sum-2', add(1), meta('a'))).toMatchObject({ state: 1, version: 1, repeated: true });
    await elsewhere('sum-3', add(10), meta('ten', 'f'));
    await elsewhere('sum-3', add(12), meta('b'));
    expect(await send('sum-3', add(-1), meta('c'))).toMatchObject({ state: 11, version: 3 });
    expect(await send('sum-1', add(1), meta('a', 'f'))).toMatchObject({ state: 1, position: first.position, repeated: true });
    expect(await eventsOf(log, 'sum-1')).toHaveLength(2);
  });

  it('reads only what followed when somebody else was first', async () => {
    const { send, elsewhere, notes, log } = setUp();
    await send('sum-1', add(1), meta('a'));
    await elsewhere('sum-1', add(2), meta('b'));
    notes();
    expect(await send('sum-1', add(3), meta('c'))).toMatchObject({ state: 6, version: 3 });
    expect(notes()).toEqual(['append sum-1', 'read sum-1>1', 'append sum-1']);
    expect((await eventsOf(log, 'sum-1')).map(({ meta: { sequence } }) => sequence)).toEqual([1, 2, 3]);
  });

  it('refuses nothing, and calls nothing done, by what is no longer so', async () => {
    const { send, elsewhere, notes } = setUp();
    await send('sum-1', add(1), meta('a'));
    await elsewhere('sum-1', add(20), meta('b'));
    notes();
    expect(await send('sum-1', add(-5), meta('c'))).toMatchObject({ state: 16 });
    expect(notes()).toEqual(['read sum-1>1', 'append sum-1']);
    await elsewhere('sum-1', add(-16), meta('d'));
    await expect(send('sum-1', add(-5), meta('e'))).rejects.toMatchObject({ code: 'NEGATIVE' });
    await elsewhere('sum-1', add(20), meta('f'));
    expect(await send('sum-1', add(10), meta('g'))).toMatchObject({ state: 30, events: [{ type: 'Added' }] });
  });

  it('knows a command that another process has done meanwhile', async () => {
    const { send, elsewhere, log } = setUp();
    await send('sum-1', add(1), meta('a'));
    const first = await elsewhere('sum-1', add(2), meta('b'));
    await elsewhere('sum-1', add(3), meta('c'));
    expect(await send('sum-1', add(2), meta('b'))).toMatchObject({ state: 3, version: 2, position: first.position, repeated: true });
    expect(await eventsOf(log, 'sum-1')).toHaveLength(3);
  });

  it('is decided on as it is by a listener that hears of an event before its writer knows that it landed', async () => {
    const inner = memoryStore();
    const held: (() => void)[] = [];
    const store: EventStore = {
      ...inner,
      appendMany: async (writes) => {
        const outcomes = await inner.appendMany(writes);
        if (writes[0]?.events[0]?.meta.commandId === 'slow') await new Promise<void>((resolve) => held.push(resolve));
        return outcomes;
      },
    };
    const cache = new StreamCache<number, Added>();
    const { send } = processOn(store, { cache });
    const { load } = reading(store, sum, { cache });
    await send('sum-1', add(1), meta('a'));
    const slow = send('sum-1', add(4), meta('slow'));
    const stopped = new AbortController();
    for await (const batch of inner.follow({ from: '', signal: stopped.signal }))
      if (batch.some(({ meta: { commandId } }) => commandId === 'slow')) break;
    const heard = send('sum-1', add(-5), meta('heard'));
    expect(await load('sum-1')).toMatchObject({ state: 5, version: 2 });
    held.pop()?.();
    expect(await slow).toMatchObject({ state: 5, version: 2 });
    expect(await heard).toMatchObject({ state: 0, version: 3 });
    expect(await load('sum-1')).toMatchObject({ state: 0, version: 3 });
  });

  it('stands as the log says, whoever wrote and whatever was asked', async () => {
    const { send, elsewhere, read, log } = setUp();
    for (let n = 0; n < 120; n += 1) {
      const through = n % 3 === 0 ? elsewhere : send;
      const asks = [(n * 7) % 23, 10, 0, -((n * 5) % 31)].map((amount, i) =>
        through(`sum-${n % 4}`, add(amount), i % 2 === 0 ? meta(`${n}.${i}`, 'f') : meta(`${n - (n % 2)}.${i}`)),
      );
      await Promise.allSettled(asks);
    }
    for (const stream of ['sum-0', 'sum-1', 'sum-2', 'sum-3']) {
      const stored = (await eventsOf(log, stream)) as Parameters<typeof fold<number, Added>>[1];
      const { state, version, events } = await read.history(stream);
      expect(await read.load(stream)).toMatchObject({ state: fold(sum, stored), version: [...stored].length });
      expect([state, version]).toEqual([fold(sum, stored), [...stored].length]);
      expect(events.map(({ meta: { sequence } }) => sequence)).toEqual(events.map((_, n) => n + 1));
      const ids = (await eventsOf(log, stream)).map(({ meta: { commandId } }) => commandId);
      expect(new Set(ids).size).toBe(ids.length);
    }
  });
});

describe('what is kept', () => {
  it('is bounded in number and in bytes; what was unused for longest goes first', async () => {
    const { store, notes } = noting();
    const cache = new StreamCache<number, Added>({ maxStreams: 3 });
    const { send } = processOn(store, { cache });
    for (const stream of ['a', 'b', 'c', 'a', 'd']) await send(stream, add(1), meta(`${stream}${Math.random()}`));
    expect(cache.size.streams).toBe(3);
    notes();
    await send('a', add(1), meta('again'));
    await send('b', add(1), meta('again'));
    expect(notes()).toEqual(['append a', 'append b', 'read b', 'append b']);

    const small = new StreamCache<number, Added>({ maxBytes: 2_000 });
    const { send: sendSmall } = processOn(store, { cache: small });
    for (let n = 0; n < 50; n += 1) await sendSmall(`s${n}`, add(1), meta('x'));
    expect(small.size.bytes).toBeLessThanOrEqual(2_000);
    expect(small.size.streams).toBeGreaterThan(1);
  });

  it('is nothing of a stream that is over, which is read when something happens to it all the same', async () => {
    const { store, notes } = noting();
    const ending = sumUpTo(20);
    const cache = new StreamCache<number, Added>();
    const { send } = processOn(store, { cache }, ending);
    const { load } = reading(store, ending, { cache });
    await send('sum-1', add(9), meta('a'));
    await send('sum-1', add(11), meta('b'));
    expect(notes()).toEqual(['append sum-1', 'append sum-1']);
    expect(cache.size).toEqual({ streams: 0, bytes: 0 });
    expect(await load('sum-1')).toMatchObject({ state: 20, version: 2 });
    expect(await send('sum-1', add(-5), meta('c'))).toMatchObject({ state: 15, version: 3 });
    expect(notes()).toEqual(['read sum-1', 'read sum-1', 'append sum-1']);
    expect(await send('sum-1', add(9), meta('a'))).toMatchObject({ state: 9, version: 1, repeated: true });
    expect(cache.size.streams).toBe(1);
  });

  it('holds nothing of streams that do not exist', async () => {
    const { send, cache, read } = setUp();
    await expect(send('sum-none', add(-1), meta('a'))).rejects.toMatchObject({ code: 'NEGATIVE' });
    expect(await read.load('sum-none')).toEqual({ state: 0, version: 0, position: '' });
    expect(cache.size).toEqual({ streams: 0, bytes: 0 });
  });
});

describe('reading an aggregate', () => {
  it('sees at once what anybody wrote, and folds only what is new', async () => {
    const { send, elsewhere, read, notes } = setUp();
    await send('sum-1', add(1), meta('a'));
    notes();
    await elsewhere('sum-1', add(2), meta('b'));
    const both = await Promise.all([read.load('sum-1'), read.load('sum-1')]);
    expect(both).toMatchObject([
      { state: 3, version: 2 },
      { state: 3, version: 2 },
    ]);
    expect(notes()).toEqual(['read sum-1>1']);
  });

  it('tells its history until an instant, without what only remembers a request', async () => {
    const { send, read } = setUp();
    await send('sum-1', add(1), meta('a'));
    await send('sum-1', add(0), meta('b', 'a request'));
    await send('sum-1', add(3), meta('c'));
    expect(await read.history('sum-1', { version: 2 })).toMatchObject({ state: 1, version: 1, events: [{ version: 1 }] });
    expect(await read.history('sum-1')).toMatchObject({ state: 4, version: 3, events: [{ version: 1 }, { version: 3 }] });
  });
});

describe('a stream that is kept, dropped, over or new', () => {
  /** A command has one id, one amount and one way to be sent, however often it comes. */
  const asked = fc.record({ stream: fc.constantFrom('a', 'b', 'c'), id: fc.nat(15), elsewhere: fc.boolean() });
  const amounts = [1, 10, 0, -3, 7, -8, 10, 0, 4, -1, 12, -15, 2, 10, -4, 5];
  const rounds = fc.array(fc.array(asked, { minLength: 1, maxLength: 4 }), { maxLength: 8 });
  const limits = fc.record({ maxStreams: fc.integer({ min: 1, max: 3 }), maxBytes: fc.constantFrom(300, 800, 8_000_000) });

  /** Whoever lost a race tries again at once. */
  const clock: Clock = { ...systemClock, pause: () => new Promise((resolve) => setImmediate(resolve)) };

  const requireTold = async (log: EventStore, answers: readonly (readonly [string, { state: number; version: number }])[]) => {
    for (const [stream, { state, version }] of answers) {
      const stored = (await eventsOf(log, stream)) as Parameters<typeof fold<number, Added>>[1];
      expect(state).toBe(fold(sum, [...stored].slice(0, version)));
    }
  };

  it('answers as its events say, in whatever order, however often and by whomever it is asked', () =>
    fc.assert(
      fc.asyncProperty(rounds, limits, fc.integer({ min: 1, max: 30 }), async (all, cacheLimits, enough) => {
        const log = memoryStore();
        const ending = sumUpTo(enough);
        const cache = new StreamCache<number, Added>(cacheLimits);
        const here = processOn(log, { cache, clock }, ending).send;
        const elsewhere = processOn(log, { clock }).send;
        const { load } = reading(log, ending, { cache });
        for (const round of all) {
          const sent = round.map(async (each) => {
            const command = [add(amounts[each.id] ?? 0), meta(`c${each.id}`, each.id % 3 === 0 ? 'f' : undefined)] as const;
            return [each.stream, await (each.elsewhere ? elsewhere : here)(each.stream, ...command)] as const;
          });
          const settled = await Promise.allSettled(sent);
          await requireTold(
            log,
            settled.flatMap((one) => (one.status === 'fulfilled' ? [one.value] : [])),
          );
          expect(cache.size.streams).toBeLessThanOrEqual(cacheLimits.maxStreams);
        }
        for (const stream of ['a', 'b', 'c']) {
          await requireTold(log, [[stream, await load(stream)]]);
          const ids = (await eventsOf(log, stream)).map((event) => event.meta.commandId);
          expect(new Set(ids).size).toBe(ids.length);
        }
      }),
    ));
});
