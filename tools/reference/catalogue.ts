import type { AnyService } from '@cartage/service-kit';
import { tableOf } from '@cartage/views';
import type { Pool } from 'pg';

export interface ColumnRow {
  readonly column: string;
  readonly type: string;
  readonly nullable: boolean;
  readonly about: string | null;
}

export interface TableRow {
  readonly schema: string;
  readonly table: string;
  readonly about: string | null;
  readonly key: readonly string[];
  readonly columns: readonly ColumnRow[];
}

/** Same in every schema, and not for analysts: the log, and how far readers have got in it. */
const machinery = ['events', 'checkpoint', 'dead_letter', 'parked_publication', 'view_state', 'migration'];

/** Of the reporting service each table stands in one star or another; its plain names are a page of their own. */
const ofStar = `(select n2.nspname || '.' || c2.relname from pg_class c2 join pg_namespace n2 on n2.oid = c2.relnamespace
  where n2.nspname = 'reporting' and c2.relname ~ '_[0-9a-f]{8}$')`;

const query = `
  select n.nspname as schema, c.relname as table, obj_description(c.oid, 'pg_class') as about,
    coalesce((select json_agg(a.attname order by k.n) from pg_index i, unnest(i.indkey) with ordinality as k(attnum, n)
      join pg_attribute a on a.attnum = k.attnum where i.indrelid = c.oid and i.indisprimary and a.attrelid = c.oid), '[]') as key,
    (select json_agg(json_build_object('column', a.attname, 'type', format_type(a.atttypid, a.atttypmod), 'nullable', not a.attnotnull,
        'about', col_description(c.oid, a.attnum)) order by a.attnum)
      from pg_attribute a where a.attrelid = c.oid and a.attnum > 0 and not a.attisdropped) as columns
  from pg_class c join pg_namespace n on n.oid = c.relnamespace
  where c.relkind = 'r' and n.nspname = any($1) and c.relname <> all($2)
    and n.nspname || '.' || c.relname not in ${ofStar}
  order by array_position($1::text[], n.nspname::text), c.relname`;

/** The plain names that analysts query, with their comments: views, and the calendar and rates beside them. */
export const namesOf = async (pool: Pool): Promise<readonly TableRow[]> => {
  const names = query
    .replace("c.relkind = 'r'", `(c.relkind = 'v' or c.relname in ('dim_date', 'fx_rate', 'currency'))`)
    .replace(ofStar, `('')`);
  return (await pool.query<TableRow>(names, [['reporting'], machinery])).rows;
};

/** The tables of these services as a started system has them, with their comments. That of a view goes by the view's own name. */
export const tablesOf = async (pool: Pool, services: readonly AnyService[]): Promise<readonly TableRow[]> => {
  const names = new Map(services.flatMap(({ schema, views }) => views.map((view) => [`${schema}.${tableOf(view)}`, view.name] as const)));
  const { rows } = await pool.query<TableRow>(query, [services.map(({ schema }) => schema), machinery]);
  return rows.map((row) => ({ ...row, table: names.get(`${row.schema}.${row.table}`) ?? row.table }));
};
