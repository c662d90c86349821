import type { Destination, LineQuantity, Priority, Sealed, ShippingEvent } from '@cartage/contracts';
import type { DataOf, Named } from '@cartage/eventsourcing';

/** The one vocabulary that every carrier's scans are normalised to. */
export const milestones = [
  'label-created',
  'picked-up',
  'in-transit',
  'out-for-delivery',
  'delivered',
  'attempt-failed',
  'exception',
  'returned',
] as const;
export type Milestone = (typeof milestones)[number];

/** Why a shipment will not be made. */
export type CancelReason = 'order-cancelled' | 'fulfillment-rejected' | 'allocation-refused';

/** Which shipment, of what: in every event that leaves the service. */
export interface ShipmentRef {
  readonly shipmentId: string;
  readonly orderId: string;
  readonly fulfillmentId: string;
  readonly location: string;
}

/** What routing wants shipped, from where, to whom. */
export interface Plan extends ShipmentRef {
  readonly lines: readonly LineQuantity[];
  readonly priority: Priority;
  readonly destination: Destination;
  readonly personal: Sealed;
}

/** One scan of the carrier; `eventId` is the carrier's own, unique at that carrier. */
export interface Scan {
  readonly eventId: string;
  readonly milestone: Milestone;
  readonly place?: string;
  /** Why, for a failed attempt, an exception or a return. */
  readonly reason?: string;
  /** By the carrier's clock: ISO 8601 UTC with milliseconds, so that it compares as a string. */
  readonly occurredAt: string;
}

type Public<Type extends ShippingEvent['type']> = DataOf<ShippingEvent, Type>;
/** A milestone also keeps the carrier's event id, which subscribers have no use for. */
type Scanned<Type extends ShippingEvent['type']> = Named<Type, Public<Type> & { readonly eventId: string }>;

export type ShipmentEvent =
  | Named<'ShipmentPlanned', Plan & { readonly plannedAt: string }>
  | Named<'AllocationRecorded', ShipmentRef & { readonly allocatedAt: string }>
  | Named<'ShipmentReleased', ShipmentRef & { readonly releasedAt: string }>
  | Named<'ShipmentPacked', Public<'ShipmentPacked'>>
  | Named<'LabelPurchased', Public<'LabelPurchased'>>
  | Named<'LabelFailed', Public<'LabelFailed'>>
  | Named<'LabelVoided', { readonly shipmentId: string; readonly trackingNumber: string; readonly voidedAt: string }>
  | Named<'ShipmentDispatched', Public<'ShipmentDispatched'>>
  | Scanned<'ShipmentInTransit'>
  | Scanned<'ShipmentOutForDelivery'>
  | Scanned<'DeliveryAttemptFailed'>
  | Scanned<'ShipmentException'>
  | Scanned<'ShipmentDelivered'>
  | Scanned<'RtoInitiated'>
  /** A scan that changes no status: another hub on the way, or one that came late. */
  | Named<
      'ScanRecorded',
      Scan & { readonly shipmentId: string; readonly orderId: string; readonly late: boolean; readonly recordedAt: string }
    >
  | Named<
      'ShipmentCancelled',
      { readonly shipmentId: string; readonly orderId: string; readonly reason: CancelReason; readonly cancelledAt: string }
    >
  /** The cancellation was heard when the carrier already had the parcels: somebody must recall them. */
  | Named<'CancellationCameLate', { readonly shipmentId: string; readonly reason: CancelReason; readonly recordedAt: string }>;
