import type { Reason, Sealed } from '@cartage/contracts';
import { isHeldBy, type Claims } from './claim';
import type { Label, Scan } from './commands';
import type { Exchanges } from './exchange';
import { piecesIn } from './pieces';
import type { ReturnPolicy, SendBack } from './policy';
import { givenBack, refundStanding, type Refund } from './repayment';
import { isUndecided, unitsHeld, type Receipt, type ReturnLine } from './return-line';
import type { Sale, SoldLine } from './sale';

export const returnStatuses = [
  'requested',
  'awaiting-review',
  'authorized',
  'declined',
  'received',
  'refund-failed',
  'closed',
  'expired',
  'cancelled',
] as const;
export type ReturnStatus = (typeof returnStatuses)[number];

/** How a return can end. */
export type ReturnEnd = 'closed' | 'expired' | 'cancelled';

/** How it is sent back, where to, and who pays for that. */
export interface WayOfSending extends Pick<SendBack, 'carrier' | 'service'> {
  readonly by: string;
  readonly to?: string;
  readonly paidBy: string;
}

export interface Rma {
  readonly returnId: string;
  readonly requestedAt: string;
  readonly ended?: { readonly how: ReturnEnd; readonly at: string };
  /** Until when it must be on its way. */
  readonly expiresAt?: string;
  readonly reminded: boolean;
  /** Its channel waits for nothing more of it: here only for goods that were paid for. */
  readonly endedAtChannel?: boolean;
  readonly policy?: string;
  readonly reason?: Reason;
  /** What the customer chose. */
  readonly tender?: string;
  /** Other goods are not to wait for those that come back. */
  readonly advance?: boolean;
  /** What the customer wrote. */
  readonly note?: Sealed;
  /** As it was allowed last. */
  readonly sendBack?: WayOfSending;
  /** Why there is no label, though it was to have one. */
  readonly labelFailure?: Reason;
  /** When a part of it came in first. */
  readonly arrivedAt?: string;
  readonly lines: readonly ReturnLine[];
  /** By tracking number. */
  readonly labels: ReadonlyMap<string, Label>;
  /** Of its parcels on their way back, as they were told. */
  readonly scans: readonly Scan[];
  /** By receipt id, oldest first. */
  readonly receipts: ReadonlyMap<string, Receipt>;
  /** By refund id. */
  readonly refunds: ReadonlyMap<string, Refund>;
}

/** Everything about the returns of one order. */
export interface OrderReturns {
  readonly sale?: Sale;
  /** Lines of the sale by their ids. */
  readonly sold: ReadonlyMap<string, SoldLine>;
  readonly policy?: ReturnPolicy;
  /** Units of each piece whose refund was decided in any return, by piece key. */
  readonly settled: ReadonlyMap<string, number>;
  /** The return fee that was kept back so far. */
  readonly returnFee: number;
  /** What customers kept and were paid for, minor units. */
  readonly kept: number;
  /** Ship groups whose delivery charge went back. */
  readonly deliveries: ReadonlySet<string>;
  /** By return id, oldest first. */
  readonly rmas: ReadonlyMap<string, Rma>;
  /** By claim id, oldest first. */
  readonly claims: Claims;
  /** By exchange id, oldest first. */
  readonly exchanges: Exchanges;
}

export const nothing: OrderReturns = {
  sold: new Map(),
  settled: new Map(),
  returnFee: 0,
  kept: 0,
  deliveries: new Set(),
  rmas: new Map(),
  claims: new Map(),
  exchanges: new Map(),
};

/** Whether nothing has to happen any more with what came back of an order; much may all the same. */
export const isOver = ({ rmas, claims, exchanges }: OrderReturns): boolean =>
  [...rmas.values()].every(({ ended }) => ended !== undefined) &&
  [...claims.values()].every(({ decision }) => decision !== undefined) &&
  [...exchanges.values()].every(({ settled }) => settled !== undefined);

/** Adds the pieces of some units of a line. */
export const addPieces = (
  units: Map<string, number>,
  sold: ReadonlyMap<string, SoldLine>,
  { lineId, sku, quantity }: { readonly lineId?: string | undefined; readonly sku: string; readonly quantity: number },
): void => {
  const line = lineId === undefined ? undefined : sold.get(lineId);
  for (const { piece, units: more } of line ? piecesIn(line, { sku, quantity }) : [])
    units.set(piece.key, (units.get(piece.key) ?? 0) + more);
};

/** Units of each piece that returns and claims hold: what was asked for and not declined, or what really came. */
export const claimedUnits = ({ rmas, claims, sold }: OrderReturns): ReadonlyMap<string, number> => {
  const claimed = new Map<string, number>();
  for (const { lines } of rmas.values()) for (const line of lines) addPieces(claimed, sold, { ...line, quantity: unitsHeld(line) });
  for (const claim of claims.values()) if (isHeldBy(claim)) for (const line of claim.lines) addPieces(claimed, sold, line);
  return claimed;
};

export const owed = ({ refunds }: Rma): number => [...refunds.values()].reduce((sum, { amount }) => sum + amount, 0);
export const refunded = ({ refunds }: Rma): number => [...refunds.values()].reduce((sum, refund) => sum + givenBack(refund), 0);

const failure = ({ refunds }: Rma): { readonly reason?: Reason } | undefined =>
  [...refunds.values()].map(refundStanding).find(({ status }) => status === 'failed');

const underWay = ({ lines }: Rma): ReturnStatus => {
  if (lines.some(({ standing }) => standing === 'review')) return 'awaiting-review';
  if (lines.some(({ received }) => received > 0)) return 'received';
  if (lines.length > 0 && lines.every(({ standing }) => standing === 'declined')) return 'declined';
  return lines.some(isUndecided) ? 'requested' : 'authorized';
};

export const statusOf = (rma: Rma): ReturnStatus => rma.ended?.how ?? underWay(rma);

/** As people are told: a refund that failed stands before everything but the end. */
export const standingOf = (rma: Rma): { readonly status: ReturnStatus; readonly reason?: Reason } => {
  const failed = rma.ended ? undefined : failure(rma);
  if (failed) return { status: 'refund-failed', ...(failed.reason ? { reason: failed.reason } : {}) };
  return { status: statusOf(rma), ...(rma.reason ? { reason: rma.reason } : {}) };
};
