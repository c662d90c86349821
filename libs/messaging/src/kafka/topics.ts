import { topicMaxBytes } from '@cartage/contracts';
import { Pauses } from '@cartage/eventsourcing';
import { ConfigResourceTypes, Kafka, KafkaJSProtocolError, logLevel, type Admin, type KafkaConfig, type LogEntry } from 'kafkajs';
import type { Logger } from 'pino';
import { mendHeartbeat } from './heartbeat';
import { mendRequestQueue } from './request-queue';
import { socketTo } from './sockets';

export interface KafkaClientNeeds extends Pick<KafkaConfig, 'ssl' | 'sasl' | 'retry'> {
  readonly brokers: readonly string[];
  /** Shows up in the broker's logs and quotas: the service's name. */
  readonly clientId: string;
  readonly log: Logger;
}

/** A kafkajs client whose chatter goes to the debug log: what matters is logged by those who use it. */
export const kafkaClient = ({ brokers, log, ...config }: KafkaClientNeeds): Kafka => {
  mendRequestQueue();
  mendHeartbeat();
  return new Kafka({
    // A failover takes longer than kafkajs' own patience of 5 tries; those who must never give up begin again after these.
    retry: { initialRetryTime: 100, maxRetryTime: 5_000, retries: 8 },
    ...config,
    brokers: [...brokers],
    socketFactory: socketTo,
    logLevel: log.isLevelEnabled('debug') ? logLevel.INFO : logLevel.NOTHING,
    logCreator:
      () =>
      ({ namespace, log: { message, timestamp: _, ...facts } }: LogEntry) =>
        log.debug({ kafkajs: namespace, ...facts }, message),
  });
};

export interface TopicShape {
  /** For ever: raising it later would send a key's events to another partition and break their order. */
  readonly partitions: number;
  /** -1: the broker's default. */
  readonly replicas: number;
  /** Keeps the newest record of each key for ever, and deletes none because it is old. */
  readonly compacted?: boolean;
}

export const usualShape: TopicShape = { partitions: 6, replicas: -1 };

/** A topic as it is. */
export interface TopicFacts {
  readonly partitions: number;
  /** The largest batch, and so the largest record, that its leader takes. */
  readonly maxBytes: number;
  /** Such as `delete` or `compact`. */
  readonly cleanup: string;
}

/** What was taken back is gone from the disks within two days: one until it is compacted, one until the tombstone goes. */
const compaction = [
  { name: 'cleanup.policy', value: 'compact' },
  { name: 'max.compaction.lag.ms', value: String(24 * 3_600_000) },
];

/** So that a broker that is away is noticed within seconds. */
const SHORT = { retry: { initialRetryTime: 100, retries: 2 } };

const withAdmin = async <Result>(kafka: Kafka, work: (admin: Admin) => Promise<Result>): Promise<Result> => {
  const admin = kafka.admin(SHORT);
  await admin.connect();
  try {
    return await work(admin);
  } finally {
    await admin.disconnect();
  }
};

/** Makes the topics that are missing; those that are there stay as they are. Several processes may do it at the same time. */
export const ensureTopics = (
  kafka: Kafka,
  topics: readonly string[],
  { partitions, replicas, compacted = false }: TopicShape = usualShape,
): Promise<void> =>
  withAdmin(kafka, async (admin) => {
    const there = new Set(await admin.listTopics());
    const missing = topics.filter((topic) => !there.has(topic));
    if (missing.length === 0) return;
    const configEntries = [{ name: 'max.message.bytes', value: String(topicMaxBytes) }, ...(compacted ? compaction : [])];
    // Answers false, and throws nothing, when another process was first.
    await admin.createTopics({
      waitForLeaders: false,
      topics: missing.map((topic) => ({ topic, numPartitions: partitions, replicationFactor: replicas, configEntries })),
    });
    await untilLed(admin, missing);
  });

const TRIES = 100;

/**
 * Every partition has a leader that takes records. kafkajs' own `waitForLeaders` gives up when it asks a broker that has not yet heard of the
 * topic, as happens in a cluster right after the making.
 */
const untilLed = async (admin: Admin, topics: readonly string[]): Promise<void> => {
  const pauses = new Pauses({ firstMs: 100, longestMs: 100 });
  for (let attempt = 1; ; attempt += 1) {
    try {
      const { topics: found } = await admin.fetchTopicMetadata({ topics: [...topics] });
      if (found.every(({ partitions }) => partitions.length > 0 && partitions.every(({ leader }) => leader >= 0))) return;
    } catch (error) {
      if (!(error instanceof KafkaJSProtocolError) || attempt === TRIES) throw error;
    }
    if (attempt === TRIES) throw new Error(`Kafka names no leaders for ${topics.join(', ')}.`);
    await pauses.rest();
  }
};

/** What Kafka says of a topic that is there. */
export const topicFacts = (kafka: Kafka, topic: string): Promise<TopicFacts> =>
  withAdmin(kafka, async (admin) => {
    const { topics: found } = await admin.fetchTopicMetadata({ topics: [topic] });
    const partitions = found.find(({ name }) => name === topic)?.partitions.length;
    if (!partitions) throw new Error(`Kafka does not know the topic ${topic}.`);
    const resources = [{ type: ConfigResourceTypes.TOPIC, name: topic, configNames: ['max.message.bytes', 'cleanup.policy'] }];
    const { resources: described } = await admin.describeConfigs({ includeSynonyms: false, resources });
    const valueOf = (name: string): string | undefined =>
      described[0]?.configEntries.find(({ configName }) => configName === name)?.configValue;
    return { partitions, maxBytes: Number(valueOf('max.message.bytes') ?? topicMaxBytes), cleanup: valueOf('cleanup.policy') ?? 'delete' };
  });

/** What a person should mend about a topic that somebody else made, a line each. */
export const topicTroubles = (topic: string, { partitions, maxBytes, cleanup }: TopicFacts, wanted: TopicShape): readonly string[] => [
  ...(wanted.compacted === true && cleanup !== 'compact'
    ? [
        `Topic ${topic} deletes what is old (cleanup.policy=${cleanup}), and has to keep the newest record of each key. ` +
          `Set it: kafka-configs.sh --alter --topic ${topic} --add-config cleanup.policy=compact`,
      ]
    : []),
  ...(maxBytes < topicMaxBytes
    ? [
        `Topic ${topic} takes records of at most ${maxBytes} bytes, and an order may need ${topicMaxBytes}. ` +
          `Raise it: kafka-configs.sh --alter --topic ${topic} --add-config max.message.bytes=${topicMaxBytes}`,
      ]
    : []),
  ...(partitions === wanted.partitions
    ? []
    : [
        `Topic ${topic} has ${partitions} partitions, and KAFKA_PARTITIONS says ${wanted.partitions}. ` +
          `Partitions of a topic are for ever: set KAFKA_PARTITIONS=${partitions}.`,
      ]),
];
