import { positionOf, START } from '@cartage/eventsourcing';
import { eventually } from '@cartage/testkit';
import { fixture, watching, write, type Fixture } from './fixture';
import { joinsTransactions, type Joined } from './store';

describe('an append that joins a transaction', () => {
  let its: Fixture;

  beforeEach(async () => {
    its = await fixture();
    await its.pool.query(`create table stock (sku text primary key, quantity int not null check (quantity >= 0));
                          insert into stock values ('A', 10), ('B', 10)`);
  });

  afterEach(() => its.stop());

  const take = async ({ client }: Joined, sku: string, quantity = 1): Promise<void> => {
    await client.query('update stock set quantity = quantity - $2 where sku = $1', [sku, quantity]);
  };
  const quantityOf = async (sku: string): Promise<number | undefined> => {
    const { rows } = await its.pool.query<{ quantity: number }>('select quantity from stock where sku = $1', [sku]);
    return rows[0]?.quantity;
  };
  const versionOf = async (stream: string): Promise<number | undefined> => (await its.openStore().readMany([stream]))[0]?.version;

  it('commits rows and events together, and wakes followers afterwards', async () => {
    const store = its.openStore();
    const { streams, stop } = watching(store);
    const outcomes = await store.transaction(async (joined) => {
      await take(joined, 'A', 3);
      return joined.appendMany([write('stock-A'), write('reservation-1')]);
    });
    const read = await store.readMany(['stock-A', 'reservation-1']);
    expect(outcomes).toMatchObject(read.map(({ version, events }) => ({ status: 'appended', version, position: events[0]?.position })));
    expect(await quantityOf('A')).toBe(7);
    await eventually(() => expect(streams()).toEqual(expect.arrayContaining(['stock-A', 'reservation-1'])));
    await stop();
  });

  it('leaves nothing of either when the work throws', async () => {
    const work = its.openStore().transaction(async (joined) => {
      await take(joined, 'A');
      await joined.appendMany([write('stock-A')]);
      throw new Error('changed my mind');
    });
    await expect(work).rejects.toThrow('changed my mind');
    expect([await quantityOf('A'), await versionOf('stock-A')]).toEqual([10, 0]);
  });

  it('leaves nothing of either when a rule of the database is broken', async () => {
    const work = its.openStore().transaction(async (joined) => {
      await joined.appendMany([write('stock-A')]);
      await take(joined, 'A', 11);
    });
    await expect(work).rejects.toMatchObject({ code: '23514' });
    expect([await quantityOf('A'), await versionOf('stock-A')]).toEqual([10, 0]);
  });

  it('goes on after a conflict, which is an outcome like any other', async () => {
    const store = its.openStore();
    await store.appendMany([write('stock-A')]);
    const outcomes = await store.transaction(async (joined) => {
      const first = await joined.appendMany([write('stock-A'), write('stock-B')]);
      const second = await joined.appendMany([write('stock-A', 1)]);
      await take(joined, 'B');
      return [...first, ...second].map(({ status }) => status);
    });
    expect(outcomes).toEqual(['conflict', 'appended', 'appended']);
    expect([await quantityOf('B'), await versionOf('stock-A')]).toEqual([9, 2]);
  });

  it('sees its own events before others do', async () => {
    const store = its.openStore();
    await store.transaction(async ({ appendMany, readMany }) => {
      await appendMany([write('stock-A')]);
      expect((await readMany(['stock-A']))[0]?.version).toBe(1);
      expect((await store.readMany(['stock-A']))[0]?.version).toBe(0);
    });
    expect(await versionOf('stock-A')).toBe(1);
  });

  it('is done again from the start by the one that a deadlock chose as its victim', async () => {
    const store = its.openStore();
    let runs = 0;
    // Whichever try it was in which each came so far: one that failed before is not waited for.
    const held = new Set<string>();
    const waiting: (() => void)[] = [];
    const bothHaveOne = (mine: string): Promise<void> =>
      new Promise((resolve) => {
        held.add(mine);
        waiting.push(resolve);
        if (held.size === 2) for (const go of waiting) go();
      });
    const takeBoth = (first: string, second: string) =>
      store.transaction(async (joined) => {
        runs += 1;
        await joined.client.query(`set local deadlock_timeout = '20ms'`);
        await take(joined, first);
        await bothHaveOne(first);
        await take(joined, second);
        await joined.appendMany([write(`taken-${first}`)]);
      });
    await Promise.all([takeBoth('A', 'B'), takeBoth('B', 'A')]);
    // On a busy machine each may be the victim of the other once.
    expect(runs).toBeGreaterThan(2);
    expect([await quantityOf('A'), await quantityOf('B')]).toEqual([8, 8]);
    expect([await versionOf('taken-A'), await versionOf('taken-B')]).toEqual([1, 1]);
  });

  describe('while it is open', () => {
    /** A transaction that has appended and stays open until it is told to end. */
    const openTransaction = async () => {
      let end = (): void => undefined;
      const ended = new Promise<void>((resolve) => (end = resolve));
      let appended = (): void => undefined;
      const hasAppended = new Promise<void>((resolve) => (appended = resolve));
      const done = its.openStore().transaction(async ({ appendMany }) => {
        await appendMany([write('slow-1')]);
        appended();
        await ended;
      });
      await hasAppended;
      return { end, done };
    };

    it('holds back other appends until it is committed, and nobody’s reading', async () => {
      const { end, done } = await openTransaction();
      const store = its.openStore();
      let answered = false;
      const waiting = store.appendMany([write('other-1')]).then((outcomes) => {
        answered = true;
        return outcomes;
      });
      expect((await store.readMany(['slow-1', 'other-1'])).map(({ version }) => version)).toEqual([0, 0]);
      expect(await store.head()).toBe(START);
      expect(answered).toBe(false);
      end();
      await done;
      expect(await waiting).toMatchObject([{ status: 'appended', position: positionOf(2) }]);
    });

    it('lets an append that waits too long fail, and turns away what queues behind it', async () => {
      const { end, done } = await openTransaction();
      const store = its.openStore({ appendTimeoutMs: 100 });
      const first = store.appendMany([write('late-1')]);
      const behind = Promise.resolve().then(() => store.appendMany([write('late-2')]));
      const [one, two] = await Promise.allSettled([first, behind]);
      expect(one).toMatchObject({ status: 'rejected', reason: { message: 'Query read timeout' } });
      expect(two.status).toBe('rejected');
      end();
      await done;
      // One that was given up may have been appended all the same: each attempt writes to a stream of its own.
      let attempts = 0;
      const after = (): string => `after-${(attempts += 1)}`;
      await eventually(async () => expect(await store.appendMany([write(after())])).toMatchObject([{ status: 'appended' }]));
    });
  });

  it('takes ten thousand writes, and as many events in one, in a moment', async () => {
    const store = its.openStore();
    const many = Array.from({ length: 10_000 }, (_, n) => write(`many-${n}`));
    const one = { stream: 'one', expected: 0, events: many.flatMap(({ events }) => events).map((each) => ({ ...each, type: 'Again' })) };
    const outcomes = await store.transaction(async ({ appendMany }) => [...(await appendMany(many)), ...(await appendMany([one]))]);
    expect(new Set(outcomes.map(({ status }) => status))).toEqual(new Set(['appended']));
    expect(await store.head()).toBe(positionOf(20_000));
  });

  it('is offered by the store on Postgres', () => {
    expect(joinsTransactions(its.openStore())).toBe(true);
  });
});
