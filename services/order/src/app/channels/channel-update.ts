import type { LineQuantity } from '@cartage/contracts';
import type { FieldError } from '@cartage/eventsourcing';
import type { OfferedThere } from './stock-report';

/** What happened to an order that its channel is to know. Lines are as the order has them; nothing here is personal. */
export type UpdateContent =
  /** It was taken over. */
  | { readonly kind: 'accepted' }
  /** It cannot be taken over as it is; a person has to do with it. */
  | { readonly kind: 'rejected'; readonly code: string; readonly faults: readonly FieldError[] }
  /** A parcel is on its way; without a number, the customer got the goods without one. */
  | {
      readonly kind: 'dispatched';
      readonly carrier?: string;
      readonly trackingNumber?: string;
      readonly lines: readonly LineQuantity[];
      readonly dispatchedAt: string;
    }
  /** Units will not ship; the rest goes on. */
  | { readonly kind: 'units-cancelled'; readonly lines: readonly LineQuantity[]; readonly reason: string }
  /** Nothing of it will ship. */
  | { readonly kind: 'cancelled'; readonly reason: string }
  /** Money that the channel took is to go back; `unasked`: it gave it of its own accord, and is told nothing. */
  | { readonly kind: 'refunded'; readonly refundId: string; readonly amount: number; readonly currency: string; readonly unasked?: boolean }
  /** What its customer asked it to send back may come, or may not. */
  | { readonly kind: 'return-approved' | 'return-declined'; readonly channelReturnId: string; readonly reason?: string }
  /** Nothing more of a return is waited for here. */
  | { readonly kind: 'return-closed'; readonly channelReturnId: string; readonly how: 'closed' | 'expired' | 'cancelled' };

export const updateKinds = [
  ...(['accepted', 'rejected', 'dispatched', 'units-cancelled', 'cancelled', 'refunded'] as const),
  ...(['return-approved', 'return-declined', 'return-closed'] as const),
] as const satisfies readonly UpdateContent['kind'][];

/** `waiting`: to be told; `refused`: for a person; the others are at their end: `passed-over` is what the channel has no word for. */
export const updateStatuses = ['waiting', 'told', 'passed-over', 'refused', 'dropped'] as const;
export type UpdateStatus = (typeof updateStatuses)[number];

/** One thing that a channel is to be told of one of its orders. */
export interface ChannelUpdate {
  /** Follows from the fact that it tells: planned again, it is the same one. The channel knows a repeat by it. */
  readonly updateId: string;
  readonly channel: string;
  readonly externalOrderId: string;
  readonly content: UpdateContent;
}

/** In hand: nobody else has it. */
export interface ClaimedUpdate extends ChannelUpdate {
  /** How often it was taken, this time included: beyond the first, what became of it is unknown, and is to be asked for first. */
  readonly attempts: number;
  /** W3C trace context of what it follows from. */
  readonly traceparent?: string | null;
  /**
   * Minor units that the customer of this order is to have back by now, of all refunds up to this one. A channel that has given back more than we told it (its own people do
   * so, too) is asked for the difference only: what went back once is never asked for twice.
   */
  readonly backInAll: number;
}

export interface ToldAs {
  readonly status: 'told' | 'passed-over';
  readonly detail: string;
  /** Of a refund: how much the channel has given for it, minor units; less than was asked for, where it had given some before. */
  readonly given?: number;
}

/** Units of a SKU that a channel may sell: over the network, and by our location code. Below zero there is nothing to sell. */
export interface StockLevel {
  readonly sku: string;
  readonly network: number;
  readonly locations: Readonly<Record<string, number>>;
}

/** What a channel is to ask for one unit of a SKU, minor units. */
export interface ChannelPrice {
  readonly sku: string;
  readonly unitPrice: number;
  readonly currency: string;
  readonly taxIncluded: boolean;
}

/** Of each SKU in turn: nothing where it was taken, or what is wrong with it. */
export type SkuAnswer = { readonly code: string; readonly faults: readonly FieldError[] } | undefined;

/**
 * The port to what a kind of channel can be told. Each update has its effect there once, however often it is told: adapters look it up, or send its id as the key.
 * What the channel refuses for good is `Refused` with the channel's own fields and words; a channel that cannot be reached, or says that it has had enough, is `Away`, and
 * is waited for (`Throttled` says how long). Every adapter passes `outletContract`.
 */
export interface ChannelOutlet {
  tell(update: ClaimedUpdate): Promise<ToldAs>;
  /** Sets what can be sold to these values, whatever it was; absent where it is not told. */
  readonly setStock?: (levels: readonly StockLevel[], key: string) => Promise<readonly SkuAnswer[]>;
  /** What it offers of these SKUs, at each of its places that are ours; nothing of what it does not list. Absent where it cannot be asked. */
  readonly readStock?: (skus: readonly string[]) => Promise<readonly OfferedThere[]>;
  /** Sets what it asks to these prices, whatever it was; absent where it takes none. */
  readonly setPrices?: (prices: readonly ChannelPrice[], key: string) => Promise<readonly SkuAnswer[]>;
}

/** By the channel's name. */
export type ChannelOutlets = ReadonlyMap<string, ChannelOutlet>;
