import type { Reason } from '@cartage/contracts';
import type { Milestone, Scan } from './events';

/** Statuses of a parcel that the carrier has. `returned`: the carrier says that it is back with whoever sent it. */
export const carriedStatuses = [
  'dispatched',
  'in-transit',
  'out-for-delivery',
  'attempt-failed',
  'exception',
  'delivered',
  'returning',
  'returned',
] as const;
export type CarriedStatus = (typeof carriedStatuses)[number];

/** Of a packed shipment without a label: the carrier is being asked, cannot be reached, or said no. */
export type LabelStatus = 'label-requested' | 'label-delayed' | 'label-failed';

/** `collected`: the customer fetched it, and no carrier ever had it. */
export type ShipmentStatus = 'none' | 'to-pack' | 'packed' | LabelStatus | 'labelled' | CarriedStatus | 'collected' | 'cancelled';

/**
 * Where a shipment, or a parcel on its way, of each status may go next. A cancellation is possible until the carrier has the parcels; another
 * destination, until then too, and what was labelled waits for a label to it. What others fulfil for us may be told at once from its packing to its handover.
 */
export const moves: { readonly [From in ShipmentStatus]: readonly ShipmentStatus[] } = {
  none: ['to-pack', 'cancelled'],
  'to-pack': ['packed', 'cancelled'],
  packed: ['label-requested', 'label-failed', 'labelled', 'collected', 'cancelled'],
  'label-requested': ['packed', 'label-delayed', 'label-failed', 'labelled', 'cancelled'],
  'label-delayed': ['packed', 'label-requested', 'label-failed', 'labelled', 'cancelled'],
  'label-failed': ['packed', 'label-requested', 'label-failed', 'labelled', 'collected', 'cancelled'],
  labelled: ['packed', 'dispatched', 'cancelled'],
  dispatched: ['in-transit', 'out-for-delivery', 'attempt-failed', 'exception', 'delivered', 'returning'],
  'in-transit': ['out-for-delivery', 'attempt-failed', 'exception', 'delivered', 'returning'],
  'out-for-delivery': ['in-transit', 'attempt-failed', 'exception', 'delivered', 'returning'],
  'attempt-failed': ['in-transit', 'out-for-delivery', 'attempt-failed', 'exception', 'delivered', 'returning'],
  exception: ['in-transit', 'out-for-delivery', 'attempt-failed', 'exception', 'delivered', 'returning'],
  // A carrier that delivers and then sends back had not delivered; one that delivers what it sends back, delivers to us.
  delivered: ['returning', 'returned'],
  returning: ['returned'],
  returned: [],
  collected: [],
  // Whoever fulfils it for us had sent it all the same.
  cancelled: ['packed'],
};

export const shipmentStatuses = Object.keys(moves) as readonly ShipmentStatus[];

export const mayMove = (from: ShipmentStatus, to: ShipmentStatus): boolean => moves[from].includes(to);

/** The status that a scan speaks of; nothing for those that say nothing of the way. */
export const statusOf: { readonly [Each in Milestone]?: CarriedStatus } = {
  'picked-up': 'dispatched',
  'in-transit': 'in-transit',
  'out-for-delivery': 'out-for-delivery',
  'attempt-failed': 'attempt-failed',
  exception: 'exception',
  delivered: 'delivered',
  returned: 'returning',
};

/** Of two scans of the same instant, which one comes later on the way. */
const progress: { readonly [Each in CarriedStatus]: number } = {
  dispatched: 0,
  'in-transit': 1,
  'out-for-delivery': 2,
  'attempt-failed': 3,
  exception: 4,
  delivered: 5,
  returning: 6,
  returned: 7,
};

/** What an event tells of a scan. */
export type ScanFact = {
  readonly eventId: string;
  readonly occurredAt: string;
  readonly place?: string | undefined;
  readonly reason?: Reason;
};

export const scanOf = (milestone: Milestone, { eventId, occurredAt, place, reason }: ScanFact): Scan => ({
  eventId,
  milestone,
  occurredAt,
  ...(place === undefined ? {} : { place }),
  ...(reason === undefined ? {} : { reason }),
});

interface Step {
  readonly to: CarriedStatus;
  readonly at: string;
}

const stepOf = ({ milestone, occurredAt: at }: Scan): readonly Step[] => {
  const to = statusOf[milestone];
  return to === undefined ? [] : [{ to, at }];
};

const byClock = (one: Step, other: Step): number =>
  one.at === other.at ? progress[one.to] - progress[other.to] : one.at < other.at ? -1 : 1;

/** On the way back nothing goes out to the customer any more: to deliver it then is to deliver it to us. */
const next = (from: CarriedStatus, to: CarriedStatus): CarriedStatus => {
  const reached = from === 'returning' && to === 'delivered' ? 'returned' : to;
  return mayMove(from, reached) ? reached : from;
};

/** Where a parcel stands by its scans, in whatever order they came and however often: the carrier’s clock alone says which is the later. */
export const standingBy = (scans: readonly Scan[]): CarriedStatus =>
  scans
    .flatMap(stepOf)
    .sort(byClock)
    .reduce<CarriedStatus>((status, { to }) => next(status, to), 'dispatched');

/** The newest time of any scan. */
export const lastOf = (scans: readonly Scan[]): string | undefined =>
  scans.reduce<string | undefined>((last, { occurredAt }) => (last === undefined || occurredAt > last ? occurredAt : last), undefined);

interface Standing {
  readonly status: CarriedStatus;
  /** Of the newest scan by the carrier's clock, if there was one. */
  readonly lastScanAt?: string;
}

/** Whether a parcel goes to the customer no more, or is there. */
export const isOver = (status: CarriedStatus): boolean => status === 'delivered' || status === 'returning' || status === 'returned';

/**
 * The status of a shipment is that of its parcel with the newest news among those still on their way. It is delivered when all of it is; else, when none is on its way
 * to the customer, whether some of it still comes back.
 */
export const statusOfParcels = (parcels: readonly Standing[]): CarriedStatus => {
  const underway = parcels.filter(({ status }) => !isOver(status));
  if (underway.length > 0)
    return underway.reduce((newest, parcel) => ((parcel.lastScanAt ?? '') > (newest.lastScanAt ?? '') ? parcel : newest)).status;
  const back = (['returning', 'returned'] as const).find((status) => parcels.some((parcel) => parcel.status === status));
  return back ?? 'delivered';
};
