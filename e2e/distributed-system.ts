import { randomBytes } from 'node:crypto';
import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { plannedServices, startEntrance, type Entrance } from '@cartage/distributed';
import { freePorts, serverProcess, testDatabase, type ServerProcess } from '@cartage/testkit';
import { channelEnvironment } from './channels.contract';

/** Six processes that share a broker and, each with a schema of its own, a database; and one entrance before them. */
export interface DistributedSystem {
  readonly url: string;
  readonly databaseUrl: string;
  /** The folder that mails are written to. */
  readonly mails: string;
  /** By the service's name. */
  readonly process: (name: string) => ServerProcess;
  readonly processes: readonly ServerProcess[];
  remove(): Promise<void>;
}

export interface DistributedOptions {
  readonly brokers: readonly string[];
  /** What one service alone is told, by its name. */
  readonly own?: Readonly<Record<string, Readonly<Record<string, string>>>>;
}

const startAll = async (processes: readonly ServerProcess[]): Promise<void> => {
  const starts = await Promise.allSettled(processes.map((each) => each.start()));
  const failed = starts.find((start) => start.status === 'rejected');
  if (failed) throw failed.reason;
};

interface Places {
  readonly databaseUrl: string;
  readonly brokers: readonly string[];
  readonly mails: string;
}

const environmentOf = ({ databaseUrl, brokers, mails }: Places): Readonly<Record<string, string>> => ({
  DATABASE_URL: databaseUrl,
  KAFKA_BROKERS: brokers.join(','),
  DRAIN_DELAY_MS: '0',
  // So many processes that stop at the same time on a busy machine take longer than one.
  SHUTDOWN_TIMEOUT_MS: '60000',
  // As soon as Kafka allows: whoever was killed is given up, and its successor heard, without a long wait.
  KAFKA_SESSION_TIMEOUT_MS: '6000',
  MASTER_KEY: randomBytes(32).toString('base64'),
  LOG_LEVEL: 'info',
  POOL_SIZE: '4',
  // As the embedded system has by itself: without it customers are told nothing.
  MAIL_FOLDER: mails,
  ...channelEnvironment,
});

export const distributedSystem = async ({ brokers, own = {} }: DistributedOptions): Promise<DistributedSystem> => {
  const database = await testDatabase();
  const mails = await mkdtemp(join(tmpdir(), 'cartage-e2e-mails-'));
  const environment = environmentOf({ databaseUrl: database.url, brokers, mails });
  const ports = await freePorts(plannedServices.length);
  const made = plannedServices.map(({ name, paths }, i) => {
    const each = serverProcess({ program: `services/${name}`, port: ports[i] ?? 0, environment: { ...environment, ...own[name] } });
    return { name, paths, each };
  });
  const processes = made.map(({ each }) => each);
  let entrance: Entrance | undefined;
  const remove = async (): Promise<void> => {
    await entrance?.stop();
    await Promise.all(processes.map((each) => each.kill()));
    await database.drop();
    await rm(mails, { recursive: true, force: true });
  };
  try {
    await startAll(processes);
    entrance = await startEntrance(
      made.map(({ name, paths, each }) => ({ name, paths, url: each.url })),
      0,
    );
  } catch (error) {
    await remove();
    throw error;
  }
  const process = (name: string): ServerProcess => {
    const found = made.find((service) => service.name === name);
    if (!found) throw new Error(`There is no service ${name}.`);
    return found.each;
  };
  return { url: entrance.url, databaseUrl: database.url, mails, process, processes, remove };
};
