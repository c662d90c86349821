import { setTimeout as sleep } from 'node:timers/promises';
import type { Consumer, EachBatchPayload, Kafka, KafkaMessage } from 'kafkajs';
import type { Logger } from 'pino';
import { Hopeless, pauseOf, type Task } from '../delivery/keyed-retry';
import { savingEvery, type Saving } from '../delivery/saving';
import { taskOf } from '../hearing';
import type { AnyListener } from '../listener';
import { patient, type RetryPolicy, type Subscription } from '../transport';
import { kafkaDeadLetters, type KafkaDeadLetters } from './dead-letters';
import { envelopeIn } from './message';
import { PartitionDelivery } from './partition-delivery';
import type { SureProducer } from './sure-producer';

export interface KafkaGroupNeeds {
  readonly kafka: Kafka;
  readonly listener: AnyListener;
  /** For dead letters. */
  readonly producer: SureProducer;
  readonly retry: RetryPolicy;
  readonly window: number;
  readonly commitEveryMs: number;
  readonly sessionTimeoutMs: number;
  readonly log: Logger;
}

/** One member of a consumer group, on the partitions that the group gives it. */
export class KafkaGroup implements Subscription {
  private readonly ending = new AbortController();
  private readonly partitions = new Map<number, PartitionDelivery>();
  private readonly committing: Saving;
  private readonly deadLetters: KafkaDeadLetters;
  private consumer: Consumer | undefined;

  constructor(private readonly needs: KafkaGroupNeeds) {
    this.deadLetters = kafkaDeadLetters(needs.producer, this.ending.signal);
    this.committing = savingEvery(
      needs.commitEveryMs,
      () => this.commit(),
      // Usual while the group rebalances. Whatever stays uncommitted is delivered again.
      (error) => needs.log.debug({ err: error }, 'Offsets could not be committed; trying again.'),
    );
  }

  /** Done when this member has joined the group. */
  async start(): Promise<void> {
    const { kafka, listener, sessionTimeoutMs } = this.needs;
    const consumer = kafka.consumer({
      groupId: listener.group,
      sessionTimeout: sessionTimeoutMs,
      heartbeatInterval: Math.min(3_000, sessionTimeoutMs / 3),
      maxWaitTimeInMs: 1_000,
      allowAutoTopicCreation: false,
    });
    this.consumer = consumer;
    consumer.on(consumer.events.GROUP_JOIN, ({ payload }) => this.keepOnly(payload.memberAssignment[listener.topic] ?? []));
    consumer.on(consumer.events.REBALANCING, () => this.committing.needed());
    consumer.on(consumer.events.CRASH, ({ payload }) => (payload.restart ? undefined : this.startAgain(payload.error)));
    await consumer.connect();
    await consumer.subscribe({ topics: [listener.topic], fromBeginning: true });
    await consumer.run({ autoCommit: false, partitionsConsumedConcurrently: 32, eachBatch: (payload) => this.take(payload) });
  }

  async stop(): Promise<void> {
    const { listener, log } = this.needs;
    this.ending.abort();
    this.consumer?.pause([{ topic: listener.topic }]);
    // The member keeps its partitions, and its heart beating, until what is running has ended and is committed.
    await Promise.all([...this.partitions.values()].map((partition) => partition.stop()));
    await this.committing.flush().catch((error: unknown) => log.warn({ err: error }, 'The last offsets could not be committed.'));
    await this.consumer?.disconnect();
  }

  private async take({ batch, pause }: EachBatchPayload): Promise<void> {
    if (this.ending.signal.aborted) return;
    await this.partition(batch.partition).take(batch.messages, pause);
  }

  private partition(number: number): PartitionDelivery {
    const known = this.partitions.get(number);
    if (known) return known;
    const { retry, window, log } = this.needs;
    const options = { retry, window, log: log.child({ partition: number }), onProgress: this.committing.needed };
    const partition = new PartitionDelivery(options, (message) => this.taskFor(number, message));
    this.partitions.set(number, partition);
    return partition;
  }

  /** Lets go of partitions that went to other members: nothing of theirs is begun or committed any more. */
  private keepOnly(ours: readonly number[]): void {
    for (const [number, partition] of this.partitions) {
      if (ours.includes(number)) continue;
      this.partitions.delete(number);
      void partition.stop();
    }
  }

  private async commit(): Promise<void> {
    const news = [...this.partitions].flatMap(([number, partition]) => {
      const { toCommit } = partition;
      return toCommit === undefined ? [] : [{ number, partition, toCommit }];
    });
    if (news.length === 0) return;
    const { topic } = this.needs.listener;
    // Kafka's committed offset is that of the next record.
    await this.consumer?.commitOffsets(news.map(({ number, toCommit }) => ({ topic, partition: number, offset: String(toCommit + 1) })));
    for (const { partition, toCommit } of news) partition.markCommitted(toCommit);
  }

  private taskFor(partition: number, message: KafkaMessage): Task | undefined {
    const { listener } = this.needs;
    const { group, topic } = listener;
    const origin = { topic, partition, offset: message.offset };
    try {
      const envelope = envelopeIn(topic, message);
      return taskOf(this.needs, envelope, (error, attempts) => this.deadLetters.add({ group, envelope, error, attempts, origin }));
    } catch (error) {
      if (!(error instanceof Hopeless)) throw error;
      return {
        key: message.key?.toString() ?? '',
        run: () => Promise.reject(error),
        bury: (cause, attempts) => this.deadLetters.addRecord(topic, message, { group, error: cause, attempts, origin }),
      };
    }
  }

  /** kafkajs gives up upon some errors, such as a missing right; a listener that silently listens no more would be worse than any of them. */
  private async startAgain(cause: Error): Promise<void> {
    const { signal } = this.ending;
    let failure: unknown = cause;
    for (let attempt = 1; !signal.aborted; attempt += 1) {
      this.needs.log.error({ err: failure }, 'A listener crashed; starting it again.');
      await sleep(pauseOf({ ...patient, firstPauseMs: 500 }, attempt), undefined, { signal }).catch(() => undefined);
      if (signal.aborted) return;
      try {
        return await this.start();
      } catch (error) {
        failure = error;
        await this.consumer?.disconnect();
      }
    }
  }
}
