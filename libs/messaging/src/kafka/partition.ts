import type { Clock } from '@cartage/eventsourcing';
import type { Batch, KafkaMessage } from 'kafkajs';
import { Delivery, type DeliveryOptions } from '../delivery/delivery';
import type { Incoming } from '../delivery/group';

/** How long kafkajs is kept waiting for room. It fetches for no partition of the same broker meanwhile, nor can it leave or join. */
const PATIENCE_MS = 500;

export interface PartitionNeeds extends DeliveryOptions {
  readonly clock: Clock;
  readonly incoming: (message: KafkaMessage) => Incoming | undefined;
}

type Fetched = Pick<Batch, 'messages' | 'highWatermark'>;

/** One partition that is ours, for one group. */
export class Partition {
  private readonly delivery: Delivery<number>;
  private taking = Promise.resolve();
  /** Batches that wait for room; whatever comes then waits behind them. */
  private waiting = 0;
  private last = -1;
  private committed: number | undefined;
  /** The offset that the next record of the topic had at the last fetch, and that of the first record taken here. */
  private end = 0;
  private first: number | undefined;

  constructor(private readonly needs: PartitionNeeds) {
    this.delivery = new Delivery(needs);
  }

  /** The offset to commit, if there is news. */
  get toCommit(): number | undefined {
    const { reached } = this.delivery;
    return reached === undefined || reached === this.committed ? undefined : reached;
  }

  /** Records that were there at the last fetch, and are not done. */
  get behind(): number {
    const done = this.delivery.reached ?? (this.first ?? this.end) - 1;
    return Math.max(0, this.end - 1 - done);
  }

  markCommitted(offset: number): void {
    this.committed = offset;
  }

  /**
   * Takes a fetched batch in. What was taken before is passed over: after a rebalance kafkajs fetches again from the committed offset, also where the
   * partition stayed ours. Without room, `pause` stops the fetching of this partition until there is some.
   */
  async take({ messages, highWatermark }: Fetched, pause: () => () => void): Promise<void> {
    this.end = Math.max(this.end, Number(highWatermark));
    const rest = this.takeWhileRoom(messages);
    if (rest >= messages.length) return;
    this.taking = this.takeLater(messages.slice(rest));
    if (await this.endsInTime(this.taking)) return;
    const resume = pause();
    void this.taking.then(resume);
  }

  /** Ends what is running; the rest will be delivered again, to whoever has the partition then. */
  stop(): Promise<void> {
    return this.delivery.stop();
  }

  /** The usual case, at once; answers with how many were taken. None while others wait before them. */
  private takeWhileRoom(messages: readonly KafkaMessage[]): number {
    let taken = 0;
    for (const message of this.waiting > 0 ? [] : messages) {
      if (!this.delivery.hasRoom()) break;
      this.offer(message);
      taken += 1;
    }
    return taken;
  }

  private async takeLater(messages: readonly KafkaMessage[]): Promise<void> {
    this.waiting += 1;
    await this.taking;
    for (const message of messages) {
      if (!this.delivery.hasRoom()) await this.delivery.room();
      this.offer(message);
    }
    this.waiting -= 1;
  }

  private offer(message: KafkaMessage): void {
    const offset = Number(message.offset);
    if (offset <= this.last) return;
    this.last = offset;
    this.first ??= offset;
    this.delivery.offer(offset, this.needs.incoming(message));
  }

  private async endsInTime(work: Promise<void>): Promise<boolean> {
    const ended = new AbortController();
    const late = this.needs.clock.pause(PATIENCE_MS, ended.signal).then(() => false);
    const isDone = await Promise.race([work.then(() => true), late]);
    ended.abort();
    return isDone;
  }
}
