import { positionOf } from '@cartage/eventsourcing';
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

  it('can be filled from a dump, and the log goes on where it ended', async () => {
    const from = its.openStore();
    await from.appendMany([write('dumped-1'), write('dumped-2')]);
    await its.pool.query('create schema restored');
    const pool = its.openPool('restored');
    await migrateEventStore(pool);
    await pool.query('insert into restored.events select * from public.events');
    const restored = postgresEventStore({ pool, alone: true });
    const { streams, stop } = watching(restored);
    expect(await restored.appendMany([write('dumped-1', 1)])).toMatchObject([{ version: 2, position: positionOf(3) }]);
    await eventually(() => expect(streams()).toEqual(['dumped-1', 'dumped-2', 'dumped-1']));
    await stop();
  });

  it('take no stream whose name Postgres cannot hold, and say so to its writer only', async () => {
    const store = its.openStore();
    const [bad, good] = await Promise.allSettled([store.appendMany([write('nul-\u0000')]), store.appendMany([write('fine-1')])]);
    expect([bad.status, good.status]).toEqual(['rejected', 'fulfilled']);
  });

  it('take no id that is none, and the writes of others that came along land', async () => {
    const store = its.openStore();
    const odd = { ...write('odd-1'), events: [{ ...event(), id: 'no-uuid' }] };
    const [bad, good] = await Promise.allSettled([store.appendMany([odd]), store.appendMany([write('fine-2')])]);
    expect(bad).toMatchObject({ status: 'rejected', reason: { code: '22P02' } });
    expect(good.status).toBe('fulfilled');
  });
});
