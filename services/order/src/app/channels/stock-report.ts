import type { StockCause } from '../../domain/channel-stock';
import type { StockLevel } from './channel-update';
import type { StockStatus } from './stock-shelf';

/** What a channel says that it offers of a SKU. */
export interface OfferedThere {
  readonly sku: string;
  /** Our code of a location; absent: over the network. */
  readonly location?: string | undefined;
  readonly quantity: number;
}

/** A SKU as it was published for a channel, and as the channel took it last. */
export interface KnownLevel extends StockLevel {
  readonly told: Pick<StockLevel, 'network' | 'locations'> | null;
  readonly status: StockStatus;
  readonly asOf: string;
  readonly toldAt: string | null;
}

/** A line of a channel's report beside what was published when it came. */
export interface ReportedLevel extends OfferedThere {
  readonly published: number;
  readonly acknowledged: number | null;
  readonly cause: StockCause | null;
}

/** A channel at one of its places, of one SKU. */
export interface ChannelOffer {
  readonly channel: string;
  readonly location: string | null;
  /** What it is to offer. */
  readonly published: number | null;
  /** What it took last. */
  readonly acknowledged: number | null;
  readonly acknowledgedAt: string | null;
  /** What it says; null: it never said anything of it. */
  readonly reported: number | null;
  readonly reportedAt: string | null;
  /** Units that it offers more than it is to. */
  readonly drift: number | null;
  readonly cause: StockCause | null;
  /** Since when it is so. */
  readonly since: string | null;
}

/** A SKU that channels offer otherwise than it was published for them. */
export interface SkuOffers {
  readonly sku: string;
  /** By how many units the channels disagree with each other: the most drift less the least. */
  readonly apart: number;
  readonly channels: readonly ChannelOffer[];
}

export interface SkuOffersQuery {
  /** One SKU, whether or not anybody disagrees about it. */
  readonly sku: string | undefined;
  readonly channel: string | undefined;
  readonly cause: StockCause | undefined;
  readonly after: string | undefined;
  readonly limit: number;
}

/** What channels say that they offer, in rows: the last of each SKU and place. */
export interface StockReports {
  /** Of these SKUs, those that were ever published for the channel. */
  levels(channel: string, skus: readonly string[]): Promise<ReadonlyMap<string, KnownLevel>>;
  /** All that were, by SKU. */
  published(channel: string, page: { readonly after: string; readonly limit: number }): Promise<readonly KnownLevel[]>;
  /** What was said of a later instant stays. */
  note(channel: string, lines: readonly ReportedLevel[], asOf: string): Promise<void>;
  list(query: SkuOffersQuery): Promise<readonly SkuOffers[]>;
}
