import { cancellable, linesOf, unitsOf } from './cancellations';
import { cancellation } from './cancelling';
import type { Occasion, Rule } from './occasion';
import { isAfter } from './occasion';
import type { PlacedOrder } from './state';

/** Both orders of an exchange hear that it is settled; it says something to the one that it pays for. */
export const exchangeSettled = (
  order: PlacedOrder,
  {
    exchangeId,
    amount,
    outcome,
    settledAt: at,
  }: { readonly exchangeId: string; readonly amount: number; readonly outcome: string; readonly settledAt: string },
): PlacedOrder => (order.placed.replaces?.exchange?.exchangeId === exchangeId ? { ...order, exchange: { amount, outcome, at } } : order);

/** Until when an order waits for the goods that it stands for; nothing where it does not, or a person let it go before. */
export const waitsForGoods = ({ placed: { replaces }, exchange, waived }: PlacedOrder): string | undefined => {
  const asked = replaces?.exchange;
  return !asked || asked.advance || exchange || waived.has(asked.exchangeId) ? undefined : asked.settleBy;
};

/** Why nothing will pay for it, where that is so. */
const lapseOf = (order: PlacedOrder, { now }: Occasion): string | undefined => {
  if (order.exchange?.outcome === 'lapsed') return 'exchange-lapsed';
  const until = waitsForGoods(order);
  return until !== undefined && !isAfter(until, now) ? 'exchange-overdue' : undefined;
};

const detail = 'The goods that it was to be exchanged for did not come back.';

/** Nothing came back, or not in its time: what was confirmed all the same is asked back, once. */
export const cancelWhenNothingCameBack: Rule = (order, occasion) => {
  const code = order.placed.replaces?.exchange ? lapseOf(order, occasion) : undefined;
  if (code === undefined) return [];
  const askedBefore = [...order.cancellations.values()].some(({ asked, reason }) => asked.length > 0 && reason.code === code);
  const lines = unitsOf(linesOf(order), ({ lineId }) => {
    const { atOnce, byAsking } = cancellable(order, lineId);
    return askedBefore ? atOnce : atOnce + byAsking;
  });
  return cancellation(order, lines, { cancellationId: occasion.newId(), reason: { code, detail, by: 'policy' }, now: occasion.now });
};
