export interface Rate {
  /** Requests a second. */
  readonly rate: number;
  /** Requests at once, after a rest. */
  readonly burst: number;
}

/** Usage plans as Amazon publishes them with each operation. What it says with an answer holds from then on. */
export const amazonRates = {
  searchOrders: { rate: 0.0056, burst: 20 },
  getOrder: { rate: 0.5, burst: 30 },
  confirmShipment: { rate: 2, burst: 10 },
  patchListingsItem: { rate: 5, burst: 5 },
  getListingsItem: { rate: 5, burst: 5 },
  searchListingsItems: { rate: 5, burst: 5 },
  createFeedDocument: { rate: 0.5, burst: 15 },
  createFeed: { rate: 0.0083, burst: 15 },
  getFeed: { rate: 2, burst: 15 },
  getFeeds: { rate: 0.0222, burst: 10 },
  getFeedDocument: { rate: 0.0222, burst: 10 },
  createReport: { rate: 0.0167, burst: 15 },
  getReports: { rate: 0.0222, burst: 10 },
  getReportDocument: { rate: 0.0167, burst: 15 },
  listFinancialEvents: { rate: 0.5, burst: 30 },
  listFinancialEventsByOrderId: { rate: 0.5, burst: 30 },
} as const satisfies Readonly<Record<string, Rate>>;

export type AmazonOperation = keyof typeof amazonRates;

/** A token bucket: what may be asked now, and after how long again. */
export class Bucket {
  private left: number;
  private rate: number;
  private readonly burst: number;
  private at: number;

  constructor({ rate, burst }: Rate, now: Date) {
    this.left = burst;
    this.rate = rate;
    this.burst = burst;
    this.at = now.getTime();
  }

  /** Takes one and answers 0; or takes none and answers after how many milliseconds there is one. */
  take(now: Date): number {
    this.fill(now);
    if (this.left < 1) return Math.ceil(((1 - this.left) / this.rate) * 1_000);
    this.left -= 1;
    return 0;
  }

  learn(rate: number | undefined): void {
    if (rate !== undefined) this.rate = rate;
  }

  /** Others use the same plan: it is empty, whatever was reckoned. Answers after how long there is one. */
  emptied(now: Date, rate: number | undefined): number {
    this.learn(rate);
    this.fill(now);
    this.left = Math.min(this.left, 0);
    return Math.ceil((1 / this.rate) * 1_000);
  }

  private fill(now: Date): void {
    // A clock that was put back takes nothing away again.
    const passed = Math.max(0, now.getTime() - this.at) / 1_000;
    this.left = Math.min(this.burst, this.left + passed * this.rate);
    this.at = now.getTime();
  }
}
