import { LogRewound, positionOf } from '@cartage/eventsourcing';
import { eventually } from '@cartage/testkit';
import { event, fixture, watching, write, type Fixture } from './fixture';
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

  it('is held back by nothing that is open beside it: sixteen writers, a follower, and a transaction that writes elsewhere for long', async () => {
    const analyst = await its.pool.connect();
    await analyst.query('begin; create schema analysis; create table analysis.figures as select generate_series(1, 1000) as n');
    const stores = Array.from({ length: 4 }, () => its.openStore());
    const [first] = stores;
    const { streams, stop } = watch(first as PostgresEventStore);
    const writers = Array.from({ length: 16 }, async (_, writer) => {
      for (let n = 0; n < 20; n += 1) await stores[(writer + n) % 4]?.appendMany([write(`writer-${writer}`, n)]);
    });
    await Promise.all(writers);
    await eventually(() => expect(streams()).toHaveLength(16 * 20));
    expect(await (first as PostgresEventStore).head()).toBe(positionOf(16 * 20));
    const seen = new Set(streams());
    expect(seen.size).toBe(16);
    await analyst.query('rollback');
    analyst.release();
    await stop();
    expect(streams()).toHaveLength(16 * 20);
  });

  it('gets what its own process appends without reading it, and reads what others wrote in between', async () => {
    const pool = its.openPool();
    const query = jest.spyOn(pool, 'query');
    const reads = (): number => query.mock.calls.filter(([sql]) => String(sql).includes('order by position limit')).length;
    const [here, there] = [its.openStore({ pool }), its.openStore()];
    const { streams } = watch(here);
    await eventually(async () => expect(await listeners()).toBe(1));
    await eventually(() => expect(reads()).toBe(2));
    for (let n = 0; n < 5; n += 1) await here.appendMany([write('own-1', n)]);
    await here.transaction(({ appendMany }) => appendMany([write('own-2')]));
    await eventually(() => expect(streams()).toHaveLength(6));
    expect(reads()).toBe(2);
    await there.appendMany([write('foreign-1')]);
    await here.appendMany([write('own-1', 5)]);
    await eventually(() => expect(streams().slice(6)).toEqual(['foreign-1', 'own-1']));
  });

  it('tells of an event when whoever appended it has been answered', async () => {
    const store = its.openStore({ alone: true });
    const order: string[] = [];
    const stopped = new AbortController();
    // It has looked into the database for the last time once it has heard what stands there.
    await store.appendMany([write('before')]);
    const following = (async () => {
      for await (const batch of store.follow({ from: '', signal: stopped.signal }))
        order.push(...batch.map(({ stream }) => `heard ${stream}`));
    })();
    await eventually(() => expect(order.splice(0)).toEqual(['heard before']));
    for (const stream of ['a', 'b', 'c']) {
      await store.appendMany([write(stream)]);
      order.push(`answered ${stream}`);
      await eventually(() => expect(order).toContain(`heard ${stream}`));
    }
    expect(order).toEqual(['a', 'b', 'c'].flatMap((stream) => [`answered ${stream}`, `heard ${stream}`]));
    stopped.abort();
    await following;
  });

  it('reads by bytes as well as by events', async () => {
    const store = its.openStore();
    const large = () => ({ stream: `large-${++n}`, expected: 0, events: [event({ text: 'x'.repeat(1_500_000) })] });
    let n = 0;
    for (let each = 0; each < 7; each += 1) await store.appendMany([large()]);
    const sizes: number[] = [];
    for await (const batch of its.openStore().follow({ from: '', signal: AbortSignal.timeout(100_000) })) {
      sizes.push(batch.length);
      if (sizes.reduce((sum, size) => sum + size, 0) === 7) break;
    }
    expect(sizes).toEqual([3, 3, 1]);
  });

  describe('a log that has lost its end', () => {
    const follow = (store: PostgresEventStore, from: string) =>
      store.follow({ from, signal: AbortSignal.timeout(100_000) })[Symbol.asyncIterator]();
    const loseFrom = (number: number) => its.pool.query('delete from events where position >= $1', [number]);

    it('is told of by who begins beyond its end', async () => {
      const troubles: unknown[] = [];
      const store = its.openStore({ onTrouble: (error) => troubles.push(error) });
      await store.appendMany([write('kept-1')]);
      await expect(follow(store, positionOf(2)).next()).rejects.toThrow(LogRewound);
      expect(troubles).toEqual([expect.any(LogRewound)]);
    });

    it('is told of by who waits at its end', async () => {
      const store = its.openStore({ pollMs: 20 });
      await store.appendMany([write('lost-1')]);
      const following = follow(store, '');
      expect((await following.next()).value).toHaveLength(1);
      const next = expect(following.next()).rejects.toThrow(LogRewound);
      await loseFrom(1);
      await next;
    });

    it('is told of even when others have written there since', async () => {
      const store = its.openStore();
      await store.appendMany([write('kept-1'), write('lost-1'), write('lost-2')]);
      const following = follow(store, '');
      expect((await following.next()).value).toHaveLength(3);
      await loseFrom(2);
      const next = expect(following.next()).rejects.toThrow(LogRewound);
      await store.appendMany([write('new-1'), write('new-2'), write('new-3')]);
      await next;
    });
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
