import { eventually } from '@cartage/testkit';
import { event, fixture, watching, write, type Fixture } from './fixture';
import { migrateEventStore } from './schema';
import { postgresEventStore } from './store';

describe('the tables of an event store on Postgres', () => {
  let its: Fixture;

  beforeEach(async () => {
    its = await fixture();
  });

  afterEach(() => its.stop());

  it('can be made again and again, also by many at once, and keep what is in them', async () => {
    const store = its.openStore();
    await store.appendMany([write('kept-1')]);
    await Promise.all([1, 2, 3, 4].map(() => migrateEventStore(its.openPool())));
    expect((await store.readMany(['kept-1']))[0]?.version).toBe(1);
  });

  it('hold a log for each schema, and its followers are not woken for another', async () => {
    await its.pool.query('create schema orders; create schema payments');
    const [orders, payments] = ['orders', 'payments'].map((schema) => its.openPool(schema));
    if (!orders || !payments) throw new Error('Both pools are there.');
    await Promise.all([orders, payments].map(migrateEventStore));
    const [ordersHere, ordersThere, paymentsStore] = [orders, its.openPool('orders'), payments].map((pool) =>
      postgresEventStore({ pool, pollMs: 1_000_000 }),
    );
    if (!ordersHere || !ordersThere || !paymentsStore) throw new Error('All stores are there.');
    const { streams, stop } = watching(ordersHere);
    await paymentsStore.appendMany([write('same-1')]);
    await ordersThere.appendMany([write('same-1'), write('order-1')]);
    await eventually(() => expect(streams().toSorted()).toEqual(['order-1', 'same-1']));
    await stop();
    expect((await paymentsStore.readMany(['order-1']))[0]?.version).toBe(0);
  });

  it('refuse to serve a log that was copied from a cluster with an older transaction counter', async () => {
    await its.pool.query(
      `insert into events (stream, version, tx, id, type, data, meta)
       values ('old-1', 1, (pg_current_xact_id()::text::bigint + 1000000)::text::xid8, gen_random_uuid(), 'Counted', '{}', '{}')`,
    );
    await expect(migrateEventStore(its.pool)).rejects.toThrow(/restored from a logical dump.*pg_resetwal/);
  });

  it('take an event id once only, and the writes of others that came along land', async () => {
    const store = its.openStore();
    const told = event();
    await store.appendMany([{ stream: 'first-1', expected: 0, events: [told] }]);
    const [again, other] = await Promise.allSettled([
      store.appendMany([{ stream: 'second-1', expected: 0, events: [told] }]),
      store.appendMany([write('other-1')]),
    ]);
    expect(again).toMatchObject({ status: 'rejected', reason: { code: '23505' } });
    expect(other.status).toBe('fulfilled');
    expect((await store.readMany(['second-1', 'other-1'])).map(({ version }) => version)).toEqual([0, 1]);
  });

  it('take no stream whose name Postgres cannot hold, and say so to its writer only', async () => {
    const store = its.openStore();
    const [bad, good] = await Promise.allSettled([store.appendMany([write('nul-\u0000')]), store.appendMany([write('fine-1')])]);
    expect([bad.status, good.status]).toEqual(['rejected', 'fulfilled']);
  });
});
