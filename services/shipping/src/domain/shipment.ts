import type { Parcel, Reason } from '@cartage/contracts';
import { evolving } from '@cartage/eventsourcing';
import type { Milestone, Plan, Scan, ShipmentEvent } from './events';
import { labelOf, numbersOf, type Label, type LabelRequest } from './label';
import { besideAfter, withBeside, type Address, type Beside, type LabelToVoid } from './beside';
import { lastOf, standingBy, statusOfParcels, type CarriedStatus } from './status';

/** What the carrier told of one parcel. */
export interface Tracked {
  readonly parcelId: string;
  readonly trackingNumber: string;
  readonly status: CarriedStatus;
  readonly scans: readonly Scan[];
  /** Of the newest scan by the carrier's clock. */
  readonly lastScanAt?: string;
}

interface Planned {
  readonly plan: Plan;
}
interface Packed extends Planned {
  readonly parcels: readonly Parcel[];
  readonly packedAt: string;
}
export interface Requested extends Packed {
  readonly status: 'label-requested' | 'label-delayed';
  readonly request: LabelRequest;
  /** Why the carrier gave no answer. */
  readonly delay?: Reason;
}
interface Labelled extends Packed {
  readonly label: Label;
  readonly tracked: readonly Tracked[];
}
/** The carrier has the parcels. */
export interface Carried extends Labelled {
  readonly status: CarriedStatus;
  readonly dispatchedAt: string;
  /** Why it was not to go out after all, when that came too late. */
  readonly lateCancellation?: Reason;
}
export interface Cancelled {
  readonly status: 'cancelled';
  readonly reason: Reason;
  readonly cancelledAt: string;
  /** Absent if the cancellation was the first thing heard of it. */
  readonly plan?: Plan;
  readonly label?: Label;
  readonly tracked: readonly Tracked[];
}

type InStatus =
  | { readonly status: 'none' }
  | (Planned & { readonly status: 'to-pack' })
  | (Packed & { readonly status: 'packed' })
  | Requested
  | (Packed & { readonly status: 'label-failed'; readonly carrier: string; readonly failure: Reason })
  | (Labelled & { readonly status: 'labelled' })
  | Carried
  | Cancelled;
export type Shipment = Beside & InStatus;

/** A shipment with a label that counts. */
export type WithLabel = Extract<Shipment, Labelled>;
export const hasLabel = (shipment: Shipment): shipment is WithLabel => 'tracked' in shipment && shipment.status !== 'cancelled';
/** Packed, and without a label. */
export const isPackedOnly = (shipment: Shipment): shipment is Exclude<Extract<Shipment, Packed>, WithLabel> =>
  'parcels' in shipment && !('tracked' in shipment);
export const isRequested = (shipment: Shipment): shipment is Beside & Requested => 'request' in shipment;
export const isCarried = (shipment: Shipment): shipment is Beside & Carried => 'dispatchedAt' in shipment;

type ScanFact = {
  readonly eventId: string;
  readonly occurredAt: string;
  readonly place?: string | undefined;
  readonly reason?: Reason;
};

const scanOf = (milestone: Milestone, { eventId, occurredAt, place, reason }: ScanFact): Scan => ({
  eventId,
  milestone,
  occurredAt,
  ...(place === undefined ? {} : { place }),
  ...(reason === undefined ? {} : { reason }),
});

/** A parcel with one scan more. */
export const withScan = (parcel: Tracked, scan: Scan): Tracked => {
  const scans = [...parcel.scans, scan];
  const lastScanAt = lastOf(scans);
  return { ...parcel, scans, status: standingBy(scans), ...(lastScanAt === undefined ? {} : { lastScanAt }) };
};

/** The parcels after a scan of one of them. */
const scanned = (tracked: readonly Tracked[], parcelId: string, scan: Scan): readonly Tracked[] =>
  tracked.map((parcel) => (parcel.parcelId === parcelId ? withScan(parcel, scan) : parcel));

const onItsWay = (shipment: Carried, tracked: readonly Tracked[]): Carried => ({ ...shipment, tracked, status: statusOfParcels(tracked) });

const reached =
  (milestone: Milestone) =>
  (shipment: Shipment, data: ScanFact & { readonly parcelId: string }): Shipment =>
    isCarried(shipment) ? onItsWay(shipment, scanned(shipment.tracked, data.parcelId, scanOf(milestone, data))) : shipment;

/** Each of the parcels that an event names. */
const ended =
  (milestone: Milestone) =>
  (shipment: Shipment, { parcels, ...data }: ScanFact & { readonly parcels: readonly { readonly parcelId: string }[] }): Shipment =>
    parcels.reduce((state, { parcelId }) => reached(milestone)(state, { ...data, parcelId }), shipment);

