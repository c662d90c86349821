import type { Purchase, PurchasedLine } from './events';

export type ReturnStatus = 'requested' | 'awaiting-review' | 'authorized' | 'declined' | 'received' | 'refund-failed' | 'closed';

/** One line of an RMA. asked ≥ received ≥ graded, always. */
export interface ReturnLine {
  readonly lineId: string;
  readonly sku: string;
  readonly reason: string;
  readonly asked: number;
  readonly received: number;
  readonly graded: number;
  /** Where the units came in last. */
  readonly location?: string;
}

export interface Rma {
  readonly returnId: string;
  readonly status: ReturnStatus;
  readonly requestedAt: string;
  readonly reason?: string;
  readonly lines: readonly ReturnLine[];
  /** Minor units. */
  readonly owed: number;
  readonly refunded: number;
}

export interface Delivered {
  readonly quantity: number;
  readonly deliveredAt: string;
}

/** Everything about the returns of one order. */
export interface Returns {
  readonly purchase?: Purchase;
  readonly shipments: readonly string[];
  /** By line id. */
  readonly delivered: ReadonlyMap<string, Delivered>;
  /** Units of each line that were graded in any RMA. */
  readonly graded: ReadonlyMap<string, number>;
  /** By return id, oldest first. */
  readonly rmas: ReadonlyMap<string, Rma>;
  readonly refunds: ReadonlySet<string>;
}

export const nothing: Returns = { shipments: [], delivered: new Map(), graded: new Map(), rmas: new Map(), refunds: new Set() };

export const purchasedLine = ({ purchase }: Returns, lineId: string): PurchasedLine | undefined =>
  purchase?.lines.find((line) => line.lineId === lineId);

/** Units of each line that live RMAs hold: what was asked for, or, once an RMA is closed, what really came. */
export const claimedUnits = ({ rmas }: Returns): ReadonlyMap<string, number> => {
  const claimed = new Map<string, number>();
  for (const { status, lines } of rmas.values()) {
    if (status === 'declined') continue;
    for (const { lineId, asked, received } of lines)
      claimed.set(lineId, (claimed.get(lineId) ?? 0) + (status === 'closed' ? received : asked));
  }
  return claimed;
};
