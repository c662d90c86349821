import { deciding, evolving, type Decider } from './decider';
import type { EventStore, Meta } from './event-store';
import { handling } from './handling';
import { memoryStore } from './memory-store';
import { Refused } from './refused';

type Added = { readonly type: 'Added'; readonly data: { readonly n: number } };
type Add = { readonly type: 'Add'; readonly data: { readonly n: number } };

const sum: Decider<Add, number, Added> = {
  initial: 0,
  evolve: evolving<number, Added>({ Added: (total, { n }) => total + n }),
  decide: deciding<Add, number, Added>({
    Add: ({ n }, total) => {
      if (n < 0) throw new Refused('NEGATIVE', 'Only what is positive can be added.', 'invalid');
      return n === 0 || total + n > 1_000_000 ? [] : [{ type: 'Added', data: { n } }];
    },
  }),
};

const add = (n: number): Add => ({ type: 'Add', data: { n } });
const meta = (commandId: string, fingerprint?: string): Meta => ({
  commandId,
  correlationId: 'c',
  actor: 'spec',
  ...(fingerprint === undefined ? {} : { fingerprint }),
});

const setUp = (store: EventStore = memoryStore()) => {
  let ids = 0;
  const send = handling({ store, newId: () => `e${(ids += 1)}`, isPublic: (type) => type === 'Added' }, sum);
  return { store, send };
};

const eventsOf = async (store: EventStore, stream: string) => (await store.readMany([stream]))[0]?.events ?? [];

describe('handling a command', () => {
  it('writes what was decided and says where', async () => {
    const { store, send } = setUp();
    const first = await send('sum-1', add(1), meta('a'));
    expect(first).toMatchObject({ state: 1, version: 1, repeated: false });
    expect(await eventsOf(store, 'sum-1')).toMatchObject([
      { type: 'Added', version: 1, position: first.position, meta: { commandId: 'a' } },
    ]);
  });

  it('does a repeated command once and answers as the first time, also within one batch', async () => {
    const { store, send } = setUp();
    const [first, again] = await Promise.all([send('sum-1', add(1), meta('a')), send('sum-1', add(1), meta('a'))]);
    await send('sum-1', add(5), meta('b'));
    const late = await send('sum-1', add(1), meta('a'));
    expect([again, late]).toMatchObject([
      { version: first.version, position: first.position, repeated: true },
      { version: first.version, position: first.position, repeated: true },
    ]);
    expect(await eventsOf(store, 'sum-1')).toHaveLength(2);
  });

  it('refuses a command id that comes again with another request', async () => {
    const { send } = setUp();
    await send('sum-1', add(1), meta('a', 'one'));
    await expect(send('sum-1', add(2), meta('a', 'two'))).rejects.toMatchObject({ code: 'IDEMPOTENCY_KEY_REUSED' });
  });

  it('refuses a command that speaks of an older version', async () => {
    const { send } = setUp();
    await send('sum-1', add(1), meta('a'));
    await expect(send('sum-1', add(1), meta('b'), 7)).rejects.toMatchObject({ code: 'VERSION_MISMATCH', kind: 'stale' });
    await expect(send('sum-1', add(1), meta('c'), 1)).resolves.toMatchObject({ version: 2 });
  });

  it('serves a crowd with one read and one write', async () => {
    const store = memoryStore();
    const calls: string[] = [];
    const counting: EventStore = {
      ...store,
      readMany: (streams) => (calls.push('read'), store.readMany(streams)),
      appendMany: (writes) => (calls.push('append'), store.appendMany(writes)),
    };
    const { send } = setUp(counting);
    await Promise.all(Array.from({ length: 200 }, (_, n) => send(`sum-${n % 50}`, add(1), meta(`m${n}`))));
    expect(calls).toEqual(['read', 'append']);
    expect((await eventsOf(store, 'sum-0')).map(({ meta: { sequence } }) => sequence)).toEqual([1, 2, 3, 4]);
  });

  it('decides again after losing a race, and nothing is lost', async () => {
    const store = memoryStore();
    const writers = Array.from({ length: 8 }, () => setUp(store).send);
    await Promise.all(writers.flatMap((send, w) => Array.from({ length: 5 }, (_, n) => send('sum-1', add(1), meta(`${w}.${n}`)))));
    const events = await eventsOf(store, 'sum-1');
    expect(events).toHaveLength(40);
    expect(events.map(({ meta: { sequence } }) => sequence)).toEqual(events.map((_, n) => n + 1));
  });

  it('lets a refusal and a fault hurt only the command that brought them', async () => {
    const store = memoryStore();
    const { send } = setUp({
      ...store,
      appendMany: async (writes) => {
        if (writes.some(({ stream }) => stream === 'sum-bad')) throw new Error('disk on fire');
        return store.appendMany(writes);
      },
    });
    const results = await Promise.allSettled([
      send('sum-1', add(1), meta('a')),
      send('sum-1', add(-1), meta('b')),
      send('sum-bad', add(1), meta('c')),
    ]);
    expect(results).toMatchObject([{ status: 'fulfilled' }, { reason: { code: 'NEGATIVE' } }, { reason: { message: 'disk on fire' } }]);
    expect(await eventsOf(store, 'sum-1')).toHaveLength(1);
  });

  it('answers "already so" with the position that it stands at', async () => {
    const { send } = setUp();
    const first = await send('sum-1', add(1), meta('a'));
    expect(await send('sum-1', add(0), meta('b'))).toMatchObject({ events: [], version: 1, position: first.position, repeated: false });
  });
});
