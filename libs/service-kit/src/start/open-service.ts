import {
  attestedLogIn,
  joinsTransactions,
  migrateAttestations,
  migrateDeadlines,
  openEventStore,
  postgresDeadlines,
  type SigningKey,
} from '@cartage/event-store';
import { DeadlinePoller, systemClock, type DeadlineQueue, type EventStore, type OnDue, type Tracing } from '@cartage/eventsourcing';
import { isPublic, kafkaClient, migrateMessaging, postgresLock, topicWriter } from '@cartage/messaging';
import { connectionTo, sessionOptions } from '@cartage/postgres';
import { runViews, type ViewRunner } from '@cartage/views';
import type { Pool } from 'pg';
import type { Logger } from 'pino';
import { archiveIn, archiveToReadIn, requireArchive } from '../archiving/archive-in';
import { attesting } from '../attesting/attesting';
import type { Causes, TracedLog } from '../causes/causes';
import { newId } from '../ids';
import type { Metrics } from '../metrics/metrics';
import { measuredStore } from '../metrics/serving';
import { deadlinesForPreviews, poolForPreviews, storeForPreviews, vaultForPreviews } from '../preview/previewing';
import { makeSchema, migrate, migrated, poolOf, requireSchemaName } from '../postgres/pools';
import type { Holdings } from '../persons/holdings';
import type { Persons } from '../persons/persons';
import { tracedDeadlines } from '../tracing/traced-deadlines';
import { tracedStore } from '../tracing/traced-store';
import type { AnyService, Kit, Parts, People, Vault } from '../service';
import type { KafkaSecurity } from '../kafka/security';
import type { CommonSettings } from '../settings/common';
import { awaitNeeded } from './awaiting';
import type { Closers } from './closers';

/** What all services of a process share. */
export interface Surroundings {
  readonly settings: CommonSettings;
  readonly security: KafkaSecurity;
  readonly log: Logger;
  readonly vault: Vault;
  readonly people: People;
  readonly signingKey: () => Promise<SigningKey>;
  readonly closers: Closers;
  /** The logs of this process by service; each service adds its own when it opens. */
  readonly logs: Map<string, TracedLog>;
  readonly causes: Causes;
  /** What each service of this process keeps of people; each adds its own when it opens. */
  readonly holdings: Map<string, Holdings>;
  readonly persons: Persons;
  readonly metrics: Metrics;
  /** Absent: nobody wants traces. */
  readonly tracing?: Tracing | undefined;
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
  readonly tracing?: Tracing | undefined;
}

interface Storage {
  readonly pool: Pool;
  readonly store: EventStore;
}

/** In KurrentDB where one is given and the service can use it, else in the service's schema. */
const openLog = async (
  service: AnyService,
  { settings, closers }: Pick<Surroundings, 'settings' | 'closers'>,
  pool: Pool,
  log: Logger,
): Promise<EventStore> => {
  const { DATABASE_URL, EVENT_STORE_URL, KAFKA_BROKERS, ROLE, START_PATIENCE_SECONDS } = settings;
  const url = service.mayUseKurrentDb ? EVENT_STORE_URL : undefined;
  const { store, close } = await openEventStore(url ?? DATABASE_URL, {
    pool,
    log: service.schema,
    ...(service.upcasters ? { upcasters: service.upcasters } : {}),
    ...archiveToReadIn(settings),
    alone: KAFKA_BROKERS === undefined && ROLE === 'all',
    onTrouble: (error) => log.warn({ err: error }, 'the event store had trouble and goes on'),
  });
  closers.add(close);
  if (joinsTransactions(store)) await requireArchive(pool, service.schema, settings);
  if (url !== undefined)
    await awaitNeeded(
      { what: 'KurrentDB', setting: 'EVENT_STORE_URL', url },
      { log, patienceMs: START_PATIENCE_SECONDS * 1_000, ask: () => store.head() },
    );
  return store;
};

/** Brings a service's schema and tables up to date, and opens its log. */
export const openStorage = async (
  service: AnyService,
  around: Pick<Surroundings, 'settings' | 'closers'>,
  log: Logger,
): Promise<Storage> => {
  const { settings, closers } = around;
  const url = settings.DATABASE_URL;
  const pool = poolOf({ url, log }, requireSchemaName(service.schema), settings.POOL_SIZE);
  closers.add(() => pool.end());
  await makeSchema(pool, service.schema);
  await migrateMessaging(pool);
  await migrateDeadlines(pool);
  await migrate(url, service, pool);
  const store = await openLog(service, around, pool, log);
  if (joinsTransactions(store)) await migrateAttestations(pool);
  return { pool, store };
};

/** Measured, and traced where somebody wants traces. */
const seenStore = (store: EventStore, { name, schema }: AnyService, { metrics, tracing }: Surroundings): EventStore => {
  const measured = measuredStore(store, name, metrics.appends);
  return tracing ? tracedStore(measured, schema, tracing) : measured;
};

