import type { Pool } from 'pg';

/** By which words rows are found: ids of what is the order's own, and numbers of its parcels. */
export interface Sought {
  readonly words: readonly string[];
  readonly streams: readonly string[];
  readonly eventIds: readonly string[];
}

/** What stands of the order beside the log of one service. */
export interface Beside {
  readonly migrations: readonly string[];
  readonly deadLetters: readonly Row[];
  readonly deadlines: readonly Row[];
  readonly parked: Readonly<Record<string, readonly Row[]>>;
}

type Row = Readonly<Record<string, unknown>>;

const MENTIONED = (text: string): string => `exists (select 1 from unnest($1::text[]) as word where strpos(${text}, word) > 0)`;

const DEAD_LETTERS = `
  select id, state, group_name as "group", topic, encode(key, 'escape') as key, event_id, event_type, attempts, error, stack, reason, stored_at, changed_at,
    due_at, encode(value, 'base64') as value
  from dead_letter where ${MENTIONED(`encode(key, 'escape') || ' ' || coalesce(encode(value, 'escape'), '')`)} order by id`;

const DEADLINES = `
  select id, stream, name, due_at, data, correlation_id, tries, next_at, settled_at from deadline
  where stream = any($2) or ${MENTIONED('data::text')} order by due_at, id`;

const PARKED_PUBLICATIONS = `select topic, event_id, event_type, bytes, error, parked_at from parked_publication where event_id::text = any($1)`;

/** Facts that came before what they are about, in whatever table a service keeps them. */
const PARKED_TABLES = `
  select tablename as name from pg_tables
  where schemaname = current_schema() and tablename like 'parked\\_%' and tablename <> 'parked_publication' order by tablename`;

const json = (text: string): unknown => {
  try {
    return JSON.parse(text);
  } catch {
    return `${text.length} characters that are no JSON`;
  }
};

/** A record of the broker, readable. */
const letter = ({ value, ...row }: Row): Row => ({
  ...row,
  value: typeof value === 'string' ? json(Buffer.from(value, 'base64').toString()) : null,
});

const parkedIn = async (pool: Pool, { words, eventIds }: Sought): Promise<Beside['parked']> => {
  const publications = await pool.query<Row>(PARKED_PUBLICATIONS, [eventIds]);
  const tables = await pool.query<{ readonly name: string }>(PARKED_TABLES);
  const found = new Map<string, readonly Row[]>([['parked_publication', publications.rows]]);
  for (const { name } of tables.rows) {
    const { rows } = await pool.query<{ readonly row: Row }>(
      `select to_jsonb(parked) as row from "${name}" parked where ${MENTIONED('parked::text')}`,
      [words],
    );
    found.set(
      name,
      rows.map(({ row }) => row),
    );
  }
  return Object.fromEntries([...found].filter(([, rows]) => rows.length > 0));
};

/** Looks, in the schema of one service, for what waits, failed or is parked of the order. */
export const besideLog = async (pool: Pool, sought: Sought): Promise<Beside> => {
  const { words, streams } = sought;
  const migrations = await pool.query<{ readonly name: string }>('select name from migration order by id');
  const deadLetters = await pool.query<Row>(DEAD_LETTERS, [words]);
  const deadlines = await pool.query<Row>(DEADLINES, [words, streams]);
  return {
    migrations: migrations.rows.map(({ name }) => name),
    deadLetters: deadLetters.rows.map(letter),
    deadlines: deadlines.rows,
    parked: await parkedIn(pool, sought),
  };
};
