import { Topics, type InventoryEvent } from '@cartage/contracts';
import type { Listener } from '@cartage/messaging';
import type { StockValues } from '../app/stock-values';

/** Replays, too: a value is booked once however often it is told. */
export const inventoryListener = (values: Pick<StockValues, 'book'>): Listener<InventoryEvent> => ({
  group: 'payment.inventory',
  topic: Topics.inventory,
  replays: true,
  on: { StockValued: ({ lines: _, ...value }, meta) => values.book(value, meta) },
});
