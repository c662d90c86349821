import { backorderedOf } from '../domain/reservation';
import type { OrdersAtHand, Supplying } from './backorders';
import type { Cause } from './drafting';

/** What came of what was on order is for those who have a claim on it, the first first; what nobody has a claim on is offered to all who wait. */
export const fillBackorders = async (
  { newId, transaction, orders }: Supplying,
  { sku, units }: { readonly sku: string; readonly units: number },
  cause: Cause,
): Promise<void> => {
  const takers: string[] = [];
  let left = units;
  for (const { orderId, promise, pieces } of await transaction.waiting([sku], [])) {
    if (left <= 0) break;
    if (!promise?.parts.includes(sku)) continue;
    takers.push(orderId);
    left -= pieces.find((piece) => piece.sku === sku)?.units ?? 0;
  }
  await orders.openAll(takers);
  left = units;
  for (const orderId of new Set(takers)) {
    const before = claimsIn(orders, orderId, sku);
    orders.do({ type: 'FillBackorder', data: { orderId, sku, units: left, reservationId: newId(), now: cause.now } }, cause);
    left -= before - claimsIn(orders, orderId, sku);
  }
};

const claimsIn = (orders: OrdersAtHand, orderId: string, sku: string): number => {
  const lines = orders.get(orderId)?.state.lines.values() ?? [];
  return [...lines].reduce((sum, line) => sum + backorderedOf(line, sku), 0);
};
