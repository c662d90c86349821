import { keyReused, Refused, type Deadlines } from '@cartage/eventsourcing';
import type { Medium, MessageKind } from '../domain/kinds';
import type { MessageStatus, Outbox } from './outbox';
import { sendAt } from './planning';
import type { Content } from '../domain/content';

/** What became of a message, as it is shown. Times are ISO 8601 UTC. */
export interface ShownMessage {
  readonly messageId: string;
  readonly orderId: string;
  readonly kind: MessageKind;
  readonly medium: Medium;
  readonly status: MessageStatus;
  readonly plannedAt: string;
  readonly endedAt: string | null;
  readonly attempts: number;
  readonly reason: string | null;
  readonly detail: string | null;
  readonly template: string | null;
  readonly templateVersion: number | null;
  readonly locale: string | null;
  readonly brand: string | null;
  readonly sender: string | null;
  readonly reference: string | null;
  /** The message that it went out with. */
  readonly mergedInto: string | null;
  readonly repeats: string | null;
}

export interface MessageFilter {
  readonly channel?: string | undefined;
  readonly orderId?: string | undefined;
  readonly status?: MessageStatus | undefined;
}

/** Where the page before ended: plannedAt and id of its last row. */
export type After = readonly [string, string];

/** What is kept of messages, for people to read. */
export interface MessageLog {
  list(filter: MessageFilter, after: After | undefined, limit: number): Promise<readonly ShownMessage[]>;
  find(messageId: string): Promise<ShownMessage | undefined>;
  /** What it, and those that went out with it, had to say. */
  contentOf(messageId: string): Promise<Content>;
}

export interface MessagesNeeds {
  readonly log: MessageLog;
  readonly outbox: Outbox;
  readonly deadlines: Deadlines;
  readonly idFor: (...parts: readonly string[]) => string;
  readonly now: () => Date;
}

export const unknownMessage = (messageId: string): Refused =>
  new Refused('MESSAGE_UNKNOWN', `There is no message ${messageId}.`, 'unknown');

/** Messages as people ask about them. */
export class Messages {
  constructor(private readonly needs: MessagesNeeds) {}

  list(filter: MessageFilter, after: After | undefined, limit: number): Promise<readonly ShownMessage[]> {
    return this.needs.log.list(filter, after, limit);
  }

  async get(messageId: string): Promise<ShownMessage> {
    const found = await this.needs.log.find(messageId);
    if (!found) throw unknownMessage(messageId);
    return found;
  }

  /** Sends it once more, to whom and in the words that hold now. The command names the new message: asked for again, it is the same one. */
  async resend(messageId: string, commandId: string): Promise<ShownMessage> {
    const { log, outbox, deadlines, idFor, now } = this.needs;
    const { orderId, kind, medium, status, mergedInto } = await this.get(messageId);
    if (status === 'waiting' || status === 'sending')
      throw new Refused('MESSAGE_NOT_ENDED', `Message ${messageId} is ${status}: it is sent by itself.`);
    const again = idFor('resend', commandId);
    const known = await log.find(again);
    if (known) return this.same(known, messageId);
    const content = await log.contentOf(mergedInto ?? messageId);
    const planned = { messageId: again, orderId, kind, medium, content, plannedAt: now().toISOString(), repeats: messageId };
    await outbox.plan(planned);
    await sendAt(deadlines, planned, now());
    return this.get(again);
  }

  private async same(known: ShownMessage, messageId: string): Promise<ShownMessage> {
    if (known.repeats === messageId) {
      // Whoever planned it may have died before anybody was told when to send it.
      if (known.status === 'waiting') await sendAt(this.needs.deadlines, known, this.needs.now());
      return known;
    }
    throw keyReused();
  }
}
