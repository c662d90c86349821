import { journalTopic } from '@cartage/contracts';
import { messageOf, numberOf, Pauses, positionOf, type Clock } from '@cartage/eventsourcing';
import type { Checkpoints, Lock, TopicWriter } from '@cartage/messaging';
import type { Check, Kit, Parts } from '@cartage/service-kit';
import type { FactLog } from '../app/fact-log';
import { JOURNAL_PUBLISHER, journalRecordOf } from './journal-record';
import type { Nudge } from './nudge';

export interface JournalPublishingNeeds {
  readonly facts: Pick<FactLog, 'read' | 'head'>;
  readonly writer: () => TopicWriter;
  /** One process publishes; the others stand by. */
  readonly lock: Lock;
  readonly checkpoints: Checkpoints;
  readonly nudge: Nudge;
  readonly clock: Clock;
  readonly log: Kit['log'];
}

const BATCH = 500;
/** Facts that another process entered are noticed by looking. */
const LOOK_EVERY_MS = 200;

/**
 * Sends the journals to Kafka, in the order of the facts, and so each journal in its own. At least once: how far it is is saved after every replica in sync has acknowledged, so that a crash sends some
 * entries again, with the same ids and numbers. Retries for ever; Kafka may be away when it begins.
 */
export class JournalPublisher implements Required<Pick<Parts, 'start' | 'stop'>> {
  private readonly ending = new AbortController();
  private running = Promise.resolve();
  private failing: string | undefined;

  constructor(private readonly needs: JournalPublishingNeeds) {}

  readonly start = async (): Promise<void> => {
    this.running = this.run();
  };

  readonly stop = async (): Promise<void> => {
    this.ending.abort();
    await this.running;
  };

  readonly check: Check = {
    name: `publisher ${journalTopic}`,
    vital: false,
    look: async () => ({ detail: { behind: await this.behind() }, error: this.failing }),
  };

  /** How many facts it has not looked at yet. */
  async behind(): Promise<number> {
    const { facts, checkpoints } = this.needs;
    return Math.max(0, (await facts.head()) - numberOf(await checkpoints.load(JOURNAL_PUBLISHER)));
  }

  private async run(): Promise<void> {
    const { signal } = this.ending;
    const pauses = new Pauses({ firstMs: 100, longestMs: 10_000, clock: this.needs.clock });
    while (!signal.aborted) {
      try {
        await this.hold(() => pauses.reset());
      } catch (error) {
        this.failing = `Nothing is published on ${journalTopic}: ${messageOf(error)}`;
        this.needs.log.error({ err: error, topic: journalTopic }, 'The journals cannot be published; trying again.');
        await pauses.rest(signal);
      }
    }
  }

  private async hold(succeeded: () => void): Promise<void> {
    const held = await this.needs.lock.acquire(this.ending.signal);
    if (!held) return;
    const writer = this.needs.writer();
    const signal = AbortSignal.any([held.lost, this.ending.signal]);
    try {
      await writer.ensure(journalTopic, signal);
      this.failing = undefined;
      succeeded();
      await this.publish(writer, signal);
    } finally {
      await writer.close();
      await held.release();
    }
  }

  private async publish(writer: TopicWriter, signal: AbortSignal): Promise<void> {
    const { facts, checkpoints, nudge } = this.needs;
    let after = numberOf(await checkpoints.load(JOURNAL_PUBLISHER));
    while (!signal.aborted) {
      const entries = await facts.read({ after, limit: BATCH });
      if (!(await this.send(writer, entries, signal))) return;
      after = entries.at(-1)?.position ?? after;
      if (entries.length > 0) await checkpoints.save(JOURNAL_PUBLISHER, positionOf(after));
      if (entries.length < BATCH) await nudge.wait(LOOK_EVERY_MS, signal);
    }
  }

  /** Whether all of it was acknowledged; false when the signal ended that. */
  private async send(writer: TopicWriter, entries: Awaited<ReturnType<FactLog['read']>>, signal: AbortSignal): Promise<boolean> {
    const records = entries.filter(({ orderId }) => orderId !== undefined).map(journalRecordOf);
    if (records.length === 0) return true;
    const refused = await writer.send(journalTopic, records, signal);
    for (const { message, error } of refused ?? [])
      this.needs.log.error({ err: error, topic: journalTopic, eventId: message.headers['ce_id'] }, 'An entry can never be published.');
    return refused !== undefined;
  }
}