const cancelled = (shipment: Shipment, reason: Reason, cancelledAt: string): Cancelled => ({
  status: 'cancelled',
  reason,
  cancelledAt,
  ...('plan' in shipment && shipment.plan ? { plan: shipment.plan } : {}),
  ...(hasLabel(shipment) ? { label: shipment.label, tracked: shipment.tracked } : { tracked: [] }),
});

const packedOf = ({ plan, parcels, packedAt }: Packed): Packed & { readonly status: 'packed' } => ({
  status: 'packed',
  plan,
  parcels,
  packedAt,
});

/** To another address: what was packed waits for a label to it. */
const readdressed = (shipment: Shipment, { destination, personal }: Address): Shipment => {
  if (!('plan' in shipment) || !shipment.plan || isCarried(shipment) || shipment.status === 'cancelled') return shipment;
  const { destination: _before, ...rest } = shipment.plan;
  const plan = { ...rest, personal, ...(destination ? { destination } : {}) };
  return 'parcels' in shipment ? { ...packedOf(shipment), plan } : { ...shipment, plan };
};

const inStatus = evolving<Shipment, ShipmentEvent>({
  ShipmentPlanned: (_, { plannedAt: _at, ...plan }) => ({ status: 'to-pack', plan }),
  ShipmentPacked: (shipment, { parcels, packedAt }) =>
    shipment.status === 'to-pack' ? { status: 'packed', plan: shipment.plan, parcels, packedAt } : shipment,
  RatesQuoted: (shipment) => shipment,
  LabelRequested: (shipment, { labelId, carrier, service, requestedAt }) =>
    isPackedOnly(shipment)
      ? { ...packedOf(shipment), status: 'label-requested', request: { labelId, carrier, service, requestedAt } }
      : shipment,
  LabelDelayed: (shipment, { reason }) => (isRequested(shipment) ? { ...shipment, status: 'label-delayed', delay: reason } : shipment),
  LabelPurchased: (shipment, bought) =>
    isRequested(shipment)
      ? {
          ...packedOf(shipment),
          status: 'labelled',
          label: labelOf(bought),
          tracked: numbersOf(bought).map((parcel) => ({ ...parcel, status: 'dispatched', scans: [] })),
        }
      : shipment,
  LabelFailed: (shipment, { carrier, reason }) =>
    isPackedOnly(shipment) ? { ...packedOf(shipment), status: 'label-failed', carrier, failure: reason } : shipment,
  LabelVoided: (shipment) => shipment,
  DestinationReplaced: readdressed,
  DestinationChangeRefused: (shipment) => shipment,
  ShipmentHeld: (shipment) => shipment,
  ShipmentReleased: (shipment) => shipment,
  ShipmentDispatched: (shipment, { dispatchedAt }) =>
    shipment.status === 'labelled' ? { ...shipment, status: 'dispatched', dispatchedAt } : shipment,
  ShipmentInTransit: reached('in-transit'),
  ShipmentOutForDelivery: reached('out-for-delivery'),
  DeliveryAttemptFailed: reached('attempt-failed'),
  ShipmentException: reached('exception'),
  ShipmentDelivered: ended('delivered'),
  RtoInitiated: ended('returned'),
  ScanRecorded: (shipment, data) => {
    if (!('tracked' in shipment)) return shipment;
    const tracked = scanned(shipment.tracked, data.parcelId, scanOf(data.milestone, data));
    return isCarried(shipment) ? onItsWay(shipment, tracked) : { ...shipment, tracked };
  },
  ShipmentCancelled: (shipment, { reason, cancelledAt }) => cancelled(shipment, reason, cancelledAt),
  CancellationRefused: (shipment, { reason }) => (isCarried(shipment) ? { ...shipment, lateCancellation: reason } : shipment),
});

/** The label of a shipment that the carrier does not have yet, bought or asked for. */
const ownLabel = (shipment: Shipment): readonly LabelToVoid[] => {
  if (isRequested(shipment)) {
    const { labelId, carrier, requestedAt: since } = shipment.request;
    return [{ labelId, carrier, since }];
  }
  if (!hasLabel(shipment) || isCarried(shipment)) return [];
  const { labelId, carrier, parcels, purchasedAt: since } = shipment.label;
  return [{ labelId, carrier, parcels, since }];
};

export const evolve = (shipment: Shipment, event: ShipmentEvent): Shipment =>
  withBeside(inStatus(shipment, event), besideAfter(shipment, event, ownLabel(shipment)));
