import { Topics, type InventoryEvent } from '@cartage/contracts';
import type { Listener } from '@cartage/messaging';
import type { DisposalProceeds } from '../app/disposal-proceeds';
import type { StockValues } from '../app/stock-values';

export interface GoodsBooks {
  readonly values: Pick<StockValues, 'book'>;
  readonly proceeds: Pick<DisposalProceeds, 'book'>;
}

/** Replays, too: a value is booked once however often it is told. */
export const inventoryListener = ({ values, proceeds }: GoodsBooks): Listener<InventoryEvent> => ({
  group: 'payment.inventory',
  topic: Topics.inventory,
  replays: true,
  on: {
    StockValued: ({ lines: _, ...value }, meta) => values.book(value, meta),
    StockDisposed: async ({ proceeds: paid, reason: _, levels: __, ...disposal }, meta) => {
      if (paid) await proceeds.book({ ...disposal, ...paid }, meta);
    },
  },
});
