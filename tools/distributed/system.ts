import { mkdirSync } from 'node:fs';
import { join, resolve } from 'node:path';
import { startCluster, type Cluster } from '@cartage/embedded/postgres';
import { StartFailure } from '@cartage/service-kit';
import { serverProcess, ServerMissing, startKafka, type KafkaCluster, type ServerProcess } from '@cartage/testkit';
import type { DistributedSettings } from './config';
import { startEntrance, type Entrance } from './entrance';
import { masterKeyFile } from './master-key';
import { plannedServices } from './plan';
import { requirePorts } from './ports';

/** The whole distributed system, at work. */
export interface System {
  readonly entrance: Entrance;
  readonly databaseUrl: string;
  readonly brokers: readonly string[];
  readonly folder: string;
  readonly services: readonly ServerProcess[];
  /** Settles, with a line for a person, when a service ends that nobody told to. */
  readonly broken: Promise<string>;
  stop(): Promise<void>;
}

type Say = (line: string) => void;

/** What was opened, to be closed in the opposite order. */
interface Opened {
  add(close: () => Promise<void>): void;
  close(): Promise<void>;
}

const opening = (): Opened => {
  const closers: (() => Promise<void>)[] = [];
  return {
    add: (close) => void closers.push(close),
    close: async () => {
      const failures: unknown[] = [];
      // Each is closed whatever becomes of the others: nothing may be left running.
      for (let close = closers.pop(); close; close = closers.pop()) await close().catch((error: unknown) => failures.push(error));
      if (failures.length > 0) throw failures[0];
    },
  };
};

const startBroker = async (folder: string, port: number): Promise<KafkaCluster> => {
  try {
    return await startKafka({ folder: join(folder, 'kafka'), ports: [port] });
  } catch (error) {
    if (!(error instanceof ServerMissing)) throw error;
    throw new StartFailure([`${error.message} \`npm start\` runs all of Cartage without Kafka.`], { cause: error });
  }
};

const servicesOf = (environment: Readonly<Record<string, string>>, say: Say): readonly ServerProcess[] =>
  plannedServices.map(({ name, port }) =>
    serverProcess({ program: `services/${name}`, port, environment, onLine: (line) => say(`[${name}] ${line}`) }),
  );

const startServices = async (services: readonly ServerProcess[], opened: Opened): Promise<void> => {
  opened.add(async () => {
    const stops = await Promise.allSettled(services.map((service) => service.stop()));
    const failed = stops.find((stop) => stop.status === 'rejected');
    if (failed) throw failed.reason;
  });
  const starts = await Promise.allSettled(services.map((service) => service.start()));
  const failed = starts.find((start) => start.status === 'rejected');
  if (failed) throw failed.reason;
};

const firstEnd = (services: readonly ServerProcess[]): Promise<string> =>
  Promise.race(
    services.map(async (service) => {
      const code = await service.current().ended;
      return `${service.name} ended by itself with code ${code}.`;
    }),
  );

const portsOf = ({ PORT, KAFKA_PORT }: DistributedSettings) => [
  { port: PORT, usedFor: 'the entrance', fix: 'set PORT to a free one' },
  { port: KAFKA_PORT, usedFor: 'Kafka', fix: 'set KAFKA_PORT to a free one' },
  ...plannedServices.map(({ name, port }) => ({ port, usedFor: `the ${name} service` })),
];

const startIn = async (settings: DistributedSettings, say: Say, opened: Opened): Promise<Omit<System, 'stop'>> => {
  const folder = resolve(settings.CARTAGE_DIR);
  const cluster: Cluster = await startCluster({ folder, port: settings.POSTGRES_PORT, say });
  opened.add(() => cluster.stop());
  say('Postgres is ready.');
  const { brokers, stop } = await startBroker(folder, settings.KAFKA_PORT);
  opened.add(stop);
  say('Kafka is ready.');
  const environment = {
    DATABASE_URL: cluster.url,
    KAFKA_BROKERS: brokers.join(','),
    MASTER_KEY_FILE: masterKeyFile(folder),
    LOG_LEVEL: settings.LOG_LEVEL,
  };
  const services = servicesOf(environment, say);
  await startServices(services, opened);
  const urls = new Map(services.map(({ name, url }) => [name, url]));
  const behind = plannedServices.map(({ name, paths }) => ({ name, paths, url: urls.get(`services/${name}`) ?? '' }));
  const entrance = await startEntrance(behind, settings.PORT);
  opened.add(() => entrance.stop());
  return { entrance, databaseUrl: cluster.url, brokers, folder, services, broken: firstEnd(services) };
};

/** Starts Postgres, Kafka, the six services as processes and the entrance. What was started is stopped again if one of them fails. */
export const startSystem = async (settings: DistributedSettings, say: Say): Promise<System> => {
  await requirePorts(portsOf(settings));
  mkdirSync(resolve(settings.CARTAGE_DIR, '..'), { recursive: true });
  const opened = opening();
  try {
    return { ...(await startIn(settings, say, opened)), stop: () => opened.close() };
  } catch (error) {
    await opened.close().catch((failure: unknown) => say(`Stopping after a failed start failed, too: ${String(failure)}`));
    throw error;
  }
};
