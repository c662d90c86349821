import type { InventoryEvent as Public, LineQuantity } from '@cartage/contracts';
import type { DataOf, Named } from '@cartage/eventsourcing';
import type { Address, Calendar } from './location-profile';

type Told<Type extends Public['type']> = DataOf<Public, Type>;

/** A part of an order's claims: on the network's stock, or on one location's. */
export interface ClaimPart {
  readonly location?: string;
  readonly lines: readonly LineQuantity[];
}

/** `claims` says where each unit was claimed; readers outside see the lines and the levels only. */
export type StockReleased = Named<'StockReleased', Told<'StockReleased'> & { readonly claims: readonly ClaimPart[] }>;

/** `gradingId` names the inspection, because a line may be inspected in parts. */
export type StockRestocked = Named<'StockRestocked', Told<'StockRestocked'> & { readonly gradingId: string }>;

export type LocationChanged = Named<
  'LocationChanged',
  Told<'LocationChanged'> & { readonly address?: Address; readonly calendar?: Calendar }
>;

type AsTold<Type extends Public['type']> = Extract<Public, { readonly type: Type }>;

/** What became of an order's claims; stream `reservation-<orderId>`. */
export type ReservationEvent =
  | AsTold<'StockReserved'>
  | AsTold<'StockShort'>
  | AsTold<'StockAllocated'>
  | AsTold<'AllocationRefused'>
  | AsTold<'AllocationReleased'>
  | AsTold<'StockIssued'>
  | StockReleased
  | StockRestocked;

/** What became of a SKU at a location, orders apart; stream `stock-<location>/<sku>`. */
export type StockEvent = AsTold<'StockReceived'> | AsTold<'StockAdjusted'> | AsTold<'SafetyStockChanged'>;

export type InventoryEvent = ReservationEvent | StockEvent | LocationChanged;
