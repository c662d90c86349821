import type { NotificationEvent, Personal, Reason, Sealed, ActionDetails } from '@cartage/contracts';
import { isAway, messageOf, Refused, type DataOf, type Deadlines, type Meta } from '@cartage/eventsourcing';
import { gathered } from '../domain/content';
import { kindOf, type MessageKind } from '../domain/kinds';
import type { OrderCard } from '../domain/order-card';
import { quietUntil, type QuietHours } from '../domain/quiet-hours';
import type { Claimed, Ending, Outbox } from './outbox';
import { sendAt } from './planning';
import type { Sender, SendOutcome } from './sender';
import type { Written } from './writing';

export interface SendingNeeds {
  readonly outbox: Outbox;
  readonly deadlines: Deadlines;
  readonly senders: readonly Sender[];
  readonly open: (sealed: Sealed) => Promise<Personal | undefined>;
  readonly openLink: (sealed: Sealed) => Promise<ActionDetails | undefined>;
  readonly optedOut: (customerId: string) => Promise<readonly MessageKind[]>;
  readonly write: (claimed: ReadyMessage, person: Personal) => Promise<Written>;
  readonly quietHours: QuietHours | undefined;
  readonly recordFailure: (failure: DataOf<NotificationEvent, 'NotificationFailed'>, meta: Meta) => Promise<unknown>;
  readonly now: () => Date;
}

/** A message whose order is known. */
export interface ReadyMessage extends Claimed {
  readonly card: OrderCard;
}

interface Recipient {
  readonly person: Personal;
  readonly address: string;
}

type Noted = Omit<Ending, 'messageId' | 'status' | 'endedAt'>;

/** Longer than any hand-over may take; whoever died with a message in hand is overtaken then. */
const IN_HAND_MS = 5 * 60_000;
/** An order that is not heard of so long after its own news will not come. */
const PATIENCE_MS = 24 * 3_600_000;
/** What is away is waited for, for ever; a fault of our own, or of a receiver who breaks off every time, is not. */
const MOST_ATTEMPTS = 20;

const hasCard = (claimed: Claimed): claimed is ReadyMessage => claimed.card !== undefined;

/** Of whom it is for; who ordered, unless it says so. */
const boxOf = ({ card, contents }: ReadyMessage): Sealed => contents.findLast(({ personal }) => personal)?.personal ?? card.personal;

const isOver = ({ contents }: ReadyMessage, now: Date): boolean => {
  const { until } = gathered(contents);
  return until !== undefined && Date.parse(until) <= now.getTime();
};

/** Why nobody would read it with profit any more. */
const pointlessBecause = (message: ReadyMessage, now: Date): string | undefined => {
  if (message.withdrawn) return 'answered';
  if (!kindOf(message.kind).timely) return undefined;
  if (message.card.cancelled) return 'order-cancelled';
  return isOver(message, now) ? 'too-late' : undefined;
};

/** Sends what is due. Everything about the customer is asked at this moment, and the sealed box is opened last. */
export class Sending {
  constructor(private readonly needs: SendingNeeds) {}

  async send(messageId: string, meta: Meta): Promise<void> {
    const { outbox, now } = this.needs;
    const at = now();
    const claimed = await outbox.claim(messageId, at.toISOString(), new Date(at.getTime() + IN_HAND_MS).toISOString());
    if (!claimed) return;
    try {
      await (hasCard(claimed) ? this.settle(claimed, meta) : this.withoutOrder(claimed, meta));
    } catch (error) {
      if (isAway(error) || claimed.attempts < MOST_ATTEMPTS || error instanceof Refused) {
        await outbox.release(messageId);
        throw error;
      }
      await this.fail(claimed, { code: 'fault', detail: messageOf(error), by: 'system' }, meta);
    }
  }

