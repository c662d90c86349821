import { testDatabase, type TestDatabase } from '@cartage/testkit';
import { Pool } from 'pg';
import { migrationStatements } from './migrations/1764700000000-facts';
import { factLogIn } from './postgres-fact-log';

/** So many facts behind each other, each of about so many bytes that no database makes smaller. */
const FACTS = `
  insert into fact (fact_id, position, topic, type, recorded_at, heard_at, envelope)
  select gen_random_uuid(), n, 'order.events', 'OrderPlaced', now(), now(),
    json_build_object('n', n, 'text', (select string_agg(md5(n || '.' || i), '') from generate_series(1, $3::integer / 32) i))
  from generate_series($1::integer, $2::integer) n`;

let database: TestDatabase;
let pool: Pool;

beforeEach(async () => {
  database = await testDatabase();
  // One connection, which alone counts what it reads.
  pool = new Pool({ connectionString: database.url, max: 1 });
  for (const statement of migrationStatements) await pool.query(statement);
});
afterEach(async () => {
  await pool.end();
  await database.drop();
});

const rowsRead = async (): Promise<number> => {
  await pool.query('select pg_stat_force_next_flush()');
  const { rows } = await pool.query<{ readonly read: number }>(
    `select (seq_tup_read + coalesce(idx_tup_fetch, 0))::float8 as read from pg_stat_user_tables where relname = 'fact'`,
  );
  return rows[0]?.read ?? 0;
};

describe('the log of facts', () => {
  it('is read in pieces at the cost of each piece, however many facts are behind it', async () => {
    await pool.query(FACTS, [1, 20_000, 64]);
    await pool.query('analyze fact');
    const facts = factLogIn(pool, () => new Date());
    const before = await rowsRead();
    const { entries, more } = await facts.read({ after: 100, limit: 50 });
    expect([entries.map(({ position }) => position), more]).toEqual([Array.from({ length: 50 }, (_, i) => 101 + i), true]);
    const read = (await rowsRead()) - before;
    expect(read).toBeGreaterThanOrEqual(50);
    expect(read).toBeLessThan(500);
  });

  it('is read in pieces of some bytes, so that large orders fit into the memory of a process; each fact once, to the end', async () => {
    await pool.query(FACTS, [1, 60, 100_000]);
    const facts = factLogIn(pool, () => new Date());
    const read: number[] = [];
    for (let after = 0, more = true; more;) {
      const piece = await facts.read({ after, upTo: 55, limit: 500 });
      expect(Buffer.byteLength(JSON.stringify(piece.entries))).toBeLessThan(1_500_000);
      read.push(...piece.entries.map(({ position }) => position));
      after = read.at(-1) ?? after;
      ({ more } = piece);
    }
    expect(read).toEqual(Array.from({ length: 55 }, (_, i) => i + 1));
  });

  it('gives one fact that is larger than a piece', async () => {
    await pool.query(FACTS, [1, 2, 3_000_000]);
    const { entries, more } = await factLogIn(pool, () => new Date()).read({ after: 0, limit: 500 });
    expect([entries.length, more]).toEqual([1, true]);
  });
});
