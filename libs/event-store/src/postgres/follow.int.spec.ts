import { eventually } from '@cartage/testkit';
import { fixture, watching, write, type Fixture } from './fixture';
import { oldestWritingTransactionSeconds } from './oldest-transaction';
import type { PostgresEventStore } from './store';

describe('following a log on Postgres', () => {
  let its: Fixture;
  const watched: { stop(): Promise<void> }[] = [];
  const watch = (store: PostgresEventStore, from = '') => {
    const watcher = watching(store, from);
    watched.push(watcher);
    return watcher;
  };

  beforeEach(async () => {
    its = await fixture();
  });

  afterEach(async () => {
    await Promise.all(watched.splice(0).map((watcher) => watcher.stop()));
    await its.stop();
  });

  /** Writes to `slow-1` in a transaction that stays open, between two that commit. */
  const withSlowWriter = async (store: PostgresEventStore, end: () => void) => {
    let finish = (): void => undefined;
    const told = new Promise<void>((resolve) => (finish = resolve));
    await store.appendMany([write('before-1')]);
    let written = (): void => undefined;
    const slowWritten = new Promise<void>((resolve) => (written = resolve));
    const slow = store.transaction(async ({ appendMany }) => {
      await appendMany([write('slow-1')]);
      written();
      await told;
      end();
    });
    await slowWritten;
    await store.appendMany([write('after-1')]);
    return { slow, finish };
  };

  it('waits for a slow transaction instead of losing what it writes', async () => {
    const store = its.openStore();
    const { slow, finish } = await withSlowWriter(store, () => undefined);
    const { streams } = watch(store);
    await eventually(() => expect(streams()).toEqual(['before-1']));
    expect((await store.readMany(['after-1']))[0]?.version).toBe(1);
    expect(await store.head()).toBe((await store.readMany(['before-1']))[0]?.events[0]?.position);
    expect(await oldestWritingTransactionSeconds(its.pool)).toBeGreaterThan(0);
    finish();
    await slow;
    await eventually(() => expect(streams()).toEqual(['before-1', 'slow-1', 'after-1']));
  });

  it('goes on when a slow transaction is undone', async () => {
    const store = its.openStore();
    const { slow, finish } = await withSlowWriter(store, () => {
      throw new Error('undone');
    });
    const { streams } = watch(store);
    await eventually(() => expect(streams()).toEqual(['before-1']));
    finish();
    await expect(slow).rejects.toThrow('undone');
    await eventually(() => expect(streams()).toEqual(['before-1', 'after-1']));
  });

  it('is held back by a transaction that writes elsewhere, and goes on by itself when that ends', async () => {
    const store = its.openStore();
    const other = await its.pool.connect();
    await other.query('begin');
    await other.query('create table elsewhere ()');
    await store.appendMany([write('held-1')]);
    const { streams } = watch(store);
    expect(await store.head()).toBe('');
    expect(streams()).toEqual([]);
    await other.query('rollback');
    other.release();
    await eventually(() => expect(streams()).toEqual(['held-1']));
  });

  it('is woken by what another process appends, without looking for it', async () => {
    const [here, there] = [its.openStore(), its.openStore()];
    const { streams } = watch(here);
    await here.appendMany([write('own-1')]);
    await eventually(() => expect(streams()).toEqual(['own-1']));
    await eventually(async () => expect(await listeners()).toBe(1));
    await there.appendMany([write('foreign-1')]);
    await there.transaction(({ appendMany }) => appendMany([write('foreign-2')]));
    await eventually(() => expect(streams()).toEqual(['own-1', 'foreign-1', 'foreign-2']));
  });

  it('finds by looking what nobody told it', async () => {
    const [here, silent] = [its.openStore({ pollMs: 20, alone: true }), its.openStore({ alone: true })];
    const { streams } = watch(here);
    await silent.appendMany([write('silent-1')]);
    await eventually(() => expect(streams()).toEqual(['silent-1']));
    expect(await listeners()).toBe(0);
  });

  it('survives the loss of all its connections, and hears again afterwards', async () => {
    const troubles: unknown[] = [];
    const here = its.openStore({ onTrouble: (error) => troubles.push(error) });
    const { streams } = watch(here);
    await eventually(async () => expect(await listeners()).toBe(1));
    await its.pool.query(
      'select pg_terminate_backend(pid) from pg_stat_activity where datname = current_database() and pid <> pg_backend_pid()',
    );
    await eventually(() => expect(troubles).not.toHaveLength(0));
    await eventually(async () => expect(await listeners()).toBe(1));
    await its.openStore().appendMany([write('after-loss-1')]);
    await eventually(() => expect(streams()).toEqual(['after-loss-1']));
  });

  it('listens on one connection for all followers, and on none when they have gone', async () => {
    const store = its.openStore();
    const watchers = [watch(store), watch(store), watch(store)];
    await eventually(async () => expect(await listeners()).toBe(1));
    await store.appendMany([write('shown-1')]);
    for (const { streams } of watchers) await eventually(() => expect(streams()).toEqual(['shown-1']));
    await Promise.all(watchers.map(({ stop }) => stop()));
    await eventually(async () => expect(await listeners()).toBe(0));
  });

  const listeners = async (): Promise<number> => {
    const { rows } = await its.pool.query<{ count: number }>(
      `select count(*)::int as count from pg_stat_activity where datname = current_database() and query like 'listen %' and state = 'idle'`,
    );
    return rows[0]?.count ?? 0;
  };
});
