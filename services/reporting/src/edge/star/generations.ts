import { createHash } from 'node:crypto';
import { codeOf } from '@cartage/eventsourcing';
import { migrate } from '@cartage/postgres';
import { commentStatements, nameStatements, tableStatements, type Sql } from '@cartage/views';
import { escapeIdentifier as quoted, escapeLiteral as literal, type Pool, type PoolClient } from 'pg';
import { star } from '../../domain/star';
import { tableIn, viewOf } from './definition';
import { internalTables, publicNames } from './names';

const runAll = async (client: PoolClient, statements: readonly string[]): Promise<void> => {
  if (statements.length > 0) await client.query(statements.join(';\n'));
};

const isThere = async (sql: Sql, generation: string): Promise<boolean> =>
  (await sql.query('select 1 from generation where name = $1', [generation])).rows.length > 0;

/** Makes the tables of a generation, if nobody has; their comments are always those of the newest program. Safe in many processes at once. */
export const prepareStar = (pool: Pool, generation: string): Promise<void> =>
  migrate(pool, 'star', async (client) => {
    const views = star.map(viewOf);
    if (await isThere(client, generation)) await client.query('update generation set used_at = now() where name = $1', [generation]);
    else {
      await client.query('insert into generation (name) values ($1)', [generation]);
      await runAll(client, [
        ...views.flatMap((view) => tableStatements(view, tableIn(generation, view.name))),
        ...internalTables(generation),
      ]);
    }
    await runAll(
      client,
      views.flatMap((view) => commentStatements(view, 'table', tableIn(generation, view.name))),
    );
    await dropUnused(client, generation);
  });

/** What nobody has filled for a day, and nobody sees. */
const dropUnused = async (client: PoolClient, mine: string): Promise<void> => {
  const { rows } = await client.query<{ name: string }>(
    `delete from generation where not shown and name <> $1 and used_at < now() - interval '1 day' returning name`,
    [mine],
  );
  const tables = [...star.map(({ name }) => name), 'heard', 'missing_event'];
  await runAll(
    client,
    rows.flatMap(({ name }) => tables.map((each) => `drop table if exists ${quoted(tableIn(name, each))}`)),
  );
};

/**
 * A generation may be shown when nothing is, when it has heard as many events of every topic as the one that is shown, or when nobody fills that one any more
 * and it is the older: then an earlier program took over again.
 */
const MAY_BE_SHOWN = `
  select not exists (select 1 from generation where shown) or exists (
    select 1 from generation mine, generation other where mine.name = $1 and other.shown and other.name <> mine.name
      and (mine.created_at > other.created_at or other.used_at < now() - interval '5 minutes')
      and not exists (select 1 from progress theirs left join progress ours on ours.generation = mine.name and ours.topic = theirs.topic
        where theirs.generation = other.name and coalesce(ours.events, 0) < theirs.events)) as may`;

const INCOMPATIBLE = '42P16';

/** Names whose columns change are made anew; SQL views that others built upon them make that fail: they belong upon a copy. */
const name = async (client: PoolClient, generation: string): Promise<void> => {
  for (const view of star.filter(({ versionsOf }) => versionsOf === undefined).map(viewOf)) {
    const statements = nameStatements(view, tableIn(generation, view.name));
    await client.query('savepoint before');
    try {
      await runAll(client, statements);
    } catch (error) {
      if (codeOf(error) !== INCOMPATIBLE) throw error;
      await client.query('rollback to savepoint before');
      await runAll(client, [`drop view ${quoted(view.name)}`, ...statements]);
    }
  }
};

export interface Shown {
  readonly generation: string;
  /** Who may read what is named; nobody beside the service, if there is no such role. */
  readonly reader: string;
}

const grantTo = async (client: PoolClient, reader: string, names: readonly string[]): Promise<void> => {
  const { rows } = await client.query<{ schema: string }>(
    'select current_schema() as schema from pg_roles where rolname = $1 and rolname <> current_user',
    [reader],
  );
  for (const { schema } of rows)
    await runAll(client, [
      `grant usage on schema ${quoted(schema)} to ${quoted(reader)}`,
      ...names.map((each) => `grant select on ${quoted(each)} to ${quoted(reader)}`),
    ]);
};

