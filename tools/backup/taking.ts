import { createHash } from 'node:crypto';
import { createWriteStream } from 'node:fs';
import { mkdir, rm, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { Readable } from 'node:stream';
import { pipeline } from 'node:stream/promises';
import { createGzip } from 'node:zlib';
import { codeOf } from '@cartage/eventsourcing';
import { connectionTo } from '@cartage/postgres';
import { sayingUnreadable, unreadableOf } from '@cartage/service-kit';
import { Client, type ClientBase } from 'pg';
import { Trouble } from '../client/client';
import { FORMAT, MANIFEST, type KeptSchema, type KeptTable, type Manifest } from './manifest';
import { migrationsOf, nameOf, schemasThere, sequencesOf, tablesOf, type Table } from './tables';

export interface Source {
  readonly url: string;
  readonly schemas: readonly string[];
}

/** As long as it takes; and nobody takes it for dead meanwhile. */
export const UNHURRIED = '-c statement_timeout=0 -c idle_in_transaction_session_timeout=0 -c lock_timeout=60000';

const ROWS_AT_ONCE = 2_000;

/** Each row as Postgres writes it, as a line of JSON. */
async function* linesOf(client: ClientBase, table: Table, count: (rows: number) => void): AsyncGenerator<string> {
  await client.query(
    `declare kept no scroll cursor for select row(${table.columns.map(({ name }) => columnOf(name)).join(', ')})::text as line from ${nameOf(table)} as kept_row`,
  );
  for (;;) {
    const { rows } = await client.query<{ readonly line: string }>(`fetch ${ROWS_AT_ONCE} from kept`);
    if (rows.length === 0) break;
    count(rows.length);
    yield rows.map(({ line }) => `${JSON.stringify(line)}\n`).join('');
  }
  await client.query('close kept');
}

const columnOf = (name: string): string => `kept_row."${name.replaceAll('"', '""')}"`;

/** What passes is hashed on its way. */
const hashing = (hash: ReturnType<typeof createHash>) =>
  async function* (chunks: AsyncIterable<Buffer>): AsyncGenerator<Buffer> {
    for await (const chunk of chunks) {
      hash.update(chunk);
      yield chunk;
    }
  };

const keepTable = async (client: ClientBase, folder: string, table: Table): Promise<KeptTable> => {
  const file = `${table.schema}.${table.table}.rows.gz`;
  const hash = createHash('sha256');
  let rows = 0;
  const lines = Readable.from(linesOf(client, table, (more) => (rows += more)));
  await pipeline(lines, createGzip(), hashing(hash), createWriteStream(join(folder, file), { mode: 0o600, flags: 'wx' }));
  return { table: table.table, columns: table.columns, rows, file, digest: hash.digest('hex') };
};

const keepSchema = async (client: ClientBase, folder: string, schema: string): Promise<KeptSchema> => {
  const tables: KeptTable[] = [];
  for (const table of await tablesOf(client, [schema]))
    if (table.table !== 'migration') tables.push(await keepTable(client, folder, table));
  return { schema, migrations: await migrationsOf(client, schema), sequences: await sequencesOf(client, schema), tables };
};

interface Kept {
  readonly takenAt: string;
  readonly postgres: string;
  readonly schemas: readonly KeptSchema[];
}

const connected = async <Result>(url: string, work: (client: ClientBase) => Promise<Result>): Promise<Result> => {
  const client = new Client({ ...connectionTo(url, UNHURRIED), application_name: 'cartage backup' });
  await client.connect();
  try {
    return await work(client);
  } finally {
    await client.end();
  }
};

/** Before a folder is made: half of a backup is none. */
const requireReadable = ({ url, schemas }: Source): Promise<void> =>
  connected(url, async (client) => {
    const unreadable = await unreadableOf(client, schemas);
    if (unreadable.length > 0) throw new Trouble(sayingUnreadable(unreadable));
  });

/** All schemas in one transaction, which sees the database as it stood when it began: nobody waits for it, and it waits for nobody. */
const keepAll = ({ url, schemas }: Source, folder: string): Promise<Kept> =>
  connected(url, async (client) => {
    await client.query('begin isolation level repeatable read read only');
    const { rows } = await client.query<{ now: Date; version: string }>(
      `select now() as now, current_setting('server_version') as version`,
    );
    const kept: KeptSchema[] = [];
    for (const schema of await schemasThere(client, schemas)) kept.push(await keepSchema(client, folder, schema));
    await client.query('commit');
    return { takenAt: (rows[0]?.now ?? new Date(0)).toISOString(), postgres: rows[0]?.version ?? '', schemas: kept };
  });

const makeFolder = async (folder: string): Promise<void> => {
  try {
    await mkdir(folder, { mode: 0o700 });
  } catch (error) {
    if (codeOf(error) !== 'EEXIST') throw error;
    throw new Trouble(`${folder} is there already: name a folder that is not there yet, in one that is.`, { cause: error });
  }
};

export interface Backup {
  readonly data: Source;
  /** Where data keys are in a database of their own. */
  readonly vault?: Source;
  /** A folder that is not there yet. */
  readonly folder: string;
  readonly versions: Readonly<Record<string, string>>;
}

/**
 * Writes everything into a folder: a file for each table, and at last what is in it. Data keys that are kept apart are read after the data, so that there is a key for everything that
 * is sealed there.
 */
export const takeBackup = async ({ data, vault, folder, versions }: Backup): Promise<Manifest> => {
  await makeFolder(folder);
  try {
    return await takeInto(folder, { data, ...(vault === undefined ? {} : { vault }), versions });
  } catch (error) {
    // It was made just now, for this: what is in it is no backup, and keeps the next one from its name.
    await rm(folder, { recursive: true, force: true });
    throw error;
  }
};

const takeInto = async (folder: string, { data, vault, versions }: Omit<Backup, 'folder'>): Promise<Manifest> => {
  await requireReadable(data);
  const kept = await keepAll(data, folder);
  const keys = vault ? (await keepAll(vault, folder)).schemas : [];
  const manifest: Manifest = {
    ...{ format: FORMAT, takenAt: kept.takenAt, versions: { ...versions, postgres: kept.postgres } },
    schemas: [...kept.schemas, ...keys],
  };
  await writeFile(join(folder, MANIFEST), `${JSON.stringify(manifest, undefined, 1)}\n`, { mode: 0o600 });
  return manifest;
};
