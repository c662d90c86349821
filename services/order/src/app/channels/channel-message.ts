import { pauseAfter } from '@cartage/eventsourcing';
import type { Sealed } from '@cartage/contracts';
import type { FieldError } from '@cartage/eventsourcing';
import type { SaidLast } from './order-at-channel';

/** `waiting`: for the channel's next word, or for what it speaks of; `refused`: for a person; the others are at their end. */
export const messageStatuses = ['taken', 'parked', 'waiting', 'ignored', 'refused'] as const;
export type MessageStatus = (typeof messageStatuses)[number];

/** A message of a channel and what became of it, without what is personal in it. */
export interface ChannelMessage {
  readonly channel: string;
  readonly messageId: string;
  readonly topic: string;
  readonly status: MessageStatus;
  /** What became of it, for people. */
  readonly detail: string;
  /** The refusal's code. */
  readonly code: string | null;
  /** What is wrong with it, where it was refused. */
  readonly faults: readonly FieldError[];
  readonly externalOrderId: string | null;
  readonly orderId: string | null;
  readonly tries: number;
  readonly receivedAt: string;
}

export interface MessagesQuery {
  readonly channel: string;
  readonly status: MessageStatus | undefined;
  readonly after: readonly [receivedAt: string, messageId: string] | undefined;
  readonly limit: number;
}

/** Of every channel, what was refused and nobody has dealt with. */
export interface RefusedQuery {
  readonly after: readonly [receivedAt: string, channel: string, messageId: string] | undefined;
  readonly limit: number;
}

/** An order by its channel’s number. */
export interface OfOrder {
  readonly channel: string;
  readonly externalOrderId: string;
}

/** Where messages are remembered. The box is the payload, sealed, as long as somebody may still need it. */
export interface MessageTable {
  find(channel: string, messageId: string): Promise<{ readonly message: ChannelMessage; readonly box: Sealed | undefined } | undefined>;
  /** Of the same message again, what came of it now. */
  /** One that was early is not taken in hand again before so long. */
  keep(message: Omit<ChannelMessage, 'tries'>, box: Sealed | undefined, againMs?: number): Promise<void>;
  list(query: MessagesQuery): Promise<readonly ChannelMessage[]>;
  refused(query: RefusedQuery): Promise<readonly ChannelMessage[]>;
  /** Takes in hand those of these channels that came before what they speak of, and whose time has come; of one order, whether or not it has. Nobody else takes them meanwhile. */
  takeEarly(
    limit: number,
    channels: readonly string[],
    of?: OfOrder,
  ): Promise<readonly { readonly message: ChannelMessage; readonly box: Sealed }[]>;
  /** Forgets so many that came before then, and tells how many; never one that was refused, and that nobody has dealt with. */
  forget(before: string, limit: number): Promise<number>;
  /** For one message of an order at a time, whatever process takes it: with what was said last, and keeps what is said now; `keep` keeps some of it on the way, and the turn. */
  inTurn<Result extends { readonly said?: SaidLast }>(
    channel: string,
    externalOrderId: string,
    work: (last: SaidLast | undefined, keep: (said: SaidLast) => Promise<void>) => Promise<Result>,
  ): Promise<Result>;
}

/** When one that was early is looked at again, after so many looks. Soon at first: what a message speaks of is usually a moment behind it. */
export const againAfter = (tries: number): number => pauseAfter(tries, { firstMs: 5_000, longestMs: 600_000 });

/** So many are taken in hand at once. */
export const EARLY_AT_ONCE = 100;
