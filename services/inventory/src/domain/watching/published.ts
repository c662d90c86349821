import type { InventoryEvent as Public } from '@cartage/contracts';
import type { Translation } from '@cartage/eventsourcing';
import type { AlertEvent } from './alerts';

/** Where the lines are drawn concerns nobody else; that one is crossed does. */
export const publishedAlerts: Translation<AlertEvent, Public> = {
  StockAlertRaised: ({ type, data }) => ({ type, data }),
  ReorderPointReached: ({ type, data }) => ({ type, data }),
  StockAlertEnded: ({ type, data }) => ({ type, data }),
};
