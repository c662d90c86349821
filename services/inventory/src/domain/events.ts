import type { InventoryEvent as Public, LineQuantity } from '@cartage/contracts';
import type { DataOf, Named } from '@cartage/eventsourcing';
import type { Address, Calendar } from './location-profile';

/** A part of an order's claims: on the network's stock, or on one location's. */
export interface ClaimPart {
  readonly location?: string;
  readonly lines: readonly LineQuantity[];
}

/** `claims` says where each unit was claimed; readers outside see the lines and the levels only. */
export type StockReleased = Named<'StockReleased', DataOf<Public, 'StockReleased'> & { readonly claims: readonly ClaimPart[] }>;

export type LocationChanged = Named<
  'LocationChanged',
  Omit<DataOf<Public, 'LocationChanged'>, 'timeZone'> & { readonly address?: Address; readonly calendar?: Calendar }
>;

/** Kept as it is published. */
type Publicly<Type extends Public['type']> = Extract<Public, { readonly type: Type }>;

/** What became of an order's claims; stream `reservation-<orderId>`. */
export type ReservationEvent =
  | Publicly<'StockReserved'>
  | Publicly<'StockShort'>
  | Publicly<'StockAllocated'>
  | Publicly<'AllocationRefused'>
  | Publicly<'AllocationReleased'>
  | Publicly<'StockIssued'>
  | StockReleased
  | Publicly<'StockRestocked'>;

/** What became of a SKU at a location, orders apart; stream `stock-<location>/<sku>`. */
export type StockEvent = Publicly<'StockReceived'> | Publicly<'StockAdjusted'> | Publicly<'SafetyStockChanged'>;

export type InventoryEvent = ReservationEvent | StockEvent | LocationChanged;
