import type { InventoryEvent as Public } from '@cartage/contracts';
import type { Translation } from '@cartage/eventsourcing';
import type { ItemChanged } from './item';

/** What becomes of the catalogue. */
export type CatalogueEvent = ItemChanged;

export const publishedCatalogue: Translation<CatalogueEvent, Public> = {
  ItemChanged: ({ type, data }) => ({ type, data }),
};
