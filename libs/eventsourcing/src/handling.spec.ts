import { randomUUID } from 'node:crypto';
import type { EventStore } from './event-store';
import { handling } from './handling';
import { manualClock } from './manual-clock';
import { memoryStore } from './memory-store';
import { add, eventsOf, meta, noting, processOn, sum, type Added } from './sum.fixture';

describe('handling a command', () => {
  it('writes what was decided and says where', async () => {
    const { store, send } = processOn();
    const first = await send('sum-1', add(1), meta('a'));
    expect(first).toMatchObject({ state: 1, version: 1, repeated: false });
    expect(await eventsOf(store, 'sum-1')).toMatchObject([
      { type: 'Added', version: 1, position: first.position, meta: { commandId: 'a' } },
    ]);
  });

  it('refuses a command that speaks of an older version', async () => {
    const { send } = processOn();
    await send('sum-1', add(1), meta('a'));
    await expect(send('sum-1', add(1), meta('b'), 7)).rejects.toMatchObject({ code: 'VERSION_MISMATCH', kind: 'stale' });
    await expect(send('sum-1', add(1), meta('c'), 1)).resolves.toMatchObject({ version: 2 });
  });

  it('serves a crowd with one write', async () => {
    const { store, notes } = noting();
    const { send } = processOn(store);
    await Promise.all(Array.from({ length: 200 }, (_, n) => send(`sum-${n % 50}`, add(1), meta(`m${n}`))));
    expect(notes().map((note) => note.split(' ')[0])).toEqual(['append']);
    expect((await eventsOf(store, 'sum-0')).map(({ meta: { sequence } }) => sequence)).toEqual([1, 2, 3, 4]);
  });

  it('counts each subject of a stream by itself, without gaps, whoever writes', async () => {
    const store = memoryStore();
    const needs = { store, newId: randomUUID, isPublic: () => true, subjectOf: ({ data: { n } }: Added) => (n > 5 ? undefined : `s${n}`) };
    const sends = [handling(needs, sum), handling(needs, sum)];
    for (const [i, n] of [1, 2, 1, 7, 2, 1, 8].entries()) await sends[i % 2]?.('sum-1', add(n), meta(`m${i}`));
    const told = (await eventsOf(store, 'sum-1')).map(({ meta: { subject, sequence } }) => [subject, sequence]);
    expect(told).toEqual([
      ['s1', 1],
      ['s2', 1],
      ['s1', 2],
      [undefined, 1],
      ['s2', 2],
      ['s1', 3],
      [undefined, 2],
    ]);
  });

  it('lets a refusal hurt only the command that brought it', async () => {
    const { store, send } = processOn();
    const results = await Promise.allSettled([send('sum-1', add(1), meta('a')), send('sum-1', add(-5), meta('b'))]);
    expect(results).toMatchObject([{ status: 'fulfilled' }, { reason: { code: 'NEGATIVE' } }]);
    expect(await eventsOf(store, 'sum-1')).toHaveLength(1);
  });
});

describe('a command that is sent again', () => {
  it('is done once and answers as the first time, its state included, also within one batch', async () => {
    const { store, send } = processOn();
    const [first, again] = await Promise.all([send('sum-1', add(1), meta('a')), send('sum-1', add(1), meta('a'))]);
    await send('sum-1', add(5), meta('b'));
    const late = await send('sum-1', add(1), meta('a'));
    const elsewhere = await processOn(store).send('sum-1', add(1), meta('a'));
    for (const repeat of [again, late, elsewhere])
      expect(repeat).toEqual({ ...first, events: repeat.events, current: repeat.current, repeated: true });
    expect(late.events).toMatchObject(first.events);
    expect([first.current, again.current, late.current, elsewhere.current]).toEqual([1, 1, 6, 6]);
    expect(await eventsOf(store, 'sum-1')).toHaveLength(2);
  });

  it('is refused if it is another request', async () => {
    const { store, send } = processOn();
    await send('sum-1', add(1), meta('a', 'one'));
    for (const each of [send, processOn(store).send])
      await expect(each('sum-1', add(2), meta('a', 'two'))).rejects.toMatchObject({
        code: 'IDEMPOTENCY_KEY_REUSED',
        errors: [{ field: 'idempotency-key' }],
      });
    const both = await Promise.allSettled([send('sum-1', add(1), meta('b', 'one')), send('sum-1', add(2), meta('b', 'two'))]);
    expect(both).toMatchObject([{ status: 'fulfilled' }, { reason: { code: 'IDEMPOTENCY_KEY_REUSED' } }]);
  });

  it('does not write what it did not write the first time, whatever has become possible since', async () => {
    const { store, send } = processOn();
    const first = await send('sum-1', add(10), meta('ten', 'a request'));
    expect(first).toMatchObject({ events: [], state: 0, version: 0, repeated: false });
    await send('sum-1', add(12), meta('b'));
    for (const each of [send, processOn(store).send])
      expect(await each('sum-1', add(10), meta('ten', 'a request'))).toEqual({ ...first, current: 12, repeated: true });
    const stored = await eventsOf(store, 'sum-1');
    expect(stored.map(({ type }) => type)).toEqual(['NothingChanged', 'Added']);
    expect(stored.map(({ meta: { sequence } }) => sequence)).toEqual([undefined, 1]);
  });

  it('makes nobody’s version stale by having changed nothing', async () => {
    const { send } = processOn();
    const first = await send('sum-1', add(1), meta('a', 'f'));
    expect(await send('sum-1', add(0), meta('b', 'f'))).toMatchObject({ version: first.version, events: [] });
    await expect(send('sum-1', add(1), meta('c', 'f'), 3)).rejects.toMatchObject({ kind: 'stale' });
    expect(await send('sum-1', add(1), meta('d', 'f'), first.version)).toMatchObject({ state: 2, version: 3 });
    await expect(send('sum-1', add(1), meta('e', 'f'), 2)).rejects.toMatchObject({ kind: 'stale' });
  });

  it('writes nothing for what was heard and changed nothing, and knows it for ever once something did change', async () => {
    const { store, send } = processOn();
    await send('sum-1', add(10), meta('heard'));
    await send('sum-1', add(10), meta('heard'));
    expect(await eventsOf(store, 'sum-1')).toEqual([]);
    await send('sum-1', add(12), meta('b'));
    for (const each of [send, processOn(store).send])
      expect(await each('sum-1', add(10), meta('heard'))).toMatchObject({ events: [], repeated: true });
    await send('sum-1', add(1), meta('c'));
    const metas = (await eventsOf(store, 'sum-1')).map((event) => [event.meta.commandId, event.meta.unchanged]);
    expect(metas).toEqual([
      ['b', ['heard']],
      ['c', undefined],
    ]);
  });

  it('may be decided otherwise after a refusal, which is not remembered', async () => {
    const { send } = processOn();
    await expect(send('sum-1', add(-5), meta('a', 'f'))).rejects.toMatchObject({ code: 'NEGATIVE' });
    await send('sum-1', add(7), meta('b'));
    expect(await send('sum-1', add(-5), meta('a', 'f'))).toMatchObject({ state: 2, repeated: false });
  });
});

