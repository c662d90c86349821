import { setTimeout as sleep } from 'node:timers/promises';
import type { KafkaMessage } from 'kafkajs';
import { KeyedRetry, type KeyedRetryOptions, type Task } from '../delivery/keyed-retry';

export type TaskFor = (message: KafkaMessage) => Task | undefined;

/** How long kafkajs is kept waiting for room. It fetches for no partition of the same broker meanwhile, nor can it leave or join. */
const PATIENCE_MS = 500;

/** One partition that is ours, for one group. */
export class PartitionDelivery {
  private readonly delivery: KeyedRetry<number>;
  private taking = Promise.resolve();
  private last = -1;
  private committed: number | undefined;

  constructor(
    options: KeyedRetryOptions,
    private readonly taskFor: TaskFor,
  ) {
    this.delivery = new KeyedRetry(options);
  }

  /** The offset to commit, if there is news. */
  get toCommit(): number | undefined {
    const { reached } = this.delivery;
    return reached === undefined || reached === this.committed ? undefined : reached;
  }

  markCommitted(offset: number): void {
    this.committed = offset;
  }

  /**
   * Takes a fetched batch in. What was taken before is passed over: after a rebalance kafkajs fetches again from the committed offset, also where the
   * partition stayed ours. Without room, `pause` stops the fetching of this partition until there is some.
   */
  async take(messages: readonly KafkaMessage[], pause: () => () => void): Promise<void> {
    const fresh = messages.filter(({ offset }) => Number(offset) > this.last);
    this.last = Number(fresh.at(-1)?.offset ?? this.last);
    this.taking = this.taking.then(() => this.takeAll(fresh));
    if (await endsWithin(this.taking, PATIENCE_MS)) return;
    const resume = pause();
    void this.taking.then(resume);
  }

  /** Ends what is running; the rest will be delivered again, to whoever has the partition then. */
  stop(): Promise<void> {
    return this.delivery.stop();
  }

  private async takeAll(messages: readonly KafkaMessage[]): Promise<void> {
    for (const message of messages) {
      if (!this.delivery.hasRoom()) await this.delivery.room();
      this.delivery.offer(Number(message.offset), this.taskFor(message));
    }
  }
}

const endsWithin = async (work: Promise<void>, ms: number): Promise<boolean> => {
  const ended = new AbortController();
  const late = sleep(ms, false, { signal: ended.signal }).catch(() => true);
  try {
    return await Promise.race([work.then(() => true), late]);
  } finally {
    ended.abort();
  }
};
