import { messageOf, Pauses, type Clock } from '@cartage/eventsourcing';
import type { Lock, TopicWriter } from '@cartage/messaging';
import type { Kit, Parts } from '@cartage/service-kit';

export interface PublishingNeeds {
  /** For people: the topics. */
  readonly topics: string;
  readonly writer: () => TopicWriter;
  /** One process publishes; the others stand by. */
  readonly lock: Lock;
  readonly clock: Clock;
  readonly log: Kit['log'];
}

/** Publishes until the signal says so, or throws; `succeeded` says that it has begun well. */
export type Publish = (writer: TopicWriter, signal: AbortSignal, succeeded: () => void) => Promise<void>;

/** Publishes in one process at a time, and begins anew for ever after what fails; Kafka may be away when it begins. */
export class Publishing implements Required<Pick<Parts, 'start' | 'stop'>> {
  private readonly ending = new AbortController();
  private running = Promise.resolve();
  private trouble: string | undefined;

  constructor(
    private readonly needs: PublishingNeeds,
    private readonly publish: Publish,
  ) {}

  readonly start = async (): Promise<void> => {
    this.running = this.run();
  };

  readonly stop = async (): Promise<void> => {
    this.ending.abort();
    await this.running;
  };

  /** Why nothing is published; nothing where it is. */
  get failing(): string | undefined {
    return this.trouble;
  }

  private async run(): Promise<void> {
    const { signal } = this.ending;
    const { topics, clock, log } = this.needs;
    const pauses = new Pauses({ firstMs: 100, longestMs: 10_000, clock });
    while (!signal.aborted) {
      try {
        await this.hold(() => pauses.reset());
      } catch (error) {
        this.trouble = `Nothing is published on ${topics}: ${messageOf(error)}`;
        log.error({ err: error, topics }, 'What is published for subscribers cannot be published; trying again.');
        await pauses.rest(signal);
      }
    }
  }

  private async hold(begun: () => void): Promise<void> {
    // Whoever has it publishes, and says what fails; of what failed here before nobody needs to hear any more.
    const held = await this.needs.lock.acquire(this.ending.signal, () => (this.trouble = undefined));
    if (!held) return;
    const writer = this.needs.writer();
    const signal = AbortSignal.any([held.lost, this.ending.signal]);
    try {
      await this.publish(writer, signal, () => {
        this.trouble = undefined;
        begun();
      });
    } finally {
      await writer.close();
      await held.release();
    }
  }
}
