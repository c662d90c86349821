import { Refused } from '@cartage/eventsourcing';
import type { Events, Given } from './commands';
import { skusOf } from './demand';
import { isForked, type ForkedOrder } from './forked-order';
import { hearStock, waitingForStock, type StockWait } from './stock-arrivals';

/** What an order waits for in the fork, and did not really wait for then: nothing in the log says what becomes of it. */
export const waitsInForkAlone = (order: ForkedOrder): readonly StockWait[] => {
  const { real, fork } = order;
  if (!isForked(order) || !fork) return [];
  const really = new Set(real ? waitingForStock(real).map(({ decisionId }) => decisionId) : []);
  return waitingForStock(fork).filter(({ decisionId }) => !really.has(decisionId));
};

/** The same decision as is really made when stock arrives; nothing where it is still too little. */
export const offerInFork = ({ fork }: ForkedOrder, offer: Given<'HearStock'>): Events => {
  try {
    return hearStock(offer, fork);
  } catch (error) {
    if (error instanceof Refused) return [];
    throw error;
  }
};

/** Orders that wait for stock in the fork alone, by SKU. */
export class StockWaits {
  private readonly bySku = new Map<string, Set<string>>();
  private readonly skus = new Map<string, readonly string[]>();

  update(orderId: string, order: ForkedOrder): void {
    for (const sku of this.skus.get(orderId) ?? []) this.bySku.get(sku)?.delete(orderId);
    const skus = skusOf(waitsInForkAlone(order).flatMap(({ lines }) => lines));
    if (skus.length > 0) this.skus.set(orderId, skus);
    else this.skus.delete(orderId);
    for (const sku of skus) this.bySku.set(sku, (this.bySku.get(sku) ?? new Set<string>()).add(orderId));
  }

  /** Those that wait for any of these. */
  of(skus: readonly string[]): readonly string[] {
    return [...new Set(skus.flatMap((sku) => [...(this.bySku.get(sku) ?? [])]))];
  }
}
