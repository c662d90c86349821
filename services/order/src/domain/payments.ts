import { CAPTURE_FAILED, EXCHANGE, type Reason, type Sealed, type Verdict } from '@cartage/contracts';
import { dueFor } from './due';
import { wantedOf } from './edits';
import { latest } from './occasion';
import { reckonedOnce } from './reckoned-once';
import type { Money, PlacedOrder, Sold } from './state';

/** Money that somebody stands for. */
export interface Pledge {
  readonly outcome: 'authorized' | 'cod-accepted';
  readonly amount: number;
  readonly verdict: Verdict;
}

/** What the customer has to do before money is promised. */
export interface CustomerAction {
  readonly kind: string;
  /** Where to go and what to name. */
  readonly details?: Sealed;
}

/** One way of paying, as far as it was told. Facts about it come in any order. */
export interface Payment {
  /** By the try that it came of. */
  readonly pledges: ReadonlyMap<string, Pledge>;
  /** Tries whose promise has ended. */
  readonly expired: ReadonlySet<string>;
  /** Given back, or charged already: minor units. */
  readonly voided: number;
  /** Of `voided`, what captures failed to take for good: it is collected in another way, and nothing that has not left waits for it. */
  readonly forfeited: number;
  readonly captured: number;
  /** Captures that failed at some time. */
  readonly failed: ReadonlySet<string>;
  readonly review?: { readonly verdict: Verdict };
  readonly decline?: Decline;
  readonly pending?: { readonly action: CustomerAction; readonly expiresAt: string };
}

/** Nobody stands for it: whoever was asked has said so. */
export interface Decline {
  readonly reason: Reason;
  readonly retryable: boolean;
  readonly at: string;
  readonly verdict?: Verdict;
}

const untold: Payment = { pledges: new Map(), expired: new Set(), voided: 0, forfeited: 0, captured: 0, failed: new Set() };

/** What is known of one way of paying after more was told. */
export const withPayment = (order: PlacedOrder, paymentId: string, told: (payment: Payment) => Partial<Payment>): PlacedOrder => {
  const before = order.payments.get(paymentId) ?? untold;
  return { ...order, payments: new Map(order.payments).set(paymentId, { ...before, ...told(before) }) };
};

/** More ways of paying, in place of others. */
export const withWays = (order: PlacedOrder, payments: Sold['payments'], replaces: readonly string[]): PlacedOrder => ({
  ...order,
  sold: { ...order.sold, payments: [...order.sold.payments, ...payments] },
  replaced: new Set([...order.replaced, ...replaces]),
});

export const pledged = (order: PlacedOrder, paymentId: string, [tryId, pledge]: readonly [string, Pledge]): PlacedOrder =>
  withPayment(order, paymentId, ({ pledges }) => ({ pledges: new Map(pledges).set(tryId, pledge) }));

export const moved = (order: PlacedOrder, to: keyof Money, { amount }: { readonly amount: number }): PlacedOrder => ({
  ...order,
  money: { ...order.money, [to]: order.money[to] + amount },
});

/** One that failed before has its money after all, by whatever promise: what was given back of it is not missing any more. */
export const captured = (
  order: PlacedOrder,
  { paymentId, captureId, amount }: { readonly paymentId: string; readonly captureId: string; readonly amount: number },
): PlacedOrder =>
  withPayment(order, paymentId, (payment) => ({
    captured: payment.captured + amount,
    ...(payment.failed.has(captureId) ? { forfeited: Math.max(0, payment.forfeited - amount) } : {}),
  }));

export const voided = (
  order: PlacedOrder,
  { paymentId, amount, reason }: { readonly paymentId: string; readonly amount: number; readonly reason: Reason },
): PlacedOrder =>
  withPayment(order, paymentId, (payment) => ({
    voided: payment.voided + amount,
    ...(reason.code === CAPTURE_FAILED ? { forfeited: payment.forfeited + amount } : {}),
  }));

/** Ways of paying that are asked for, each with what is known of it. */
export interface Way extends Payment {
  readonly paid: Sold['payments'][number];
}

/** Those that no other way has replaced. */
export const waysOf = reckonedOnce(({ sold, payments, replaced }: PlacedOrder): readonly Way[] =>
  sold.payments.flatMap((paid) => (replaced.has(paid.paymentId) ? [] : [{ ...(payments.get(paid.paymentId) ?? untold), paid }])),
);

export const paymentOf = ({ payments }: PlacedOrder, paymentId: string): Payment => payments.get(paymentId) ?? untold;

/** The newest promise that stands. */
export const pledgeOf = ({ pledges, expired }: Payment): Pledge | undefined => {
  let standing: Pledge | undefined;
  for (const [tryId, pledge] of pledges) if (!expired.has(tryId)) standing = pledge;
  return standing;
};

export const hasExpired = (payment: Payment): boolean => payment.expired.size > 0 && !pledgeOf(payment);

/** What somebody stands for, or has paid: minor units. */
export const coveredBy = ({ pledges, expired, voided, forfeited, captured }: Payment): number => {
  let standing = forfeited - voided;
  for (const [tryId, { amount }] of pledges) if (!expired.has(tryId)) standing += amount;
  return Math.max(standing, captured);
};

const due = (order: PlacedOrder): number => dueFor(order, (lineId) => wantedOf(order, lineId));

/** What way of paying stands for no more than that: what came back for an exchange. */
const limitOf = ({ exchange }: PlacedOrder, { paid }: Way): number =>
  exchange && paid.method === EXCHANGE ? exchange.amount : Number.POSITIVE_INFINITY;

/** What somebody stands for by one way of paying: minor units. */
const standsFor = (order: PlacedOrder, way: Way): number => Math.min(coveredBy(way), limitOf(order, way));

/** As `standsFor`, what nobody has said anything to counted as it was placed. */
export const isAskedFor = (order: PlacedOrder, way: Way): number =>
  Math.min(Math.max(way.paid.amount, coveredBy(way)), limitOf(order, way));

/** What is due and nobody stands for, since an edit, since less came back for an exchange, or since one of several promises ended that another way to pay was reckoned by: minor units. As it was placed, an order is covered by its payments. */
export const uncovered = (order: PlacedOrder): number =>
  order.version === 1 && !order.exchange && order.replaced.size === 0
    ? 0
    : waysOf(order).reduce((open, way) => open - standsFor(order, way), due(order));

/** Nobody stands for it any more, and somebody has said so. */
const hasFailed = (way: Way): boolean => !pledgeOf(way) && (way.decline !== undefined || hasExpired(way));

/** What somebody stands for, or may yet. */
const expectedOf = (way: Way): number => (pledgeOf(way) || hasFailed(way) ? coveredBy(way) : Math.max(way.paid.amount, coveredBy(way)));

/** Ways of paying that came to nothing and are missing: none, where the others pay all that is due since less is. */
export const missingWays = (order: PlacedOrder): readonly Way[] => {
  const failed = waysOf(order).filter(hasFailed);
  if (failed.length === 0) return failed;
  const expected = waysOf(order).reduce((sum, way) => sum + expectedOf(way), 0);
  return expected >= due(order) ? [] : failed;
};

/** Every way of paying is promised, or not missing; after an edit, also all that is due for it. */
export const isPaid = (order: PlacedOrder): boolean =>
  waysOf(order).every((way) => pledgeOf(way) || hasFailed(way)) && missingWays(order).length === 0 && uncovered(order) <= 0;

/** Since when another way to pay is waited for: what was edited since may have made it missing. */
export const declinedAt = ({ editedAt }: PlacedOrder, { at }: NonNullable<Payment['decline']>): string => latest(at, editedAt);
