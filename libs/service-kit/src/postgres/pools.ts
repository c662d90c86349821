import { CONNECTION, connectionTo, sessionOptions, withAdvisoryLock } from '@cartage/postgres';
import { Pool, type PoolClient } from 'pg';
import type { Logger } from 'pino';
import { DataSource } from 'typeorm';
import type { AnyService } from '../service';

export interface PoolNeeds {
  readonly url: string;
  readonly log: Logger;
}

/** Connections whose search path is this schema and nothing else, and which end when their process or their host does. */
export const poolOf = ({ url, log }: PoolNeeds, schema: string, max: number): Pool => {
  const pool = new Pool({
    ...connectionTo(url, sessionOptions(schema)),
    application_name: `cartage ${schema}`,
    max,
    idleTimeoutMillis: 60_000,
    ...CONNECTION,
  });
  // Without somebody who hears it, the loss of an idle connection would end the process. The pool replaces it by itself.
  pool.on('error', (error) => log.warn({ err: error }, 'an idle database connection was lost'));
  return pool;
};

const SCHEMA = /^[a-z][a-z_]{0,40}$/;

/** Names go into SQL as they are, so only plain ones are taken. */
export const requireSchemaName = (schema: string): string => {
  if (SCHEMA.test(schema)) return schema;
  throw new Error(`"${schema}" cannot name a schema: lower case letters and underscores only.`);
};

const hasSchema = async (sql: Pool | PoolClient, schema: string): Promise<boolean> =>
  (await sql.query('select 1 from pg_namespace where nspname = $1', [schema])).rowCount !== 0;

/**
 * Even where the schema is there, `create schema if not exists` would ask for the right to make one, which a service's role need not have. Most starts find it: only who has to
 * make it takes the lock, which costs a connection.
 */
export const makeSchema = async (pool: Pool, schema: string): Promise<void> => {
  if (await hasSchema(pool, schema)) return;
  await withAdvisoryLock(pool, `cartage.schema.${schema}`, async (client) => {
    if (!(await hasSchema(client, schema))) await client.query(`create schema if not exists ${requireSchemaName(schema)}`);
  });
};

/** The service's schema through TypeORM: entities and ordinary queries; what is hot goes through the pool. */
export const dataSourceOf = (url: string, { schema, entities, migrations }: AnyService, session = sessionOptions(schema)): DataSource => {
  const { connectionString, ...rest } = connectionTo(url, session);
  return new DataSource({
    type: 'postgres',
    url: connectionString,
    schema,
    entities: [...entities],
    migrations: [...migrations],
    migrationsTableName: 'migration',
    applicationName: `cartage ${schema} orm`,
    installExtensions: false,
    poolSize: 2,
    // None is kept that nobody uses: most services ask TypeORM for their migrations only.
    extra: { ...rest, idleTimeoutMillis: 5_000, ...CONNECTION },
  });
};

/** Forward only, so that what was run once is never to be run again. */
const isUpToDate = async (pool: Pool, { migrations }: AnyService): Promise<boolean> => {
  const { rows: tables } = await pool.query<{ made: boolean }>(`select to_regclass('migration') is not null as made`);
  if (!tables[0]?.made) return false;
  const { rows } = await pool.query<{ name: string }>('select name from migration');
  const past = new Set(rows.map(({ name }) => name));
  return migrations.every((Migration) => past.has(new Migration().name ?? Migration.name));
};

/**
 * Runs what is missing, oldest first, each in a transaction of its own, in one process at a time; it may take as long as it needs. Most starts find nothing missing: TypeORM and its
 * connections are for those that do.
 */
export const migrate = async (url: string, service: AnyService, pool: Pool): Promise<void> => {
  if (await isUpToDate(pool, service)) return;
  await withAdvisoryLock(pool, `cartage.migrations.${service.schema}`, async () => {
    const db = await dataSourceOf(url, service, `-c search_path=${service.schema}`).initialize();
    try {
      await db.runMigrations({ transaction: 'each' });
    } finally {
      await db.destroy();
    }
  });
};
