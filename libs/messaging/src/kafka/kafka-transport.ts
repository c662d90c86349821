import { deadLetterTopic, type Topic } from '@cartage/contracts';
import type { Kafka } from 'kafkajs';
import type { Logger } from 'pino';
import type { AnyListener } from '../listener';
import { patient, type RetryPolicy, type Subscription, type Transport } from '../transport';
import { KafkaGroup } from './kafka-group';
import { SureProducer } from './sure-producer';
import { kafkaTopics, usualShape, type TopicShape } from './topics';

export interface KafkaTransportNeeds {
  readonly kafka: Kafka;
  readonly log: Logger;
  /** Of topics that are missing: they are made when somebody listens. */
  readonly shape?: TopicShape;
  readonly retry?: RetryPolicy;
  /** At most this many events of a partition in hand at once. */
  readonly window?: number;
  readonly commitEveryMs?: number;
  /** After this long without a sign of life a member's partitions go to the others. */
  readonly sessionTimeoutMs?: number;
}

/**
 * The messaging port on Kafka: a listener's group is a consumer group. A new group starts at the beginning of the topic. Offsets are committed
 * after the work is durable; dead letters go to `<topic>.dead-letter`.
 */
export const kafkaTransport = ({
  shape = usualShape,
  retry = patient,
  window = 500,
  commitEveryMs = 250,
  sessionTimeoutMs = 20_000,
  ...needs
}: KafkaTransportNeeds): Transport => {
  const groups = new Set<Subscription>();
  const producer = new SureProducer(needs);
  const topics = new Map<Topic, Promise<void>>();

  const made = (topic: Topic): Promise<void> => {
    const making = topics.get(topic) ?? kafkaTopics(needs.kafka, [topic, deadLetterTopic(topic)], shape);
    topics.set(topic, making);
    making.catch(() => topics.delete(topic));
    return making;
  };

  const listen = async (listener: AnyListener): Promise<Subscription> => {
    await made(listener.topic);
    const log = needs.log.child({ group: listener.group });
    const group = new KafkaGroup({ ...needs, listener, producer, retry, window, commitEveryMs, sessionTimeoutMs, log });
    groups.add(group);
    await group.start();
    return {
      stop: async () => {
        groups.delete(group);
        await group.stop();
      },
    };
  };

  return {
    listen,
    close: async () => {
      await Promise.all([...groups].map((group) => group.stop()));
      groups.clear();
      await producer.disconnect();
    },
  };
};
