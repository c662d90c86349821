import type { Deadlines, Meta } from '@cartage/eventsourcing';
import { kindOf, type Medium } from '../domain/kinds';
import type { Occasion } from '../domain/occasions';
import type { Outbox, PlannedMessage } from './outbox';

export interface PlanningNeeds {
  readonly outbox: Outbox;
  readonly deadlines: Deadlines;
  /** The ways in which this house sends; none: nothing is planned. */
  readonly media: readonly Medium[];
  readonly idFor: (...parts: readonly string[]) => string;
  readonly now: () => Date;
}

export const SEND = 'SendMessage';

/** Tells when a message is to go. All messages of an order are one line: those that go out together are never in two hands. */
export const sendAt = (
  deadlines: Deadlines,
  { messageId, orderId }: Pick<PlannedMessage, 'messageId' | 'orderId'>,
  dueAt: Date,
  again = '',
): Promise<void> =>
  deadlines.set({
    id: `message-${messageId}${again}`,
    stream: `messages-${orderId}`,
    name: SEND,
    dueAt: dueAt.toISOString(),
    data: { messageId },
  });

/** Writes down what is to be sent, once for each event and medium, and when. */
export const planning =
  ({ outbox, deadlines, media, idFor, now }: PlanningNeeds) =>
  async ({ orderId, kind, content }: Occasion, { commandId }: Pick<Meta, 'commandId'>): Promise<void> => {
    const at = now();
    const dueAt = new Date(at.getTime() + kindOf(kind).gatherSeconds * 1_000);
    const messages = media.map((medium): PlannedMessage => {
      const messageId = idFor('message', commandId, kind, medium);
      return { messageId, orderId, kind, medium, content, plannedAt: at.toISOString() };
    });
    // The row first: a deadline that finds none would have nothing to send.
    for (const message of messages) {
      await outbox.plan(message);
      await sendAt(deadlines, message, dueAt);
    }
  };

export type Plan = ReturnType<typeof planning>;