  private async settle(claimed: ReadyMessage, meta: Meta): Promise<void> {
    const pointless = pointlessBecause(claimed, this.needs.now());
    if (pointless !== undefined) return this.suppress(claimed, pointless);
    if (await this.isUnwanted(claimed)) return this.suppress(claimed, 'opted-out');
    if (await this.postponed(claimed)) return;
    const person = await this.needs.open(boxOf(claimed));
    if (!person) return this.suppress(claimed, 'person-erased');
    const address = claimed.medium === 'email' ? person.email : person.phone;
    if (address === undefined) return this.suppress(claimed, 'no-address');
    const opened = await this.withLink(claimed);
    await (opened ? this.deliver(opened, { person, address }, meta) : this.suppress(claimed, 'person-erased'));
  }

  /** With what was sealed so that only its receiver reads it; nothing when that person was erased. */
  private async withLink(claimed: ReadyMessage): Promise<ReadyMessage | undefined> {
    const { link } = gathered(claimed.contents);
    if (!link) return claimed;
    const opened = await this.needs.openLink(link);
    return opened && { ...claimed, contents: [...claimed.contents, opened] };
  }

  /** Its order may be on its way here still, on another topic. */
  private async withoutOrder(claimed: Claimed, meta: Meta): Promise<void> {
    const { orderId, plannedAt } = claimed;
    if (this.needs.now().getTime() - Date.parse(plannedAt) < PATIENCE_MS)
      throw new Refused('ORDER_UNKNOWN', `Order ${orderId} is not known here, or not yet.`, 'unknown');
    await this.fail(claimed, { code: 'order-unknown', by: 'system' }, meta);
  }

  private async isUnwanted({ kind, card: { customerId } }: ReadyMessage): Promise<boolean> {
    if (!kindOf(kind).optional || customerId === undefined) return false;
    return (await this.needs.optedOut(customerId)).includes(kind);
  }

  /** Quiet hours are looked at when it is due, by the clock of where the goods go. */
  private async postponed(claimed: ReadyMessage): Promise<boolean> {
    const { outbox, deadlines, quietHours, now } = this.needs;
    const until = kindOf(claimed.kind).urgent ? undefined : quietUntil(quietHours, claimed.card, now().toISOString());
    if (until === undefined) return false;
    await outbox.release(claimed.messageId);
    await sendAt(deadlines, claimed, new Date(until), `@${until}`);
    return true;
  }

  private async deliver(claimed: ReadyMessage, { person, address }: Recipient, meta: Meta): Promise<void> {
    const { messageId, kind, medium } = claimed;
    const { template, rendered, from } = await this.needs.write(claimed, person);
    const noted = { ...template, boxKey: boxOf(claimed).key };
    if (!rendered) return this.fail(claimed, { code: 'template-broken', by: 'system' }, meta, noted);
    const sender = this.needs.senders.find((each) => each.medium === medium);
    if (!sender) return this.suppress(claimed, 'no-sender');
    const outcome = await sender.send({ messageId, kind, from, to: { name: person.name, address }, locale: template.locale, ...rendered });
    await this.note(claimed, outcome, meta, { ...noted, sender: sender.name });
  }

  private note(claimed: Claimed, outcome: SendOutcome, meta: Meta, noted: Noted): Promise<void> {
    if (outcome.status === 'refused') return this.fail(claimed, outcome.reason, meta, noted);
    const { reference } = outcome;
    return this.end(claimed, 'sent', reference === undefined ? noted : { ...noted, reference });
  }

  /** Others hear of it before the row says so: after a crash between the two it is said again, and is nothing new. */
  private async fail(claimed: Claimed, reason: Reason, meta: Meta, noted: Noted = {}): Promise<void> {
    const { messageId, orderId, kind, medium } = claimed;
    const failedAt = this.needs.now().toISOString();
    await this.needs.recordFailure({ orderId, messageId, kind, medium, reason, failedAt }, meta);
    const detail = reason.detail === undefined ? {} : { detail: reason.detail };
    await this.end(claimed, 'failed', { ...noted, reason: reason.code, ...detail });
  }

  private suppress(claimed: Claimed, reason: string): Promise<void> {
    return this.end(claimed, 'suppressed', { reason });
  }

  private end({ messageId }: Claimed, status: Ending['status'], noted: Noted): Promise<void> {
    return this.needs.outbox.end({ messageId, status, endedAt: this.needs.now().toISOString(), ...noted });
  }
}
