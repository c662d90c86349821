import { codecOf, withCodec, type Upcasters } from './codec';
import { evolving, type Decider } from './decider';
import type { NewEvent } from './event-store';
import { memoryStore } from './memory-store';
import { reading } from './reading';

type Moved = { readonly type: 'Moved'; readonly data: { readonly to: { readonly name: string; readonly country: string } } };

/** First `{ place }`, then `{ to: place }`, today `{ to: { name, country } }`. */
const upcasters: Upcasters = {
  Moved: [
    (data) => ({ to: (data as { readonly place: string }).place }),
    (data) => ({ to: { name: (data as { readonly to: string }).to, country: 'unknown' } }),
  ],
};
const places: Pick<Decider<never, readonly string[], Moved>, 'initial' | 'evolve'> = {
  initial: [],
  evolve: evolving<readonly string[], Moved>({ Moved: (all, { to }) => [...all, `${to.name}, ${to.country}`] }),
};
const event = (type: string, data: unknown, schemaVersion?: number): NewEvent => ({
  type,
  data,
  id: `e-${type}-${schemaVersion}`,
  meta: { commandId: 'c', correlationId: 'c', actor: 'spec', ...(schemaVersion === undefined ? {} : { schemaVersion }) },
});
const newest = event('Moved', { to: { name: 'Pune', country: 'IN' } });

/** A log with one event of each shape that there ever was, the last one written through the codec. */
const setUp = async () => {
  const log = memoryStore();
  const store = withCodec(log, codecOf(upcasters));
  const events = [event('Moved', { place: 'York' }), event('Moved', { to: 'Lyon' }, 2)];
  await log.appendMany([{ stream: 's', expected: 0, events }]);
  await store.appendMany([{ stream: 's', expected: 2, events: [newest, event('Other', { place: 'x' })] }]);
  return { log, store };
};
const shapes = [
  { data: { to: { name: 'York', country: 'unknown' } }, meta: { schemaVersion: 3 } },
  { data: { to: { name: 'Lyon', country: 'unknown' } }, meta: { schemaVersion: 3 } },
  { data: newest.data, meta: { schemaVersion: 3 } },
  { data: { place: 'x' }, meta: { commandId: 'c' } },
];

describe('a log whose events changed their shape', () => {
  it('is read in the newest shape, whatever each event was stored in', async () => {
    const { store } = await setUp();
    const [stream] = await store.readMany(['s']);
    expect(stream?.events).toMatchObject(shapes);
    expect((await store.readMany([{ stream: 's', after: 1 }]))[0]?.events).toMatchObject(shapes.slice(1));
  });

  it('is followed in the newest shape', async () => {
    const { store } = await setUp();
    for await (const batch of store.follow({ from: '', signal: new AbortController().signal })) {
      expect(batch).toMatchObject(shapes);
      break;
    }
  });

  it('folds as if it had always been written so', async () => {
    const { store } = await setUp();
    expect(await reading(store, places).load('s')).toMatchObject({ state: ['York, unknown', 'Lyon, unknown', 'Pune, IN'], version: 4 });
  });

  it('keeps with each event the shape that it was written in, and nothing where there was only ever one', async () => {
    const { log } = await setUp();
    const [stream] = await log.readMany(['s']);
    expect(stream?.events.map(({ meta }) => meta.schemaVersion)).toEqual([undefined, 2, 3, undefined]);
    expect(stream?.events[2]?.data).toEqual(newest.data);
  });

  it('stops a program that is older than what it reads', async () => {
    const { log } = await setUp();
    const older = withCodec(log, codecOf({ Moved: (upcasters['Moved'] ?? []).slice(0, 1) }));
    await expect(older.readMany(['s'])).rejects.toThrow('Moved e-Moved-undefined is stored in shape 3');
  });

  it('may have types named like anything', async () => {
    const store = withCodec(memoryStore(), codecOf(upcasters));
    await store.appendMany([{ stream: 's', expected: 0, events: [event('constructor', { a: 1 })] }]);
    expect((await store.readMany(['s']))[0]?.events).toMatchObject([{ type: 'constructor', data: { a: 1 } }]);
  });
});
