import { CONNECTION, connectionTo, sessionOptions, withAdvisoryLock } from '@cartage/postgres';
import { Pool, type PoolClient } from 'pg';
import type { Logger } from 'pino';
import type { DataSource } from 'typeorm';
import type { AnyService } from '../service';
import { unload } from './unload';

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
  // Nor may one that is just handed out: the pool hears it no more, and whoever was given it, not yet. What was asked of it fails.
  pool.on('connect', (client) => client.on('error', () => undefined));
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

/** The service's schema through TypeORM, which runs its migrations and nothing else: 300 modules that most starts have no need of. */
const migrating = async (url: string, { schema, migrations }: AnyService): Promise<DataSource> => {
  const { DataSource } = await import('typeorm');
  const { connectionString, ...rest } = connectionTo(url, `-c search_path=${schema}`);
  const source = new DataSource({
    type: 'postgres',
    url: connectionString,
    schema,
    migrations: [...migrations],
    migrationsTableName: 'migration',
    applicationName: `cartage ${schema} migrations`,
    installExtensions: false,
    poolSize: 2,
    extra: { ...rest, ...CONNECTION },
  });
  return source.initialize();
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
    const source = await migrating(url, service);
    try {
      await source.runMigrations({ transaction: 'each' });
    } finally {
      await source.destroy();
    }
  });
};

/** Gives back what TypeORM takes, a tenth of a process with one service, once no migration of this process is under way any more. */
export const migrated = (): void => {
  unload('typeorm');
  // It would keep all the rest.
  Reflect.deleteProperty(globalThis, 'typeormMetadataArgsStorage');
};
