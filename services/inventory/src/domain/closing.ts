import { Refused } from '@cartage/eventsourcing';
import type { StockFacts } from './book';
import type { Movement } from './movement';
import { heldBack, type Stock } from './stock';

/**
 * What opening or closing a location does to the network's sums. It cannot close while its stock is claimed: nobody would ship it.
 * To wind it down, give it no capacity, let it ship what it has, then close it.
 */
export const recount = (rows: readonly Stock[], opens: boolean, stock: StockFacts): readonly Movement[] => {
  if (!opens) rows.forEach((row) => requireFree(row, stock));
  const sign = opens ? 1 : -1;
  return rows
    .filter(({ onHand }) => onHand > 0)
    .map((row) => ({ sku: row.sku, onHand: sign * row.onHand, allocated: sign * row.allocated, safetyStock: sign * heldBack(row) }));
};

const requireFree = ({ sku, location, onHand, allocated }: Stock, stock: StockFacts): void => {
  const network = stock.over(sku);
  if (allocated === 0 && network.onHand - network.allocated - network.reserved >= onHand) return;
  throw new Refused(
    'LOCATION_CLAIMED',
    `${location} cannot close: placed orders have a claim on its stock of ${sku}. Set its dailyCapacity to 0, let it ship, then close it.`,
  );
};
