import type { Destination, LineQuantity, Reason, Sealed, ShippingEvent, ShortUnits } from '@cartage/contracts';
import type { DataOf, Named } from '@cartage/eventsourcing';
import type { PackingNotes } from './packing-notes';
import type { UnitCost } from './supplier-orders/events';

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

/** Our order at a supplier, and what it says that its goods cost. */
export interface Dropship {
  readonly supplierOrderId: string;
  readonly number: string;
  readonly costs: readonly (UnitCost & { readonly sku: string })[];
}

/** What is to be shipped, from where, to whom. */
export interface Plan extends ShipmentRef {
  readonly lines: readonly PlannedLine[];
  readonly shipGroupId: string;
  /** Where it was sold. */
  readonly channel?: string;
  readonly method: string;
  /** Where the customer fetches it. */
  readonly pickupLocation?: string;
  /** The delivery service that was sold. */
  readonly service?: string;
  readonly priority: string;
  readonly destination?: Destination;
  readonly personal: Sealed;
  readonly shipBy?: string;
  /** Who fulfils it for us; absent: we do. */
  readonly partner?: string;
  /** What is ordered of whoever sends it, where its goods are never ours. */
  readonly dropship?: Dropship;
  /** What its supplier had sent before: the first that was asked of it, whose reference it knows, and the one that this is the rest of. */
  readonly restOf?: string;
  readonly follows?: string;
  /** Promised to the customer. */
  readonly deliverBy?: string;
  /** For the whole order. */
  readonly instructions?: string;
  /** Of the ship group. */
  readonly groupInstructions?: string;
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
  /** Some of it was found, or found missing; the picking goes on. */
  | Named<'LinesConfirmed', LinesConfirmed>
  | Published<'ShipmentPicked'>
  /** It is picked in a wave, with others; in one at most. */
  | Named<'WaveJoined', InWave & { readonly joinedAt: string }>
  | Named<'WaveLeft', InWave & { readonly leftAt: string }>
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
  | Scanned<'ArrivedAtStore'>
  | Scanned<'ShipmentDelivered'>
  | Scanned<'RtoInitiated'>
  | Scanned<'RtoInTransit'>
  | Published<'RtoReceived'>
  /** A scan that changes no status: another hub on the way, one that came late, or one that nobody understands. */
  | Named<'ScanRecorded', Scan & ParcelOf & { readonly late: boolean; readonly recordedAt: string }>
  /** It goes to another place, or to another person; a label that it has is bought again. */
  | Named<'DestinationReplaced', NewDestination>
  | Named<'DestinationChangeRefused', DataOf<ShippingEvent, 'DestinationChangeRefused'> & Pick<NewDestination, 'changedAt'>>
  /** Its packers are told something else. */
  | Named<'InstructionsReplaced', { readonly shipmentId: string } & PackingNotes>
  /** It is neither packed nor handed over until that is released. */
  | Named<'ShipmentHeld', ShipmentRef & ShipmentHold>
  | Named<'ShipmentReleased', { readonly shipmentId: string; readonly holdId: string; readonly releasedAt: string }>
  | Published<'ShipmentAccepted'>
  | Published<'ShipmentRejected'>
  /** Whoever fulfils it for us has the goods: it is asked not to send them, and answers. */
  | Named<
      'ShipmentCancellationRequested',
      ShipmentRef & { readonly partner: string; readonly reason: Reason; readonly requestedAt: string }
    >
  | Published<'ShipmentCancelled'>
  | Published<'CancellationRefused'>
  /** Kept with the corrected address, which is the carrier’s business only. */
  | Named<'DeliveryInstructed', DataOf<ShippingEvent, 'DeliveryInstructed'> & { readonly personal?: Sealed }>
  | Published<'ParcelLost'>
  | Published<'ParcelFound'>
  | Named<'InstructionAccepted', InstructionRef & { readonly acceptedAt: string }>
  | Named<'InstructionRefused', InstructionRef & { readonly reason: Reason; readonly refusedAt: string }>;

interface InstructionRef {
  readonly instructionId: string;
  readonly parcelId: string;
}

interface InWave {
  readonly shipmentId: string;
  readonly orderId: string;
  readonly waveId: string;
}

/** What was found of a line in all, and what is not there. */
export interface PickedLine {
  readonly lineId: string;
  readonly quantity: number;
  readonly short: number;
  readonly missing?: ShortUnits['missing'];
  readonly reason?: Reason;
}

export interface LinesConfirmed {
  readonly shipmentId: string;
  readonly orderId: string;
  readonly lines: readonly PickedLine[];
  readonly confirmedAt: string;
}

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
