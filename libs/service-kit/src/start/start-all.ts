import { ListeningStrategy } from '@cartage/messaging';
import type { NestFastifyApplication } from '@nestjs/platform-fastify';
import type { Logger } from 'pino';
import { healthOf, type Health } from '../health/health';
import { serveOpenApi } from '../http/openapi';
import { httpServer } from '../http/server';
import { logger } from '../logging';
import type { AnyService } from '../service';
import type { CommonSettings } from '../settings/common';
import { environment as environmentOfProcess, type Environment } from '../settings/environment';
import { openVault } from '../vault/open';
import { checksOf } from './checks';
import { closers, type Closers } from './closers';
import { explained } from './explain';
import { openService, type OpenService, type Surroundings } from './open-service';
import { requireDistinct } from './require-distinct';
import { rootModule } from './root-module';
import { readAllSettings } from './settings-of-all';
import { requireSoleProcess } from './sole-process';
import { connectionsOf, stopServing } from './stop-serving';
import { tellDeadlines } from './telling-deadlines';
import { embeddedWiring, kafkaWiring } from './wiring';

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

const connectAll = (services: readonly OpenService[], settings: CommonSettings, opened: Closers): Connected => {
  const { KAFKA_BROKERS: brokers } = settings;
  const wiring = brokers ? kafkaWiring(settings, brokers, opened) : embeddedWiring(services);
  const connections = services.map((open) => ({ open, connection: wiring.connect(open) }));
  for (const { connection } of connections) opened.add(() => connection.transport.close());
  return {
    health: healthOf(connections.flatMap(({ open, connection }) => checksOf(open, wiring.about, connection))),
    strategies: connections.map(({ connection }) => new ListeningStrategy(connection.transport, connection.listeners)),
  };
};

const startParts = async (services: readonly OpenService[], opened: Closers): Promise<void> => {
  for (const open of services) {
    const { stop, start, onDue } = open.parts;
    if (stop) opened.add(stop);
    await start?.();
    if (onDue) opened.add(tellDeadlines(open, onDue));
  }
};

const serve = async (app: NestFastifyApplication, { strategies }: Connected, { HOST, PORT }: CommonSettings): Promise<string> => {
  for (const strategy of strategies) app.connectMicroservice({ strategy });
  await app.init();
  await app.startAllMicroservices();
  await app.listen(PORT, HOST);
  return app.getUrl();
};

const startWith = async (
  services: readonly AnyService[],
  { title, each, around }: { readonly title: string; readonly each: readonly unknown[]; readonly around: Surroundings },
): Promise<string> => {
  const { settings, closers: opened, log } = around;
  const open = await openAll(services, each, around);
  requireDistinct(open);
  const connected = connectAll(open, settings, opened);
  await startParts(open, opened);
  const app = await httpServer(rootModule(open, connected.health), { log, maxInFlight: settings.MAX_REQUESTS });
  const connections = connectionsOf(app.getHttpServer());
  opened.add(() => stopServing(app, connections));
  serveOpenApi(app, title);
  const url = await serve(app, connected, settings);
  opened.add(async () => connected.health.stopping());
  return url;
};

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
  const log = logger(settings.LOG_LEVEL);
  const opened = closers();
  try {
    const around: Surroundings = { settings, log, closers: opened, vault: await openVault(settings, log, opened) };
    await requireSoleProcess(services, settings, log, opened);
    const url = await startWith(services, { title, each, around });
    return { url, log, stopWithinMs: settings.SHUTDOWN_TIMEOUT_MS, close: opened.close };
  } catch (error) {
    await opened.close().catch((failure: unknown) => log.warn({ err: failure }, 'closing after a failed start failed, too'));
    throw explained(error, settings);
  }
};
