import { systemClock } from '@cartage/eventsourcing';
import { ListeningStrategy } from '@cartage/messaging';
import type { NestFastifyApplication } from '@nestjs/platform-fastify';
import type { Logger } from 'pino';
import { Causes, type TracedLog } from '../causes/causes';
import { overHttp } from '../causes/elsewhere';
import { healthOf, type Health } from '../health/health';
import { serveOpenApi } from '../http/openapi';
import { httpServer } from '../http/server';
import { logger } from '../logging';
import type { PublicationAt } from '../preview/answering';
import { createMetrics } from '../metrics/metrics';
import { readingsOf, readingsOfHealth } from '../metrics/readings';
import type { AnyService } from '../service';
import type { CommonSettings } from '../settings/common';
import { environment as environmentOfProcess, type Environment } from '../settings/settings';
import { openVault } from '../vault/open';
import { checksOf } from './checks';
import { closers, type Closers } from './closers';
import { explained, StartFailure } from './failure';
import { openService, requireDistinct, tellDeadlines, type OpenService, type Surroundings } from './open-service';
import { readAllSettings } from './settings-of-all';
import { connectionsOf, rootModule, stopServing } from './serve';
import { requireSoleProcess } from './sole-process';
import { deafWiring, embeddedWiring, kafkaWiring, type Wiring } from './wiring';

export interface StartOptions {
  /** The process's own unless given. */
  readonly environment?: Environment;
  /** Title of the OpenAPI page and default port, where several services run together. */
  readonly title?: string;
  readonly port?: number;
}

/** Services at work. */
export interface Running {
  /** Where they answer, such as `http://127.0.0.1:3000`. */
  readonly url: string;
  readonly log: Logger;
  /** How long a stop may take. */
  readonly stopWithinMs: number;
  /** Finishes what is in hand and closes everything, in this order: requests, listeners, publishers, views, connections. Safe to call again. */
  close(): Promise<void>;
}

const openAll = async (
  services: readonly AnyService[],
  each: readonly unknown[],
  around: Surroundings,
): Promise<readonly OpenService[]> => {
  const opened = await Promise.allSettled(services.map((service, i) => openService(service, each[i], around)));
  // Only when none is still opening, so that the closers know of everything.
  const failed = opened.find((result) => result.status === 'rejected');
  if (failed) throw failed.reason;
  return opened.flatMap((result) => (result.status === 'fulfilled' ? [result.value] : []));
};

interface Connected {
  readonly health: Health;
  readonly strategies: readonly ListeningStrategy[];
}

const wiringOf = (services: readonly OpenService[], settings: CommonSettings, opened: Closers): Wiring => {
  const { KAFKA_BROKERS: brokers, ROLE } = settings;
  if (ROLE === 'api') return deafWiring();
  return brokers ? kafkaWiring(settings, brokers, opened) : embeddedWiring(services);
};

const connectAll = (services: readonly OpenService[], { settings, closers: opened, metrics }: Surroundings): Connected => {
  const wiring = wiringOf(services, settings, opened);
  const connections = services.map((open) => ({ open, connection: wiring.connect(open) }));
  for (const { connection } of connections) opened.add(() => connection.transport.close());
  const health = healthOf(connections.flatMap(({ open, connection }) => checksOf(open, wiring.about, connection)));
  for (const { open, connection } of connections) metrics.watch(readingsOf(open, connection, () => systemClock.now()));
  for (const { parts } of services) if (parts.readings) metrics.watch(parts.readings);
  metrics.watch(readingsOfHealth(health));
  return {
    health,
    strategies: connections.map(({ connection }) => new ListeningStrategy(connection.transport, connection.listeners)),
  };
};

/** What follows: effects in the outside world and deadlines; a process that only answers requests does neither. */
const startParts = async (services: readonly OpenService[], { ROLE }: CommonSettings, opened: Closers): Promise<void> => {
  if (ROLE === 'api') return;
  for (const open of services) {
    const { stop, start, onDue } = open.parts;
    if (stop) opened.add(stop);
    await start?.();
    if (onDue) opened.add(tellDeadlines(open, onDue));
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

const publicationsOf = (services: readonly AnyService[]): PublicationAt => {
  const byPath = new Map(services.flatMap(({ paths, publication }) => paths.map((path) => [path, publication] as const)));
  return (path) => byPath.get(path);
};

interface Started {
  readonly title: string;
  readonly each: readonly unknown[];
  readonly around: Surroundings;
}

const startWith = async (services: readonly AnyService[], { title, each, around }: Started): Promise<string> => {
  const { settings, closers: opened, log } = around;
  const open = await openAll(services, each, around);
  requireDistinct(open);
  const connected = connectAll(open, around);
  await startParts(open, settings, opened);
  const answers = settings.ROLE !== 'worker';
  const app = await httpServer(rootModule(open, { health: connected.health, causes: around.causes, answers }), {
    log,
    maxInFlight: settings.MAX_REQUESTS,
    publicationAt: publicationsOf(services),
    metrics: around.metrics,
  });
  const connections = connectionsOf(app.getHttpServer());
  opened.add(() => stopServing(app, connections));
  serveOpenApi(app, title);
  const url = await serve(app, connected, settings);
  void readyOnceFilled(open, connected, log);
  opened.add(() => drain(connected, settings));
  return url;
};

const drainDelayOf = ({ DRAIN_DELAY_MS, KAFKA_BROKERS }: CommonSettings): number => DRAIN_DELAY_MS ?? (KAFKA_BROKERS ? 5_000 : 0);

const usual = ([first]: readonly AnyService[]): Required<StartOptions> => ({
  environment: environmentOfProcess(),
  title: first?.title ?? 'Cartage',
  port: first?.port ?? 0,
});

/**
 * Starts services in this process: one HTTP server, one log of lines. Without KAFKA_BROKERS they hear each other directly; with it they publish
 * and listen there. Throws `StartFailure` for what a person can mend, after closing whatever was open already.
 */
export const startAll = async (services: readonly AnyService[], options: StartOptions = {}): Promise<Running> => {
  const { environment, title, port } = { ...usual(services), ...options };
  const { common: settings, each } = readAllSettings(services, environment, port);
  if (settings.ROLE === 'migrate') throw new StartFailure(['Setting ROLE: migrate is for one service at a time, such as services/order.']);
  const log = logger(settings.LOG_LEVEL);
  const opened = closers();
  try {
    const logs = new Map<string, TracedLog>();
    const causes = new Causes({ logs, elsewhere: settings.SERVICE_URLS ?? new Map(), ask: overHttp });
    const around: Surroundings = {
      ...{ settings, log, closers: opened, logs, causes, metrics: createMetrics() },
      ...(await openVault(settings, log, opened)),
    };
    await requireSoleProcess(services, settings, log, opened);
    const url = await startWith(services, { title, each, around });
    return { url, log, stopWithinMs: drainDelayOf(settings) + settings.SHUTDOWN_TIMEOUT_MS, close: opened.close };
  } catch (error) {
    await opened.close().catch((failure: unknown) => log.warn({ err: failure }, 'closing after a failed start failed, too'));
    throw explained(error, settings);
  }
};
