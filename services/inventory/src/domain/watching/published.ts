import type { InventoryEvent as Public } from '@cartage/contracts';
import type { Translation } from '@cartage/eventsourcing';
import type { AlertEvent } from './alerts';
import type { DemandExpected } from './expected-demand';

/** Where the lines are drawn concerns nobody else; that one is crossed does, and what is expected to leave. */
export const publishedAlerts: Translation<AlertEvent | DemandExpected, Public> = {
  StockAlertRaised: ({ type, data }) => ({ type, data }),
  ReorderPointReached: ({ type, data }) => ({ type, data }),
  StockAlertEnded: ({ type, data }) => ({ type, data }),
  DemandExpected: ({ type, data }) => ({ type, data }),
};
