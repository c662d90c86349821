import type { LineQuantity, Reason } from '@cartage/contracts';
import { unanswered } from './cancellations';
import { wanted, type Stage } from './lines';
import { paymentsOf } from './payments';
import type { PlacedOrder } from './state';
import { isAfter, later, type Occasion } from './occasion';

/** What stands still, and why. Without lines: the whole order. */
export interface Cause {
  readonly lines?: readonly LineQuantity[];
  readonly reason: Reason;
}

/** Of these lines, the units that have not come so far. */
const lacking = ({ progress, sold }: PlacedOrder, stage: Stage, lineIds: ReadonlySet<string>): readonly LineQuantity[] =>
  sold.lines.flatMap(({ lineId, sku }) => {
    const line = lineIds.has(lineId) ? progress.get(lineId) : undefined;
    const missing = line ? wanted(line) - line[stage] : 0;
    return missing > 0 ? [{ lineId, sku, quantity: missing }] : [];
  });

/** An order of thousands of lines still gets a reason that a person can read. */
const listed = (lines: readonly LineQuantity[]): string => {
  const unique = [...new Set(lines.map(({ sku }) => sku))];
  return unique.length > 5 ? `${unique.slice(0, 5).join(', ')} and ${unique.length - 5} more` : unique.join(', ');
};

const shortOfStock = (order: PlacedOrder): Cause | undefined => {
  if (order.short.size === 0) return undefined;
  const lines = lacking(order, 'reserved', new Set(order.short.keys()));
  const detail = `Not enough stock for ${listed(lines)}.`;
  return lines.length > 0 ? { lines, reason: { code: 'stock-short', detail, by: 'system' } } : undefined;
};

const underReview = (order: PlacedOrder): Cause | undefined => {
  const review = paymentsOf(order).find((each) => each.review && !each.promise && !each.decline)?.review;
  if (!review) return undefined;
  const detail = review.verdict.reasons.map((finding) => finding.detail).join(' ') || 'The payment needs a review.';
  return { reason: { code: 'payment-review', detail, by: 'policy' } };
};

/** Routing could not cover a line, and nothing has changed for it since: neither was it allocated, nor did a location give it back. */
const unfillable = (order: PlacedOrder): Cause | undefined => {
  if (order.unfillable.size === 0) return undefined;
  const standing = [...order.unfillable].filter(([lineId, { at }]) => !isAfter(order.givenBackAt.get(lineId), at));
  const lines = lacking(order, 'allocated', new Set(standing.map(([lineId]) => lineId)));
  const reason = order.unfillable.get(lines[0]?.lineId ?? '')?.reason;
  return reason && { lines, reason };
};

/** Whoever holds the goods was asked not to ship them, and says nothing. */
const cancellationOverdue = (order: PlacedOrder, { now, patience }: Occasion): Cause | undefined => {
  if (order.cancellations.size === 0) return undefined;
  const waiting = [...order.cancellations.values()].filter(({ at }) => !isAfter(later(at, patience.cancellationMs), now));
  const lines = waiting.flatMap(unanswered);
  const detail = `Nobody has answered whether ${listed(lines)} can still be cancelled.`;
  return lines.length > 0 ? { lines, reason: { code: 'cancellation-overdue', detail, by: 'policy' } } : undefined;
};

/** The holds that facts and time bring about, and end. An operator's hold is released by an operator only. */
export const causes: ReadonlyMap<string, (order: PlacedOrder, occasion: Occasion) => Cause | undefined> = new Map([
  ['stock-short', shortOfStock],
  ['payment-review', underReview],
  ['unfillable', unfillable],
  ['cancellation-overdue', cancellationOverdue],
]);
