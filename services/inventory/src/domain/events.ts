import type { InventoryEvent as Public, LineQuantity, Reason } from '@cartage/contracts';
import type { DataOf, Named } from '@cartage/eventsourcing';
import type { Address, Calendar } from './location-profile';

/** What an order wants of its lines changed; private: others know it from the order. `ended`: it wants nothing any more. */
export type DemandChanged = Named<
  'DemandChanged',
  {
    readonly orderId: string;
    /** Change of each line's units; below zero for those that were taken away. */
    readonly lines: readonly LineQuantity[];
    readonly ended?: boolean;
    /** They had left, and came back undelivered: neither wanted nor gone any more. */
    readonly undelivered?: boolean;
    readonly reason: Reason;
    readonly changedAt: string;
  }
>;

/** The units of waiting lines that are there may go ahead of the rest of them; private, like the choice that it follows. */
export type ShortageSplit = Named<
  'ShortageSplit',
  { readonly orderId: string; readonly lineIds: readonly string[]; readonly splitAt: string }
>;

/** Which parts of kits that wait are to come; the others are there. Private, like what an order is made of: others know their dates. */
export type PartsAwaited = Named<
  'PartsAwaited',
  {
    readonly orderId: string;
    readonly kits: readonly { readonly lineId: string; readonly parts: readonly string[] }[];
    readonly awaitedAt: string;
  }
>;

export type LocationChanged = Named<
  'LocationChanged',
  Omit<DataOf<Public, 'LocationChanged'>, 'timeZone' | 'calendar'> & { readonly address?: Address; readonly calendar?: Calendar }
>;

/** Kept as it is published. */
type Publicly<Type extends Public['type']> = Extract<Public, { readonly type: Type }>;

/** What became of an order's claims; stream `reservation-<orderId>`. */
export type ReservationEvent =
  | DemandChanged
  | Publicly<'StockReserved'>
  | Publicly<'StockShort'>
  | ShortageSplit
  | Publicly<'StockBackordered'>
  | Publicly<'BackorderMoved'>
  | PartsAwaited
  | Publicly<'StockAllocated'>
  | Publicly<'AllocationRefused'>
  | Publicly<'AllocationReleased'>
  | Publicly<'StockIssued'>
  | Publicly<'StockHandedOver'>
  | Publicly<'HandoverRefused'>
  | Publicly<'StockReleased'>
  | Publicly<'StockRestocked'>;

/** A cart's reservation holds longer; private: others hear when it ends. */
export type CartExtended = Named<
  'CartExtended',
  { readonly reservationId: string; readonly expiresAt: string; readonly extendedAt: string }
>;

/** What became of stock that is kept for a cart; stream `cart-<reservationId>`. */
export type CartEvent = Publicly<'CartReserved'> | CartExtended | Publicly<'CartReleased'> | Publicly<'ReservationExpired'>;

/** What became of a SKU at a location, orders apart; stream `stock-<location>/<sku>`. */
export type StockEvent =
  | Publicly<'StockReceived'>
  | Publicly<'StockAdjusted'>
  | Publicly<'StockCounted'>
  | Publicly<'StockTransferred'>
  | Publicly<'StockDisposed'>
  | Publicly<'SafetyStockChanged'>;

/** What channels may sell; streams `channel-<channel>` and `channel-<channel>/<sku>`. */
export type ChannelEvent = Publicly<'ChannelLocationsChanged'> | Publicly<'ChannelSafetyStockChanged'>;

/** What can be promised, as the world is told; stream `availability-<sku>`. */
export type AvailabilityEvent = Publicly<'AvailabilityChanged'>;

/**
 * Rows of a SKU were set right where they were not what the log says; stream `recount-<sku>`. Private: others knew what the log says. What is on
 * hand is told by `StockAdjusted`.
 */
export type StockRecounted = Named<
  'StockRecounted',
  {
    readonly sku: string;
    readonly corrections: readonly {
      readonly location: string | null;
      readonly figure: string;
      readonly was: number;
      readonly is: number;
    }[];
    /** Orders and carts whose claims were written anew. */
    readonly claims: readonly string[];
    readonly recountedAt: string;
  }
>;

export type InventoryEvent =
  ReservationEvent | CartEvent | StockEvent | LocationChanged | ChannelEvent | AvailabilityEvent | StockRecounted;
