import { migrateEventStore, postgresEventStore } from '@cartage/event-store';
import { DeadlinePoller, numberOf, positionOf, systemClock, type EventStore } from '@cartage/eventsourcing';
import { alone, embeddedTransport, isPublic, LogReader, type AnyListener, type Transport } from '@cartage/messaging';
import { readSettings, type AnyService, type Kit, type Parts } from '@cartage/service-kit';
import { prepareTables, runViews, type AnyView } from '@cartage/views';
import { Pool } from 'pg';
import type { Logger } from 'pino';
import { DataSource } from 'typeorm';
import type { FollowedLog } from './committed-log';
import type { SimulatedDatabase } from './database';
import type { Durable } from './durable';
import { never, through, type LifeLine } from './life-line';
import { simulatedPeople, simulatedVault } from './vault';

/** What a machine stands on, and who stands beside it. */
export interface Surroundings {
  readonly database: SimulatedDatabase;
  readonly line: LifeLine;
  readonly durable: Durable;
  readonly newId: () => string;
  readonly log: Logger;
  /** The logs that its listeners follow: of every service, whether it runs or not. */
  readonly logs: ReadonlyMap<string, { readonly service: AnyService; readonly log: FollowedLog }>;
  /** Before an event is handled, and how often it is. */
  readonly handling: (listener: AnyListener, run: () => Promise<unknown>) => Promise<unknown>;
  /** How far back a listener begins again: what it did since its checkpoint was saved. */
  readonly forgotten: () => number;
}

const optionsOf = (schema: string): string => `-c search_path=${schema}`;

const neverCut = (): boolean => false;

/** What a process that has crashed still had in mind to ask comes to nobody. */
const streamOf = (database: SimulatedDatabase, owner: string, isCut: () => boolean) => (): never => {
  const socket = database.connect(owner);
  if (isCut()) socket.abandon();
  return socket as never;
};

export const poolOf = (database: SimulatedDatabase, { name, schema }: AnyService, isCut = neverCut): Pool => {
  const pool = new Pool({ stream: streamOf(database, name, isCut), options: optionsOf(schema), max: 8, idleTimeoutMillis: 0 });
  pool.on('error', () => undefined);
  return pool;
};

const dataSourceOf = (database: SimulatedDatabase, { name, schema, migrations }: AnyService): DataSource =>
  new DataSource({
    ...{ type: 'postgres', schema, migrations: [...migrations], migrationsTableName: 'migration' },
    ...{ installExtensions: false, poolSize: 2 },
    extra: { stream: streamOf(database, name, neverCut), options: optionsOf(schema), idleTimeoutMillis: 0 },
  });

/** Services whose rows and events land in one transaction. */
const IN_DATABASE: ReadonlySet<string> = new Set(['inventory', 'payment-verification']);

export const keepsLogInMemory = ({ name }: AnyService): boolean => !IN_DATABASE.has(name);

/** Views that commands go by; the others nobody asks here. */
const WORKING: ReadonlySet<string> = new Set(['provider_call_open', 'payment_movement', 'promise_policies', 'promise_calendars']);

const working = ({ views }: AnyService): readonly AnyView[] => views.filter(({ name }) => WORKING.has(name));

/** Makes the tables of a service. */
export const prepare = async (database: SimulatedDatabase, service: AnyService): Promise<void> => {
  const pool = poolOf(database, service);
  await pool.query(`create schema if not exists ${service.schema}`);
  const db = await dataSourceOf(database, service).initialize();
  await db.runMigrations({ transaction: 'each' });
  await db.destroy();
  if (!keepsLogInMemory(service)) await migrateEventStore(pool);
  await prepareTables(pool, service.views);
  await pool.end();
};

const FAR = ['readMany', 'heads', 'appendMany', 'head'] as const;

/** One service at work, until it crashes. */
export interface Machine {
  readonly parts: Parts;
  readonly store: EventStore;
  readonly transport: Transport;
}

