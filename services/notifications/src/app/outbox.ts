import type { Content } from '../domain/content';
import type { Medium, MessageKind } from '../domain/kinds';
import type { OrderCard } from '../domain/order-card';

/** A message that is to be sent. */
export interface PlannedMessage {
  /** Follows from the event that it is about: planned again, it is the same one. */
  readonly messageId: string;
  readonly orderId: string;
  readonly kind: MessageKind;
  readonly medium: Medium;
  readonly content: Content;
  readonly plannedAt: string;
  /** Sent once more on request: the message that it repeats. */
  readonly repeats?: string;
}

/** What becomes of a message. `sent` is handed over, not read; `merged` went out as part of another; `suppressed` was not to be sent, and says why. */
export const messageStatuses = ['waiting', 'sending', 'sent', 'merged', 'failed', 'suppressed'] as const;
export type MessageStatus = (typeof messageStatuses)[number];

/** A message in hand, with all those of its kind about the same order that go out with it: nobody else has them. */
export interface Claimed {
  readonly messageId: string;
  readonly kind: MessageKind;
  readonly medium: Medium;
  readonly orderId: string;
  /** Its own and the others', in the order in which they happened. */
  readonly contents: readonly Content[];
  /** Nothing that it was to say has to be said any more. */
  readonly withdrawn: boolean;
  readonly plannedAt: string;
  /** How often it was taken in hand, this time included. */
  readonly attempts: number;
  /** Nothing before the order itself was heard of. */
  readonly card?: OrderCard;
  /** Tokens of the public tracking pages, by shipment. */
  readonly trackingTokens: ReadonlyMap<string, string>;
}

/** How a message ended; never an address, never what it said. */
export interface Ending {
  readonly messageId: string;
  readonly status: 'sent' | 'failed' | 'suppressed';
  readonly endedAt: string;
  readonly reason?: string;
  readonly detail?: string;
  readonly template?: string;
  readonly templateVersion?: number;
  readonly locale?: string;
  readonly brand?: string;
  /** Names the data key of whoever it went to. */
  readonly boxKey?: string;
  readonly sender?: string;
  readonly reference?: string;
}

/** Orders as messages need them, told in any order and as often as it happens. */
export interface OrderCards {
  keep(card: OrderCard): Promise<void>;
  /** Nothing before the order itself was heard of. */
  find(orderId: string): Promise<OrderCard | undefined>;
  change(orderId: string, change: (card: OrderCard) => OrderCard): Promise<void>;
  /** Where a shipment can be followed. */
  keepTracking(shipmentId: string, orderId: string, token: string): Promise<void>;
}

/** Messages from plan to end, kept in rows; calls at the same time share a statement. */
export interface Outbox {
  /** Nothing is read back: one that is there stays as it is. */
  plan(message: PlannedMessage): Promise<void>;
  /**
   * Takes a message in hand until `until`, and with it all that wait of its kind about the same order. Nothing when it has ended, or went with another. Throws `Away` while
   * somebody else has it in hand.
   */
  claim(messageId: string, now: string, until: string): Promise<Claimed | undefined>;
  /** What this promise of money was asked for by is not to be sent any more, though somebody has it in hand and lets go of it. */
  withdraw(orderId: string, waitsFor: string): Promise<void>;
  /** Of everything that was claimed with it. */
  end(ending: Ending): Promise<void>;
  /** Lets go of it: it waits again. */
  release(messageId: string): Promise<void>;
}
