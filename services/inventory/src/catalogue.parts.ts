import type { PostgresEventStore } from '@cartage/event-store';
import type { Kit, Parts } from '@cartage/service-kit';
import { createItems } from './app/catalogue/items';
import { createPriceLists } from './app/catalogue/price-lists';
import { ItemImportController } from './edge/catalogue/item-import.controller';
import { ITEMS, ItemsController } from './edge/catalogue/items.controller';
import { postgresItems } from './edge/catalogue/postgres-items';
import { postgresPrices } from './edge/catalogue/postgres-prices';
import { PRICE_LISTS, PriceListsController } from './edge/catalogue/price-lists.controller';

/** What is sold, and for how much. */
export const catalogueParts = ({ store, pool, newId, isPublic, now }: Kit, joined: PostgresEventStore) => {
  const needs = { store, newId, isPublic, now };
  return {
    controllers: [ItemsController, ItemImportController, PriceListsController],
    providers: [
      { provide: PRICE_LISTS, useValue: createPriceLists({ ...needs, prices: postgresPrices(pool, joined) }) },
      { provide: ITEMS, useValue: createItems({ ...needs, catalogue: postgresItems(pool, joined) }) },
    ],
  } satisfies Partial<Parts>;
};
