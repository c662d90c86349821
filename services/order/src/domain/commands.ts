import type { LineQuantity } from '@cartage/contracts';
import type { Named } from '@cartage/eventsourcing';
import type { EventData, PaymentFact, PlacedData, ReturnFact, ShipmentFact } from './events';

/** An order as it is to be placed: checked, priced and sealed. Without a time of its own it is placed when it comes in. */
export type Placing = Omit<PlacedData, 'placedAt'> & { readonly placedAt?: string };

type Units = readonly LineQuantity[];
/** A fact that somebody else decided, as it is told, and when it is being recorded. */
type Record<Name extends string, Fact> = Named<`Record${Name}`, Fact & { readonly now: string }>;
/** What the order works out for itself when it records a fact. */
type Derived = 'status' | 'steps';

export type OrderCommand =
  | Named<'PlaceOrder', { readonly order: Placing; readonly now: string }>
  | Record<'Reservation', EventData<'ReservationRecorded'>>
  | Record<'Shortage', EventData<'ShortageRecorded'>>
  | Record<'Payment', EventData<'PaymentRecorded'>>
  | Record<'Review', EventData<'ReviewRecorded'>>
  | Record<'Decline', EventData<'DeclineRecorded'>>
  | Record<'Fulfillment', Omit<EventData<'FulfillmentRecorded'>, Derived>>
  | Record<'FulfillmentRejection', Omit<EventData<'FulfillmentRejectionRecorded'>, Derived>>
  | Record<'Unfillable', EventData<'UnfillableRecorded'>>
  | Record<'Allocation', Omit<EventData<'AllocationRecorded'>, Derived> & { readonly lines: Units }>
  | Record<'AllocationRefusal', Omit<EventData<'AllocationRefusalRecorded'>, Derived>>
  | Record<'ShipmentProgress', ShipmentFact & { readonly lines?: Units }>
  | Record<'PaymentProgress', PaymentFact>
  | Record<'ReturnProgress', ReturnFact & { readonly lines?: readonly Pick<LineQuantity, 'lineId' | 'quantity'>[] }>;
