import { journalTopic } from '@cartage/contracts';
import { numberOf, positionOf } from '@cartage/eventsourcing';
import type { Checkpoints, TopicWriter } from '@cartage/messaging';
import type { Check, Parts } from '@cartage/service-kit';
import type { FactLog, Piece } from '../app/fact-log';
import { JOURNAL_PUBLISHER, journalRecordOf } from './journal-record';
import type { Nudge } from './nudge';
import { Publishing, type PublishingNeeds } from './publishing';

export interface JournalPublishingNeeds extends Omit<PublishingNeeds, 'topics'> {
  readonly facts: Pick<FactLog, 'read' | 'head'>;
  readonly checkpoints: Checkpoints;
  readonly nudge: Nudge;
}

const BATCH = 500;
/** Facts that another process entered are noticed by looking. */
const LOOK_EVERY_MS = 200;

/**
 * Sends the journals to Kafka, in the order of the facts, and so each journal in its own. At least once: how far it is is saved after every replica in sync has acknowledged, so that a crash sends some
 * entries again, with the same ids and numbers.
 */
export class JournalPublisher implements Required<Pick<Parts, 'start' | 'stop'>> {
  private readonly publishing: Publishing;

  constructor(private readonly needs: JournalPublishingNeeds) {
    this.publishing = new Publishing({ ...needs, topics: journalTopic }, async (writer, signal, succeeded) => {
      await writer.ensure(journalTopic, signal);
      succeeded();
      await this.publish(writer, signal);
    });
  }

  readonly start = (): Promise<void> => this.publishing.start();
  readonly stop = (): Promise<void> => this.publishing.stop();

  readonly check: Check = {
    name: `publisher ${journalTopic}`,
    vital: false,
    look: async () => ({ detail: { behind: await this.behind() }, error: this.publishing.failing }),
  };

  /** How many facts it has not looked at yet. */
  async behind(): Promise<number> {
    const { facts, checkpoints } = this.needs;
    return Math.max(0, (await facts.head()) - numberOf(await checkpoints.load(JOURNAL_PUBLISHER)));
  }

  private async publish(writer: TopicWriter, signal: AbortSignal): Promise<void> {
    const { facts, checkpoints, nudge } = this.needs;
    let after = numberOf(await checkpoints.load(JOURNAL_PUBLISHER));
    while (!signal.aborted) {
      const { entries, more } = await facts.read({ after, limit: BATCH });
      if (!(await this.send(writer, entries, signal))) return;
      after = entries.at(-1)?.position ?? after;
      if (entries.length > 0) await checkpoints.save(JOURNAL_PUBLISHER, positionOf(after));
      if (!more) await nudge.wait(LOOK_EVERY_MS, signal);
    }
  }

  /** Whether all of it was acknowledged; false when the signal ended that. */
  private async send(writer: TopicWriter, entries: Piece['entries'], signal: AbortSignal): Promise<boolean> {
    const records = entries.filter(({ orderId }) => orderId !== undefined).map(journalRecordOf);
    if (records.length === 0) return true;
    const refused = await writer.send(journalTopic, records, signal);
    for (const { message, error } of refused ?? [])
      this.needs.log.error({ err: error, topic: journalTopic, eventId: message.headers['ce_id'] }, 'An entry can never be published.');
    return refused !== undefined;
  }
}
