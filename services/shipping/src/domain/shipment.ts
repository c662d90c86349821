import { AT_COUNTER, type Parcel, type Reason } from '@cartage/contracts';
import { evolving, type DataOf } from '@cartage/eventsourcing';
import type { Milestone, Plan, Scan, ShipmentEvent } from './events';
import { isOurs, labelOf, numbersOf, requestOf, type Label, type LabelRequest } from './label';
import { besideAfter, withBeside, type Address, type Beside, type LabelToVoid } from './beside';
import { collected, fetched, found, packed, packedOf, withUnitsBack } from './packed';
import { withNotes } from './packing-notes';
import { lastOf, scanOf, standingBy, statusOfParcels, type CarriedStatus, type ScanFact } from './status';

/** What the carrier told of one parcel. */
export interface Tracked {
  readonly parcelId: string;
  readonly trackingNumber: string;
  readonly status: CarriedStatus;
  readonly scans: readonly Scan[];
  /** Of the newest scan by the carrier's clock. */
  readonly lastScanAt?: string;
  /** Units of its lines that we have again. */
  readonly back?: ReadonlyMap<string, number>;
}

interface Planned {
  readonly plan: Plan;
}
export interface Packed extends Planned {
  readonly parcels: readonly Parcel[];
  readonly packedAt: string;
  /** Who gives its parcels their numbers, where that is not us. */
  readonly labelledBy?: string;
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
  /** Brought to a store: when the customer fetched it there. */
  readonly fetchedAt?: string;
  /** Why it was not to go out after all, when that came too late. */
  readonly lateCancellation?: Reason;
}
/** The customer fetched it: no carrier ever had it. */
export interface Collected extends Packed {
  readonly status: 'collected';
  readonly collectedAt: string;
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
  | Collected
  | Cancelled;
export type Shipment = Beside & InStatus;

const ENDS: ReadonlySet<string> = new Set(['delivered', 'returned', 'collected', 'cancelled']);

/** Whether nothing has to happen to it any more; much may all the same. */
export const isOver = ({ status }: Shipment): boolean => ENDS.has(status);

/** A shipment with a label that counts. */
export type WithLabel = Extract<Shipment, Labelled>;
export const hasLabel = (shipment: Shipment): shipment is WithLabel => 'tracked' in shipment && shipment.status !== 'cancelled';
/** Packed, and without a label. */
export const isPackedOnly = (shipment: Shipment): shipment is Exclude<Extract<Shipment, Packed>, WithLabel | Collected> =>
  'parcels' in shipment && !('tracked' in shipment) && shipment.status !== 'collected';
export const isRequested = (shipment: Shipment): shipment is Beside & Requested => 'request' in shipment;
export const isCollected = (shipment: Shipment): shipment is Beside & Collected => shipment.status === 'collected';
export const isCarried = (shipment: Shipment): shipment is Beside & Carried => 'dispatchedAt' in shipment;

/** A parcel with one scan more. */
export const withScan = (parcel: Tracked, scan: Scan): Tracked => {
  const scans = [...parcel.scans, scan];
  const lastScanAt = lastOf(scans);
  // What we have in hand is back, whatever its carrier says late.
  const status = parcel.back ? 'returned' : standingBy(scans);
  return { ...parcel, scans, status, ...(lastScanAt === undefined ? {} : { lastScanAt }) };
};

/** The parcels after a scan of some of them: all are looked at once, however many it names. */
const scanned = (tracked: readonly Tracked[], named: readonly { readonly parcelId: string }[], scan: Scan): readonly Tracked[] => {
  const ids = new Set(named.map(({ parcelId }) => parcelId));
  return tracked.map((parcel) => (ids.has(parcel.parcelId) ? withScan(parcel, scan) : parcel));
};

const onItsWay = (shipment: Carried, tracked: readonly Tracked[]): Carried => ({ ...shipment, tracked, status: statusOfParcels(tracked) });

const reached =
  (milestone: Milestone) =>
  (shipment: Shipment, data: ScanFact & { readonly parcelId: string }): Shipment =>
    isCarried(shipment) ? onItsWay(shipment, scanned(shipment.tracked, [data], scanOf(milestone, data))) : shipment;

/** Each of the parcels that an event names. */
const ended =
  (milestone: Milestone) =>
  (shipment: Shipment, { parcels, ...data }: ScanFact & { readonly parcels: readonly { readonly parcelId: string }[] }): Shipment =>
    isCarried(shipment) ? onItsWay(shipment, scanned(shipment.tracked, parcels, scanOf(milestone, data))) : shipment;

const received = (shipment: Shipment, { parcels }: DataOf<ShipmentEvent, 'RtoReceived'>): Shipment => {
  if (!isCarried(shipment)) return shipment;
  const lines = new Map(parcels.map((parcel) => [parcel.parcelId, parcel.lines]));
  const tracked = shipment.tracked.map((parcel): Tracked => {
    const units = lines.get(parcel.parcelId);
    return units ? { ...parcel, status: 'returned', back: withUnitsBack(parcel.back, units) } : parcel;
  });
  return onItsWay(shipment, tracked);
};

const cancelled = (shipment: Shipment, reason: Reason, cancelledAt: string): Cancelled => ({
  status: 'cancelled',
  reason,
  cancelledAt,
  ...('plan' in shipment && shipment.plan ? { plan: shipment.plan } : {}),
  ...(hasLabel(shipment) ? { label: shipment.label, tracked: shipment.tracked } : { tracked: [] }),
});

const labelled = (shipment: Shipment, bought: DataOf<ShipmentEvent, 'LabelPurchased'>): Shipment => {
  if (!('parcels' in shipment) || isCarried(shipment) || isCollected(shipment)) return shipment;
  const tracked = numbersOf(bought).map((parcel): Tracked => ({ ...parcel, status: 'dispatched', scans: [] }));
  const { customs, policy } = isRequested(shipment) && shipment.request.labelId === bought.labelId ? shipment.request : {};
  const asked = { ...(customs ? { customs } : {}), ...(policy === undefined ? {} : { policy }) };
  return { ...packedOf(shipment), status: 'labelled', label: { ...labelOf(bought), ...asked }, tracked };
};

const isChangeable = (shipment: Shipment): shipment is Exclude<Extract<Shipment, Planned>, Carried | Collected | Cancelled> =>
  'plan' in shipment && shipment.status !== 'cancelled' && !isCarried(shipment) && !isCollected(shipment);

/** To another address: what was packed waits for a label to it. */
const readdressed = (shipment: Shipment, { destination, personal }: Address): Shipment => {
  if (!isChangeable(shipment)) return shipment;
  const { destination: _before, ...rest } = shipment.plan;
  const plan = { ...rest, personal, ...(destination ? { destination } : {}) };
  // Whoever labels it itself labels it anew itself.
  if (hasLabel(shipment) && !isOurs(shipment.label)) return { ...shipment, plan };
  return 'parcels' in shipment ? { ...packedOf(shipment), plan } : { ...shipment, plan };
};

const inStatus = evolving<Shipment, ShipmentEvent>({
  ShipmentPlanned: (_, { plannedAt: _at, ...plan }) => ({ status: 'to-pack', plan }),
  WaveJoined: (shipment) => shipment,
  WaveLeft: (shipment) => shipment,
  LinesConfirmed: (shipment) => shipment,
  ShipmentPicked: (shipment, { lines }) =>
    shipment.status === 'to-pack' ? { ...shipment, plan: { ...shipment.plan, lines: found(shipment.plan.lines, lines) } } : shipment,
  ShipmentPacked: packed,
  RatesQuoted: (shipment) => shipment,
  LabelRequested: (shipment, asked) =>
    isPackedOnly(shipment) ? { ...packedOf(shipment), status: 'label-requested', request: requestOf(asked) } : shipment,
  LabelDelayed: (shipment, { reason }) => (isRequested(shipment) ? { ...shipment, status: 'label-delayed', delay: reason } : shipment),
  LabelPurchased: labelled,
  LabelFailed: (shipment, { carrier, reason }) =>
    isPackedOnly(shipment) ? { ...packedOf(shipment), status: 'label-failed', carrier, failure: reason } : shipment,
  LabelVoided: (shipment) => shipment,
  DestinationReplaced: readdressed,
  DestinationChangeRefused: (shipment) => shipment,
  InstructionsReplaced: (shipment, notes) =>
    'plan' in shipment && shipment.plan ? { ...shipment, plan: withNotes(shipment.plan, notes) } : shipment,
  ShipmentHeld: (shipment) => shipment,
  ShipmentReleased: (shipment) => shipment,
  ShipmentDispatched: (shipment, { dispatchedAt, ...data }) => {
    if (shipment.status === 'labelled') return { ...shipment, status: 'dispatched', dispatchedAt };
    return isPackedOnly(shipment) && data.carrier === AT_COUNTER ? collected(shipment, data, dispatchedAt) : shipment;
  },
  ShipmentInTransit: reached('in-transit'),
  ShipmentOutForDelivery: reached('out-for-delivery'),
  DeliveryAttemptFailed: reached('attempt-failed'),
  ShipmentException: reached('exception'),
  ArrivedAtStore: ended('delivered'),
  ShipmentDelivered: (shipment, data) => fetched(ended('delivered')(shipment, data), data.occurredAt),
  RtoInitiated: ended('returned'),
  RtoInTransit: reached('in-transit'),
  RtoReceived: received,
  DeliveryInstructed: (shipment) => shipment,
  ParcelLost: (shipment) => shipment,
  ParcelFound: (shipment) => shipment,
  InstructionAccepted: (shipment) => shipment,
  InstructionRefused: (shipment) => shipment,
  ScanRecorded: (shipment, data) => {
    if (!('tracked' in shipment)) return shipment;
    const tracked = scanned(shipment.tracked, [data], scanOf(data.milestone, data));
    return isCarried(shipment) ? onItsWay(shipment, tracked) : { ...shipment, tracked };
  },
  ShipmentAccepted: (shipment) => shipment,
  ShipmentRejected: (shipment) => shipment,
  ShipmentCancellationRequested: (shipment) => shipment,
  ShipmentCancelled: (shipment, { reason, cancelledAt }) => cancelled(shipment, reason, cancelledAt),
  CancellationRefused: (shipment, { reason }) =>
    isCarried(shipment) || isCollected(shipment) ? { ...shipment, lateCancellation: reason } : shipment,
});

/** The label of a shipment that the carrier does not have yet, bought or asked for. */
const ownLabel = (shipment: Shipment): readonly LabelToVoid[] => {
  if (isRequested(shipment)) {
    const { labelId, carrier, requestedAt: since } = shipment.request;
    return [{ labelId, carrier, since }];
  }
  if (!hasLabel(shipment) || isCarried(shipment) || !isOurs(shipment.label)) return [];
  const { labelId, carrier, parcels, purchasedAt: since, cost, currency } = shipment.label;
  return [{ labelId, carrier, parcels, since, ...(cost === undefined || currency === undefined ? {} : { sold: { cost, currency } }) }];
};

export const evolve = (shipment: Shipment, event: ShipmentEvent): Shipment =>
  withBeside(inStatus(shipment, event), besideAfter(shipment, event, ownLabel(shipment)));
