import type { Decision } from './events';
import type { Hold, PlacedOrder } from './state';
import { causes, type Cause } from './causes';
import { isAfter, type Rule } from './occasion';

const concerns = (hold: Hold, cause: Cause): boolean => {
  if (!hold.lines || !cause.lines) return true;
  const stuck = new Set(cause.lines.map(({ lineId }) => lineId));
  return hold.lines.some(({ lineId }) => stuck.has(lineId));
};

const release = (
  { placed: { orderId } }: PlacedOrder,
  { holdId, type }: Hold,
  how: { readonly resolution: 'resolved' | 'ended' | 'expired'; readonly releasedAt: string },
): Decision => ({ type: 'HoldReleased', data: { orderId, holdId, type, by: 'system', ...how } });

export const releaseWhenResolved: Rule = (order, occasion) =>
  order.holds.flatMap((hold) => {
    const causeOf = causes.get(hold.type);
    if (!causeOf) return [];
    const cause = causeOf(order, occasion);
    return cause && concerns(hold, cause) ? [] : [release(order, hold, { resolution: 'resolved', releasedAt: occasion.now })];
  });

/** A hold whose time is over ends; where its cause still stands, it is held again, with another time. */
export const releaseWhenOver: Rule = (order, { now }) =>
  order.holds.flatMap((hold) =>
    hold.until === undefined || isAfter(hold.until, now) ? [] : [release(order, hold, { resolution: 'expired', releasedAt: now })],
  );

/** What a cause stops that no hold of its type stops yet; nothing when all of it is held. */
const notHeld = ({ holds }: PlacedOrder, type: string, cause: Cause): Cause | undefined => {
  const standing = holds.filter((hold) => hold.type === type);
  if (standing.length === 0) return cause;
  const held = new Set(standing.flatMap(({ lines = [] }) => lines.map(({ lineId }) => lineId)));
  const lines = cause.lines?.filter(({ lineId }) => !held.has(lineId)) ?? [];
  return lines.length > 0 ? { ...cause, lines } : undefined;
};

export const holdWhenStuck: Rule = (order, occasion) =>
  [...causes].flatMap(([type, causeOf]): readonly Decision[] => {
    const cause = causeOf(order, occasion);
    const open = cause && notHeld(order, type, cause);
    if (!open) return [];
    const { orderId } = order.placed;
    const { until, ...what } = open;
    const ahead = until !== undefined && isAfter(until, occasion.now) ? { until } : {};
    return [{ type: 'HoldApplied', data: { orderId, holdId: occasion.newId(), type, ...what, ...ahead, appliedAt: occasion.now } }];
  });

/** The holds of an order that ends end with it. */
export const releaseAll = (order: PlacedOrder, now: string): readonly Decision[] =>
  order.holds.map((hold) => release(order, hold, { resolution: 'ended', releasedAt: now }));
