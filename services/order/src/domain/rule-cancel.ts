import type { LineQuantity, Reason } from '@cartage/contracts';
import { cancellable, freedNow, linesOf, refusedUnits, unanswered, unitsOf } from './cancellations';
import type { Decision } from './events';
import { nothingWanted } from './lines';
import { paymentsOf } from './payments';
import type { PlacedOrder } from './state';
import { releaseAll } from './rule-hold';
import type { Rule } from './occasion';

/** Units that were not confirmed: nobody else has to be asked. */
const unconfirmed = (order: PlacedOrder): readonly LineQuantity[] =>
  unitsOf(linesOf(order), ({ lineId }) => cancellable(order, lineId).atOnce);

const cancelled = (
  { placed: { orderId } }: PlacedOrder,
  lines: readonly LineQuantity[],
  how: { readonly cancellationId: string; readonly reason: Reason; readonly cancelledAt: string },
): readonly Decision[] => (lines.length > 0 ? [{ type: 'LineCancelled', data: { orderId, lines, ...how } }] : []);

/** Without the money, what was not confirmed will not be. */
export const cancelWhenDeclined: Rule = (order, { now, newId }) => {
  const decline = paymentsOf(order).find((payment) => payment.decline && !payment.promise)?.decline;
  if (!decline) return [];
  const { code, detail = code, ...who } = decline.reason;
  const reason = { code: who.by === 'provider' ? 'payment-declined' : 'verification-rejected', detail, ...who };
  return cancelled(order, unconfirmed(order), { cancellationId: newId(), reason, cancelledAt: now });
};

/** What whoever holds the goods has answered becomes so; what came too late is told once nothing is open. */
export const answerCancellations: Rule = (order, { now }) =>
  [...order.cancellations.values()].flatMap((cancellation): readonly Decision[] => {
    const { cancellationId, reason, closed } = cancellation;
    const { orderId } = order.placed;
    const refused = closed || unanswered(cancellation).length > 0 ? [] : refusedUnits(cancellation);
    return [
      ...cancelled(order, freedNow(cancellation), { cancellationId, reason, cancelledAt: now }),
      ...(refused.length > 0
        ? [{ type: 'OrderCancellationRefused', data: { orderId, cancellationId, lines: refused, reason, refusedAt: now } } as const]
        : []),
    ];
  });

export const endWhenNothingWanted: Rule = (order, { now }) => {
  const reason = [...order.cancellations.values()].at(-1)?.reason;
  if (!reason || !nothingWanted(order.progress)) return [];
  const { orderId } = order.placed;
  return [...releaseAll(order, now), { type: 'OrderCancelled', data: { orderId, lines: linesOf(order), reason, cancelledAt: now } }];
};
