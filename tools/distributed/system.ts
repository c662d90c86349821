import { mkdirSync } from 'node:fs';
import { join, resolve } from 'node:path';
import { startCluster, type Cluster } from '@cartage/embedded/postgres';
import { StartFailure } from '@cartage/service-kit';
import { serverProcess, ServerMissing, type KafkaCluster, type ServerProcess } from '@cartage/testkit';
import { quietKafka } from '../kafka/quiet-kafka';
import type { DistributedSettings } from './config';
import { startEntrance, type Entrance } from './entrance';
import { masterKeyFile } from './master-key';
import { opening, type Opened } from './opening';
import { plannedServices, type PlannedService } from './plan';
import { requirePorts } from './ports';
import { supervise, type Supervised } from './supervisor';

/** The whole distributed system, at work. */
export interface System {
  readonly entrance: Entrance;
  readonly databaseUrl: string;
  readonly brokers: readonly string[];
  readonly folder: string;
  /** Started again whenever one of them ends by itself. */
  readonly services: readonly ServerProcess[];
  stop(): Promise<void>;
}

type Say = (line: string) => void;
type Plan = readonly PlannedService[];

const startBroker = async (folder: string, port: number): Promise<KafkaCluster> => {
  try {
    return await quietKafka({ folder: join(folder, 'kafka'), ports: [port] });
  } catch (error) {
    if (!(error instanceof ServerMissing)) throw error;
    throw new StartFailure([`${error.message} \`npm start\` runs all of Cartage without Kafka.`], { cause: error });
  }
};

const servicesOf = (plan: Plan, environment: Readonly<Record<string, string>>, say: Say): readonly ServerProcess[] =>
  plan.map(({ name, port }) =>
    serverProcess({ program: `services/${name}`, port, environment, onLine: (line) => say(`[${name}] ${line}`) }),
  );

const allOf = async (works: readonly Promise<void>[]): Promise<void> => {
  const failed = (await Promise.allSettled(works)).find((work) => work.status === 'rejected');
  if (failed) throw failed.reason;
};

const startServices = async (services: readonly ServerProcess[], say: Say, opened: Opened): Promise<void> => {
  const supervised: readonly Supervised[] = services.map((service) => supervise(service, { say }));
  opened.add(() => allOf(supervised.map(({ stop }) => stop())));
  await allOf(supervised.map(({ ready }) => ready));
};

const portsOf = ({ PORT, KAFKA_PORT }: DistributedSettings, plan: Plan) => [
  { port: PORT, usedFor: 'the entrance', fix: 'set PORT to a free one' },
  { port: KAFKA_PORT, usedFor: 'Kafka', fix: 'set KAFKA_PORT to a free one' },
  ...plan.map(({ name, port }) => ({ port, usedFor: `the ${name} service` })),
];

export interface SystemOptions {
  readonly plan?: Plan;
  /** What every service is told beside what all of them need. */
  readonly environment?: Readonly<Record<string, string>>;
}

interface Start extends Required<SystemOptions> {
  readonly settings: DistributedSettings;
  readonly say: Say;
  readonly opened: Opened;
}

const startIn = async ({ settings, plan, environment: told, say, opened }: Start): Promise<Omit<System, 'stop'>> => {
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
    SERVICE_URLS: plan.map(({ name, port }) => `${name}=http://127.0.0.1:${port}`).join(','),
    // Nobody asks these processes' readiness before sending them requests.
    DRAIN_DELAY_MS: '0',
    MASTER_KEY_FILE: masterKeyFile(folder),
    LOG_LEVEL: settings.LOG_LEVEL,
    ...told,
  };
  const services = servicesOf(plan, environment, say);
  await startServices(services, say, opened);
  const urls = new Map(services.map(({ name, url }) => [name, url]));
  const behind = plan.map(({ name, paths }) => ({ name, paths, url: urls.get(`services/${name}`) ?? '' }));
  const entrance = await startEntrance(behind, settings.PORT);
  opened.add(() => entrance.stop());
  return { entrance, databaseUrl: cluster.url, brokers, folder, services };
};

/**
 * Starts Postgres, Kafka, all services as processes and the entrance. What was started is stopped again if one of them cannot start; one that
 * dies later is started again, and the others go on.
 */
export const startSystem = async (
  settings: DistributedSettings,
  say: Say,
  { plan = plannedServices, environment = {} }: SystemOptions = {},
): Promise<System> => {
  await requirePorts(portsOf(settings, plan));
  mkdirSync(resolve(settings.CARTAGE_DIR, '..'), { recursive: true });
  const opened = opening();
  try {
    return { ...(await startIn({ settings, plan, environment, say, opened })), stop: () => opened.close() };
  } catch (error) {
    await opened.close().catch((failure: unknown) => say(`Stopping after a failed start failed, too: ${String(failure)}`));
    throw error;
  }
};
