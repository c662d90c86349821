import { createReadStream } from 'node:fs';
import { join } from 'node:path';
import { createInterface } from 'node:readline';
import { createGunzip } from 'node:zlib';
import { positionOf, START, type Position } from '@cartage/eventsourcing';
import { publisherOf } from '@cartage/messaging';
import { connectionTo } from '@cartage/postgres';
import type { AnyService, DatabaseAddresses } from '@cartage/service-kit';
import { Client, escapeIdentifier as quoted, type ClientBase } from 'pg';
import { Trouble } from '../client/client';
import { brokenFiles, readManifest, type Column, type KeptSchema, type KeptTable, type Manifest } from './manifest';
import { inOrderOfReferences, migrationsOf, nameOf, tablesOf, type Table } from './tables';
import { UNHURRIED } from './taking';

export interface Restoring {
  readonly folder: string;
  readonly into: DatabaseAddresses;
  readonly services: readonly AnyService[];
  /** Makes the tables as this version of the program needs them. */
  readonly migrate: () => Promise<void>;
  /** Where there is Kafka: what was recorded so long before the backup, and later, is sent again. */
  readonly sendAgainHours?: number;
}

export interface Restored {
  readonly manifest: Manifest;
  readonly rows: number;
  /** Views of other versions of the program: this one makes its own anew. */
  readonly leftOut: readonly string[];
}

const VAULT = 'vault';
const ROWS_AT_ONCE = 2_000;

const connected = async <Result>(url: string, work: (client: ClientBase) => Promise<Result>): Promise<Result> => {
  const client = new Client({ ...connectionTo(url, UNHURRIED), application_name: 'cartage restore' });
  await client.connect();
  try {
    return await work(client);
  } finally {
    await client.end();
  }
};

/** What is there is never mixed with what comes back. */
const requireEmpty = async (client: ClientBase, schemas: readonly string[]): Promise<void> => {
  for (const schema of schemas) {
    const events = `${quoted(schema)}.${schema === VAULT ? 'data_key' : 'events'}`;
    const { rows } = await client.query<{ there: boolean }>('select to_regclass($1) is not null as there', [events]);
    const { rows: found } = rows[0]?.there ? await client.query(`select 1 from ${events} limit 1`) : { rows: [] };
    if (found.length > 0)
      throw new Trouble(
        `There is something in ${schema} already. Restore into a database without data, and let services run on it afterwards.`,
      );
  }
};

const sameList = (one: readonly unknown[], other: readonly unknown[]): boolean => JSON.stringify(one) === JSON.stringify(other);

const requireSameVersion = async (
  client: ClientBase,
  { schema, migrations }: KeptSchema,
  versions: Manifest['versions'],
): Promise<void> => {
  const here = await migrationsOf(client, schema);
  if (sameList(here, migrations)) return;
  throw new Trouble(
    `The tables of ${schema} are of another version: the backup has ${migrations.at(-1) ?? 'no migration'}, this program makes ${here.at(-1) ?? 'none'}. Restore with the version that it was taken with (Cartage ${versions['cartage'] ?? '?'}), and upgrade then.`,
  );
};

async function* batchesOf(file: string): AsyncGenerator<readonly string[]> {
  let batch: string[] = [];
  for await (const line of createInterface({ input: createReadStream(file).pipe(createGunzip()), crlfDelay: Infinity })) {
    batch.push(JSON.parse(line) as string);
    if (batch.length < ROWS_AT_ONCE) continue;
    yield batch;
    batch = [];
  }
  if (batch.length > 0) yield batch;
}

const listed = (columns: readonly Column[]): string => columns.map(({ name }) => quoted(name)).join(', ');

const loadTable = async (client: ClientBase, file: string, table: Table): Promise<number> => {
  const columns = listed(table.columns);
  await client.query(`create temp table kept_shape on commit drop as select ${columns} from ${nameOf(table)} limit 0`);
  let loaded = 0;
  for await (const lines of batchesOf(file)) {
    const { rowCount } = await client.query(
      `insert into ${nameOf(table)} (${columns}) overriding system value select ${columns} from unnest($1::kept_shape[])`,
      [lines],
    );
    loaded += rowCount ?? 0;
  }
  await client.query('drop table kept_shape');
  return loaded;
};

/** Their places in their views were kept in the backup; of tables that are not here nobody asks, and those that only are here begin at the beginning. */
const mendViewState = async (client: ClientBase, schema: string, gone: readonly string[], own: readonly string[]): Promise<void> => {
  const state = `${quoted(schema)}.view_state`;
  await client.query(`delete from ${state} where table_name = any($1)`, [gone]);
  await client.query(`insert into ${state} select * from kept_view_state where table_name = any($1) on conflict do nothing`, [own]);
};

interface Loaded {
  readonly rows: number;
  readonly leftOut: readonly string[];
}