const kitOf = (service: AnyService, around: Surroundings, own: Pick<Kit, 'store' | 'pool'>): Kit => ({
  ...own,
  settings: readSettings(service.settings, {}),
  vault: simulatedVault,
  people: simulatedPeople,
  newId: around.newId,
  now: () => systemClock.now(),
  clock: systemClock,
  deadlines: through(around.line, around.durable.deadlines, ['set', 'cancel']),
  log: around.log,
  login: { AUTH: 'none', AUTH_ISSUER: undefined, AUTH_AUDIENCE: undefined },
  isPublic: service.publication ? isPublic(service.publication) : () => false,
  causes: () => Promise.reject(new Error('Causes are not simulated.')),
  persons: () => Promise.reject(new Error('Nobody asks for what is known of a person here.')),
  topicWriter: undefined,
  lock: () => alone,
  viewReached: async () => undefined,
});

const handled = (around: Surroundings, listener: AnyListener): AnyListener => ({
  ...listener,
  on: Object.fromEntries(
    Object.entries(listener.on).map(([type, taken]) => [
      type,
      typeof taken === 'function' ? (...given: Parameters<typeof taken>) => around.handling(listener, () => taken(...given)) : taken,
    ]),
  ),
});

/** A log that comes over a wire, batch by batch, until whoever follows it is no more. */
const heardOver = (line: LifeLine, log: FollowedLog): EventStore => {
  const elsewhere = (): Promise<never> => Promise.reject(new Error('Whoever follows a log only follows it.'));
  return {
    ...{ readMany: elsewhere, heads: elsewhere, appendMany: elsewhere },
    head: () => log.head(),
    follow: async function* (options) {
      for await (const batch of log.follow(options)) {
        await line.crossing();
        if (line.isCut()) await never();
        yield batch;
      }
    },
  };
};

const transportOf = (around: Surroundings): Transport => {
  const { line, durable, log, logs } = around;
  const readers = [...logs.values()].flatMap(({ service: { publication }, log: followed }) => {
    if (!publication) return [];
    const reader = new LogReader({ store: heardOver(line, followed), publication, log });
    return [[publication.topic, reader] as const];
  });
  const { load, save } = through(line, durable.checkpoints, ['load', 'save']);
  const back = (position: string): string => {
    const number = Math.max(0, numberOf(position) - around.forgotten());
    return number === 0 ? '' : positionOf(number);
  };
  return embeddedTransport({
    sources: new Map(readers),
    checkpoints: { load: async (group) => back(await load(group)), save },
    deadLetters: through(line, durable.deadLetters, ['blocked', 'bury', 'postpone', 'queue', 'claim', 'taken', 'failed', 'early']),
    log,
  });
};

const pollerOf = ({ line, durable, log }: Surroundings, { onDue = async () => undefined }: Parts): DeadlinePoller =>
  new DeadlinePoller(through(line, durable.deadlines, ['take', 'settle', 'postpone', 'nextAt']), onDue, {
    onTrouble: (error, deadline) => log.warn({ err: error, deadline: deadline?.id }, 'a deadline could not be told, and is tried again'),
  });

/** Starts a service on what is durable of it. */
export const startMachine = async (service: AnyService, around: Surroundings): Promise<Machine> => {
  const { database, line, durable } = around;
  const pool = poolOf(database, service, line.isCut);
  const store = durable.store ? through(line, durable.store, FAR) : postgresEventStore({ pool, alone: true });
  const views = working(service);
  if (views.length > 0) await runViews({ store, pool, views, log: around.log });
  const parts = await service.compose(kitOf(service, around, { store, pool }));
  await parts.start?.();
  const transport = transportOf(around);
  for (const listener of parts.listeners) await transport.listen(handled(around, listener));
  void pollerOf(around, parts).run(new AbortController().signal);
  return { parts, store, transport };
};
