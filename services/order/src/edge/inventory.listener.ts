import { Topics, type InventoryEvent } from '@cartage/contracts';
import type { Listener } from '@cartage/messaging';
import type { StockFacts } from '../app/facts/stock-facts';

export const inventoryListener = (facts: StockFacts): Listener<InventoryEvent> => ({
  group: 'order.inventory',
  topic: Topics.inventory,
  on: {
    StockReserved: facts.reserved,
    StockShort: facts.short,
    StockAllocated: facts.allocated,
    AllocationRefused: facts.allocationRefused,
  },
});
