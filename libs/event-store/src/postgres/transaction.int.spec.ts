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
    const both: (() => void)[] = [];
    const bothHaveOne = (): Promise<void> =>
      new Promise((resolve) => {
        both.push(resolve);
        if (both.length >= 2) for (const go of both) go();
      });
    const takeBoth = (first: string, second: string) =>
      store.transaction(async (joined) => {
        runs += 1;
        await joined.client.query(`set local deadlock_timeout = '20ms'`);
        await take(joined, first);
        if (runs <= 2) await bothHaveOne();
        await take(joined, second);
        await joined.appendMany([write(`taken-${first}`)]);
      });
    await Promise.all([takeBoth('A', 'B'), takeBoth('B', 'A')]);
    // On a busy machine each may be the victim of the other once.
    expect(runs).toBeGreaterThan(2);
    expect([await quantityOf('A'), await quantityOf('B')]).toEqual([8, 8]);
    expect([await versionOf('taken-A'), await versionOf('taken-B')]).toEqual([1, 1]);
  });

  it('is offered by the store on Postgres', () => {
    expect(joinsTransactions(its.openStore())).toBe(true);
  });
});
