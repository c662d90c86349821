import { setMaxListeners } from 'node:events';
import { messageOf, NO_MORE, Pauses, type Clock } from '@cartage/eventsourcing';
import { KafkaJSNonRetriableError, type Consumer, type EachBatchPayload, type Kafka, type KafkaMessage } from 'kafkajs';
import type { Logger } from 'pino';
import type { DeadLetters } from '../dead-letter';
import { Group, type Incoming } from '../delivery/group';
import { incomingRecord, storedWork } from '../delivery/incoming';
import type { Neighbours } from '../delivery/neighbours';
import { Redelivery } from '../delivery/redelivery';
import { Saving } from '../delivery/saving';
import type { AnyListener } from '../listener';
import type { TracedMessaging } from '../traced';
import type { GroupHealth, RetryPolicy, Subscription } from '../transport';
import { Partition } from './partition';
import { SignsOfLife } from './signs-of-life';
import { ensureTopics, type TopicShape } from './topics';
import { unlessAborted } from './unless-aborted';

export interface KafkaSubscriptionNeeds {
  readonly kafka: Kafka;
  readonly listener: AnyListener;
  readonly deadLetters: DeadLetters;
  readonly retry: RetryPolicy;
  readonly window: number;
  readonly windowBytes: number;
  readonly commitEveryMs: number;
  readonly gatherMs: number;
  readonly sessionTimeoutMs: number;
  readonly shape: TopicShape;
  readonly clock: Clock;
  readonly log: Logger;
  readonly traced?: TracedMessaging | undefined;
  readonly neighbours?: Neighbours;
}

/** A batch of this many costs little for each of them. */
const SMALL_BATCH = 100;
/** A member that joins waits so long for others of its group, and is silent meanwhile. */
const LONGEST_JOIN_MS = 65_000;
/** kafkajs answers within this time that a member is gone, or hangs. */
const LEAVING_MS = 10_000;

/** One member of a consumer group, on the partitions that the group gives it. */
export class KafkaSubscription implements Subscription {
  private readonly ending = new AbortController();
  private readonly group: Group;
  private readonly redelivery: Redelivery;
  private readonly partitions = new Map<number, Partition>();
  private readonly committing: Saving;
  private consumer: Consumer | undefined;
  private listening = Promise.resolve();
  private readonly pauses: Pauses;
  /** Nothing while this member is in its group. */
  private away: { readonly since: string; readonly why: string } | undefined;

  constructor(private readonly needs: KafkaSubscriptionNeeds) {
    const { listener, deadLetters, commitEveryMs: everyMs, log, clock, retry } = needs;
    // Each partition that gathers listens to it; Node would take more than ten for a leak.
    setMaxListeners(0, this.ending.signal);
    this.pauses = new Pauses({ firstMs: Math.max(250, retry.firstPauseMs), longestMs: retry.longestPauseMs, clock });
    this.group = new Group({ ...needs, group: listener.group });
    this.redelivery = new Redelivery({ group: this.group, deadLetters, workFor: (letter) => storedWork(needs, letter) });
    // A commit that fails while the group rebalances is nothing to worry about; one that fails again and again is.
    const failed = (error: unknown): void => log.warn({ err: error }, 'Offsets could not be committed; trying again.');
    this.committing = new Saving({ everyMs, save: () => this.commit(), failed, clock });
  }

  get health(): GroupHealth {
    const { group } = this.needs.listener;
    const health = { ...this.group.health(), behind: this.behind() };
    if (this.away) return { ...health, group, status: 'connecting', ...this.away };
    return { group, status: health.why === undefined ? 'listening' : 'waiting', ...health };
  }

  private behind(): number {
    return [...this.partitions.values()].reduce((sum, partition) => sum + partition.behind, 0);
  }

  /** Joins the group, however long it takes. */
  start(): void {
    this.redelivery.start();
    this.lost('It has not joined its group yet.');
    this.listening = this.listen();
  }

  async stop(): Promise<void> {
    const { log } = this.needs;
    this.ending.abort();
    // The member keeps its partitions, and its heart beating, until what is running has ended and is committed; nothing else is begun, however long it takes to leave.
    const delivered = [...this.partitions.values()].map((partition) => partition.stop());
    this.group.stop();
    await this.listening;
    this.readNoMore();
    await Promise.all([...delivered, this.redelivery.ended()]);
    await this.committing.flush().catch((error: unknown) => log.warn({ err: error }, 'The last offsets could not be committed.'));
    await this.consumer?.disconnect();
  }

  private readNoMore(): void {
    try {
      this.consumer?.pause([{ topic: this.needs.listener.topic }]);
    } catch (error) {
      // kafkajs says so of a member that crashed just now: it is in no group any more, and reads nothing.
      if (!(error instanceof KafkaJSNonRetriableError)) throw error;
    }
  }

  /** A listener that silently listens no more would be worse than any error: whatever ends its member, another one joins. */
  private async listen(): Promise<void> {
    const { signal } = this.ending;
    while (!signal.aborted) {
      try {
        await this.join();
      } catch (error) {
        this.lost(messageOf(error));
        this.needs.log.warn({ err: error }, 'This group cannot listen: Kafka cannot be used; trying again.');
        await this.leave();
        await this.pauses.rest(signal);
      }
    }
  }

