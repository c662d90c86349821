import type { Destination, LineQuantity, Reason, Sealed, ShippingEvent } from '@cartage/contracts';
import type { DataOf, Named } from '@cartage/eventsourcing';

/** The one vocabulary that every carrier's scans are normalised to. `other`: in the carrier's own words, which nobody has translated. */
export const milestones = [
  'label-created',
  'picked-up',
  'in-transit',
  'out-for-delivery',
  'delivered',
  'attempt-failed',
  'exception',
  'returned',
  'other',
] as const;
export type Milestone = (typeof milestones)[number];

/** Which shipment, of what: in every event that leaves the service. */
export interface ShipmentRef {
  readonly shipmentId: string;
  readonly orderId: string;
  readonly fulfillmentId: string;
  readonly location: string;
}

/** A line to be packed, with what the packer must know of it. */
export interface PlannedLine extends LineQuantity {
  readonly description?: string;
  readonly attributes?: { readonly [name: string]: string };
  readonly instructions?: string;
}

/** What is to be shipped, from where, to whom. */
export interface Plan extends ShipmentRef {
  readonly lines: readonly PlannedLine[];
  readonly shipGroupId: string;
  readonly method: string;
  /** The delivery service that was sold. */
  readonly service?: string;
  readonly priority: string;
  readonly destination?: Destination;
  readonly personal: Sealed;
  readonly shipBy?: string;
  readonly instructions?: string;
}

/** One scan of the carrier; `eventId` is the carrier's own, unique for a tracking number. */
export interface Scan {
  readonly eventId: string;
  readonly milestone: Milestone;
  readonly place?: string;
  /** Why, for a failed attempt, an exception or a return; the carrier's own code for `other`. */
  readonly reason?: Reason;
  /** By the carrier's clock: ISO 8601 UTC with milliseconds, so that it compares as a string. */
  readonly occurredAt: string;
}

type Published<Type extends ShippingEvent['type']> = Extract<ShippingEvent, { readonly type: Type }>;
/** What a carrier scanned; keeps the carrier's event id, which subscribers have no use for. */
type Scanned<Type extends ShippingEvent['type']> = Named<Type, DataOf<ShippingEvent, Type> & { readonly eventId: string }>;

export type ShipmentEvent =
  | Named<'ShipmentPlanned', Plan & { readonly plannedAt: string }>
  | Published<'ShipmentPacked'>
  | Published<'RatesQuoted'>
  | Published<'LabelRequested'>
  | Published<'LabelDelayed'>
  | Published<'LabelPurchased'>
  | Published<'LabelFailed'>
  | Published<'LabelVoided'>
  | Published<'ShipmentDispatched'>
  | Scanned<'ShipmentInTransit'>
  | Scanned<'ShipmentOutForDelivery'>
  | Scanned<'DeliveryAttemptFailed'>
  | Scanned<'ShipmentException'>
  | Scanned<'ShipmentDelivered'>
  | Scanned<'RtoInitiated'>
  /** A scan that changes no status: another hub on the way, one that came late, or one that nobody understands. */
  | Named<'ScanRecorded', Scan & ParcelOf & { readonly late: boolean; readonly recordedAt: string }>
  /** It goes to another place, or to another person; a label that it has is bought again. */
  | Named<'DestinationReplaced', NewDestination>
  | Named<'DestinationChangeRefused', DataOf<ShippingEvent, 'DestinationChangeRefused'> & Pick<NewDestination, 'changedAt'>>
  /** It is neither packed nor handed over until that is released. */
  | Named<'ShipmentHeld', ShipmentRef & ShipmentHold>
  | Named<'ShipmentReleased', { readonly shipmentId: string; readonly holdId: string; readonly releasedAt: string }>
  | Published<'ShipmentCancelled'>
  | Published<'CancellationRefused'>;

/** Why a shipment stands still: a hold of its order, or of its location. */
export interface ShipmentHold {
  readonly holdId: string;
  /** As the order names it; `location` where the location stopped it. */
  readonly type: string;
  readonly reason: Reason;
  readonly heldAt: string;
}

export interface NewDestination {
  readonly shipmentId: string;
  readonly destination?: Destination;
  readonly personal: Sealed;
  /** When the order changed it: of two changes, the later one counts. */
  readonly changedAt: string;
}

/** A parcel on its way, by the shipment that it is part of. */
export interface ParcelOf {
  readonly shipmentId: string;
  readonly orderId: string;
  readonly parcelId: string;
  readonly trackingNumber: string;
}
