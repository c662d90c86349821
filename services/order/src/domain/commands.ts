import type { LineQuantity } from '@cartage/contracts';
import type { Named } from '@cartage/eventsourcing';
import type { EventData, PaymentFact, PlacedData, ReturnFact, ShipmentFact } from './events';

/** An order as it is to be placed: checked, priced and sealed. Without a time of its own it is placed when it comes in. */
export type Placing = Omit<PlacedData, 'placedAt'> & { readonly placedAt?: string };

type Units = readonly LineQuantity[];
/** A fact that somebody else decided, as it is told, and when it is being recorded. */
type Recording<Name extends string, Fact> = Named<`Record${Name}`, Fact & { readonly now: string }>;
/** What the order works out for itself when it records a fact. */
type Derived = 'status' | 'steps';

export type OrderCommand =
  | Named<'PlaceOrder', { readonly order: Placing; readonly now: string }>
  | Recording<'Reservation', EventData<'ReservationRecorded'>>
  | Recording<'Shortage', EventData<'ShortageRecorded'>>
  | Recording<'Payment', EventData<'PaymentRecorded'>>
  | Recording<'Review', EventData<'ReviewRecorded'>>
  | Recording<'Decline', EventData<'DeclineRecorded'>>
  | Recording<'Fulfillment', Omit<EventData<'FulfillmentRecorded'>, Derived>>
  | Recording<'FulfillmentRejection', Omit<EventData<'FulfillmentRejectionRecorded'>, Derived>>
  | Recording<'Unfillable', EventData<'UnfillableRecorded'>>
  | Recording<'Allocation', Omit<EventData<'AllocationRecorded'>, Derived> & { readonly lines: Units }>
  | Recording<'AllocationRefusal', Omit<EventData<'AllocationRefusalRecorded'>, Derived>>
  | Recording<'ShipmentProgress', ShipmentFact & { readonly lines?: Units }>
  | Recording<'PaymentProgress', PaymentFact>
  | Recording<'ReturnProgress', ReturnFact & { readonly lines?: readonly Pick<LineQuantity, 'lineId' | 'quantity'>[] }>;
