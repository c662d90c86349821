import { escapeIdentifier as quoted, type ClientBase } from 'pg';
import type { Column } from './manifest';

export interface Table {
  readonly schema: string;
  readonly table: string;
  readonly columns: readonly Column[];
}

/** In SQL. */
export const nameOf = ({ schema, table }: Pick<Table, 'schema' | 'table'>): string => `${quoted(schema)}.${quoted(table)}`;

const TABLES = `
  select n.nspname as schema, c.relname as "table",
    coalesce(json_agg(json_build_object('name', a.attname, 'type', format_type(a.atttypid, a.atttypmod)) order by a.attnum), '[]') as columns
  from pg_class c
  join pg_namespace n on n.oid = c.relnamespace
  join pg_attribute a on a.attrelid = c.oid and a.attnum > 0 and not a.attisdropped and a.attgenerated = ''
  where c.relkind = 'r' and n.nspname = any($1)
  group by n.nspname, c.relname order by n.nspname, c.relname`;

/** The tables of these schemas, with the columns that are written. */
export const tablesOf = async (client: ClientBase, schemas: readonly string[]): Promise<readonly Table[]> =>
  (await client.query<Table>(TABLES, [schemas])).rows;

const REFERENCES = `
  select format('%I.%I', n.nspname, c.relname) as "from", format('%I.%I', fn.nspname, f.relname) as "to"
  from pg_constraint k
  join pg_class c on c.oid = k.conrelid join pg_namespace n on n.oid = c.relnamespace
  join pg_class f on f.oid = k.confrelid join pg_namespace fn on fn.oid = f.relnamespace
  where k.contype = 'f' and n.nspname = any($1) and k.conrelid <> k.confrelid`;

/** What others refer to comes before them. */
export const inOrderOfReferences = async (client: ClientBase, tables: readonly Table[]): Promise<readonly Table[]> => {
  const schemas = [...new Set(tables.map(({ schema }) => schema))];
  const { rows } = await client.query<{ readonly from: string; readonly to: string }>(REFERENCES, [schemas]);
  const plain = ({ schema, table }: Table): string => `${schema}.${table}`;
  const left = new Map(tables.map((each) => [plain(each), each]));
  const ordered: Table[] = [];
  while (left.size > 0) {
    const next = [...left.values()].filter((each) => !rows.some(({ from, to }) => from === plain(each) && left.has(to)));
    if (next.length === 0) throw new Error(`Tables refer to each other in a ring: ${[...left.keys()].join(', ')}.`);
    for (const each of next) left.delete(plain(each));
    ordered.push(...next);
  }
  return ordered;
};

export const migrationsOf = async (client: ClientBase, schema: string): Promise<readonly string[]> => {
  const { rows } = await client.query<{ there: boolean }>('select to_regclass($1) is not null as there', [`${schema}.migration`]);
  if (rows[0]?.there !== true) return [];
  return (await client.query<{ name: string }>(`select name from ${quoted(schema)}.migration order by id`)).rows.map(({ name }) => name);
};

/** The schemas of these that the database has. */
export const schemasThere = async (client: ClientBase, schemas: readonly string[]): Promise<readonly string[]> => {
  const sql = 'select nspname as name from pg_namespace where nspname = any($1) order by nspname';
  return (await client.query<{ name: string }>(sql, [schemas])).rows.map(({ name }) => name);
};

export const sequencesOf = async (client: ClientBase, schema: string): Promise<Readonly<Record<string, string>>> => {
  const sql = 'select sequencename as name, last_value as last from pg_sequences where schemaname = $1 and last_value is not null';
  const { rows } = await client.query<{ readonly name: string; readonly last: string }>(sql, [schema]);
  return Object.fromEntries(rows.map(({ name, last }) => [name, last]));
};