describe('commands that race', () => {
  it('are decided again, and nothing is lost', async () => {
    const store = memoryStore();
    const writers = Array.from({ length: 8 }, () => processOn(store).send);
    await Promise.all(writers.flatMap((send, w) => Array.from({ length: 5 }, (_, n) => send('sum-1', add(1), meta(`${w}.${n}`)))));
    const events = await eventsOf(store, 'sum-1');
    expect(events).toHaveLength(40);
    expect(events.map(({ meta: { sequence } }) => sequence)).toEqual(events.map((_, n) => n + 1));
  });

  it('pause for longer and longer, and hold up no other stream meanwhile', async () => {
    const clock = manualClock();
    const inner = memoryStore();
    let lost = 0;
    const store: EventStore = {
      ...inner,
      appendMany: async (writes) =>
        writes[0]?.stream === 'sum-hot' ? ((lost += 1), [{ status: 'conflict' as const }]) : inner.appendMany(writes),
    };
    const { send } = processOn(store, { clock, attempts: 6 });
    const hot = expect(send('sum-hot', add(1), meta('a'))).rejects.toThrow('sum-hot changed 6 times');
    await clock.advance(0);
    expect(await send('sum-calm', add(1), meta('b'))).toMatchObject({ version: 1 });
    const triesAfter: number[] = [];
    for (const ms of [1, 2, 4, 8, 16]) {
      await clock.advance(ms - 1);
      triesAfter.push(lost);
      await clock.advance(1);
      triesAfter.push(lost);
    }
    await hot;
    expect(triesAfter).toEqual([1, 2, 2, 3, 3, 4, 4, 5, 5, 6]);
  });
});

describe('a fault', () => {
  it('hurts only what brings it, and the others need one more round, not one each', async () => {
    const inner = memoryStore();
    let inFlight = 0;
    let atOnce = 0;
    const store: EventStore = {
      ...inner,
      appendMany: async (writes) => {
        atOnce = Math.max(atOnce, (inFlight += 1));
        await Promise.resolve();
        inFlight -= 1;
        if (writes.some(({ events }) => events.some(({ data }) => JSON.stringify(data) === '{"n":666}'))) throw new Error('disk on fire');
        return inner.appendMany(writes);
      },
    };
    const { send } = processOn(store);
    const good = Array.from({ length: 20 }, (_, n) => send(`sum-${n}`, add(1), meta(`m${n}`)));
    const results = await Promise.allSettled([...good, send('sum-7', add(666), meta('bad')), send('sum-7', add(2), meta('after'))]);
    expect(results.filter(({ status }) => status === 'fulfilled')).toHaveLength(21);
    expect(results[20]).toMatchObject({ reason: { message: 'disk on fire' } });
    expect(await eventsOf(inner, 'sum-7')).toMatchObject([{ data: { n: 1 } }, { data: { n: 2 } }]);
    expect(atOnce).toBeGreaterThanOrEqual(20);
  });

  it('whose write had landed all the same is made good by sending again', async () => {
    const inner = memoryStore();
    const failing = [true];
    const store: EventStore = {
      ...inner,
      appendMany: async (writes) => {
        const outcomes = await inner.appendMany(writes);
        if (failing.pop()) throw new Error('the connection broke after the commit');
        return outcomes;
      },
    };
    const { send } = processOn(store);
    await expect(send('sum-1', add(1), meta('a'))).rejects.toThrow('connection');
    expect(await send('sum-1', add(1), meta('a'))).toMatchObject({ state: 1, version: 1, repeated: true });
    expect(await eventsOf(inner, 'sum-1')).toHaveLength(1);
  });
});
