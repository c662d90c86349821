import type { InventoryEvent as Public } from '@cartage/contracts';
import type { Translation } from '@cartage/eventsourcing';
import type { PurchaseOrderEvent } from './purchase-order';

/** What is ordered of suppliers concerns nobody else; that it did not come does. */
export const publishedSupply: Translation<PurchaseOrderEvent, Public> = {
  SupplyOverdue: ({ type, data }) => ({ type, data }),
};
