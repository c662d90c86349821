import type { InventoryEvent as Public } from '@cartage/contracts';
import type { Translation } from '@cartage/eventsourcing';
import type { ItemChanged } from './item';
import type { PriceListChanged } from './price-list';

/** What becomes of the catalogue. */
export type CatalogueEvent = ItemChanged | PriceListChanged;

export const publishedCatalogue: Translation<CatalogueEvent, Public> = {
  ItemChanged: ({ type, data }) => ({ type, data }),
  PriceListChanged: ({ type, data }) => ({ type, data }),
};
