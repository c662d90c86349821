import { createWriteStream, mkdirSync } from 'node:fs';
import { join } from 'node:path';
import { startCluster, type Cluster } from '@cartage/embedded/postgres';
import { freePorts, startKafka, type KafkaCluster } from '@cartage/testkit';
import { masterKeyFile } from '../distributed/master-key';
import { opening, type Opened } from '../distributed/opening';
import { plannedServices } from '../distributed/plan';
import { keepReplica, type Replica } from './replica';

export interface SystemOptions {
  /** Everything that it keeps, and what the processes say. */
  readonly folder: string;
  readonly replicas: number;
  readonly brokers: 1 | 3;
  readonly say: (line: string) => void;
}

/** All of Cartage over Kafka, each service more than once, at work on this machine. */
export interface ChaosSystem {
  readonly postgres: Cluster;
  readonly kafka: KafkaCluster;
  readonly replicas: readonly Replica[];
  stop(): Promise<void>;
}

/** `order/1`, `order/2`, …: known before anything runs. */
export const replicaNames = (count: number): readonly string[] =>
  plannedServices.flatMap(({ name }) => Array.from({ length: count }, (_, i) => `${name}/${i + 1}`));

const environmentOf = (postgres: Cluster, kafka: KafkaCluster, folder: string): Readonly<Record<string, string>> => ({
  DATABASE_URL: postgres.url,
  KAFKA_BROKERS: kafka.brokers.join(','),
  MASTER_KEY_FILE: masterKeyFile(folder),
  MAIL_FOLDER: join(folder, 'mail'),
  DRAIN_DELAY_MS: '0',
  // As soon as Kafka allows: whoever was killed is given up, and its successor heard, without a long wait.
  KAFKA_SESSION_TIMEOUT_MS: '6000',
  LOG_LEVEL: 'warn',
  POOL_SIZE: '4',
});

/** A file for what each process says. */
const logFile = (folder: string, name: string, opened: Opened): ((line: string) => void) => {
  const file = createWriteStream(join(folder, 'logs', `${name.replace('/', '-')}.log`));
  opened.add(() => new Promise((resolve) => file.end(resolve)));
  return (line) => void file.write(`${line}\n`);
};

const startReplicas = async (
  { folder, replicas: count }: SystemOptions,
  environment: Readonly<Record<string, string>>,
  opened: Opened,
): Promise<readonly Replica[]> => {
  const ports = await freePorts(plannedServices.length * count);
  const replicas: Replica[] = [];
  // The first ones alone: they make the tables, and who starts later finds them.
  for (let number = 1; number <= count; number += 1) {
    const some = plannedServices.map(({ name }, i) => {
      const port = ports[(number - 1) * plannedServices.length + i] ?? 0;
      return keepReplica({ service: name, number, port, environment, onLine: logFile(folder, `${name}/${number}`, opened) });
    });
    for (const each of some) opened.add(() => each.stop());
    const failed = (await Promise.allSettled(some.map(({ ready }) => ready))).find(({ status }) => status === 'rejected');
    if (failed?.status === 'rejected') throw failed.reason;
    replicas.push(...some);
  }
  return replicas;
};

const startIn = async (options: SystemOptions, opened: Opened): Promise<Omit<ChaosSystem, 'stop'>> => {
  const { folder, brokers, say } = options;
  mkdirSync(join(folder, 'logs'), { recursive: true });
  const [port = 0] = await freePorts(1);
  const postgres = await startCluster({ folder: join(folder, 'data'), port, say });
  opened.add(() => postgres.stop());
  const kafka = await startKafka({ nodes: brokers, folder: join(folder, 'kafka') });
  opened.add(() => kafka.stop());
  say(`Postgres and ${brokers === 1 ? 'one Kafka node run' : `${brokers} Kafka nodes run`}.`);
  const replicas = await startReplicas(options, environmentOf(postgres, kafka, folder), opened);
  say(`${replicas.length} processes of ${plannedServices.length} services run.`);
  return { postgres, kafka, replicas };
};

/** Starts Postgres, Kafka and every service `replicas` times, all on the loopback. What was started is stopped again when one of them cannot start. */
export const startChaosSystem = async (options: SystemOptions): Promise<ChaosSystem> => {
  const opened = opening();
  try {
    return { ...(await startIn(options, opened)), stop: () => opened.close() };
  } catch (error) {
    await opened.close().catch((failure: unknown) => options.say(`Stopping failed, too: ${String(failure)}`));
    throw error;
  }
};

/** Where the services answer: one address for each first segment of a path, for each number of a replica. */
export const originsOf = ({ replicas }: Pick<ChaosSystem, 'replicas'>): readonly Readonly<Record<string, string>>[] => {
  const numbers = [...new Set(replicas.map(({ name }) => name.split('/')[1] ?? ''))];
  return numbers.map((number) =>
    Object.fromEntries(
      plannedServices.flatMap(({ name, paths }) => {
        const url = replicas.find((replica) => replica.name === `${name}/${number}`)?.url ?? '';
        return paths.map((path) => [path, url]);
      }),
    ),
  );
};
