import type { Parcel } from '@cartage/contracts';
import { evolving } from '@cartage/eventsourcing';
import type { CancelReason, Milestone, Plan, Scan, ShipmentEvent, ShipmentRef } from './events';
import type { CarriedStatus } from './status';

export interface Label {
  readonly carrier: string;
  readonly service: string;
  readonly trackingNumber: string;
  readonly trackingToken: string;
  readonly currency: string;
  readonly cost: number;
  readonly purchasedAt: string;
}

interface Planned {
  readonly plan: Plan;
}
interface Packed extends Planned {
  readonly parcels: readonly Parcel[];
  readonly packedAt: string;
}
interface Labelled extends Packed {
  readonly label: Label;
  readonly scans: readonly Scan[];
  /** Of the newest scan by the carrier's clock. */
  readonly lastScanAt?: string;
}
/** The carrier has the parcels. */
export interface Carried extends Labelled {
  readonly status: CarriedStatus;
  readonly dispatchedAt: string;
  /** A cancellation that came when it was too late. */
  readonly lateCancellation?: CancelReason;
}
export interface Cancelled {
  readonly status: 'cancelled';
  readonly reason: CancelReason;
  readonly cancelledAt: string;
  /** Absent if the cancellation was the first thing heard of it. */
  readonly plan?: Plan;
  readonly label?: Label;
  readonly labelVoided: boolean;
  readonly scans: readonly Scan[];
}

export type Shipment =
  | { readonly status: 'none' }
  | { readonly status: 'allocated-early'; readonly allocation: ShipmentRef }
  | (Planned & { readonly status: 'planned' | 'to-pack' })
  | (Packed & { readonly status: 'packed' })
  | (Packed & { readonly status: 'label-failed'; readonly carrier: string; readonly failure: string })
  | (Labelled & { readonly status: 'labelled' })
  | Carried
  | Cancelled;

/** A shipment with a label that counts. */
export type WithLabel = Extract<Shipment, Labelled>;
export const hasLabel = (shipment: Shipment): shipment is WithLabel => 'scans' in shipment && shipment.status !== 'cancelled';
export const isCarried = (shipment: Shipment): shipment is Carried => 'dispatchedAt' in shipment;

const later = (a: string | undefined, b: string): string => (a === undefined || b > a ? b : a);

type Milestoned = {
  readonly eventId: string;
  readonly occurredAt: string;
  readonly place?: string | undefined;
  readonly reason?: string;
};

const scanOf = (milestone: Milestone, { eventId, occurredAt, place, reason }: Milestoned): Scan => ({
  eventId,
  milestone,
  occurredAt,
  ...(place === undefined ? {} : { place }),
  ...(reason === undefined ? {} : { reason }),
});

const scanned = <S extends WithLabel>(shipment: S, scan: Scan): S => ({
  ...shipment,
  scans: [...shipment.scans, scan],
  lastScanAt: later(shipment.lastScanAt, scan.occurredAt),
});

const moved =
  (status: CarriedStatus, milestone: Milestone) =>
  (shipment: Shipment, data: Milestoned): Shipment =>
    isCarried(shipment) ? scanned({ ...shipment, status }, scanOf(milestone, data)) : shipment;

const cancelled = (shipment: Shipment, reason: CancelReason, cancelledAt: string): Cancelled => ({
  status: 'cancelled',
  reason,
  cancelledAt,
  labelVoided: false,
  ...('plan' in shipment && shipment.plan ? { plan: shipment.plan } : {}),
  ...(hasLabel(shipment) ? { label: shipment.label, scans: shipment.scans } : { scans: [] }),
});

export const evolve = evolving<Shipment, ShipmentEvent>({
  ShipmentPlanned: (_, { plannedAt: _at, ...plan }) => ({ status: 'planned', plan }),
  AllocationRecorded: (shipment, { allocatedAt: _at, ...allocation }) =>
    shipment.status === 'none' ? { status: 'allocated-early', allocation } : shipment,
  // The goods stand where they were allocated, whatever the plan said.
  ShipmentReleased: (shipment, { location }) =>
    shipment.status === 'planned' ? { status: 'to-pack', plan: { ...shipment.plan, location } } : shipment,
  ShipmentPacked: (shipment, { parcels, packedAt }) =>
    shipment.status === 'to-pack' ? { status: 'packed', plan: shipment.plan, parcels, packedAt } : shipment,
  LabelPurchased: (shipment, label) =>
    shipment.status === 'packed' || shipment.status === 'label-failed'
      ? {
          status: 'labelled',
          plan: shipment.plan,
          parcels: shipment.parcels,
          packedAt: shipment.packedAt,
          label: labelOf(label),
          scans: [],
        }
      : shipment,
  LabelFailed: (shipment, { carrier, reason }) =>
    shipment.status === 'packed' || shipment.status === 'label-failed'
      ? { ...shipment, status: 'label-failed', carrier, failure: reason }
      : shipment,
  LabelVoided: (shipment) => (shipment.status === 'cancelled' ? { ...shipment, labelVoided: true } : shipment),
  ShipmentDispatched: (shipment, { dispatchedAt }) =>
    shipment.status === 'labelled' ? { ...shipment, status: 'dispatched', dispatchedAt } : shipment,
  ShipmentInTransit: moved('in-transit', 'in-transit'),
  ShipmentOutForDelivery: moved('out-for-delivery', 'out-for-delivery'),
  DeliveryAttemptFailed: moved('attempt-failed', 'attempt-failed'),
  ShipmentException: moved('exception', 'exception'),
  ShipmentDelivered: moved('delivered', 'delivered'),
  RtoInitiated: moved('returning', 'returned'),
  ScanRecorded: (shipment, data) => {
    const scan = scanOf(data.milestone, data);
    if (hasLabel(shipment)) return scanned(shipment, scan);
    return shipment.status === 'cancelled' ? { ...shipment, scans: [...shipment.scans, scan] } : shipment;
  },
  ShipmentCancelled: (shipment, { reason, cancelledAt }) => cancelled(shipment, reason, cancelledAt),
  CancellationCameLate: (shipment, { reason }) => (isCarried(shipment) ? { ...shipment, lateCancellation: reason } : shipment),
});

const labelOf = ({ carrier, service, trackingNumber, trackingToken, currency, cost, purchasedAt }: Label): Label => ({
  carrier,
  service,
  trackingNumber,
  trackingToken,
  currency,
  cost,
  purchasedAt,
});
