import type { Server } from 'node:http';
import type { Socket } from 'node:net';
import { systemClock } from '@cartage/eventsourcing';
import { postgresDeadLetters } from '@cartage/messaging';
import type { DynamicModule } from '@nestjs/common';
import type { NestFastifyApplication } from '@nestjs/platform-fastify';
import type { Causes } from '../causes/causes';
import { CAUSES, CausesController } from '../causes/causes.controller';
import { DEAD_LETTER_DESKS, DeadLettersController, type DeadLetterDesks } from '../dead-letters/dead-letters.controller';
import { DEADLINES, DeadlinesController, type DeadlinesOfServices } from '../deadlines/deadlines.controller';
import type { Health } from '../health/health';
import { HEALTH, HealthController } from '../health/health.controller';
import { serviceHealthOf } from '../health/service-health';
import { SERVICE_HEALTHS, ServiceHealthController, type ServiceHealths } from '../health/service-health.controller';
import type { Persons } from '../persons/persons';
import { PERSONS, PersonsController } from '../persons/persons.controller';
import { VIEW_RUNNERS, ViewsController, type ViewRunners } from '../views/views.controller';
import type { OpenService } from './open-service';

class Root {}

/** A module of its own for each service, so that none can be injected with another's parts. */
const moduleOf = ({ parts: { controllers, providers } }: OpenService): DynamicModule => ({
  module: class ServiceModule {},
  controllers: [...controllers],
  providers: [...providers],
});

const desksOf = (services: readonly OpenService[]): DeadLetterDesks =>
  new Map(services.map(({ service, pool }) => [service.name, postgresDeadLetters(pool)]));

const deadlinesOf = (services: readonly OpenService[]): DeadlinesOfServices => ({
  queues: new Map(services.map(({ service, deadlines }) => [service.name, deadlines])),
  now: () => systemClock.now(),
});

const runnersOf = (services: readonly OpenService[]): ViewRunners => new Map(services.map(({ service, views }) => [service.name, views]));

const healthsOf = (services: readonly OpenService[], health: Health): ServiceHealths =>
  new Map(
    services.map((open) => [open.service.name, serviceHealthOf(open, { health, inProcess: services, now: () => systemClock.now() })]),
  );

interface Served {
  readonly health: Health;
  readonly causes: Causes;
  readonly persons: Persons;
  readonly answers: boolean;
}

/** What is asked of a service by its name, whatever it does. */
const operations = [
  ServiceHealthController,
  DeadLettersController,
  DeadlinesController,
  ViewsController,
  CausesController,
  PersonsController,
];

/** What a process answers over HTTP: its health, its dead letters, deadlines and views, and the services' requests if it answers them. */
export const rootModule = (services: readonly OpenService[], { health, causes, persons, answers }: Served): DynamicModule => ({
  module: Root,
  imports: answers ? services.map(moduleOf) : [],
  controllers: [HealthController, ...operations],
  providers: [
    { provide: HEALTH, useValue: health },
    { provide: SERVICE_HEALTHS, useValue: healthsOf(services, health) },
    { provide: CAUSES, useValue: causes },
    { provide: PERSONS, useValue: persons },
    { provide: DEAD_LETTER_DESKS, useValue: desksOf(services) },
    { provide: DEADLINES, useValue: deadlinesOf(services) },
    { provide: VIEW_RUNNERS, useValue: runnersOf(services) },
  ],
});

/** Closes, while it stops, the connections that nobody waits on. */
export interface Connections {
  closeIdle(): void;
}

/** Keeps an eye on a server's connections, from its start. */
export const connectionsOf = (server: Server): Connections => {
  const open = new Set<Socket>();
  server.on('connection', (socket: Socket) => {
    open.add(socket);
    socket.once('close', () => open.delete(socket));
  });
  return {
    closeIdle: () => {
      server.closeIdleConnections();
      // One that was opened ahead of a request does not count as idle for Node: it would be waited for until its time-out.
      for (const socket of open) if (socket.bytesRead === 0) socket.destroy();
    },
  };
};

const EVERY_MS = 25;

/**
 * Stops accepting, answers the requests in hand, then stops the listeners. Connections that callers keep open without a request are closed
 * as soon as they are idle: Node alone would wait for their time-out.
 */
export const stopServing = async (app: NestFastifyApplication, connections: Connections): Promise<void> => {
  const closing = setInterval(() => connections.closeIdle(), EVERY_MS);
  try {
    await app.close();
  } finally {
    clearInterval(closing);
  }
};
