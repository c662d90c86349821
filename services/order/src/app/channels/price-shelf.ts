import type { Claiming, FieldError } from '@cartage/eventsourcing';
import type { ChannelPrice, SkuAnswer } from './channel-update';
import type { StockStatus } from './stock-shelf';

/** Whose prices a channel takes: of lists in this currency, with tax or without, for goods that go there. */
export interface PricesWanted {
  readonly currency: string;
  readonly country: string | undefined;
  readonly taxIncluded: boolean;
}

export interface ClaimedPrice extends ChannelPrice {
  /** What it says was said for the how manieth time: what is said meanwhile is told next. */
  readonly revision: number;
  readonly attempts: number;
}

/** What a channel was told, or is to be told, to ask for a SKU. */
export interface ShownPrice extends ChannelPrice {
  readonly channel: string;
  /** The price list that it is of. */
  readonly list: string;
  readonly status: StockStatus;
  readonly code: string | null;
  /** What the channel says is wrong, by its own names. */
  readonly faults: readonly FieldError[];
  /** Since when it is so. */
  readonly asOf: string;
  readonly toldAt: string | null;
}

export interface PricesQuery {
  readonly channel: string;
  readonly status: StockStatus | undefined;
  readonly after: string | undefined;
  readonly limit: number;
}

/** What channels ask for each SKU: one row, in which the last price wins, however often it changed before it was told. */
export interface PriceShelf {
  /** Brings it to what the price lists say at this time; answers whether anything is to be told. Nothing is done where another process is at it, or where no list has changed, begun or ended. */
  refresh(channel: string, wanted: PricesWanted, at: Date): Promise<boolean>;
  claim(channel: string, claiming: Claiming): Promise<readonly ClaimedPrice[]>;
  /** An answer for each. */
  settle(
    channel: string,
    claimed: readonly ClaimedPrice[],
    settling: { readonly answers: readonly SkuAnswer[]; readonly at: Date },
  ): Promise<void>;
  postpone(channel: string, claimed: readonly ClaimedPrice[], until: Date): Promise<void>;
  nextAt(channel: string): Promise<Date | undefined>;
  list(query: PricesQuery): Promise<readonly ShownPrice[]>;
  /** Told again as it stands; nothing, where the channel was never told of it. */
  resubmit(channel: string, sku: string, at: Date): Promise<ShownPrice | undefined>;
}
