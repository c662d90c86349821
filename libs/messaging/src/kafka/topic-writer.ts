import type { Kafka, Message } from 'kafkajs';
import type { Logger } from 'pino';
import { SureProducer, type Refused } from './producer';
import { ensureTopics, topicFacts, topicTroubles, usualShape, type TopicShape } from './topics';
import { unlessAborted } from './unless-aborted';

export interface TopicWriterNeeds {
  readonly kafka: Kafka;
  readonly log: Logger;
  readonly shape?: TopicShape;
}

/** Writes records to topics that follow no event log, such as one that a subscriber asked for. */
export interface TopicWriter {
  /** Makes the topic where it is missing. Done as soon as the signal says so, whether or not it is there. */
  ensure(topic: string, signal: AbortSignal): Promise<void>;
  /** The same for one that keeps the newest record of each key; throws, and says the fix, where it is there and does not. */
  ensureCompacted(topic: string, signal: AbortSignal): Promise<void>;
  /** Answers with what Kafka will never take, when all else was acknowledged by every replica in sync; with nothing when `signal` ended the attempts. */
  send<Each extends Message>(topic: string, messages: readonly Each[], signal: AbortSignal): Promise<readonly Refused<Each>[] | undefined>;
  close(): Promise<void>;
}

const ensureCompacted = async (kafka: Kafka, topic: string, shape: TopicShape): Promise<void> => {
  const wanted = { ...shape, compacted: true };
  await ensureTopics(kafka, [topic], wanted);
  // How many partitions somebody gave it is no matter here: its keys are its own.
  const { cleanup, maxBytes } = await topicFacts(kafka, topic);
  const [trouble] = topicTroubles(topic, { cleanup, maxBytes, partitions: wanted.partitions }, wanted);
  if (trouble !== undefined) throw new Error(trouble);
};

export const topicWriter = ({ kafka, log, shape = usualShape }: TopicWriterNeeds): TopicWriter => {
  const producer = new SureProducer({ kafka, log });
  return {
    ensure: async (topic, signal) => void (await unlessAborted(ensureTopics(kafka, [topic], shape), signal)),
    ensureCompacted: async (topic, signal) => void (await unlessAborted(ensureCompacted(kafka, topic, shape), signal)),
    send: (topic, messages, signal) => producer.send(topic, messages, signal),
    close: () => producer.disconnect(),
  };
};
