import type { LineQuantity, Reason } from '@cartage/contracts';
import type { Decision } from './events';
import { evolve } from './evolve';
import { allDelivered, allReserved, type Stage } from './lines';
import type { Hold, Payment, PlacedOrder } from './state';

/** When it is decided, and the id of the hold that may come of it: of one fact one at most. */
export interface Occasion {
  readonly now: string;
  readonly holdId: string;
}

/**
 * What follows from what is known, whichever fact came last: topics arrive in any order relative to each other, so no rule may ask which
 * fact it was. Each rule sees what the rules before it decided.
 */
type Rule = (order: PlacedOrder, occasion: Occasion) => readonly Decision[];

const paymentsOf = ({ placed, payments }: PlacedOrder): readonly Payment[] =>
  placed.payments.map(({ paymentId }) => payments.get(paymentId) ?? {});

const declineOf = (order: PlacedOrder) => paymentsOf(order).find(({ decline, promise }) => decline && !promise)?.decline;
const allPromised = (order: PlacedOrder): boolean => paymentsOf(order).every(({ promise }) => promise);

/** Of these lines, the units that have not come so far. */
const lacking = ({ progress, placed }: PlacedOrder, stage: Stage, lineIds: ReadonlySet<string>): readonly LineQuantity[] =>
  placed.lines.flatMap(({ lineId, sku, quantity }) => {
    const missing = lineIds.has(lineId) ? quantity - (progress.get(lineId)?.[stage] ?? 0) : 0;
    return missing > 0 ? [{ lineId, sku, quantity: missing }] : [];
  });

/** What stands still, and why. Without lines: the whole order. */
interface Cause {
  readonly lines?: readonly LineQuantity[];
  readonly reason: Reason;
}

const shortOfStock = (order: PlacedOrder): Cause | undefined => {
  if (order.short.size === 0) return undefined;
  const lines = lacking(order, 'reserved', new Set(order.short.keys()));
  const detail = `Not enough stock for ${listed(lines.map(({ sku }) => sku))}.`;
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
  const standing = [...order.unfillable].filter(([lineId, { at }]) => !isAfter(order.rejectedAt.get(lineId), at));
  const lines = lacking(order, 'allocated', new Set(standing.map(([lineId]) => lineId)));
  const reason = order.unfillable.get(lines[0]?.lineId ?? '')?.reason;
  return reason && { lines, reason };
};

const isAfter = (one: string | undefined, other: string): boolean => one !== undefined && Date.parse(one) > Date.parse(other);

/** The holds that facts bring about and end. An operator's hold is released by an operator only. */
const causes: ReadonlyMap<string, (order: PlacedOrder) => Cause | undefined> = new Map([
  ['stock-short', shortOfStock],
  ['payment-review', underReview],
  ['unfillable', unfillable],
]);

/** An order of thousands of lines still gets a reason that a person can read. */
const listed = (names: readonly string[]): string => {
  const unique = [...new Set(names)];
  return unique.length > 5 ? `${unique.slice(0, 5).join(', ')} and ${unique.length - 5} more` : unique.join(', ');
};

const concerns = (hold: Hold, cause: Cause): boolean => {
  if (!hold.lines || !cause.lines) return true;
  const stuck = new Set(cause.lines.map(({ lineId }) => lineId));
  return hold.lines.some(({ lineId }) => stuck.has(lineId));
};

const release = (
  { placed: { orderId } }: PlacedOrder,
  hold: Hold,
  how: { readonly resolution: 'resolved' | 'ended'; readonly releasedAt: string },
): Decision => ({
  type: 'HoldReleased',
  data: { orderId, holdId: hold.holdId, type: hold.type, by: 'system', ...how },
});

const releaseWhenResolved: Rule = (order, { now }) =>
  order.holds.flatMap((hold) => {
    const causeOf = causes.get(hold.type);
    if (!causeOf) return [];
    const cause = causeOf(order);
    return cause && concerns(hold, cause) ? [] : [release(order, hold, { resolution: 'resolved', releasedAt: now })];
  });

/** What a cause stops that no hold of its type stops yet; nothing when all of it is held. */
const notHeld = ({ holds }: PlacedOrder, type: string, cause: Cause): Cause | undefined => {
  const standing = holds.filter((hold) => hold.type === type);
  if (standing.length === 0) return cause;
  const held = new Set(standing.flatMap(({ lines = [] }) => lines.map(({ lineId }) => lineId)));
  const lines = cause.lines?.filter(({ lineId }) => !held.has(lineId)) ?? [];
  return lines.length > 0 ? { ...cause, lines } : undefined;
};

const holdWhenStuck: Rule = (order, { now, holdId }) =>
  [...causes].flatMap(([type, causeOf]): readonly Decision[] => {
    const cause = causeOf(order);
    const open = cause && notHeld(order, type, cause);
    return open ? [{ type: 'HoldApplied', data: { orderId: order.placed.orderId, holdId, type, ...open, appliedAt: now } }] : [];
  });

/** The holds of an order that ends end with it. */
const releaseAll = (order: PlacedOrder, now: string): readonly Decision[] =>
  order.holds.map((hold) => release(order, hold, { resolution: 'ended', releasedAt: now }));

const cancelWhenDeclined: Rule = (order, { now }) => {
  const decline = declineOf(order);
  if (!decline || order.confirmedAt !== undefined) return [];
  const { code, detail = code, ...who } = decline.reason;
  const reason = { code: who.by === 'provider' ? 'payment-declined' : 'verification-rejected', detail, ...who };
  const { orderId, lines } = order.placed;
  const units = lines.map(({ lineId, sku, quantity }) => ({ lineId, sku, quantity }));
  return [...releaseAll(order, now), { type: 'OrderCancelled', data: { orderId, lines: units, reason, cancelledAt: now } }];
};

const confirmWhenReservedAndPaid: Rule = (order, { now }) => {
  const { confirmedAt, holds, progress, placed } = order;
  if (confirmedAt !== undefined || holds.length > 0 || !allPromised(order) || !allReserved(progress)) return [];
  const { orderId, channel, priority } = placed;
  const lines = placed.lines.map(({ lineId, sku, quantity, shipGroupId }) => ({ lineId, sku, quantity, shipGroupId }));
  const shipGroups = placed.shipGroups.map(({ personal: _p, charge: _c, taxLines: _t, ...group }) => group);
  return [{ type: 'OrderConfirmed', data: { orderId, channel, lines, shipGroups, priority, confirmedAt: now } }];
};

/** Nothing can be delivered before it was confirmed; where it was told so, the rest is still on its way here. */
const completeWhenDelivered: Rule = (order, { now }) =>
  order.confirmedAt !== undefined && allDelivered(order.progress)
    ? [...releaseAll(order, now), { type: 'OrderCompleted', data: { orderId: order.placed.orderId, completedAt: now } }]
    : [];

const rules: readonly Rule[] = [releaseWhenResolved, cancelWhenDeclined, holdWhenStuck, confirmWhenReservedAndPaid, completeWhenDelivered];

/** The decisions that follow now. An order that has ended decides nothing more; what is still told of it is only kept. */
export const consequences = (order: PlacedOrder, occasion: Occasion): readonly Decision[] => {
  const decided: Decision[] = [];
  let current = order;
  for (const rule of rules) {
    if (current.ended) break;
    for (const event of rule(current, occasion)) {
      decided.push(event);
      current = evolve(current, event) ?? current;
    }
  }
  return decided;
};
