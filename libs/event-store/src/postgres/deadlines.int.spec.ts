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
});
