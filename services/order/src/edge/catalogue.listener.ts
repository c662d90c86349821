import { Topics, type InventoryEvent } from '@cartage/contracts';
import type { Listener } from '@cartage/messaging';
import type { CatalogueCopy } from '../app/admission';

/** Keeps what orders are compared with when they come in. */
export const catalogueListener = (copy: CatalogueCopy): Listener<InventoryEvent> => ({
  group: 'order.catalogue',
  topic: Topics.inventory,
  on: {
    ItemChanged: (item) => copy.keepItem(item),
    PriceListChanged: (prices) => copy.keepPrices(prices),
  },
});
