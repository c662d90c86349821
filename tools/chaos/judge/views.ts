import { setTimeout as pause } from 'node:timers/promises';
import { START } from '@cartage/eventsourcing';
import { escapeIdentifier as quoted, type Pool } from 'pg';

/** The table of a view, in the schema of its service. */
interface ViewTable {
  readonly schema: string;
  readonly table: string;
  readonly view: string;
}

const tablesIn = async (pool: Pool): Promise<readonly ViewTable[]> => {
  const { rows: schemas } = await pool.query<{ schema: string }>(
    `select schemaname as schema from pg_tables where tablename = 'view_state' order by schemaname collate "C"`,
  );
  const found: ViewTable[] = [];
  for (const { schema } of schemas) {
    const { rows } = await pool.query<ViewTable>(
      `select $1::text as schema, table_name as "table", name as view from ${quoted(schema)}.view_state where shown order by table_name`,
      [schema],
    );
    found.push(...rows);
  }
  return found;
};

interface Summed {
  readonly rows: number;
  readonly md5: string;
}

/** Of all rows, whatever their order. */
const checksumOf = async (pool: Pool, { schema, table }: ViewTable): Promise<Summed> => {
  const { rows } = await pool.query<Summed>(
    `select count(*)::int as rows, coalesce(md5(string_agg(md5(t::text), '' order by md5(t::text))), 'none') as md5 from ${quoted(schema)}.${quoted(table)} t`,
  );
  return rows[0] ?? { rows: 0, md5: '' };
};

const wordsOf = ({ rows, md5 }: Summed): string => `${rows} rows, ${md5}`;

/** Has it made anew from the log, as a program asks for it that finds an unfinished one: whoever runs the views goes on with it, and puts it in its place. */
const beginRebuild = async (pool: Pool, { schema, table, view }: ViewTable): Promise<void> => {
  const shadow = `${quoted(schema)}.${quoted(`${table}__next`)}`;
  const client = await pool.connect();
  try {
    await client.query('begin');
    await client.query(`create table ${shadow} (like ${quoted(schema)}.${quoted(table)} including all)`);
    await client.query(`insert into ${quoted(schema)}.view_state (table_name, name, position) values ($1, $2, $3)`, [
      `${table}__next`,
      view,
      START,
    ]);
    await client.query('commit');
  } catch (error) {
    await client.query('rollback');
    throw error;
  } finally {
    client.release();
  }
};

const isRebuilding = async (pool: Pool, { schema, table }: ViewTable): Promise<boolean> => {
  const { rows } = await pool.query(`select 1 from ${quoted(schema)}.view_state where table_name = $1`, [`${table}__next`]);
  return rows.length > 0;
};

const PATIENCE_MS = 120_000;

/** Answers with those that were not done in time. */
const untilRebuilt = async (pool: Pool, tables: readonly ViewTable[]): Promise<readonly ViewTable[]> => {
  let open = tables;
  for (const end = Date.now() + PATIENCE_MS; open.length > 0 && Date.now() < end; await pause(200)) {
    const still = await Promise.all(open.map((each) => isRebuilding(pool, each)));
    open = open.filter((_, i) => still[i]);
  }
  return open;
};

const nameOf = ({ schema, view }: ViewTable): string => `${schema}.${view}`;

export interface ComparedViews {
  readonly views: number;
  /** What stood in them: views without a row equal each other whatever became of them. */
  readonly rows: number;
  readonly breaches: readonly string[];
}

/** Every view against itself, made anew from the log: equal, by checksum, as long as nothing happens meanwhile. */
export const compareViews = async (pool: Pool): Promise<ComparedViews> => {
  const tables = await tablesIn(pool);
  const before = await Promise.all(tables.map((each) => checksumOf(pool, each)));
  for (const each of tables) await beginRebuild(pool, each);
  const unfinished = new Set(await untilRebuilt(pool, tables));
  const breaches: string[] = [];
  for (const [i, each] of tables.entries()) {
    if (unfinished.has(each)) breaches.push(`${nameOf(each)} was not made anew within ${PATIENCE_MS / 1000} s`);
    else {
      const [was, is] = [wordsOf(before[i] ?? { rows: 0, md5: '' }), wordsOf(await checksumOf(pool, each))];
      if (is !== was) breaches.push(`${nameOf(each)} is not what its log says: ${was}; made anew: ${is}`);
    }
  }
  return { views: tables.length, rows: before.reduce((sum, { rows }) => sum + rows, 0), breaches };
};
