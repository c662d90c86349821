import { Pool } from 'pg';
import type { Logger } from 'pino';
import { DataSource } from 'typeorm';
import type { AnyService } from '../service';
import { underLock } from './lock';

export interface PoolNeeds {
  readonly url: string;
  readonly log: Logger;
}

/** Connections whose search path is this schema and nothing else. */
export const poolOf = ({ url, log }: PoolNeeds, schema: string, max: number): Pool => {
  const pool = new Pool({
    connectionString: url,
    options: `-c search_path=${schema}`,
    application_name: `cartage ${schema}`,
    max,
    idleTimeoutMillis: 60_000,
    connectionTimeoutMillis: 10_000,
    keepAlive: true,
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

export const makeSchema = (pool: Pool, schema: string): Promise<void> =>
  underLock(pool, `schema.${schema}`, async (client) => {
    await client.query(`create schema if not exists ${requireSchemaName(schema)}`);
  });

/** The service's schema through TypeORM: entities and ordinary queries; what is hot goes through the pool. */
export const dataSourceOf = (url: string, { schema, entities, migrations }: AnyService): DataSource =>
  new DataSource({
    type: 'postgres',
    url,
    schema,
    entities: [...entities],
    migrations: [...migrations],
    migrationsTableName: 'migration',
    applicationName: `cartage ${schema} orm`,
    installExtensions: false,
    poolSize: 3,
    extra: { options: `-c search_path=${schema}`, connectionTimeoutMillis: 10_000 },
  });

/** Runs what is missing, oldest first, each in a transaction of its own, in one process at a time. */
export const migrate = (db: DataSource, pool: Pool, schema: string): Promise<void> =>
  underLock(pool, `migrations.${schema}`, async () => {
    await db.runMigrations({ transaction: 'each' });
  });