/** Lets the plain names show this generation if it may be shown, and is not; answers whether it is shown now. */
export const showStar = async (pool: Pool, { generation, reader }: Shown): Promise<boolean> => {
  const { rows } = await pool.query<{ shown: boolean; may: boolean }>(
    `select coalesce((select shown from generation where name = $1), false) as shown, may from (${MAY_BE_SHOWN}) as m`,
    [generation],
  );
  const [state] = rows;
  if (state?.shown || !state?.may) return state?.shown === true;
  await migrate(pool, 'star', async (client) => {
    await client.query(`set local lock_timeout = '5s'`);
    await nameAll(client, { generation, reader });
    await client.query('update generation set shown = (name = $1) where shown or name = $1', [generation]);
  });
  return true;
};

/** What all names of a generation say and show: of another program it may be another, though the tables are the same. */
const wordingOf = (generation: string): string =>
  createHash('sha256')
    .update(JSON.stringify([publicNames(generation), star.map(viewOf)]))
    .digest('hex')
    .slice(0, 8);

/** Gives the generation that is shown the names that this program has for it, where they are another's. For whoever starts: two programs that both went on with it would take turns for ever. */
export const renewNames = async (pool: Pool, { generation, reader }: Shown): Promise<void> => {
  const { rows } = await pool.query('select 1 from generation where name = $1 and shown and wording is distinct from $2', [
    generation,
    wordingOf(generation),
  ]);
  if (rows.length > 0)
    await migrate(pool, 'star', async (client) => {
      await client.query(`set local lock_timeout = '5s'`);
      await nameAll(client, { generation, reader });
    });
};

/** Those of any program: questions that another one answered are none of this one's. */
const namesMadeOfOthers = async (client: PoolClient): Promise<readonly string[]> => {
  const { rows } = await client.query<{ name: string }>(
    `select relname as name from pg_class where relkind = 'v' and relnamespace = current_schema()::regnamespace
      and (relname in ('freshness', 'missing_event') or starts_with(relname, 'question_') or relname ~ '^dim_.*_history$') order by relname`,
  );
  return rows.map((row) => row.name);
};

/** The names that are made of others go first, and come back last. */
const nameAll = async (client: PoolClient, { generation, reader }: Shown): Promise<void> => {
  const others = publicNames(generation);
  const before = await namesMadeOfOthers(client);
  // All at once, for questions are asked of histories, too.
  await runAll(client, before.length === 0 ? [] : [`drop view ${before.map(quoted).join(', ')}`]);
  await name(client, generation);
  for (const { view, about, columns, sql } of others)
    await runAll(client, [
      `create view ${quoted(view)} as ${sql}`,
      `comment on view ${quoted(view)} is ${literal(about)}`,
      ...Object.entries(columns).map(([column, text]) => `comment on column ${quoted(view)}.${quoted(column)} is ${literal(text)}`),
    ]);
  await grantTo(client, reader, namesIn(generation));
  await client.query('update generation set wording = $2 where name = $1', [generation, wordingOf(generation)]);
};

const namesIn = (generation: string): readonly string[] => [
  ...new Set([...star.map((each) => each.name), ...publicNames(generation).map(({ view }) => view), 'dim_date', 'fx_rate', 'currency']),
];

/** A role that was made, or came to read it, after the star was shown finds it too. */
export const grantStar = (pool: Pool, { generation, reader }: Shown): Promise<void> =>
  migrate(pool, 'star', async (client) => {
    const { rows } = await client.query<{ name: string }>(
      `select c.relname as name from pg_class c where c.relnamespace = current_schema()::regnamespace and c.relname = any($1)
         and exists (select from pg_roles r where r.rolname = $2 and not has_table_privilege(r.oid, c.oid, 'select'))`,
      [namesIn(generation), reader],
    );
    if (rows.length > 0)
      await grantTo(
        client,
        reader,
        rows.map(({ name: each }) => each),
      );
  });

/** Says that a running program fills this generation. */
export const keepInUse = async (sql: Sql, generation: string): Promise<void> => {
  await sql.query('update generation set used_at = now() where name = $1', [generation]);
};
