import type { InventoryEvent } from '@cartage/contracts';
import type { DataOf } from '@cartage/eventsourcing';
import type { Voice } from './voices.fixture';

type StockValued = DataOf<InventoryEvent, 'StockValued'>;

/** What the inventory service says: what goods of an order cost, or others, and what was paid for those that were not fit to be sold. */
export const goods = (inventory: Voice, now: string) => ({
  value: ({ movementId, ...said }: Pick<StockValued, 'movementId' | 'kind' | 'amount'> & Partial<StockValued>): Promise<void> =>
    inventory.say(movementId, {
      type: 'StockValued',
      data: {
        movementId,
        currency: 'GBP',
        lines: [{ sku: 'MUG', location: 'LON', quantity: 1, amount: said.amount }],
        valuedAt: now,
        ...said,
      },
    }),
  /** Set aside, and sold to somebody who takes such goods. */
  dispose: (disposalId: string, amount: number): Promise<void> =>
    inventory.say(disposalId, {
      type: 'StockDisposed',
      data: {
        ...{ disposalId, sku: 'LAMP', location: 'LON', quantity: 2, outcome: 'liquidated', levels: [], disposedAt: now },
        ...{ reason: { code: 'broken-box', by: 'operator' }, proceeds: { amount, currency: 'GBP' } },
      },
    }),
});
