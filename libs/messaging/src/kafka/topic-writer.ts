import type { Kafka, Message } from 'kafkajs';
import type { Logger } from 'pino';
import { SureProducer, type Refused } from './producer';
import { ensureTopics, usualShape, type TopicShape } from './topics';
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
  /** Answers with what Kafka will never take, when all else was acknowledged by every replica in sync; with nothing when `signal` ended the attempts. */
  send<Each extends Message>(topic: string, messages: readonly Each[], signal: AbortSignal): Promise<readonly Refused<Each>[] | undefined>;
  close(): Promise<void>;
}

export const topicWriter = ({ kafka, log, shape = usualShape }: TopicWriterNeeds): TopicWriter => {
  const producer = new SureProducer({ kafka, log });
  return {
    ensure: async (topic, signal) => void (await unlessAborted(ensureTopics(kafka, [topic], shape), signal)),
    send: (topic, messages, signal) => producer.send(topic, messages, signal),
    close: () => producer.disconnect(),
  };
};
