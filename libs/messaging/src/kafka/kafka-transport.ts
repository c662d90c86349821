import { systemClock, type Clock } from '@cartage/eventsourcing';
import type { Kafka } from 'kafkajs';
import type { Logger } from 'pino';
import type { DeadLetters } from '../dead-letter';
import { Neighbours } from '../delivery/neighbours';
import type { AnyListener } from '../listener';
import type { TracedMessaging } from '../traced';
import { usualPolicy, type RetryPolicy, type Subscription, type Transport } from '../transport';
import { KafkaSubscription } from './subscription';
import { usualShape, type TopicShape } from './topics';

export interface KafkaTransportNeeds {
  readonly kafka: Kafka;
  /** Of the service that listens. */
  readonly deadLetters: DeadLetters;
  readonly log: Logger;
  readonly clock?: Clock;
  readonly traced?: TracedMessaging | undefined;
  /** Of topics that are missing: they are made when somebody listens. */
  readonly shape?: TopicShape;
  readonly retry?: RetryPolicy;
  /** At most this many events of a partition in hand at once. */
  readonly window?: number;
  readonly commitEveryMs?: number;
  /** How long a small batch keeps the next one waiting. Events that come meanwhile are later by so much, and cost far less. */
  readonly gatherMs?: number;
  /** After this long without a sign of life a member's partitions go to the others. */
  readonly sessionTimeoutMs?: number;
}

/** Nor more of a partition in hand than this many bytes: what is made of them takes several times as much memory. */
const WINDOW_BYTES = 1_000_000;

/**
 * The messaging port on Kafka: a listener's group is a consumer group. A new group starts at the beginning of the topic. Offsets are committed
 * after the work is durable. Kafka may be away when it begins, and later.
 */
export const kafkaTransport = ({
  shape = usualShape,
  retry = usualPolicy,
  window = 500,
  commitEveryMs = 1_000,
  gatherMs = 0,
  sessionTimeoutMs = 20_000,
  clock = systemClock,
  ...needs
}: KafkaTransportNeeds): Transport => {
  const subscriptions = new Set<KafkaSubscription>();
  const neighbours = new Neighbours();

  const listen = async (listener: AnyListener): Promise<Subscription> => {
    const log = needs.log.child({ group: listener.group });
    const settings = { shape, retry, window, windowBytes: WINDOW_BYTES, commitEveryMs, gatherMs, sessionTimeoutMs, clock, neighbours };
    const subscription = new KafkaSubscription({ ...needs, ...settings, listener, log });
    subscriptions.add(subscription);
    subscription.start();
    return {
      stop: async () => {
        subscriptions.delete(subscription);
        await subscription.stop();
      },
    };
  };

  return {
    listen,
    health: () => [...subscriptions].map(({ health }) => health),
    close: async () => {
      await Promise.all([...subscriptions].map((subscription) => subscription.stop()));
      subscriptions.clear();
    },
  };
};