  /** Waits for no member that hangs: it takes no part any more once another has joined. */
  private async leave(): Promise<void> {
    const gone = new AbortController();
    const left = this.consumer?.disconnect().catch(() => undefined);
    await Promise.race([left, this.needs.clock.pause(LEAVING_MS, gone.signal)]);
    gone.abort(NO_MORE);
  }

  /** Ends when this subscription does; throws what ended the member before. */
  private async join(): Promise<void> {
    const { kafka, listener, shape } = this.needs;
    const { signal } = this.ending;
    // kafkajs looks for a broker that is away for longer than a stop may take, and cannot be told to give up.
    await unlessAborted(ensureTopics(kafka, [listener.topic], shape), signal);
    if (signal.aborted) return;
    const consumer = (this.consumer = this.newConsumer());
    const crashed = new Promise<Error>((resolve) => consumer.on(consumer.events.CRASH, ({ payload }) => resolve(payload.error)));
    await consumer.connect();
    await consumer.subscribe({ topics: [listener.topic], fromBeginning: true });
    const eachBatch = async (payload: EachBatchPayload): Promise<void> => (consumer === this.consumer ? this.take(payload) : undefined);
    const running = consumer.run({ autoCommit: false, partitionsConsumedConcurrently: 32, eachBatch });
    const error = await this.unlessSilent(consumer, async () => {
      await running;
      return unlessAborted(crashed, signal);
    });
    if (error) throw error;
  }

  /** What the work brings, or an error as soon as nothing is heard of the member any more. */
  private async unlessSilent<Value>(consumer: Consumer, work: () => Promise<Value>): Promise<Value> {
    const { clock, sessionTimeoutMs } = this.needs;
    const looks = 1 + Math.ceil(LONGEST_JOIN_MS / sessionTimeoutMs);
    const signs = new SignsOfLife({ clock, lookEveryMs: sessionTimeoutMs, looks });
    for (const event of [consumer.events.HEARTBEAT, consumer.events.GROUP_JOIN]) consumer.on(event, signs.give);
    const over = new AbortController();
    const silent = signs.silence(over.signal).then((): never => {
      throw new Error(`Nothing was heard of this member of the group for ${Math.round((looks * sessionTimeoutMs) / 1000)} s.`);
    });
    silent.catch(() => undefined);
    return Promise.race([work(), silent]).finally(() => over.abort(NO_MORE));
  }

  private newConsumer(): Consumer {
    const { kafka, listener, sessionTimeoutMs } = this.needs;
    const consumer = kafka.consumer({
      groupId: listener.group,
      sessionTimeout: sessionTimeoutMs,
      heartbeatInterval: Math.min(3_000, sessionTimeoutMs / 3),
      maxWaitTimeInMs: 1_000,
      allowAutoTopicCreation: false,
      // A consumer that begins again by itself cannot be stopped meanwhile: it joins the group after its end, and holds partitions that nobody reads.
      retry: { restartOnFailure: async () => false },
    });
    consumer.on(consumer.events.GROUP_JOIN, ({ payload }) => this.joined(payload.memberAssignment[listener.topic] ?? []));
    consumer.on(consumer.events.REBALANCING, () => this.committing.needed());
    return consumer;
  }

  private joined(ours: readonly number[]): void {
    this.away = undefined;
    this.pauses.reset();
    this.keepOnly(ours);
    // Whoever had these partitions before may have blocked keys of theirs.
    this.group.loadBlocked();
  }

  private lost(why: string): void {
    this.away = { since: this.away?.since ?? this.needs.clock.now().toISOString(), why };
  }

  private async take({ batch, pause }: EachBatchPayload): Promise<void> {
    if (this.ending.signal.aborted) return;
    await this.partition(batch.partition).take(batch, pause);
    // kafkajs fetches again when this is done: a small batch that waits a moment makes the next one larger, and the fetches fewer.
    if (batch.messages.length < SMALL_BATCH) await this.needs.clock.pause(this.needs.gatherMs, this.ending.signal);
  }

  private partition(number: number): Partition {
    const known = this.partitions.get(number);
    if (known) return known;
    const { window, windowBytes, clock } = this.needs;
    const settle: Group['settle'] = (incoming, signal) => this.group.settle(incoming, signal);
    const incoming = (message: KafkaMessage): Incoming | undefined => this.incoming(number, message);
    const partition = new Partition({ settle, window, windowBytes, clock, onProgress: this.committing.needed, incoming });
    this.partitions.set(number, partition);
    return partition;
  }

  private incoming(partition: number, { offset, key, value, headers = {} }: KafkaMessage): Incoming | undefined {
    const { topic } = this.needs.listener;
    return incomingRecord(this.needs, { topic, partition, offset }, key?.toString() ?? '', { headers, value });
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
    const { consumer } = this;
    if (!consumer) return;
    const news = [...this.partitions].flatMap(([number, partition]) => {
      const { toCommit } = partition;
      return toCommit === undefined ? [] : [{ number, partition, toCommit }];
    });
    if (news.length === 0) return;
    const { topic } = this.needs.listener;
    // Kafka's committed offset is that of the next record.
    await consumer.commitOffsets(news.map(({ number, toCommit }) => ({ topic, partition: number, offset: String(toCommit + 1) })));
    for (const { partition, toCommit } of news) partition.markCommitted(toCommit);
  }
}
