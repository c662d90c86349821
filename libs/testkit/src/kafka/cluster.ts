import { randomBytes } from 'node:crypto';
import { existsSync } from 'node:fs';
import { mkdir, mkdtemp, readFile, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { Kafka, logLevel } from 'kafkajs';
import { eventually } from '../eventually';
import { ServerMissing } from '../server-missing';
import { kafkaJars } from './artefacts';
import { freePorts, requireFree } from './free-ports';
import { javaMissing } from './java';
import { startNode, type KafkaDoor, type KafkaNode } from './node';
import type { SecuredListener } from './secured';

export interface KafkaOptions {
  readonly nodes?: 1 | 3;
  /** Keeps its data here, for the next start. Without it the data is gone when it stops. */
  readonly folder?: string;
  /** One for each node; free ones without it. */
  readonly ports?: readonly number[];
  /** One for each node, where clients come through somebody in between. */
  readonly doors?: readonly KafkaDoor[];
  /** Of one node: also listens for those alone who are known. */
  readonly secured?: SecuredListener;
}

export interface KafkaCluster {
  /** `host:port` of every node. */
  readonly brokers: readonly string[];
  readonly nodes: readonly KafkaNode[];
  stop(): Promise<void>;
}

/**
 * Starts a real Apache Kafka of one or three nodes on the loopback, from Maven Central's artefacts: Java is all that it needs, and Maven the
 * first time. It ends with this process, however that ends.
 */
export const startKafka = async ({ nodes: count = 1, folder, ports, doors = [], secured }: KafkaOptions = {}): Promise<KafkaCluster> => {
  const missing = javaMissing();
  if (missing) throw new ServerMissing(`Kafka cannot be started: ${missing}.`);
  await requireFree(ports ?? []);
  const jars = await kafkaJars();
  const home = folder ?? (await mkdtemp(join(tmpdir(), 'cartage-kafka-')));
  const clusterId = await clusterIdIn(home);
  const free = await freePorts(count * 2);
  const places = Array.from({ length: count }, (_, i) => ({
    id: i + 1,
    port: ports?.[i] ?? portAt(free, i),
    controllerPort: portAt(free, count + i),
    door: doors[i],
  }));
  const voters = places.map(({ id, controllerPort }) => `${id}@127.0.0.1:${controllerPort}`);
  const nodes = await Promise.all(
    places.map((place) => startNode({ ...place, voters, clusterId, jars, folder: join(home, `node-${place.id}`), secured })),
  );
  const stop = async (): Promise<void> => {
    await Promise.all(nodes.map((node) => (folder === undefined ? node.kill() : node.stop())));
    if (folder === undefined) await rm(home, { recursive: true, force: true });
  };
  const cluster = { brokers: places.map(({ port }) => `127.0.0.1:${port}`), nodes, stop };
  return untilWhole(cluster);
};

const portAt = (ports: readonly number[], index: number): number => {
  const port = ports[index];
  if (port === undefined) throw new Error('Fewer ports than nodes.');
  return port;
};

/** 16 random bytes as Kafka writes them. Not with a dash in front, which its tools would take for an option. */
export const newClusterId = (random: () => Buffer = () => randomBytes(16)): string => {
  for (;;) {
    const id = random().toString('base64url');
    if (!id.startsWith('-')) return id;
  }
};

/** Nodes of one cluster, and later starts on the same folder, share an id. */
const clusterIdIn = async (home: string): Promise<string> => {
  const file = join(home, 'cluster-id');
  if (existsSync(file)) return readFile(file, 'utf8');
  await mkdir(home, { recursive: true });
  const id = newClusterId();
  await writeFile(file, id);
  return id;
};

/** Done when every node has found the others; or, if one has ended before that, an error with its last words. */
const untilWhole = async (cluster: KafkaCluster): Promise<KafkaCluster> => {
  const kafka = new Kafka({ brokers: [...cluster.brokers], logLevel: logLevel.NOTHING, connectionTimeout: 2_000, retry: { retries: 0 } });
  try {
    await eventually(() => (failed(cluster) ? undefined : requireWhole(kafka, cluster)), { withinMs: 60_000, everyMs: 150 });
    const ended = failed(cluster);
    if (ended) throw new Error(`Kafka node ${ended.id} (port ${ended.port}) ended while it started. ${ended.lastWords()}`);
    return cluster;
  } catch (error) {
    await cluster.stop();
    throw error;
  }
};

const failed = ({ nodes }: KafkaCluster): KafkaNode | undefined => nodes.find((node) => node.hasEnded());

const requireWhole = async (kafka: Kafka, { nodes }: KafkaCluster): Promise<void> => {
  const admin = kafka.admin();
  try {
    await admin.connect();
    const { brokers, controller } = await admin.describeCluster();
    if (brokers.length < nodes.length || controller === null)
      throw new Error(`${brokers.length} of ${nodes.length} Kafka nodes are there.`);
  } finally {
    await admin.disconnect();
  }
};
