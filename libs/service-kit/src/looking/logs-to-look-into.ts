import { kurrentEventStore, postgresEventStore } from '@cartage/event-store';
import { codecOf, withCodec, type EventStore } from '@cartage/eventsourcing';
import type { Pool } from 'pg';
import type { Logger } from 'pino';
import { logger } from '../logging';
import { poolOf, requireSchemaName } from '../postgres/pools';
import { unreadableOf } from '../postgres/readable';
import type { AnyService, Vault } from '../service';
import { readCommonSettings, type CommonSettings } from '../settings/common';
import type { Environment } from '../settings/settings';
import { archiveToReadIn } from '../archiving/archive-in';
import { closers, type Closers } from '../start/closers';
import { openVault } from '../vault/open';

/** What a service keeps, for a person who looks into it and changes nothing. */
export interface LogToLookInto {
  readonly service: AnyService;
  readonly store: EventStore;
  readonly inKurrentDb: boolean;
  /** Connections whose search path is the service's schema. */
  readonly pool: Pool;
}

export interface LookedInto {
  /** Of those services that were ever started on this database. */
  readonly logs: readonly LogToLookInto[];
  /** Schemas of those that DATABASE_URL may not read. */
  readonly unreadable: readonly string[];
  /** Opens what is sealed; absent without the master key. */
  readonly vault: Vault | undefined;
}

/** Nothing is made that is not there: neither tables nor functions, which may belong to another version of the program. */
const storeOf = (service: AnyService, pool: Pool, settings: CommonSettings, opened: Closers): EventStore => {
  const codec = codecOf(service.upcasters ?? {});
  const { EVENT_STORE_URL } = settings;
  if (!service.mayUseKurrentDb || EVENT_STORE_URL === undefined)
    return withCodec(postgresEventStore({ pool, ...archiveToReadIn(settings) }), codec);
  const store = kurrentEventStore({ connectionString: EVENT_STORE_URL, log: service.schema, index: pool });
  opened.add(() => store.dispose());
  return withCodec(store, codec);
};

const isThere = async (pool: Pool): Promise<boolean> => {
  const { rows } = await pool.query<{ there: boolean }>(`select to_regclass('deadline') is not null as there`);
  return rows[0]?.there === true;
};

const logOf = async (
  service: AnyService,
  settings: CommonSettings,
  { log, opened }: { readonly log: Logger; readonly opened: Closers },
): Promise<readonly LogToLookInto[]> => {
  const pool = poolOf({ url: settings.DATABASE_URL, log }, requireSchemaName(service.schema), 2);
  opened.add(() => pool.end());
  if (!(await isThere(pool))) return [];
  const inKurrentDb = service.mayUseKurrentDb === true && settings.EVENT_STORE_URL !== undefined;
  return [{ service, pool, inKurrentDb, store: storeOf(service, pool, settings, opened) }];
};

/** As a process that only answers: it rewraps nothing. A key's file that is not there is not made. */
const vaultIn = async (settings: CommonSettings, log: Logger, opened: Closers): Promise<Vault | undefined> => {
  const { MASTER_KEY, MASTER_KEY_FILE } = settings;
  if (MASTER_KEY === undefined && MASTER_KEY_FILE === undefined) return undefined;
  return (await openVault({ ...settings, ROLE: 'api' }, log, opened, { makeFile: false })).vault;
};

/** Opens the logs of these services as DATABASE_URL and EVENT_STORE_URL say, hands them to `work`, and closes them. For a command. */
export const lookInto = async <Result>(
  services: readonly AnyService[],
  environment: Environment,
  work: (found: LookedInto) => Promise<Result>,
): Promise<Result> => {
  const opened = closers();
  const settings = readCommonSettings(environment, 0);
  const log = logger('silent');
  try {
    const looking = poolOf({ url: settings.DATABASE_URL, log }, 'public', 1);
    opened.add(() => looking.end());
    const schemas = services.map(({ schema }) => schema);
    const unreadable = await unreadableOf(looking, schemas);
    const logs: LogToLookInto[] = [];
    for (const service of services) logs.push(...(await logOf(service, settings, { log, opened })));
    return await work({ logs, unreadable, vault: await vaultIn(settings, log, opened) });
  } finally {
    await opened.close();
  }
};
