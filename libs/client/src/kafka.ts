import type { StateTopic } from '@cartage/contracts';
import { Unacceptable, type RawRecord } from '@cartage/messaging/reading';
import type { Consumer, EachBatchPayload, Kafka } from 'kafkajs';
import type { FollowedTopic } from './events';
import { EventsMissing } from './sequence';
import { standingIn, type Standing, type StateHandlers } from './states';
import { take, type Subscription } from './taking';

export interface Subscribing<Tx> extends Omit<Subscription<Tx>, 'subscriber'> {
  /** A client of kafkajs. */
  readonly kafka: Kafka;
  /** The consumer group; the inbox keeps count under its name. */
  readonly group: string;
  readonly topics: readonly FollowedTopic[];
}

export interface Subscriber {
  /** Done when it was stopped. Rejects with `EventsMissing` where an event is missing, or `Unacceptable` for what is no event that is known here: then it has stopped. */
  readonly ended: Promise<void>;
  /** Finishes the event in hand. */
  stop(): Promise<void>;
}

/** No further try makes it better; a handler that fails is tried again until it does not. */
const isFinal = (error: unknown): boolean => error instanceof EventsMissing || error instanceof Unacceptable;

type Take = (topic: string, record: RawRecord) => Promise<unknown>;

class KafkaSubscriber implements Subscriber {
  readonly ended: Promise<void>;
  private settle: (error?: unknown) => void = () => undefined;
  private failed = false;

  constructor(
    private readonly consumer: Consumer,
    private readonly take: Take,
  ) {
    this.ended = new Promise((resolve, reject) => {
      this.settle = (error) => (error === undefined ? resolve() : reject(error as Error));
    });
    // Whoever does not look at it learns of it from what is missing, not from a process that dies.
    this.ended.catch(() => undefined);
  }

  async start(topics: readonly string[]): Promise<void> {
    // A consumer that ends for good says so nowhere else.
    this.consumer.on(this.consumer.events.CRASH, ({ payload }) => payload.restart || this.fail(payload.error));
    await this.consumer.connect();
    await this.consumer.subscribe({ topics: [...topics], fromBeginning: true });
    await this.consumer.run({ eachBatchAutoResolve: false, eachBatch: (payload) => this.takeAll(payload) });
  }

  async stop(): Promise<void> {
    await this.consumer.disconnect();
    this.settle();
  }

  /** An offset is committed only behind what was taken. */
  private async takeAll({ batch, resolveOffset, heartbeat, isRunning, isStale, pause }: EachBatchPayload): Promise<void> {
    for (const { offset, headers = {}, value } of batch.messages) {
      if (this.failed || !isRunning() || isStale()) return;
      try {
        await this.take(batch.topic, { headers, value });
      } catch (error) {
        if (!isFinal(error)) throw error;
        pause();
        return this.fail(error);
      }
      resolveOffset(offset);
      await heartbeat();
    }
  }

  /** The consumer waits for the batch in hand before it leaves, so nobody may wait for it here. */
  private fail(error: unknown): void {
    this.failed = true;
    const settle = (): void => this.settle(error);
    // It is given up in any case: that it cannot even leave is no news.
    this.consumer.disconnect().then(settle, settle);
  }
}

/**
 * Follows topics from their beginning, or from where the group was, and proves that it missed nothing and doubled nothing: each event is handled once, with its number
 * remembered in the same transaction of the inbox; where one is missing it stops and says which.
 */
export const subscribe = async <Tx>({ kafka, group, topics, ...rest }: Subscribing<Tx>): Promise<Subscriber> => {
  const subscription = { subscriber: group, ...rest };
  return started({ kafka, group, topics }, (topic, record) => take(subscription, topic as FollowedTopic, record));
};

const started = async (
  { kafka, group, topics }: Readonly<{ kafka: Kafka; group: string; topics: readonly string[] }>,
  taking: Take,
): Promise<Subscriber> => {
  const consumer = kafka.consumer({ groupId: group, allowAutoTopicCreation: false, maxWaitTimeInMs: 1_000 });
  const subscriber = new KafkaSubscriber(consumer, taking);
  await subscriber.start(topics);
  return subscriber;
};

export interface FollowingStates {
  /** A client of kafkajs. */
  readonly kafka: Kafka;
  /** The consumer group. One that is new is given everything as it is now; later it goes on where it was. */
  readonly group: string;
  readonly on: StateHandlers;
}

/**
 * Follows what is now, on the topics that handlers are given for. At least once, in order per key; nothing is counted, for what is overtaken is not told. A handler that throws is tried again with the
 * same state until it does not.
 */
export const followStates = async ({ kafka, group, on }: FollowingStates): Promise<Subscriber> => {
  const topics = Object.keys(on) as readonly StateTopic[];
  return started({ kafka, group, topics }, async (topic, record) => {
    const of = topic as StateTopic;
    const handle = on[of] as ((standing: Standing<unknown>) => Promise<unknown>) | undefined;
    await handle?.(standingIn(of, record));
  });
};
