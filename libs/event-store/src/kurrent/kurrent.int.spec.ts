import { memoryStore, Overloaded, systemClock, type NewEvent, type StoredEvent } from '@cartage/eventsourcing';
import { kurrentForTests, testDatabase, type KurrentForTests } from '@cartage/testkit';
import { randomUUID } from 'node:crypto';
import { Pool } from 'pg';
import { v7 as newId } from 'uuid';
import { causeIndex, migrateCauseIndex } from './cause-index';
import { kurrentEventStore, type KurrentEventStore } from './store';

const event = (data: unknown = {}): NewEvent => ({
  type: 'Counted',
  data,
  id: newId(),
  meta: { commandId: newId(), correlationId: 'c', actor: 'spec' },
});

const followed = async (store: KurrentEventStore, count: number, between: (seen: number) => Promise<void> = async () => undefined) => {
  const seen: StoredEvent[] = [];
  for await (const batch of store.follow({ from: '', signal: AbortSignal.timeout(100_000) })) {
    seen.push(...batch);
    if (seen.length >= count) break;
    await between(seen.length);
  }
  return seen;
};

describe('the event store on KurrentDB, beyond the contract', () => {
  let server: KurrentForTests;
  const stores: KurrentEventStore[] = [];
  const open = (log = `log-${randomUUID()}`, onTrouble: (error: unknown) => void = () => undefined): KurrentEventStore => {
    const store = kurrentEventStore({ connectionString: server.connectionString, log, onTrouble });
    stores.push(store);
    return store;
  };

  beforeAll(async () => {
    server = await kurrentForTests();
  }, 120_000);

  afterAll(async () => {
    for (const store of stores) await store.dispose();
    await server.stop();
  });

  it('keeps the logs of several services apart on one server', async () => {
    const [orders, payments] = [open(), open()];
    expect(await orders.head()).toBe('');
    await payments.appendMany([{ stream: 'same-1', expected: 0, events: [event({ of: 'payments' })] }]);
    await orders.appendMany([{ stream: 'same-1', expected: 0, events: [event({ of: 'orders' })] }]);
    expect((await followed(orders, 1)).map(({ stream, data }) => [stream, data])).toEqual([['same-1', { of: 'orders' }]]);
    expect((await payments.readMany(['same-1']))[0]?.events.map(({ data }) => data)).toEqual([{ of: 'payments' }]);
    expect(await payments.head()).not.toBe(await orders.head());
  });

  it('lands a write that is larger than one message whole', async () => {
    const store = open();
    const events = Array.from({ length: 9 }, (_, n) => event({ n, text: 'x'.repeat(700_000) }));
    const [outcome] = await store.appendMany([{ stream: 'large-1', expected: 0, events }]);
    const [read] = await store.readMany(['large-1']);
    expect(read?.events.map(({ id }) => id)).toEqual(events.map(({ id }) => id));
    expect(outcome).toEqual({
      status: 'appended',
      version: 9,
      position: read?.events.at(-1)?.position,
      recordedAt: read?.events[0]?.recordedAt,
    });
  });

  it('takes the repeat of an append whose answer was lost for the same append', async () => {
    const store = open();
    const write = { stream: 'repeated-1', expected: 0, events: [event(), event()] };
    const first = await store.appendMany([write]);
    expect(await store.appendMany([write])).toMatchObject(first.map((outcome) => ({ ...outcome, recordedAt: expect.any(String) })));
    expect((await store.readMany(['repeated-1']))[0]?.version).toBe(2);
  });

  it('refuses a position of another store', async () => {
    const following = open().follow({ from: 'elsewhere', signal: AbortSignal.timeout(100_000) });
    await expect(following[Symbol.asyncIterator]().next()).rejects.toThrow(RangeError);
  });

  it('goes on where it was when its subscription breaks', async () => {
    const { breakSubscriptions } = server;
    const troubles: unknown[] = [];
    const store = open(undefined, (error) => troubles.push(error));
    const append = (version: number) => store.appendMany([{ stream: 'broken-1', expected: version, events: [event()] }]);
    await append(0);
    const seen = await followed(store, 3, async (count) => {
      breakSubscriptions?.();
      await append(count);
    });
    expect(seen.map(({ version }) => version)).toEqual([1, 2, 3]);
    expect(troubles.length > 0).toBe(breakSubscriptions !== undefined);
  });
});

describe('the index of what caused what, in the Postgres beside', () => {
  let pool: Pool;
  let drop: () => Promise<void>;
  beforeAll(async () => {
    const database = await testDatabase();
    drop = database.drop;
    pool = new Pool({ connectionString: database.url });
    await migrateCauseIndex(pool);
  });
  afterAll(async () => {
    await pool.end();
    await drop();
  });

  const store = memoryStore();
  const write = (n: number) => store.appendMany([{ stream: `order-${n}`, expected: 0, events: [event({ n })] }]);
  const load = async ({ stream, version }: { readonly stream: string; readonly version: number }) =>
    (await store.readMany([stream]))[0]?.events[version - 1];
  const index = (more: object = {}) => causeIndex({ pool, log: store, load, clock: systemClock, onTrouble: () => undefined, ...more });
  const ask = { correlationId: 'c', limit: 100 };
  const rows = async () => Number((await pool.query<{ n: string }>('select count(*) as n from traced_event')).rows[0]?.n);
  const numbers = (events: readonly StoredEvent[]) => events.map(({ data }) => (data as { readonly n: number }).n);
  /** A log that is gone after a batch. */
  const gone = async function* (options: Parameters<typeof store.follow>[0]) {
    for await (const batch of store.follow({ ...options, batchSize: 15 })) {
      yield batch;
      throw new Error('gone');
    }
  };
  /** A log that answers nothing. */
  const still = () => ({ [Symbol.asyncIterator]: () => ({ next: () => new Promise<never>(() => undefined) }) });

  it('is filled when somebody asks, and what broke off is kept', async () => {
    for (let n = 0; n < 40; n += 1) await write(n);
    expect(await rows()).toBe(0);
    await expect(index({ log: { ...store, follow: gone } }).correlated(ask)).rejects.toThrow('gone');
    const begun = await rows();
    expect(begun).toBeGreaterThan(0);
    expect(begun).toBeLessThan(40);
  });

  it('lets nobody wait for long, and fills no more once it is stopped', async () => {
    await expect(index({ patienceMs: 1, log: { ...store, follow: still } }).correlated(ask)).rejects.toBeInstanceOf(Overloaded);
    const stopped = index();
    stopped.stop();
    await expect(stopped.find(newId())).rejects.toBeInstanceOf(Overloaded);
  });

  it('goes on where it broke off, filled by many at once without a gap, and knows what was written before it was asked', async () => {
    const [one, two] = [index(), index()];
    const found = await Promise.all([one, two, one].map((each) => each.correlated(ask)));
    for (const each of found) expect(numbers(each)).toEqual(Array.from({ length: 40 }, (_, n) => n));
    const [first = []] = found;
    await write(40);
    expect(numbers(await two.correlated({ ...ask, after: first.at(-1)?.position ?? '' }))).toEqual([40]);
    const [third] = first.slice(3);
    expect(await one.find(third?.id ?? '')).toEqual(third);
  });
});
