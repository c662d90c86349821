/** What somebody may look for: what cannot be sold now, or what a person should look at. */
export const stockConcerns = ['out', 'unavailable', 'low', 'negative', 'reorder', 'drift'] as const;
export type StockConcern = (typeof stockConcerns)[number];

/** All that are given apply. */
export interface StockListingQuery {
  /** How the SKU begins, as it is written or in capitals, or how words of SKU and title begin. */
  readonly q?: string | undefined;
  readonly location?: string | undefined;
  readonly concern?: StockConcern | undefined;
  readonly after?: readonly [sku: string, location: string] | undefined;
  readonly limit: number;
}

/** A SKU at a location. */
export interface ListedStock {
  readonly sku: string;
  /** Null: nobody has described it. */
  readonly title: string | null;
  readonly location: string;
  /** Whether its stock can be promised and shipped. */
  readonly active: boolean;
  readonly onHand: number;
  readonly allocated: number;
  readonly safetyStock: number;
  readonly unavailable: number;
  readonly atp: number;
  /** Kinds of alerts that stand, of the SKU there or over the network. */
  readonly alerts: readonly string[];
}

/** The reading port: by SKU, then by location. */
export type StockListing = (query: StockListingQuery) => Promise<readonly ListedStock[]>;
