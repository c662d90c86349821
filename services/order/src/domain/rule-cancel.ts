import type { LineQuantity, Reason } from '@cartage/contracts';
import { cancellable, freedNow, linesOf, refusedUnits, unanswered, unitsOf, type Cancellation } from './cancellations';
import { cancellation } from './cancelling';
import { edited } from './edited';
import type { Decision } from './events';
import { Faults } from './faults';
import { nothingWanted } from './lines';
import { declinedAt, missingWays, pledgeOf, uncovered, waysOf, type Way } from './payments';
import { isRaiseWaitedFor, raiseDeclined, raiseUnderReview } from './raise';
import type { PlacedOrder } from './state';
import { releaseAll } from './rule-hold';
import { isAfter, later, type Occasion, type Rule } from './occasion';

const cancelled = (
  { placed: { orderId } }: PlacedOrder,
  lines: readonly LineQuantity[],
  how: { readonly cancellationId: string; readonly reason: Reason; readonly cancelledAt: string },
): readonly Decision[] => (lines.length > 0 ? [{ type: 'LineCancelled', data: { orderId, lines, ...how } }] : []);

const isWaitedFor = (order: PlacedOrder, decline: NonNullable<Way['decline']>, { now, patience: { paymentMs } }: Occasion): boolean =>
  decline.retryable && paymentMs > 0 && isAfter(later(declinedAt(order, decline), paymentMs), now);

/** The one that no other way to pay is waited for, or not any longer. */
const declineOf = (order: PlacedOrder, occasion: Occasion): { readonly way: Way; readonly reason: Reason } | undefined => {
  for (const way of missingWays(order)) {
    const { decline } = way;
    if (!decline || isWaitedFor(order, decline, occasion)) continue;
    const { code, detail = code, ...who } = decline.reason;
    return { way, reason: { code: who.by === 'provider' ? 'payment-declined' : 'verification-rejected', detail, ...who } };
  }
  return undefined;
};

/** Without the money, what was not confirmed will not be; and what was confirmed on a promise that has ended is asked back, once. */
export const cancelWhenDeclined: Rule = (order, occasion) => {
  const decline = declineOf(order, occasion);
  if (!decline) return [];
  const { way, reason } = decline;
  const askedBefore = [...order.cancellations.values()].some(({ asked, ...each }) => asked.length > 0 && each.reason.code === reason.code);
  const askBack = way.pledges.size > 0 && !askedBefore;
  const lines = unitsOf(linesOf(order), ({ lineId }) => {
    const { atOnce, byAsking } = cancellable(order, lineId);
    return askBack ? atOnce + byAsking : atOnce;
  });
  return cancellation(order, lines, { cancellationId: occasion.newId(), reason, now: occasion.now });
};

/** Which units come too late, once nothing is open any more. */
const tooLate = ({ placed: { orderId } }: PlacedOrder, cancellation: Cancellation, refusedAt: string): readonly Decision[] => {
  const { cancellationId, reason, closed } = cancellation;
  const lines = closed || unanswered(cancellation).length > 0 ? [] : refusedUnits(cancellation);
  return lines.length > 0 ? [{ type: 'OrderCancellationRefused', data: { orderId, cancellationId, lines, reason, refusedAt } }] : [];
};

/** An edit comes about as a whole, once all of it is answered: units that left stay in the order. */
const editNow = (order: PlacedOrder, { edit, edited: done, refused, ...cancellation }: Cancellation, now: string): readonly Decision[] =>
  !edit || done || order.ended || cancellation.closed || unanswered({ ...cancellation, edited: done, refused }).length > 0
    ? []
    : edited(order, edit, { now, refused, faults: new Faults(now) });

/** What an edit added is not shipped on credit. */
export const cancelWhenUnpaid: Rule = (order, { now, newId, patience }) => {
  if (uncovered(order) <= 0 || !waysOf(order).every(pledgeOf)) return [];
  if (raiseUnderReview(order) || isRaiseWaitedFor(order, now, patience)) return [];
  const lines = unitsOf(linesOf(order), ({ lineId }) => cancellable(order, lineId).atOnce);
  const detail = raiseDeclined(order)?.reason.detail ?? 'Nobody paid for what was added.';
  const reason = { code: 'payment-due', detail, by: 'policy' };
  return cancellation(order, lines, { cancellationId: newId(), reason, now });
};

/** What whoever holds the goods has answered becomes so; what came too late is told once nothing is open. */
export const answerCancellations: Rule = (order, { now }) =>
  [...order.cancellations.values()].flatMap((cancellation): readonly Decision[] => {
    const { cancellationId, reason, edit } = cancellation;
    const freed = edit ? [] : freedNow(cancellation);
    return [
      ...cancelled(order, freed, { cancellationId, reason, cancelledAt: now }),
      ...editNow(order, cancellation, now),
      ...tooLate(order, cancellation, now),
    ];
  });

export const endWhenNothingWanted: Rule = (order, { now }) => {
  const reason = [...order.cancellations.values()].at(-1)?.reason;
  if (!reason || !nothingWanted(order.progress)) return [];
  const { orderId } = order.placed;
  return [...releaseAll(order, now), { type: 'OrderCancelled', data: { orderId, lines: linesOf(order), reason, cancelledAt: now } }];
};
