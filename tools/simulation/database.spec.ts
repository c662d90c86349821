import { Pool } from 'pg';
import { SimulatedDatabase } from './database';
import { rowsOf } from './rows';

const wire = { later: (run: () => void) => process.nextTick(run), passing: () => undefined, committed: () => undefined };

const at = async (database: SimulatedDatabase, schema: string): Promise<string | undefined> => {
  const pool = new Pool({ stream: () => database.connect(schema) as never, options: `-c search_path=${schema}`, idleTimeoutMillis: 0 });
  const { rows } = await pool.query<{ name: string }>('select name from named');
  await pool.end();
  return rows[0]?.name;
};

/** How many files the server keeps: of its tables, and of its log. */
const filesOf = (database: SimulatedDatabase): readonly (string | null)[] | undefined =>
  rowsOf(
    database.run(
      `select (select count(*) from pg_ls_dir('base/' || oid)), (select count(*) from pg_ls_waldir()) from pg_database where datname = current_database()`,
    ),
  )[0];

describe('the simulated database', () => {
  let database: SimulatedDatabase;

  beforeAll(async () => {
    database = await SimulatedDatabase.open(wire);
  }, 120_000);

  afterAll(() => database.close());

  it('finds the tables of whoever asks first after it was made as new, be it who asked last before', async () => {
    for (const schema of ['one', 'two']) {
      database.run(`create schema ${schema}`);
      database.run(`create table ${schema}.named as select '${schema}' as name`);
    }
    expect([await at(database, 'one'), await at(database, 'two')]).toEqual(['one', 'two']);
    database.renew();
    expect(await at(database, 'two')).toBe('two');
  }, 120_000);

  it('lets go of all that a run has written, however many runs there are', () => {
    rowsOf(database.run('create table public.filled (content text)'));
    const runs = (times: number): readonly (string | null)[] | undefined => {
      for (let n = 0; n < times; n += 1) {
        rowsOf(database.run(`insert into public.filled select repeat('x', 1000) from generate_series(1, 4000)`));
        rowsOf(database.run('truncate public.filled'));
        database.renew();
      }
      return filesOf(database);
    };
    expect(runs(3)).toEqual(runs(12));
  }, 120_000);
});
