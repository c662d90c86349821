import { systemClock } from '@cartage/eventsourcing';
import { ListeningStrategy, type KafkaUse } from '@cartage/messaging';
import type { NestFastifyApplication } from '@nestjs/platform-fastify';
import type { SpanProcessor } from '@opentelemetry/sdk-trace';
import type { Logger } from 'pino';
import type { Route } from '../auth/access';
import { asking } from '../auth/asking-issuers';
import { machineToken } from '../auth/machine-token';
import { Causes, type TracedLog } from '../causes/causes';
import { overHttp } from '../causes/elsewhere';
import { healthOf, type Health } from '../health/health';
import { serveOpenApi } from '../http/openapi';
import { serveContracts } from '../http/serve-contracts';
import { httpServer } from '../http/server';
import { trustedSecurity } from '../kafka/trust';
import { createMetrics } from '../metrics/metrics';
import { readingsOf, readingsOfHealth } from '../metrics/readings';
import { forgetful } from '../persons/erasing';
import type { Holdings } from '../persons/holdings';
import { personOverHttp, Persons } from '../persons/persons';
import type { AnyService } from '../service';
import type { CommonSettings } from '../settings/common';
import { environment as environmentOfProcess, type Environment } from '../settings/settings';
import { tracingOf } from '../tracing/open-tracing';
import { openVault } from '../vault/open';
import { awaitDatabases } from './awaiting';
import { atPath, guardingOf } from './by-path';
import { checksOf } from './checks';
import { closers, type Closers } from './closers';
import { explained, StartFailure } from './failure';
import { logOfProcess } from './log-of-process';
import { attestingOf, openAll, requireDistinct, tellDeadlines, type OpenService, type Surroundings } from './open-service';
import { requireFreePort } from './port';
import { readAllSettings } from './settings-of-all';
import { connectionsOf, rootModule, stopServing } from './serve';
import { requireSoleProcess } from './sole-process';
import { deafWiring, embeddedWiring, kafkaWiring, usesOf, type Wiring } from './wiring';

export interface StartOptions {
  /** The process's own unless given. */
  readonly environment?: Environment;
  /** Title of the OpenAPI page and default port, where several services run together. */
  readonly title?: string;
  readonly port?: number;
  /** Who is handed the spans of every trace that is kept, beside the collector of OTEL_EXPORTER_OTLP_ENDPOINT. */
  readonly spans?: SpanProcessor;
}

/** Services at work. */
export interface Running {
  /** Where they answer, such as `http://127.0.0.1:3000`. */
  readonly url: string;
  readonly log: Logger;
  /** Every address that is answered, and what it demands. */
  readonly routes: readonly Route[];
  /** What each service needs of Kafka, whether there is one here or not. */
  readonly uses: readonly KafkaUse[];
  /** How long a stop may take. */
  readonly stopWithinMs: number;
  /** Finishes what is in hand and closes everything, in this order: requests, listeners, publishers, views, connections. Safe to call again. */
  close(): Promise<void>;
}

interface Connected {
  readonly health: Health;
  readonly strategies: readonly ListeningStrategy[];
}

const wiringOf = (services: readonly OpenService[], { settings, security, closers: opened }: Surroundings): Wiring => {
  const { KAFKA_BROKERS: brokers, ROLE } = settings;
  if (ROLE === 'api') return deafWiring();
  return brokers ? kafkaWiring(settings, { brokers, ...security }, opened) : embeddedWiring(services);
};

const connectAll = (services: readonly OpenService[], around: Surroundings): Connected => {
  const { closers: opened, metrics } = around;
  const wiring = wiringOf(services, around);
  const connections = services.map((open) => ({ open, connection: wiring.connect(open) }));
  for (const { connection } of connections) opened.add(() => connection.transport.close());
  const health = healthOf([
    ...connections.flatMap(({ open, connection }) => checksOf(open, wiring.about, connection)),
    ...services.flatMap(({ parts }) => parts.checks ?? []),
  ]);
  for (const { open, connection } of connections)
    metrics.watch(readingsOf(open, connection, { inProcess: services, now: () => systemClock.now() }));
  for (const { parts } of services) if (parts.readings) metrics.watch(parts.readings);
  metrics.watch(readingsOfHealth(health));
  return {
    health,
    strategies: connections.map(({ connection }) => new ListeningStrategy(connection.transport, connection.listeners)),
  };
};

const startAttesting = async (
  open: OpenService,
  { signingKey, settings, metrics }: Pick<Surroundings, 'signingKey' | 'settings' | 'metrics'>,
  opened: Closers,
): Promise<void> => {
  const attesting = attestingOf(open, { signingKey, settings });
  if (!attesting) return;
  opened.add(attesting.stop);
  metrics.watch(attesting.readings);
  await attesting.start();
};

/** What follows: effects in the outside world and deadlines; a process that only answers requests does neither. */
const startParts = async (services: readonly OpenService[], { settings, closers: opened, ...around }: Surroundings): Promise<void> => {
  if (settings.ROLE === 'api') return;
  for (const open of services) {
    const { stop, start, onDue } = open.parts;
    if (stop) opened.add(stop);
    await start?.();
    if (onDue) opened.add(tellDeadlines(open, onDue));
    await startAttesting(open, { ...around, settings }, opened);
  }
};

