import type { Claiming, FieldError } from '@cartage/eventsourcing';
import type { SkuAnswer, StockLevel } from './channel-update';

/** What inventory says can be promised of a SKU; of a channel, or of every channel that it names nowhere. */
export interface Availability extends StockLevel {
  readonly channel: string | undefined;
  readonly asOf: string;
}

export interface ClaimedLevel extends StockLevel {
  /** What it says was said for the how manieth time: what is said meanwhile is told next. */
  readonly revision: number;
  readonly attempts: number;
}

export const stockStatuses = ['waiting', 'told', 'refused'] as const;
export type StockStatus = (typeof stockStatuses)[number];

/** What a channel was told, or is to be told, of a SKU. */
export interface ShownLevel extends StockLevel {
  readonly channel: string;
  readonly status: StockStatus;
  readonly code: string | null;
  /** What the channel says is wrong, by its own names. */
  readonly faults: readonly FieldError[];
  /** Since when it is so in inventory. */
  readonly asOf: string;
  readonly toldAt: string | null;
}

export interface LevelsQuery {
  readonly channel: string;
  readonly status: StockStatus | undefined;
  readonly after: string | undefined;
  readonly limit: number;
}

/** What channels may sell of each SKU: one row, in which the last value wins, however often it changed before it was told. */
export interface StockShelf {
  /** For these of the channels that are connected; an older word changes nothing. */
  keep(channels: readonly string[], availability: Availability): Promise<void>;
  claim(channel: string, claiming: Claiming): Promise<readonly ClaimedLevel[]>;
  /** An answer for each. */
  settle(
    channel: string,
    claimed: readonly ClaimedLevel[],
    settling: { readonly answers: readonly SkuAnswer[]; readonly at: Date },
  ): Promise<void>;
  postpone(channel: string, claimed: readonly ClaimedLevel[], until: Date): Promise<void>;
  nextAt(channel: string): Promise<Date | undefined>;
  list(query: LevelsQuery): Promise<readonly ShownLevel[]>;
  /** Told again as it stands; nothing, where the channel was never told of it. */
  resubmit(channel: string, sku: string, at: Date): Promise<ShownLevel | undefined>;
}