/** What a service may do that others must not do at the same time, or on topics that are nobody's log. */
const outsideOf = ({ name }: AnyService, { settings, security }: Surroundings, log: Logger): Pick<Kit, 'topicWriter' | 'lock'> => {
  const { KAFKA_BROKERS: brokers, KAFKA_PARTITIONS: partitions, DATABASE_URL } = settings;
  const kafka = brokers && (() => kafkaClient({ brokers, clientId: `cartage-${name}`, log, ...security }));
  return {
    topicWriter: kafka && (() => topicWriter({ kafka: kafka(), log, shape: { partitions, replicas: -1 } })),
    lock: (lock) => postgresLock({ connection: connectionTo(DATABASE_URL, sessionOptions()), name: lock, log }),
  };
};

/** Opens what a service stands on (schema, log, tables, views), and builds its parts. What it opens, it gives to the closers. */
const openService = async (service: AnyService, settings: unknown, around: Surroundings): Promise<OpenService> => {
  const log = around.log.child({ service: service.name });
  const storage = await openStorage(service, around, log);
  const views = await runViews({ ...storage, views: service.views, log, follows: around.settings.ROLE !== 'api' });
  around.closers.add(() => views.stop());
  const deadlines = postgresDeadlines({ pool: storage.pool, clock: systemClock });
  const { publication } = service;
  around.logs.set(service.name, { publication, traces: storage.store.traces });
  const kit: Kit = {
    store: storeForPreviews(seenStore(storage.store, service, around)),
    pool: poolForPreviews(storage.pool),
    settings,
    log,
    tracing: around.tracing,
    login: around.settings,
    newId,
    vault: vaultForPreviews(around.vault),
    people: around.people,
    now: () => systemClock.now(),
    clock: systemClock,
    deadlines: deadlinesForPreviews(deadlines),
    isPublic: publication ? isPublic(publication) : () => false,
    causes: (ids, concerns) => around.causes.graph(ids, concerns),
    persons: (asked) => around.persons.everywhere(asked),
    ...outsideOf(service, around, log),
    viewReached: (view, position) => views.reached(view.name, position),
  };
  const parts = await service.compose(kit);
  if (service.holdings) around.holdings.set(service.name, service.holdings(kit));
  return { service, ...storage, views, deadlines, parts, log, tracing: around.tracing };
};

/** Opens all services of a process, and gives back what only their migrations needed. */
export const openAll = async (
  services: readonly AnyService[],
  each: readonly unknown[],
  around: Surroundings,
): Promise<readonly OpenService[]> => {
  const opened = await Promise.allSettled(services.map((service, i) => openService(service, each[i], around)));
  migrated();
  // Only when none is still opening, so that the closers know of everything.
  const failed = opened.find((result) => result.status === 'rejected');
  if (failed) throw failed.reason;
  return opened.flatMap((result) => (result.status === 'fulfilled' ? [result.value] : []));
};

/** Who signs for the log of a service; nothing where it is kept in KurrentDB. */
export const attestingOf = (
  { service, store, pool, log }: OpenService,
  { signingKey, settings }: Pick<Surroundings, 'signingKey' | 'settings'>,
): ReturnType<typeof attesting> | undefined =>
  joinsTransactions(store)
    ? attesting({
        ...{ service: service.name, attested: attestedLogIn(pool, service.schema, archiveIn(settings).archive), signingKey, log },
        ...{ clock: systemClock, now: () => systemClock.now() },
      })
    : undefined;

const twice = (names: readonly string[]): readonly string[] => names.filter((name, i) => names.indexOf(name) !== i);

/** Services that claim the same name would read each other's rows, positions or requests. */
export const requireDistinct = (services: readonly OpenService[]): void => {
  const claims: Readonly<Record<string, readonly string[]>> = {
    name: services.map(({ service }) => service.name),
    schema: services.map(({ service }) => service.schema),
    path: services.flatMap(({ service }) => service.paths),
    topic: services.flatMap(({ service: { publication } }) => (publication ? [publication.topic] : [])),
    group: services.flatMap(({ parts }) => parts.listeners.map(({ group }) => group)),
  };
  for (const [kind, names] of Object.entries(claims))
    for (const name of twice(names)) throw new Error(`Two services or listeners claim the ${kind} "${name}".`);
};

/** Tells a service's deadlines from now on; ends, with what is in hand finished, when it is stopped. */
export const tellDeadlines = ({ deadlines, log, tracing }: OpenService, tell: OnDue): (() => Promise<void>) => {
  const onDue = tracing ? tracedDeadlines(tracing, tell) : tell;
  const stopping = new AbortController();
  const poller = new DeadlinePoller(deadlines, onDue, {
    onTrouble: (error, deadline) => log.warn({ err: error, deadline: deadline?.id }, 'a deadline could not be told, and is tried again'),
  });
  const told = poller.run(stopping.signal);
  return () => {
    stopping.abort();
    return told;
  };
};