const loadSchema = async (client: ClientBase, folder: string, kept: KeptSchema): Promise<Loaded> => {
  const { schema } = kept;
  const here = (await inOrderOfReferences(client, await tablesOf(client, [schema]))).filter(({ table }) => table !== 'migration');
  const byName = new Map<string, KeptTable>(kept.tables.map((each) => [each.table, each]));
  const hasViews = here.some(({ table }) => table === 'view_state');
  if (hasViews) await client.query(`create temp table kept_view_state on commit drop as select * from ${quoted(schema)}.view_state`);
  await client.query(`truncate ${here.map(nameOf).join(', ')}`);
  let rows = 0;
  for (const table of here) {
    const from = byName.get(table.table);
    if (!from) continue;
    if (!sameList(from.columns, table.columns)) throw new Trouble(`${schema}.${table.table} has other columns here than in the backup.`);
    const loaded = await loadTable(client, join(folder, from.file), table);
    if (loaded !== from.rows) throw new Error(`${from.file} gave ${loaded} rows of ${from.rows}.`);
    rows += loaded;
  }
  const names = new Set(here.map(({ table }) => table));
  const leftOut = kept.tables.map(({ table }) => table).filter((table) => !names.has(table));
  if (hasViews)
    await mendViewState(
      client,
      schema,
      leftOut,
      [...names].filter((name) => !byName.has(name)),
    );
  if (hasViews) await client.query('drop table kept_view_state');
  return { rows, leftOut: leftOut.map((table) => `${schema}.${table}`) };
};

const setSequences = async (client: ClientBase, { schema, sequences }: KeptSchema): Promise<void> => {
  for (const [name, last] of Object.entries(sequences))
    await client.query('select setval($1::regclass, $2)', [`${quoted(schema)}.${quoted(name)}`, last]);
};

/** The last event of a log before this instant; the beginning where the log is not here. */
const lastBefore = async (client: ClientBase, schema: string, since: Date): Promise<Position> => {
  const { rows } = await client.query<{ there: boolean }>(`select to_regclass($1) is not null as there`, [`${schema}.events`]);
  if (rows[0]?.there !== true) return START;
  const sql = `select max(position) as last from ${quoted(schema)}.events where recorded_at < $1`;
  const last = (await client.query<{ last: string | null }>(sql, [since])).rows[0]?.last ?? null;
  return last === null ? START : positionOf(Number(last));
};

/** What is now keeps count in a table of its own: all of it is told again. */
const putStatesBack = async (client: ClientBase, schema: string): Promise<void> => {
  const { rows } = await client.query<{ there: boolean }>(`select to_regclass($1) is not null as there`, [`${schema}.standing_progress`]);
  if (rows[0]?.there === true) await client.query(`update ${quoted(schema)}.standing_progress set published = 0`);
};

/** Up to where each publisher has come, put back: it sends again, with the same ids, what is newer. */
const putPublishersBack = async (
  client: ClientBase,
  services: readonly AnyService[],
  { takenAt }: Manifest,
  hours: number,
): Promise<void> => {
  const since = new Date(Date.parse(takenAt) - hours * 3_600_000);
  for (const { schema, publication } of services) {
    const checkpoint = `${quoted(schema)}.checkpoint`;
    const own = publication ? publisherOf(publication.topic) : '';
    // Whoever publishes something else than the log, such as the journal, counts otherwise: all of it is sent again.
    await client.query(`update ${checkpoint} set position = $2 where name like 'publisher.%' and name <> $1`, [own, START]);
    await putStatesBack(client, schema);
    if (publication)
      await client.query(`update ${checkpoint} set position = least(position, $2 collate "C") where name = $1`, [
        own,
        await lastBefore(client, schema, since),
      ]);
  }
};

const loadAll = async (
  url: string,
  schemas: readonly KeptSchema[],
  { folder, services, sendAgainHours }: Restoring,
  manifest: Manifest,
): Promise<Loaded> =>
  connected(url, async (client) => {
    await client.query('begin');
    let rows = 0;
    const leftOut: string[] = [];
    for (const kept of schemas) {
      await requireSameVersion(client, kept, manifest.versions);
      const loaded = await loadSchema(client, folder, kept);
      await setSequences(client, kept);
      rows += loaded.rows;
      leftOut.push(...loaded.leftOut);
    }
    const there = services.filter(({ schema }) => schemas.some((kept) => kept.schema === schema));
    if (sendAgainHours !== undefined) await putPublishersBack(client, there, manifest, sendAgainHours);
    await client.query('commit');
    await client.query('analyze');
    return { rows, leftOut };
  });

/** Loads a backup into a database without data: each database whole, in one transaction, or not at all. */
export const restoreBackup = async (restoring: Restoring): Promise<Restored> => {
  const { folder, into } = restoring;
  const manifest = readManifest(folder);
  const broken = await brokenFiles(folder, manifest);
  if (broken.length > 0) throw new Trouble(`The backup is not as it was written: ${broken.join(', ')}.`);
  const isApart = ({ schema }: KeptSchema): boolean => schema === VAULT && into.vaultUrl !== undefined;
  const [keys, data] = [manifest.schemas.filter(isApart), manifest.schemas.filter((each) => !isApart(each))];
  await connected(into.url, (client) =>
    requireEmpty(
      client,
      data.map(({ schema }) => schema),
    ),
  );
  if (into.vaultUrl !== undefined) await connected(into.vaultUrl, (client) => requireEmpty(client, [VAULT]));
  await restoring.migrate();
  const loaded = await loadAll(into.url, data, restoring, manifest);
  const more = into.vaultUrl === undefined ? { rows: 0, leftOut: [] } : await loadAll(into.vaultUrl, keys, restoring, manifest);
  return { manifest, rows: loaded.rows + more.rows, leftOut: [...loaded.leftOut, ...more.leftOut] };
};
