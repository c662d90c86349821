import type { Reason } from '@cartage/contracts';
import type { Placement } from '../../domain/placement';

/** A message of a channel as it came: only the bytes can prove who signed them. */
export interface ChannelPost {
  readonly headers: Readonly<Record<string, string | readonly string[] | undefined>>;
  readonly rawBody: Uint8Array;
}

/** A message whose sender is proven. */
export interface ChannelEnvelope {
  /** The channel's own number of the message: sent again, it has the same. */
  readonly messageId: string;
  /** What it is about, in the channel's words, such as `orders/create`. */
  readonly topic: string;
  readonly payload: unknown;
}

/** How an order stands at its channel: the whole of it, each time. */
export interface ChannelOrderState {
  readonly externalOrderId: string;
  /** By the channel's clock: what it said earlier is passed over. */
  readonly changedAt: string;
  /** The order as it would be placed, with the units that are still sold; what is wrong with it is found where orders are placed. */
  readonly order: Omit<Placement, 'channel' | 'externalOrderId'>;
  /** Whether the money for it is there, or promised; `void` of what will never be paid, or is no real order. */
  readonly payment: 'good' | 'pending' | 'void';
  /** The channel has cancelled all of it. */
  readonly cancelled?: Reason;
}

/** The port to one kind of channel. */
export interface ChannelConnector {
  /** Proves the sender. Throws `Refused('SIGNATURE_INVALID')` of kind unproven, or `Refused('MESSAGE_INVALID')` of what cannot be read at all. */
  readonly open: (post: ChannelPost) => ChannelEnvelope;
  /** The order that a message is about; nothing where it is about something else. Throws `Refused('MESSAGE_INVALID')` that names the fields. */
  readonly orderIn: (envelope: Pick<ChannelEnvelope, 'topic' | 'payload'>) => ChannelOrderState | undefined;
}

/** By the channel's name. */
export type ChannelConnectors = ReadonlyMap<string, ChannelConnector>;
