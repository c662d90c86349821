import { piecesOf } from '@cartage/contracts';
import { backorderedOf } from '../domain/reservation';
import type { OrdersAtHand, Supplying } from './backorders';
import type { Cause } from './drafting';
import type { PromisedLine } from './ledger';

/** So many units came of each SKU. */
export type Come = ReadonlyMap<string, number>;

/** What came of what was on order is for those who have a claim on it, the first first; what nobody has a claim on is offered to all who wait. */
export const fillBackorders = async ({ newId, transaction, book, orders }: Supplying, come: Come, cause: Cause): Promise<void> => {
  if (come.size === 0) return;
  const lines = takersAmong(await transaction.waiting([...come.keys()], []), come);
  // All of them at once: kits would be found one after the other, and all be done again for each.
  book.require(lines.flatMap(({ pieces }) => pieces.map(({ sku }) => ({ sku }))));
  await orders.openAll(lines.map(({ orderId }) => orderId));
  const left = new Map(come);
  for (const [orderId, skus] of skusByOrder(lines)) {
    const before = claimsIn(orders, orderId);
    const units = [...skus].map((sku) => ({ sku, units: left.get(sku) ?? 0 }));
    orders.do({ type: 'FillBackorder', data: { orderId, come: units, reservationId: newId(), now: cause.now } }, cause);
    const after = claimsIn(orders, orderId);
    for (const sku of skus) left.set(sku, (left.get(sku) ?? 0) - (before.get(sku) ?? 0) + (after.get(sku) ?? 0));
  }
};

interface Taker extends Pick<PromisedLine, 'orderId' | 'pieces'> {
  /** Of what came, SKUs that are for it. */
  readonly skus: readonly string[];
}

const takersAmong = (waiting: readonly PromisedLine[], come: Come): readonly Taker[] => {
  const left = new Map(come);
  return waiting.flatMap(({ orderId, pieces, promise }): readonly Taker[] => {
    const taken = pieces.filter(({ sku }) => promise?.parts.includes(sku) && (left.get(sku) ?? 0) > 0);
    for (const { sku, units } of taken) left.set(sku, (left.get(sku) ?? 0) - units);
    return taken.length > 0 ? [{ orderId, pieces, skus: taken.map(({ sku }) => sku) }] : [];
  });
};

const skusByOrder = (lines: readonly Taker[]): ReadonlyMap<string, ReadonlySet<string>> => {
  const orders = new Map<string, Set<string>>();
  for (const { orderId, skus } of lines) {
    const known = orders.get(orderId) ?? new Set();
    for (const sku of skus) known.add(sku);
    orders.set(orderId, known);
  }
  return orders;
};

const claimsIn = (orders: OrdersAtHand, orderId: string): ReadonlyMap<string, number> => {
  const claims = new Map<string, number>();
  for (const line of orders.get(orderId)?.state.lines.values() ?? [])
    for (const { sku } of piecesOf(line)) claims.set(sku, (claims.get(sku) ?? 0) + backorderedOf(line, sku));
  return claims;
};
