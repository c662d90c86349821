import { deadlinesContract, testDatabase } from '@cartage/testkit';
import { Pool } from 'pg';
import { migrateDeadlines, postgresDeadlines } from './deadlines';

const open = async () => {
  const database = await testDatabase();
  const pools: Pool[] = [];
  const openPool = (): Pool => {
    const pool = new Pool({ connectionString: database.url, max: 4 });
    pools.push(pool);
    return pool;
  };
  const pool = openPool();
  await Promise.all([migrateDeadlines(pool), migrateDeadlines(pool)]);
  const stop = async (): Promise<void> => {
    await Promise.all(pools.map((each) => each.end()));
    await database.drop();
  };
  return { pool, openPool, stop };
};

deadlinesContract('on Postgres', async () => {
  const { openPool, stop } = await open();
  return { open: (clock) => postgresDeadlines({ pool: openPool(), clock }), stop };
});

describe('the table of deadlines', () => {
  it('forgets what was told long ago', async () => {
    const { pool, stop } = await open();
    const at = (time: string) => ({ now: () => new Date(time), pause: async () => undefined });
    const set = async (id: string, time: string): Promise<void> => {
      const deadlines = postgresDeadlines({ pool, clock: at(time) });
      await deadlines.set({ id, stream: 's', name: 'n', dueAt: time, data: null });
      await deadlines.settle([id]);
    };
    await set('old', '2026-01-01T00:00:00.000Z');
    await set('new', '2026-03-01T00:00:00.000Z');
    const { rows } = await pool.query('select id from deadline');
    await stop();
    expect(rows).toEqual([{ id: 'new' }]);
  });

  it('forgets many of them a piece at a time, so that nothing that is settled waits long', async () => {
    const { pool, stop } = await open();
    const old = async (): Promise<number> =>
      (await pool.query<{ readonly old: number }>(`select count(*)::int as old from deadline where id like 'old%'`)).rows[0]?.old ?? 0;
    await pool.query(
      `insert into deadline (id, stream, name, due_at, data, next_at, settled_at)
       select 'old' || n, 's', 'n', '2026-01-01', 'null', '2026-01-01', '2026-01-01' from generate_series(1, 5000) n`,
    );
    const deadlines = postgresDeadlines({ pool });
    const left: number[] = [];
    for (const id of ['one', 'two', 'three']) {
      await deadlines.settle([id]);
      left.push(await old());
    }
    await stop();
    expect(left).toEqual([3_000, 1_000, 0]);
  });
});
