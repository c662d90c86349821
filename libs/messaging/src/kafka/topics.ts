import { setTimeout as sleep } from 'node:timers/promises';
import { KafkaJSProtocolError, type Admin, type Kafka } from 'kafkajs';

export interface TopicShape {
  /** For ever: raising it later would send a subject's events to another partition and break their order. */
  readonly partitions: number;
  /** -1: the broker's default. */
  readonly replicas: number;
}

export const usualShape: TopicShape = { partitions: 6, replicas: -1 };

/** An order of ten thousand lines is one event, and larger than the 1 MB that a broker takes by default. */
const LARGEST_EVENT = { name: 'max.message.bytes', value: String(16 * 1024 * 1024) };

/** Makes the topics that are missing; those that are there stay as they are. Several processes may do it at the same time. */
export const kafkaTopics = async (
  kafka: Kafka,
  topics: readonly string[],
  { partitions, replicas }: TopicShape = usualShape,
): Promise<void> => {
  const admin = kafka.admin();
  await admin.connect();
  try {
    const there = new Set(await admin.listTopics());
    const missing = topics.filter((topic) => !there.has(topic));
    if (missing.length === 0) return;
    // Answers false, and throws nothing, when another process was first.
    await admin.createTopics({
      waitForLeaders: false,
      topics: missing.map((topic) => ({ topic, numPartitions: partitions, replicationFactor: replicas, configEntries: [LARGEST_EVENT] })),
    });
    await untilLed(admin, missing);
  } finally {
    await admin.disconnect();
  }
};

const TRIES = 100;

/**
 * Every partition has a leader that takes records. kafkajs' own `waitForLeaders` gives up when it asks a broker that has not yet heard of the
 * topic, as happens in a cluster right after the making.
 */
const untilLed = async (admin: Admin, topics: readonly string[]): Promise<void> => {
  for (let attempt = 1; ; attempt += 1) {
    try {
      const { topics: found } = await admin.fetchTopicMetadata({ topics: [...topics] });
      if (found.every(({ partitions }) => partitions.length > 0 && partitions.every(({ leader }) => leader >= 0))) return;
    } catch (error) {
      if (!(error instanceof KafkaJSProtocolError) || attempt === TRIES) throw error;
    }
    if (attempt === TRIES) throw new Error(`Kafka names no leaders for ${topics.join(', ')}.`);
    await sleep(100);
  }
};

/** How many partitions each topic has. */
export const partitionCounts = async (kafka: Kafka, topics: readonly string[]): Promise<ReadonlyMap<string, number>> => {
  const admin = kafka.admin();
  await admin.connect();
  try {
    const { topics: found } = await admin.fetchTopicMetadata({ topics: [...topics] });
    return new Map(found.map(({ name, partitions }) => [name, partitions.length]));
  } finally {
    await admin.disconnect();
  }
};
