import { createWriteStream, mkdirSync } from 'node:fs';
import { join } from 'node:path';
import { startCluster, type Cluster } from '@cartage/embedded/postgres';
import { freePorts, type KafkaCluster, type KafkaDoor } from '@cartage/testkit';
import { masterKeyFile } from '../distributed/master-key';
import { opening, type Opened } from '../distributed/opening';
import { plannedServices } from '../distributed/plan';
import { quietKafka } from '../kafka/quiet-kafka';
import { clocksIn, type Clocks } from './faults/clocks';
import { startNetwork, type Network } from './faults/network';
import { smallDiskOn, type SmallDisk } from './faults/small-disk';
import { untilListening } from './listening';
import { keepReplica, type Replica } from './replica';

export interface SystemOptions {
  /** Everything that it keeps, and what the processes say. */
  readonly folder: string;
  /** Its data outlives it. */
  readonly keep?: boolean;
  readonly replicas: number;
  readonly brokers: 1 | 3;
  /** So many will be placed: the disk must be large enough for them. */
  readonly orders: number;
  /** The program of toxiproxy, where there is one. */
  readonly toxiproxy: string | undefined;
  /** Whose build a service runs at first; that of this workspace unless given. */
  readonly workspaceOf?: (service: string) => string;
  /** What every service is told beside what all of them need. */
  readonly environment?: Readonly<Record<string, string>>;
  readonly say: (line: string) => void;
}

/** All of Cartage over Kafka, each service more than once, at work on this machine. */
export interface ChaosSystem {
  readonly postgres: Cluster;
  readonly kafka: KafkaCluster;
  readonly replicas: readonly Replica[];
  /** What this machine can do beyond signals. */
  readonly network?: Network | undefined;
  readonly clocks?: Clocks | undefined;
  readonly disk?: SmallDisk | undefined;
  stop(): Promise<void>;
}

/** `order/1`, `order/2`, …: known before anything runs. */
export const replicaNames = (count: number): readonly string[] =>
  plannedServices.flatMap(({ name }) => Array.from({ length: count }, (_, i) => `${name}/${i + 1}`));

interface Servers {
  readonly postgres: Cluster;
  readonly kafka: KafkaCluster;
  /** Where services find them: directly, or through a network that can be cut. */
  readonly databaseUrl: string;
  readonly bootstrap: string;
}

const environmentOf = ({ databaseUrl, bootstrap }: Servers, folder: string): Readonly<Record<string, string>> => ({
  DATABASE_URL: databaseUrl,
  KAFKA_BROKERS: bootstrap,
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

type EnvironmentOf = (name: string) => Readonly<Record<string, string>>;

const startReplicas = async (
  { folder, replicas: count, workspaceOf }: SystemOptions,
  environmentFor: EnvironmentOf,
  opened: Opened,
): Promise<readonly Replica[]> => {
  const ports = await freePorts(plannedServices.length * count);
  const replicas: Replica[] = [];
  // The first ones alone: they make the tables, and who starts later finds them.
  for (let number = 1; number <= count; number += 1) {
    const some = plannedServices.map(({ name: service }, i) => {
      const name = `${service}/${number}`;
      const port = ports[(number - 1) * plannedServices.length + i] ?? 0;
      const [environment, workspace] = [environmentFor(name), workspaceOf?.(service)];
      return keepReplica({ service, number, port, environment, workspace, onLine: logFile(folder, name, opened) });
    });
    for (const each of some) opened.add(() => each.stop());
    const failed = (await Promise.allSettled(some.map(({ ready }) => ready))).find(({ status }) => status === 'rejected');
    if (failed?.status === 'rejected') throw failed.reason;
    replicas.push(...some);
  }
  return replicas;
};

const networkOf = async (toxiproxy: string | undefined, opened: Opened): Promise<Network | undefined> => {
  if (toxiproxy === undefined) return undefined;
  const [port = 0] = await freePorts(1);
  const network = await startNetwork(toxiproxy, port);
  opened.add(() => network.stop());
  return network;
};

/** For each node a port that clients are led to, and one that they come in by. */
const doorsFor = async (count: number): Promise<readonly KafkaDoor[]> => {
  const ports = await freePorts(count * 2);
  return Array.from({ length: count }, (_, i) => ({ clients: ports[i] ?? 0, node: ports[count + i] ?? 0 }));
};

const throughNetwork = async (url: string, network: Network): Promise<string> => {
  const [listen = 0] = await freePorts(1);
  const through = new URL(url);
  await network.lay({ name: 'postgres', listen, upstream: Number(through.port) });
  through.port = String(listen);
  return through.toString();
};

const startServers = async ({ folder, brokers, say }: SystemOptions, network: Network | undefined, opened: Opened): Promise<Servers> => {
  const [port = 0] = await freePorts(1);
  const postgres = await startCluster({ folder: join(folder, DATA), port, say });
  opened.add(() => postgres.stop());
  const doors = network ? await doorsFor(brokers) : [];
  const kafka = await quietKafka({ nodes: brokers, folder: join(folder, 'kafka'), doors });
  opened.add(() => kafka.stop());
  say(`Postgres and ${brokers === 1 ? 'one Kafka node run' : `${brokers} Kafka nodes run`}.`);
  if (!network) return { postgres, kafka, databaseUrl: postgres.url, bootstrap: kafka.brokers.join(',') };
  for (const [i, { clients, node }] of doors.entries()) await network.lay({ name: `kafka/${i + 1}`, listen: clients, upstream: node });
  const bootstrap = doors.map(({ clients }) => `127.0.0.1:${clients}`).join(',');
  return { postgres, kafka, databaseUrl: await throughNetwork(postgres.url, network), bootstrap };
};

const DATA = 'data';

/** What Postgres needs empty, and for each order with its room to work. */
const megabytesFor = (orders: number): number => Math.min(3_000, 600 + orders);

const startIn = async (options: SystemOptions, opened: Opened): Promise<Omit<ChaosSystem, 'stop'>> => {
  const { folder, keep = false, orders, toxiproxy, say } = options;
  mkdirSync(join(folder, 'logs'), { recursive: true });
  const disk = smallDiskOn(join(folder, DATA), megabytesFor(orders));
  if (disk) opened.add(async () => disk.remove({ keep }));
  const clocks = clocksIn(join(folder, 'clocks'));
  const network = await networkOf(toxiproxy, opened);
  const { postgres, kafka, ...ways } = await startServers(options, network, opened);
  const environment = environmentOf({ postgres, kafka, ...ways }, folder);
  const replicas = await startReplicas(
    options,
    (name) => ({ ...environment, ...options.environment, ...clocks?.environmentOf(name) }),
    opened,
  );
  say(`${replicas.length} processes of ${plannedServices.length} services run.`);
  await untilListening(replicas);
  say('Every group listens.');
  return { postgres, kafka, replicas, network, clocks, disk };
};

/** Starts Postgres, Kafka and every service `replicas` times, all on the loopback; done when what one of them says is heard by the others. What was started is stopped again when one of them cannot start. */
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
