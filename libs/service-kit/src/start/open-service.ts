import { migrateDeadlines, openEventStore, postgresDeadlines } from '@cartage/event-store';
import { systemClock, type DeadlineQueue, type EventStore } from '@cartage/eventsourcing';
import { isPublic, migrateMessaging } from '@cartage/messaging';
import { runViews, type ViewRunner } from '@cartage/views';
import type { Pool } from 'pg';
import type { Logger } from 'pino';
import type { DataSource } from 'typeorm';
import { newId } from '../ids';
import { dataSourceOf, makeSchema, migrate, poolOf, requireSchemaName } from '../postgres/pools';
import type { AnyService, Kit, Parts, Vault } from '../service';
import type { CommonSettings } from '../settings/common';
import type { Closers } from './closers';

/** What all services of a process share. */
export interface Surroundings {
  readonly settings: CommonSettings;
  readonly log: Logger;
  readonly vault: Vault;
  readonly closers: Closers;
}

/** A service with everything that it stands on, ready to listen and to be asked. */
export interface OpenService {
  readonly service: AnyService;
  readonly pool: Pool;
  readonly store: EventStore;
  readonly views: ViewRunner;
  readonly deadlines: DeadlineQueue;
  readonly parts: Parts;
  readonly log: Logger;
}

interface Storage {
  readonly pool: Pool;
  readonly db: DataSource;
  readonly store: EventStore;
}

/** In KurrentDB where one is given and the service can use it, else in the service's schema. */
const openLog = async (service: AnyService, { settings, closers }: Surroundings, pool: Pool, log: Logger): Promise<EventStore> => {
  const { DATABASE_URL, EVENT_STORE_URL, KAFKA_BROKERS, ROLE } = settings;
  const address = service.mayUseKurrentDb ? (EVENT_STORE_URL ?? DATABASE_URL) : DATABASE_URL;
  const { store, close } = await openEventStore(address, {
    pool,
    log: service.schema,
    ...(service.upcasters ? { upcasters: service.upcasters } : {}),
    alone: KAFKA_BROKERS === undefined && ROLE === 'all',
    onTrouble: (error) => log.warn({ err: error }, 'the event store had trouble and goes on'),
  });
  closers.add(close);
  return store;
};

const openStorage = async (service: AnyService, around: Surroundings, log: Logger): Promise<Storage> => {
  const { settings, closers } = around;
  const url = settings.DATABASE_URL;
  const pool = poolOf({ url, log }, requireSchemaName(service.schema), settings.POOL_SIZE);
  closers.add(() => pool.end());
  await makeSchema(pool, service.schema);
  await migrateMessaging(pool);
  await migrateDeadlines(pool);
  await migrate(url, service, pool);
  const db = await dataSourceOf(url, service).initialize();
  closers.add(() => db.destroy());
  return { pool, db, store: await openLog(service, around, pool, log) };
};

/** Opens what a service stands on (schema, log, tables, views), and builds its parts. What it opens, it gives to the closers. */
export const openService = async (service: AnyService, settings: unknown, around: Surroundings): Promise<OpenService> => {
  const log = around.log.child({ service: service.name });
  const storage = await openStorage(service, around, log);
  const views = await runViews({ ...storage, views: service.views, log, follows: around.settings.ROLE !== 'api' });
  around.closers.add(() => views.stop());
  const deadlines = postgresDeadlines({ pool: storage.pool, clock: systemClock });
  const kit: Kit = {
    ...storage,
    settings,
    log,
    newId,
    vault: around.vault,
    now: () => systemClock.now(),
    clock: systemClock,
    deadlines,
    isPublic: isPublic(service.publication),
    viewReached: (view, position) => views.reached(view.name, position),
  };
  const parts = await service.compose(kit);
  return { service, ...storage, views, deadlines, parts, log };
};
