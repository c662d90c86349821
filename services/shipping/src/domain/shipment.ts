import type { Parcel, Reason } from '@cartage/contracts';
import { evolving } from '@cartage/eventsourcing';
import type { Milestone, Plan, Scan, ShipmentEvent } from './events';
import { besideAfter, withBeside, type Address, type Beside } from './beside';
import { lastOf, standingBy, statusOfParcels, type CarriedStatus } from './status';

export interface Label {
  readonly labelId: string;
  readonly carrier: string;
  readonly service: string;
  readonly parcels: readonly { readonly parcelId: string; readonly trackingNumber: string }[];
  readonly trackingToken: string;
  readonly currency: string;
  readonly cost: number;
  readonly purchasedAt: string;
}

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
  readonly labelVoided: boolean;
  readonly tracked: readonly Tracked[];
}

type InStatus =
  | { readonly status: 'none' }
  | (Planned & { readonly status: 'to-pack' })
  | (Packed & { readonly status: 'packed' })
  | (Packed & { readonly status: 'label-failed'; readonly carrier: string; readonly failure: Reason })
  | (Labelled & { readonly status: 'labelled' })
  | Carried
  | Cancelled;
export type Shipment = Beside & InStatus;

/** A shipment with a label that counts. */
export type WithLabel = Extract<Shipment, Labelled>;
export const hasLabel = (shipment: Shipment): shipment is WithLabel => 'tracked' in shipment && shipment.status !== 'cancelled';
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
  labelVoided: false,
  ...('plan' in shipment && shipment.plan ? { plan: shipment.plan } : {}),
  ...(hasLabel(shipment) ? { label: shipment.label, tracked: shipment.tracked } : { tracked: [] }),
});

/** To another address: what was packed waits for a label to it. */
const readdressed = (shipment: Shipment, { destination, personal }: Address): Shipment => {
  if (!('plan' in shipment) || !shipment.plan || isCarried(shipment) || shipment.status === 'cancelled') return shipment;
  const { destination: _before, ...rest } = shipment.plan;
  const plan = { ...rest, personal, ...(destination ? { destination } : {}) };
  if (!('parcels' in shipment)) return { ...shipment, plan };
  return { status: 'packed', plan, parcels: shipment.parcels, packedAt: shipment.packedAt };
};

const inStatus = evolving<Shipment, ShipmentEvent>({
  ShipmentPlanned: (_, { plannedAt: _at, ...plan }) => ({ status: 'to-pack', plan }),
  ShipmentPacked: (shipment, { parcels, packedAt }) =>
    shipment.status === 'to-pack' ? { status: 'packed', plan: shipment.plan, parcels, packedAt } : shipment,
  LabelPurchased: (shipment, bought) =>
    shipment.status === 'packed' || shipment.status === 'label-failed'
      ? {
          status: 'labelled',
          plan: shipment.plan,
          parcels: shipment.parcels,
          packedAt: shipment.packedAt,
          label: labelOf(bought),
          tracked: numbersOf(bought).map((parcel) => ({ ...parcel, status: 'dispatched', scans: [] })),
        }
      : shipment,
  LabelFailed: (shipment, { carrier, reason }) =>
    shipment.status === 'packed' || shipment.status === 'label-failed'
      ? { ...shipment, status: 'label-failed', carrier, failure: reason }
      : shipment,
  LabelVoided: (shipment, { labelId }) =>
    shipment.status === 'cancelled' && shipment.label?.labelId === labelId ? { ...shipment, labelVoided: true } : shipment,
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

export const evolve = (shipment: Shipment, event: ShipmentEvent): Shipment =>
  withBeside(inStatus(shipment, event), besideAfter(shipment, event, hasLabel(shipment) && !isCarried(shipment) ? [shipment.label] : []));

/** What is in them, the shipment knows by itself. */
const numbersOf = ({ parcels }: Pick<Label, 'parcels'>): Label['parcels'] =>
  parcels.map(({ parcelId, trackingNumber }) => ({ parcelId, trackingNumber }));

const labelOf = ({ labelId, carrier, service, parcels, trackingToken, currency, cost, purchasedAt }: Label): Label => ({
  labelId,
  carrier,
  service,
  parcels: numbersOf({ parcels }),
  trackingToken,
  currency,
  cost,
  purchasedAt,
});
