/** What is looked at; `from` to before `to`. All that are given apply. */
export interface AnalysedPeriod {
  readonly from: string;
  readonly to: string;
  readonly sku?: string | undefined;
  readonly location?: string | undefined;
}

/** Units that left, less those that came back; of kits their parts. */
export interface SkuSales {
  readonly sku: string;
  /** Null: not known. */
  readonly channel: string | null;
  readonly sold: number;
  readonly returned: number;
  readonly net: number;
}

/** What is on hand by how long ago it came: what came first is taken to have left first. */
export interface StockAge {
  readonly sku: string;
  readonly location: string;
  readonly onHand: number;
  readonly within30Days: number;
  readonly within90Days: number;
  readonly within180Days: number;
  readonly older: number;
  readonly averageDays: number;
  readonly oldestAt: string;
}

export interface StockTurnover {
  readonly sku: string;
  readonly location: string;
  /** Now. */
  readonly onHand: number;
  readonly net: number;
  /** By time, from when the SKU first came there. */
  readonly averageOnHand: number;
  /** Days of the period since then. */
  readonly days: number;
  /** Null: there was nothing to sell. */
  readonly turnsAYear: number | null;
  /** At the pace of these days; null: nothing was sold. */
  readonly daysOfSupply: number | null;
}

type Place = readonly [sku: string, location: string];

/** Questions to the ledger: nothing is kept for them, so that there is nothing to rebuild. */
export interface Analysis {
  /** The most sold first. */
  readonly sales: (
    query: AnalysedPeriod & { readonly channel?: string | undefined; readonly limit: number },
  ) => Promise<readonly SkuSales[]>;
  readonly ages: (
    query: Omit<AnalysedPeriod, 'from' | 'to'> & { readonly at: string; readonly after?: Place | undefined; readonly limit: number },
  ) => Promise<readonly StockAge[]>;
  readonly turnover: (
    query: AnalysedPeriod & { readonly after?: Place | undefined; readonly limit: number },
  ) => Promise<readonly StockTurnover[]>;
}
