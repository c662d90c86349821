import type { Reason } from '@cartage/contracts';
import type { NamedGoods, NamedLine, ReturnStanding } from '../../domain/after-sale';
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
  /** Of what needs sending, whatever was sent by now, by whomever: where the order is not known here, somebody else has sent it. */
  readonly sent?: 'whole' | 'part';
  /** The channel has cancelled all of it. */
  readonly cancelled?: Reason;
  /** Units that its customer asked the channel to cancel, which left it to the seller: it is told what comes of it. */
  readonly cancelAsked?: CancelAsked;
}

export interface CancelAsked {
  readonly lines: readonly { readonly lineId: string; readonly quantity: number }[];
  readonly reason: Reason;
}

/** Money that the channel gave back of its own accord: what it was asked for is known here. */
export interface RefundAtChannel {
  readonly kind: 'refund';
  readonly externalOrderId: string;
  readonly channelRefundId: string;
  /** Minor units. */
  readonly amount: number;
  readonly currency: string;
  readonly lines: readonly (NamedLine & { readonly goods: 'cancelled' | 'returned' | 'kept' })[];
  /** The return that it is for. */
  readonly channelReturnId?: string | undefined;
  readonly refundedAt: string;
}

/** All that a channel gave back of an order so far, by its own books: what it was asked for is among it, and not told apart. */
export interface RefundsAtChannel {
  readonly kind: 'refunds';
  readonly externalOrderId: string;
  /** The first first; below zero where money was taken back again. */
  readonly refunds: readonly (Omit<RefundAtChannel, 'kind' | 'externalOrderId' | 'lines' | 'channelReturnId'> & {
    readonly lines: readonly NamedLine[];
  })[];
}

/** How a return stands at its channel. */
export interface ReturnAtChannel {
  readonly kind: 'return';
  readonly externalOrderId: string;
  readonly channelReturnId: string;
  readonly standing: ReturnStanding;
  /** By the channel's number of the line; where it names none, by what was sold. */
  readonly lines: readonly ((NamedLine | NamedGoods) & { readonly reason: string })[];
  /** By the channel’s clock; absent: when it came. */
  readonly saidAt?: string | undefined;
}

/** What a channel does after it has sold an order. */
export type AfterSaleWord = RefundAtChannel | RefundsAtChannel | ReturnAtChannel;

type Content = Pick<ChannelEnvelope, 'topic' | 'payload'>;

/** The port to one kind of channel. */
export interface ChannelConnector {
  /** Proves the sender. Throws `Refused('SIGNATURE_INVALID')` of kind unproven, or `Refused('MESSAGE_INVALID')` of what cannot be read at all. */
  readonly open: (post: ChannelPost) => ChannelEnvelope;
  /** How a record of a file is a message; absent: it takes no files. Throws as `open`. */
  readonly recordIn?: (record: Readonly<Record<string, unknown>>) => ChannelEnvelope;
  /** What a message is about; nothing where it is about nothing that is taken over. */
  readonly about: (envelope: Content) => 'order' | 'after-sale' | undefined;
  /** The order of a message that is about one. Throws `Refused('MESSAGE_INVALID')` that names the fields. */
  readonly orderIn: (envelope: Content) => ChannelOrderState;
  /** Likewise the refund, or the return. */
  readonly afterSaleIn: (envelope: Content) => AfterSaleWord;
  /** The number of an order of which a message says only that it has changed: how it stands has to be asked for. Absent: messages say it themselves. */
  readonly changedIn?: (envelope: Content) => string | undefined;
  /** The channel's number of the order, as far as it can be read of a message that is wrong otherwise. */
  readonly numberIn: (envelope: Content) => string | undefined;
}

/** By the channel's name. */
export type ChannelConnectors = ReadonlyMap<string, ChannelConnector>;
