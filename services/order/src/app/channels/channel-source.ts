import type { OrderThere } from '../../domain/channel-differences';
import type { ChannelEnvelope } from './connector';

/** Some of the orders that have changed. */
export interface ChangedOrders {
  /** As the channel's connector reads them. */
  readonly orders: readonly ChannelEnvelope[];
  /** Up to when the channel has looked: what changes later is in the next answer. */
  readonly until: string;
}

/** Some of what a channel did after it had sold. */
export interface ChangedAfterSale {
  /** As the channel's connector reads them. */
  readonly words: readonly ChannelEnvelope[];
  readonly until: string;
}

/** What a channel that tells nothing by itself has to be asked for, besides its orders. */
export interface AfterSaleSource {
  readonly name: 'returns' | 'refunds';
  /** How often. */
  readonly everyMs: number;
  /** What the channel dates back so far. */
  readonly overlapMs: number;
  /** All that has changed since then. It may come again; what is not ready yet comes the next time, when the answer is until `since`. Waits no longer for its turn once it is stopped. */
  changedSince(since: string, stopping?: AbortSignal): AsyncIterable<ChangedAfterSale>;
}

/** The port to a channel whose orders can be asked for: one that posts nothing, or whose posts may be lost. */
export interface ChannelSource {
  /** It tells nothing by itself: it is asked every few minutes. Others are asked to compare, and for what never came. */
  readonly isAsked: boolean;
  /** All that has changed since then, page by page. An order may come again. Waits no longer for its turn once it is stopped. */
  changedSince(since: string, stopping?: AbortSignal): AsyncIterable<ChangedOrders>;
  /** How an order stands now; nothing where the channel has none of this number. */
  order(externalOrderId: string): Promise<ChannelEnvelope | undefined>;
  /** What it says of how the order stands: what is sold still, was sent, went back. */
  standingIn(envelope: ChannelEnvelope): OrderThere;
  /** Absent: its messages tell it. */
  readonly afterSale?: readonly AfterSaleSource[];
}

/** By the channel's name. */
export type ChannelSources = ReadonlyMap<string, ChannelSource>;
