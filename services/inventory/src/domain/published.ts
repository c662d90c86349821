import type { InventoryEvent as Public } from '@cartage/contracts';
import type { Translation } from '@cartage/eventsourcing';
import type { InventoryEvent } from './events';

/** What others need not know stays here: what an order wants, which the order itself tells; the address of a location. */
export const published: Translation<InventoryEvent, Public> = {
  StockReceived: ({ type, data }) => ({ type, data }),
  StockAdjusted: ({ type, data }) => ({ type, data }),
  StockCounted: ({ type, data }) => ({ type, data }),
  StockTransferred: ({ type, data }) => ({ type, data }),
  StockDisposed: ({ type, data }) => ({ type, data }),
  SafetyStockChanged: ({ type, data }) => ({ type, data }),
  ChannelLocationsChanged: ({ type, data }) => ({ type, data }),
  ChannelSafetyStockChanged: ({ type, data }) => ({ type, data }),
  AvailabilityChanged: ({ type, data }) => ({ type, data }),
  StockReserved: ({ type, data }) => ({ type, data }),
  StockShort: ({ type, data }) => ({ type, data }),
  StockBackordered: ({ type, data }) => ({ type, data }),
  BackorderMoved: ({ type, data }) => ({ type, data }),
  StockAllocated: ({ type, data }) => ({ type, data }),
  AllocationRefused: ({ type, data }) => ({ type, data }),
  AllocationReleased: ({ type, data }) => ({ type, data }),
  StockIssued: ({ type, data }) => ({ type, data }),
  StockHandedOver: ({ type, data }) => ({ type, data }),
  HandoverRefused: ({ type, data }) => ({ type, data }),
  StockReleased: ({ type, data }) => ({ type, data }),
  StockRestocked: ({ type, data }) => ({ type, data }),
  CartReserved: ({ type, data }) => ({ type, data }),
  CartReleased: ({ type, data }) => ({ type, data }),
  ReservationExpired: ({ type, data }) => ({ type, data }),
  LocationChanged: ({ type, data: { address: _, calendar, ...data } }) => {
    if (!calendar) return { type, data };
    const { timeZone, ...days } = calendar;
    return { type, data: { ...data, timeZone, calendar: days } };
  },
};