/** HTTP first: an order can be taken as soon as the log can be written. A broker may be away; the listeners wait for it. */
const serve = async (app: NestFastifyApplication, { strategies }: Connected, { HOST, PORT }: CommonSettings): Promise<string> => {
  for (const strategy of strategies) app.connectMicroservice({ strategy });
  await app.init();
  await app.listen(PORT, HOST);
  await app.startAllMicroservices();
  return app.getUrl();
};

/** Ready once every view shows what was in the log: before that, an answer would lack what had been there. */
const readyOnceFilled = async (services: readonly OpenService[], { health }: Connected, log: Logger): Promise<void> => {
  try {
    await Promise.all(services.map(({ views }) => views.filled()));
    health.started();
  } catch (error) {
    log.debug({ err: error }, 'stopped before the views were filled');
  }
};

/** Readiness says no first; whoever asks it sends new requests elsewhere, and those that are on their way are answered. */
const drain = async ({ health }: Connected, settings: CommonSettings): Promise<void> => {
  health.stopping();
  await systemClock.pause(drainDelayOf(settings));
};

interface Started {
  readonly title: string;
  readonly each: readonly unknown[];
  readonly around: Surroundings;
}

const startWith = async (
  services: readonly AnyService[],
  { title, each, around }: Started,
): Promise<Pick<Running, 'url' | 'routes' | 'uses'>> => {
  const { settings, closers: opened, log } = around;
  const open = await openAll(services, each, around);
  requireDistinct(open);
  const connected = connectAll(open, around);
  await startParts(open, around);
  const answers = settings.ROLE !== 'worker';
  const { app, routes } = await httpServer(
    rootModule(open, { health: connected.health, causes: around.causes, persons: around.persons, answers }),
    {
      log,
      maxInFlight: settings.MAX_REQUESTS,
      publicationAt: atPath(services, ({ publication }) => publication),
      metrics: around.metrics,
      tracing: around.tracing,
      guarding: guardingOf(open, around),
      areaAt: atPath(services, ({ area }) => area),
    },
  );
  const connections = connectionsOf(app.getHttpServer());
  opened.add(() => stopServing(app, connections));
  serveOpenApi(app, title, settings.AUTH === 'oidc' ? routes : undefined);
  serveContracts(app);
  const url = await serve(app, connected, settings);
  void readyOnceFilled(open, connected, log);
  opened.add(() => drain(connected, settings));
  return { url, routes, uses: open.map(usesOf) };
};

const drainDelayOf = ({ DRAIN_DELAY_MS, KAFKA_BROKERS }: CommonSettings): number => DRAIN_DELAY_MS ?? (KAFKA_BROKERS ? 5_000 : 0);

const usual = ([first]: readonly AnyService[]): Required<Omit<StartOptions, 'spans'>> => ({
  environment: environmentOfProcess(),
  title: first?.title ?? 'Cartage',
  port: first?.port ?? 0,
});

/**
 * Starts services in this process: one HTTP server, one log of lines. Without KAFKA_BROKERS they hear each other directly; with it they publish
 * and listen there. Throws `StartFailure` for what a person can mend, after closing whatever was open already.
 */
export const startAll = async (given: readonly AnyService[], options: StartOptions = {}): Promise<Running> => {
  const services = given.map(forgetful);
  const { environment, title, port, spans } = { ...usual(services), ...options };
  const { common: settings, each } = readAllSettings(services, environment, port);
  if (settings.ROLE === 'migrate') throw new StartFailure(['Setting ROLE: migrate is for one service at a time, such as services/order.']);
  const log = logOfProcess(settings);
  const opened = closers();
  try {
    await requireFreePort(settings);
    await awaitDatabases(settings, log);
    const security = await trustedSecurity(settings, asking, log);
    const logs = new Map<string, TracedLog>();
    const holdings = new Map<string, Holdings>();
    const elsewhere = settings.SERVICE_URLS ?? new Map<string, string>();
    const opens = await openVault(settings, log, opened);
    const tokenOf = machineToken(settings, asking);
    const around: Surroundings = {
      ...{ settings, security, log, closers: opened, logs, holdings, ...opens, metrics: createMetrics() },
      tracing: tracingOf(services, { settings, log, spans }, opened),
      causes: new Causes({ logs, elsewhere, ask: overHttp(tokenOf) }),
      persons: new Persons({ logs, holdings, vault: opens.vault, elsewhere, ask: personOverHttp(tokenOf) }),
    };
    await requireSoleProcess(services, settings, log, opened);
    const started = await startWith(services, { title, each, around });
    return { ...started, log, stopWithinMs: drainDelayOf(settings) + settings.SHUTDOWN_TIMEOUT_MS, close: opened.close };
  } catch (error) {
    await opened.close().catch((failure: unknown) => log.warn({ err: failure }, 'closing after a failed start failed, too'));
    throw explained(error, settings);
  }
};
