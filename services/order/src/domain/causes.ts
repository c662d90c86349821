import type { LineQuantity, Reason } from '@cartage/contracts';
import { cancellable, linesOf, unanswered, unitsOf } from './cancellations';
import { waitsForGoods } from './exchange';
import { gone, wanted, type Stage } from './lines';
import { lostLines } from './lost-parcels';
import { isAfter, later, type Occasion } from './occasion';
import { declinedAt, hasExpired, missingWays, pledgeOf, uncovered, waysOf, type Way } from './payments';
import { raiseEnds, raiseUnderReview } from './raise';
import { patienceEnds, shortLines } from './shortages';
import type { PlacedOrder } from './state';

/** What stands still, and why. Without lines: the whole order. */
export interface Cause {
  readonly lines?: readonly LineQuantity[];
  /** When something is decided about it that is not yet. */
  readonly until?: string;
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

/** Lines that are split wait by themselves: they hold nothing of what is there. */
const shortOfStock = (order: PlacedOrder, { patience }: Occasion): Cause | undefined => {
  if (order.short.size === 0) return undefined;
  const lines = shortLines(order).filter(({ lineId }) => order.choices.get(lineId) !== 'split');
  const [until] = lines.map(({ lineId }) => patienceEnds(order, lineId, patience)).sort();
  const detail = `Not enough stock for ${listed(lines)}.`;
  return until === undefined ? undefined : { lines, until, reason: { code: 'stock-short', detail, by: 'system' } };
};

/** What of the order waits for money: all of it, or, where some was confirmed, what was not. */
const unpaid = (order: PlacedOrder): Pick<Cause, 'lines'> | undefined => {
  if (order.confirmedAt === undefined) return {};
  const lines = unitsOf(linesOf(order), ({ lineId }) => cancellable(order, lineId).atOnce);
  return lines.length > 0 ? { lines } : undefined;
};

/** What has not left. */
const unshipped = (order: PlacedOrder): Pick<Cause, 'lines'> | undefined => {
  const here = (lineId: string): number => {
    const line = order.progress.get(lineId);
    return line ? wanted(line) - gone(line) : 0;
  };
  const lines = unitsOf(linesOf(order), ({ lineId }) => here(lineId));
  return lines.length > 0 ? (order.confirmedAt === undefined ? {} : { lines }) : undefined;
};

const underReview = (order: PlacedOrder): Cause | undefined => {
  const review = waysOf(order).find((way) => way.review && !way.decline && !pledgeOf(way))?.review ?? raiseUnderReview(order);
  const what = review && unpaid(order);
  if (!what) return undefined;
  const detail = review.verdict.reasons.map((finding) => finding.detail).join(' ') || 'The payment needs a review.';
  return { ...what, reason: { code: 'payment-review', detail, by: 'policy' } };
};

const wasPledged = ({ pledges }: Way): boolean => pledges.size > 0;

/** Another way to pay is waited for. */
const declined = (order: PlacedOrder, { patience }: Occasion): Cause | undefined => {
  const way = missingWays(order).find((each) => each.decline?.retryable);
  const what = way && (wasPledged(way) ? unshipped(order) : unpaid(order));
  if (!what || !way.decline) return undefined;
  return { ...what, until: later(declinedAt(order, way.decline), patience.paymentMs), reason: way.decline.reason };
};

/** More is due than anybody stands for, since an edit or since a promise ended. */
const due = (order: PlacedOrder, { patience }: Occasion): Cause | undefined => {
  const open = waysOf(order).every(pledgeOf) && !raiseUnderReview(order) ? uncovered(order) : 0;
  const what = open > 0 ? unpaid(order) : undefined;
  if (!what) return undefined;
  const detail = `${open} ${order.placed.currency} (minor units) are due since the order was edited, less came back than it was exchanged for, or a promise of payment ended.`;
  return { ...what, until: raiseEnds(order, patience), reason: { code: 'payment-due', detail, by: 'system' } };
};

const expired = (order: PlacedOrder): Cause | undefined => {
  const what = missingWays(order).some((way) => !way.decline && hasExpired(way)) ? unshipped(order) : undefined;
  const detail = 'The promise of payment has ended before everything was shipped.';
  return what && { ...what, reason: { code: 'payment-expired', detail, by: 'provider' } };
};

const disputed = (order: PlacedOrder): Cause | undefined => {
  const standing = [...order.chargebacks].some(([id, state]) => state !== 'won' && !order.waived.has(id));
  const what = standing ? unshipped(order) : undefined;
  return what && { ...what, reason: { code: 'chargeback', detail: 'The customer’s bank took money back.', by: 'provider' } };
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
  const isWaiting = ({ cancellationId, at }: { readonly cancellationId: string; readonly at: string }): boolean =>
    !order.waived.has(cancellationId) && !isAfter(later(at, patience.cancellationMs), now);
  const lines = [...order.cancellations.values()].filter(isWaiting).flatMap(unanswered);
  const detail = `Nobody has answered whether ${listed(lines)} can still be cancelled.`;
  return lines.length > 0 ? { lines, reason: { code: 'cancellation-overdue', detail, by: 'policy' } } : undefined;
};

/** Money back, or the goods again: that is for a person to say. */
const lost = (order: PlacedOrder): Cause | undefined => {
  if (order.lost.size === 0) return undefined;
  const lines = lostLines(order);
  const detail = `The carrier lost ${listed(lines)}. Give the money back or send it again.`;
  return lines.length > 0 ? { lines, reason: { code: 'parcel-lost', detail, by: 'carrier' } } : undefined;
};

/** Goods that it is exchanged for are not back: it waits for them, or for a person who sends it all the same. */
const awaitsGoods = (order: PlacedOrder): Cause | undefined => {
  const until = waitsForGoods(order);
  const what = until === undefined ? undefined : unpaid(order);
  const detail = 'It is exchanged for goods that are not back.';
  return what && until !== undefined ? { ...what, until, reason: { code: 'exchange', detail, by: 'policy' } } : undefined;
};

/** The holds that facts and time bring about, and end. An operator's hold is released by an operator only. */
export const causes: ReadonlyMap<string, (order: PlacedOrder, occasion: Occasion) => Cause | undefined> = new Map([
  ['stock-short', shortOfStock],
  ['payment-review', underReview],
  ['payment-declined', declined],
  ['payment-due', due],
  ['payment-expired', expired],
  ['chargeback', disputed],
  ['unfillable', unfillable],
  ['cancellation-overdue', cancellationOverdue],
  ['parcel-lost', lost],
  ['exchange', awaitsGoods],
]);
