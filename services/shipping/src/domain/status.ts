import type { Milestone } from './events';

/** Statuses of a parcel that the carrier has. */
export type CarriedStatus = 'dispatched' | 'in-transit' | 'out-for-delivery' | 'attempt-failed' | 'exception' | 'delivered' | 'returning';

export type ShipmentStatus = 'none' | 'to-pack' | 'packed' | 'label-failed' | 'labelled' | CarriedStatus | 'cancelled';

/**
 * Where a shipment, or a parcel on its way, of each status may go next. A cancellation is possible until the carrier has the parcels; another
 * destination, until then too, and what was labelled waits for a label to it.
 */
export const moves: { readonly [From in ShipmentStatus]: readonly ShipmentStatus[] } = {
  none: ['to-pack', 'cancelled'],
  'to-pack': ['packed', 'cancelled'],
  packed: ['labelled', 'label-failed', 'cancelled'],
  'label-failed': ['packed', 'labelled', 'label-failed', 'cancelled'],
  labelled: ['packed', 'dispatched', 'cancelled'],
  dispatched: ['in-transit', 'out-for-delivery', 'attempt-failed', 'exception', 'delivered', 'returning'],
  'in-transit': ['out-for-delivery', 'attempt-failed', 'exception', 'delivered', 'returning'],
  'out-for-delivery': ['in-transit', 'attempt-failed', 'exception', 'delivered', 'returning'],
  'attempt-failed': ['in-transit', 'out-for-delivery', 'attempt-failed', 'exception', 'delivered', 'returning'],
  exception: ['in-transit', 'out-for-delivery', 'attempt-failed', 'exception', 'delivered', 'returning'],
  delivered: [],
  returning: [],
  cancelled: [],
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

/** How near the end of the way a status is; decides between two scans of the same instant. */
const progress: { readonly [Each in CarriedStatus]: number } = {
  dispatched: 0,
  'in-transit': 1,
  'out-for-delivery': 2,
  'attempt-failed': 3,
  exception: 3,
  delivered: 4,
  returning: 4,
};

interface Standing {
  readonly status: CarriedStatus;
  /** Of the newest scan by the carrier's clock, if there was one. */
  readonly lastScanAt?: string;
}

/**
 * Whether a scan moves a parcel's status. Scans arrive in any order, so the carrier's clock decides which is newer; what ends the way
 * (delivered, returning) stands even if it comes late, because nothing that happened before can undo it.
 */
export const advances = ({ status, lastScanAt }: Standing, to: CarriedStatus, occurredAt: string): boolean => {
  if (!mayMove(status, to)) return false;
  if (lastScanAt === undefined || occurredAt > lastScanAt || moves[to].length === 0) return true;
  return occurredAt === lastScanAt && progress[to] > progress[status];
};

/** Whether the way of a parcel is over. */
export const isOver = (status: CarriedStatus): boolean => moves[status].length === 0;

/** The status of a shipment is that of its parcel with the newest news among those still on their way; when none is, whether any comes back. */
export const statusOfParcels = (parcels: readonly Standing[]): CarriedStatus => {
  const underway = parcels.filter(({ status }) => !isOver(status));
  if (underway.length === 0) return parcels.some(({ status }) => status === 'returning') ? 'returning' : 'delivered';
  return underway.reduce((newest, parcel) => ((parcel.lastScanAt ?? '') > (newest.lastScanAt ?? '') ? parcel : newest)).status;
};
