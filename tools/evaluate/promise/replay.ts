import type { LeadTimeModel, LeadTimeQuote } from '@cartage/order/lead-times';
import { byChance, ByDay } from '../statistics/by-day';
import type { Delivery } from './reading';

/**
 * Lives through a history: on each day it promises what was ordered on it, by what was known when the day began. A delivery is known on the day after it, and that
 * a promise is broken on the day after the promised one, whether delivered by then or not.
 */
export const lived = (
  deliveries: readonly Delivery[],
  model: LeadTimeModel,
  quoted: (delivery: Delivery, quote: LeadTimeQuote) => void,
): void => {
  const delivered = new ByDay<Delivery>();
  const settled = new ByDay<{ readonly delivery: Delivery; readonly isLate: boolean }>();
  let today = deliveries[0]?.ordered ?? 0;
  const endDay = (): void => {
    for (const { lane, days } of byChance(delivered.take(today), today)) model.delivered(lane, days);
    for (const { delivery, isLate } of settled.take(today)) model.settled(delivery.lane, isLate);
    today += 1;
  };
  for (const delivery of deliveries) {
    while (today < delivery.ordered) endDay();
    const quote = model.quote(delivery.lane);
    quoted(delivery, quote);
    delivered.add(delivery.ordered + delivery.days, delivery);
    if (quote.days === undefined) continue;
    model.promised(delivery.lane);
    const isLate = delivery.days > quote.days;
    settled.add(delivery.ordered + (isLate ? quote.days + 1 : delivery.days), { delivery, isLate });
  }
};
