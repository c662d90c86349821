import { codeOf, START } from '@cartage/eventsourcing';
import { migrate } from '@cartage/postgres';
import { escapeIdentifier as quoted, type Pool, type PoolClient } from 'pg';
import { checkpointStatements, keepInUse, readCheckpoints } from './checkpoints';
import { commentStatements, inSchema, nameStatements, shadowOf, tableOf, tableStatements } from './definition';
import type { AnyView, Sql } from './view';
import { Writer, type TableColumn } from './writing';

/** A table that a view is written to: the one that serves, or its shadow, which is being made anew to take its place. */
export interface Target {
  readonly view: AnyView;
  readonly table: string;
  readonly shadow: boolean;
  readonly writer: Writer;
}

export const targetOf = async (sql: Sql, view: AnyView, shadow = false): Promise<Target> => {
  const table = shadow ? shadowOf(view) : tableOf(view);
  return { view, table, shadow, writer: new Writer({ table, key: view.key, columns: await columnsOf(sql, table) }) };
};

const columnsOf = async (sql: Sql, table: string): Promise<readonly TableColumn[]> => {
  const { rows } = await sql.query<TableColumn>(
    `select a.attname as name, format_type(a.atttypid, a.atttypmod) as type, t.typcategory = 'N' as "numeric"
     from pg_attribute a join pg_type t on t.oid = a.atttypid
     where a.attrelid = to_regclass(${inSchema}) and a.attnum > 0 and not a.attisdropped order by a.attnum`,
    [table],
  );
  return rows;
};

/** One process at a time makes, shows and drops tables. */
const defining = (pool: Pool, work: (client: PoolClient) => Promise<void>): Promise<void> => migrate(pool, 'views', work);

const runAll = async (client: PoolClient, statements: readonly string[]): Promise<void> => {
  await client.query(statements.join(';\n'));
};

/** Makes the tables that these views lack. Those of other versions of the program stay as they are. Safe in many processes at once. */
export const prepareTables = (pool: Pool, views: readonly AnyView[]): Promise<void> =>
  defining(pool, async (client) => {
    await runAll(client, checkpointStatements);
    await keepInUse(client, views.map(tableOf));
    for (const view of views) await prepareTable(client, view);
  });

const prepareTable = async (client: PoolClient, view: AnyView): Promise<void> => {
  const table = tableOf(view);
  if (await exists(client, table)) await runAll(client, commentStatements(view, 'table', table));
  else await createTable(client, view, table);
  // A name that shows nothing yet takes nothing away from anybody by showing a table that is being filled.
  if (!(await exists(client, view.name))) await show(client, view);
};

const exists = async (client: PoolClient, relation: string): Promise<boolean> => {
  const { rows } = await client.query<{ found: boolean }>(`select to_regclass(${inSchema}) is not null as found`, [relation]);
  return rows[0]?.found === true;
};

const createTable = async (client: PoolClient, view: AnyView, table: string): Promise<void> => {
  await runAll(client, [`drop table if exists ${quoted(table)}`, ...tableStatements(view, table)]);
  await client.query('delete from view_state where table_name = $1', [table]);
  await client.query('insert into view_state (table_name, name, position) values ($1, $2, $3)', [table, view.name, START]);
};

/** Begins to make a view's table anew. One that is being made anew goes on; once somebody wants it compared, it is. */
export const beginRebuild = (pool: Pool, view: AnyView, compares: boolean): Promise<void> =>
  defining(pool, async (client) => {
    const shadow = shadowOf(view);
    if (!(await readCheckpoints(client, [shadow])).has(shadow)) await createTable(client, view, shadow);
    if (compares) await client.query('update view_state set compares = true where table_name = $1', [shadow]);
  });

/** Of all rows, whatever their order. */
const checksumOf = async (client: PoolClient, table: string): Promise<string> => {
  const { rows } = await client.query<{ checksum: string }>(
    `select count(*) || ' ' || coalesce(sum(hashtextextended(t::text, 0)::numeric), 0) as checksum from ${quoted(table)} t`,
  );
  return rows[0]?.checksum ?? '';
};

/** Whether both hold the same rows; nothing where nobody wants to know, and where the one that serves stands still at another position. Nobody writes them meanwhile. */
const isAlike = async (client: PoolClient, table: string, shadow: string): Promise<boolean | null> => {
  const { rows } = await client.query(
    'select from view_state s join view_state t on t.table_name = $1 and t.position = s.position where s.table_name = $2 and s.compares',
    [table, shadow],
  );
  if (rows.length === 0) return null;
  await client.query('set local statement_timeout = 0');
  return (await checksumOf(client, table)) === (await checksumOf(client, shadow));
};

