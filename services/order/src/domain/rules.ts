import type { HoldType, LineQuantity } from '@cartage/contracts';
import type { OrderEvent } from './events';
import { evolve } from './evolve';
import { allDelivered } from './lines';
import { statusOf, type PlacedOrder } from './state';

/**
 * What follows from what is known, whichever fact came last: topics arrive in any order relative to each other, so no rule may ask which
 * fact it was. Each rule sees what the rules before it decided.
 */
type Rule = (order: PlacedOrder, now: string) => readonly OrderEvent[];

/** Why each hold is needed, or nothing when it is not, or no longer. An operator's hold is released by an operator only. */
const causes: { readonly [Hold in Exclude<HoldType, 'operator'>]: (order: PlacedOrder) => string | undefined } = {
  'stock-short': ({ shortage, reservationId }) =>
    shortage && reservationId === undefined ? `Not enough stock for ${listed(shortage.short.map(({ sku }) => sku))}.` : undefined,
  'payment-review': ({ review, payment }) =>
    review && !payment ? review.verdict.reasons.map(({ detail }) => detail).join(' ') || 'The payment needs a review.' : undefined,
  unfillable: ({ unfillable }) => unfillable?.reason,
};
const caused = Object.keys(causes) as readonly (keyof typeof causes)[];

/** An order of thousands of lines still gets a reason that a person can read. */
const listed = (names: readonly string[]): string => {
  const unique = [...new Set(names)];
  return unique.length > 5 ? `${unique.slice(0, 5).join(', ')} and ${unique.length - 5} more` : unique.join(', ');
};

const orderedUnits = ({ placed }: PlacedOrder): readonly LineQuantity[] =>
  placed.lines.map(({ lineId, sku, quantity }) => ({ lineId, sku, quantity }));

const cancelWhenDeclined: Rule = (order, now) => {
  const { decline, payment, confirmedAt, placed } = order;
  if (!decline || payment || confirmedAt !== undefined) return [];
  const reason = decline.by === 'verification' ? 'verification-rejected' : 'payment-declined';
  return [{ type: 'OrderCancelled', data: { orderId: placed.orderId, reason, lines: orderedUnits(order), cancelledAt: now } }];
};

const releaseWhenResolved: Rule = (order, now) => {
  const { orderId } = order.placed;
  let holds = order.holds;
  return caused
    .filter((hold) => order.holds.includes(hold) && causes[hold](order) === undefined)
    .map((hold) => {
      holds = holds.filter((each) => each !== hold);
      return { type: 'HoldReleased', data: { orderId, hold, releasedAt: now, remaining: holds, status: statusOf({ ...order, holds }) } };
    });
};

const holdWhenStuck: Rule = (order, now) =>
  caused.flatMap((hold) => {
    const reason = causes[hold](order);
    if (reason === undefined || order.holds.includes(hold)) return [];
    return [{ type: 'HoldApplied' as const, data: { orderId: order.placed.orderId, hold, reason, appliedAt: now } }];
  });

const confirmWhenReservedAndPaid: Rule = (order, now) => {
  const { reservationId, payment, confirmedAt, holds, placed } = order;
  if (reservationId === undefined || !payment || confirmedAt !== undefined || holds.length > 0) return [];
  const { orderId, channel, priority, destination, personal } = placed;
  const status = statusOf({ ...order, confirmedAt: now });
  const lines = orderedUnits(order);
  return [{ type: 'OrderConfirmed', data: { orderId, channel, lines, priority, destination, personal, confirmedAt: now, status } }];
};

const completeWhenDelivered: Rule = ({ progress, placed }, now) =>
  allDelivered(progress) ? [{ type: 'OrderCompleted', data: { orderId: placed.orderId, completedAt: now } }] : [];

const rules: readonly Rule[] = [cancelWhenDeclined, releaseWhenResolved, holdWhenStuck, confirmWhenReservedAndPaid, completeWhenDelivered];

/** The decisions that follow now. An order that has ended decides nothing more; what is still told of it is only kept. */
export const consequences = (order: PlacedOrder, now: string): readonly OrderEvent[] => {
  const decided: OrderEvent[] = [];
  let current = order;
  for (const rule of rules) {
    if (current.ended) break;
    for (const event of rule(current, now)) {
      decided.push(event);
      current = evolve(current, event) ?? current;
    }
  }
  return decided;
};
