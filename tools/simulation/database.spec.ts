import { Pool } from 'pg';
import { SimulatedDatabase } from './database';

const at = async (database: SimulatedDatabase, schema: string): Promise<string | undefined> => {
  const pool = new Pool({ stream: () => database.connect(schema) as never, options: `-c search_path=${schema}`, idleTimeoutMillis: 0 });
  const { rows } = await pool.query<{ name: string }>('select name from named');
  await pool.end();
  return rows[0]?.name;
};

describe('the simulated database', () => {
  it('finds the tables of whoever asks first after it was made as new, be it who asked last before', async () => {
    const wire = { later: (run: () => void) => process.nextTick(run), passing: () => undefined, committed: () => undefined };
    const database = await SimulatedDatabase.open(wire);
    for (const schema of ['one', 'two']) {
      database.run(`create schema ${schema}`);
      database.run(`create table ${schema}.named as select '${schema}' as name`);
    }
    expect([await at(database, 'one'), await at(database, 'two')]).toEqual(['one', 'two']);
    database.renew();
    expect(await at(database, 'two')).toBe('two');
    await database.close();
  }, 120_000);
});