/** Puts the shadow in its table's place, within the transaction of its last rows. Whoever may read the old table may read the new one. */
export const swapIn = async (client: PoolClient, view: AnyView): Promise<void> => {
  const [table, shadow] = [tableOf(view), shadowOf(view)];
  const alike = await isAlike(client, table, shadow);
  // Readers queue behind a waiting drop: better give up soon, and try again.
  await client.query(`set local lock_timeout = '2s'`);
  await copyGrants(client, table, shadow);
  const { rows } = await client.query<{ shown: boolean }>(
    `with replaced as (delete from view_state where table_name = $1 returning shown, created_at)
     update view_state s set table_name = $1, shown = r.shown, created_at = r.created_at, compares = false,
       rebuilt_at = clock_timestamp(), rebuilt_alike = $3
     from replaced r where s.table_name = $2
     returning s.shown`,
    [table, shadow, alike],
  );
  if (rows[0]?.shown) await runAll(client, nameStatements(view, shadow));
  await runAll(client, [`drop table ${quoted(table)}`, `alter table ${quoted(shadow)} rename to ${quoted(table)}`]);
};

const copyGrants = async (client: PoolClient, from: string, to: string): Promise<void> => {
  for (const statement of await grantsOf(client, from, to)) await client.query(statement);
};

const grantsOf = async (client: PoolClient, from: string, to: string): Promise<readonly string[]> => {
  const { rows } = await client.query<{ grant: string }>(
    `select format('grant %s on %I to %s', a.privilege_type, $2::text, case when a.grantee = 0 then 'public' else quote_ident(r.rolname) end) as grant
     from pg_class c cross join lateral aclexplode(c.relacl) a left join pg_roles r on r.oid = a.grantee
     where c.oid = to_regclass(${inSchema}) and a.grantee <> c.relowner`,
    [from, to],
  );
  return rows.map(({ grant }) => grant);
};

/**
 * Lets the names of these views, whose tables are full, show them: where the table shown is of an older version of the program, or of one that nobody
 * runs any more.
 */
export const showTables = async (pool: Pool, views: readonly AnyView[]): Promise<void> => {
  for (const view of await notShown(pool, views)) await defining(pool, (client) => show(client, view));
};

const notShown = async (sql: Sql, views: readonly AnyView[]): Promise<readonly AnyView[]> => {
  const { rows } = await sql.query<{ name: string }>(
    `select mine.name from view_state mine left join view_state other on other.name = mine.name and other.shown
     where mine.table_name = any($1) and not mine.shown
       and (other.name is null or other.created_at < mine.created_at or other.used_at < now() - interval '1 minute')`,
    [views.map(tableOf)],
  );
  return views.filter(({ name }) => rows.some((row) => row.name === name));
};

const incompatible = '42P16';

/** A name whose columns change is made anew: SQL views that others built upon it then make it fail. They belong upon a copy. */
const show = async (client: PoolClient, view: AnyView): Promise<void> => {
  const table = tableOf(view);
  await client.query(`set local lock_timeout = '2s'; savepoint before`);
  try {
    await runAll(client, nameStatements(view, table));
  } catch (error) {
    if (codeOf(error) !== incompatible) throw error;
    await client.query('rollback to savepoint before');
    const grants = await grantsOf(client, view.name, view.name);
    await runAll(client, [`drop view ${quoted(view.name)}`, ...nameStatements(view, table), ...grants]);
  }
  await client.query('update view_state set shown = false where name = $1 and shown', [view.name]);
  await client.query('update view_state set shown = true where table_name = $1', [table]);
};

/** Drops what no program has used for a day, except what the name of a view still shows. */
export const dropUnused = async (pool: Pool, views: readonly AnyView[]): Promise<readonly string[]> => {
  const unused = `from view_state where used_at < now() - interval '1 day' and not (shown and name = any($1))`;
  const names = views.map(({ name }) => name);
  if ((await pool.query(`select 1 ${unused} limit 1`, [names])).rowCount === 0) return [];
  const dropped: string[] = [];
  await defining(pool, async (client) => {
    const { rows } = await client.query<{ table: string; name: string; shown: boolean }>(
      `delete ${unused} returning table_name as "table", name, shown`,
      [names],
    );
    for (const { table, name, shown } of rows) {
      await runAll(client, [...(shown ? [`drop view if exists ${quoted(name)}`] : []), `drop table if exists ${quoted(table)}`]);
      dropped.push(table);
    }
  });
  return dropped;
};
