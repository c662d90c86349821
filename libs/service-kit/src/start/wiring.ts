import type { Topic } from '@cartage/contracts';
import type { Tracing } from '@cartage/eventsourcing';
import {
  embeddedTransport,
  kafkaClient,
  kafkaTransport,
  LogReader,
  postgresCheckpoints,
  postgresDeadLetters,
  postgresLock,
  postgresParkedPublications,
  publisherOf,
  publishing,
  type AnyListener,
  type KafkaUse,
  type PublisherHealth,
  type TracedMessaging,
  type Transport,
} from '@cartage/messaging';
import { connectionTo, sessionOptions } from '@cartage/postgres';
import type { KafkaSecurity } from '../kafka/security';
import type { CommonSettings } from '../settings/common';
import type { Closers } from './closers';
import type { OpenService } from './open-service';

/** How the services of a process hear each other and those of other processes. */
export interface Wiring {
  /** For people: what carries the events. */
  readonly about: string;
  /** The transport of one service, and those of its listeners that can hear anything here. */
  readonly connect: (open: OpenService) => Connection;
}

export interface Connection {
  readonly transport: Transport;
  readonly listeners: readonly AnyListener[];
  /** How the service's events are published; nothing where nobody needs to. */
  readonly publisher?: () => PublisherHealth;
}

/** Without a broker: listeners follow the logs of this process. What only other processes would tell is not heard, and a warning says so. */
const tracedBy = (tracing: Tracing | undefined, system: string): TracedMessaging | undefined => tracing && { tracing, system };

export const embeddedWiring = (services: readonly OpenService[]): Wiring => {
  const sources = new Map<Topic, LogReader>(
    services.flatMap(({ store, service: { publication }, log }) =>
      publication ? [[publication.topic, new LogReader({ store, publication, log })] as const] : [],
    ),
  );
  return {
    about: 'the event logs of this process',
    connect: ({ pool, parts, log, tracing }) => {
      const listeners = parts.listeners.filter(({ topic }) => sources.has(topic));
      const deaf = parts.listeners.filter(({ topic }) => !sources.has(topic)).map(({ topic }) => topic);
      if (deaf.length > 0)
        log.warn({ topics: deaf }, 'nothing is heard of these topics: set KAFKA_BROKERS, or run all services in one process');
      return {
        listeners,
        transport: embeddedTransport({
          ...{ sources, checkpoints: postgresCheckpoints(pool), deadLetters: postgresDeadLetters(pool), log },
          traced: tracedBy(tracing, 'cartage'),
        }),
      };
    },
  };
};

/** For processes that only answer requests: they append, and hear nothing. */
export const deafWiring = (): Wiring => ({
  about: 'nothing: ROLE is api',
  connect: () => ({
    listeners: [],
    transport: { listen: () => Promise.reject(new Error('ROLE=api listens to nothing.')), health: () => [], close: async () => undefined },
  }),
});

/** A batch of the log costs Kafka and each of its listeners about the same, however small it is. */
const GATHER_MS = 25;

const publisherFor = (
  { service: { publication }, store, pool, log, tracing }: OpenService,
  kafka: ReturnType<typeof kafkaClient>,
  settings: CommonSettings,
): ReturnType<typeof publishing> | undefined => {
  if (!publication) return undefined;
  const lock = postgresLock({
    connection: connectionTo(settings.DATABASE_URL, sessionOptions()),
    name: publisherOf(publication.topic),
    log,
  });
  const outbox = { store, publication, checkpoints: postgresCheckpoints(pool), parked: postgresParkedPublications(pool) };
  return publishing({ ...outbox, kafka, lock, log, shape: shapeOf(settings), traced: tracedBy(tracing, 'kafka'), gatherMs: GATHER_MS });
};

/** Where it publishes, and what it hears. */
export const usesOf = ({ service: { name, publication }, parts }: OpenService): KafkaUse => ({
  service: name,
  topic: publication?.topic,
  writes: parts.writes,
  listeners: parts.listeners.map(({ group, topic }) => ({ group, topic })),
});

const shapeOf = ({ KAFKA_PARTITIONS: partitions }: CommonSettings) => ({ partitions, replicas: -1 });

export interface KafkaAt extends KafkaSecurity {
  readonly brokers: readonly string[];
}

/** Over Kafka: each service publishes its log, one process of it at a time, and listens in consumer groups. */
export const kafkaWiring = (settings: CommonSettings, { brokers, ...security }: KafkaAt, closers: Closers): Wiring => ({
  about: `Kafka at ${brokers.join(',')}`,
  connect: (open) => {
    const { service, pool, parts, log, tracing } = open;
    const kafka = kafkaClient({ brokers, clientId: `cartage-${service.name}`, log, ...security });
    const publisher = publisherFor(open, kafka, settings);
    if (publisher) closers.add(() => publisher.stop());
    const transport = kafkaTransport({
      ...{ kafka, deadLetters: postgresDeadLetters(pool), log },
      ...{ shape: shapeOf(settings), traced: tracedBy(tracing, 'kafka'), gatherMs: GATHER_MS },
      sessionTimeoutMs: settings.KAFKA_SESSION_TIMEOUT_MS,
    });
    return { listeners: parts.listeners, transport, ...(publisher ? { publisher: () => publisher.health } : {}) };
  },
});
