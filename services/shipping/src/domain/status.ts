import type { Milestone } from './events';

/** Statuses of a shipment that the carrier has. */
export type CarriedStatus = 'dispatched' | 'in-transit' | 'out-for-delivery' | 'attempt-failed' | 'exception' | 'delivered' | 'returning';

export type ShipmentStatus =
  'none' | 'planned' | 'allocated-early' | 'to-pack' | 'packed' | 'label-failed' | 'labelled' | CarriedStatus | 'cancelled';

/** Where a shipment of each status may go next. A cancellation is possible until the carrier has the parcels. */
export const moves: { readonly [From in ShipmentStatus]: readonly ShipmentStatus[] } = {
  none: ['planned', 'allocated-early', 'cancelled'],
  planned: ['to-pack', 'cancelled'],
  'allocated-early': ['planned', 'cancelled'],
  'to-pack': ['packed', 'cancelled'],
  packed: ['labelled', 'label-failed', 'cancelled'],
  'label-failed': ['labelled', 'label-failed', 'cancelled'],
  labelled: ['dispatched', 'cancelled'],
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

/** The status that a scan speaks of. */
export const statusOf: { readonly [Each in Exclude<Milestone, 'label-created'>]: CarriedStatus } = {
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
 * Whether a scan moves the status. Scans arrive in any order, so the carrier's clock decides which is newer; what ends the way
 * (delivered, returning) stands even if it comes late, because nothing that happened before can undo it.
 */
export const advances = ({ status, lastScanAt }: Standing, to: CarriedStatus, occurredAt: string): boolean => {
  if (!mayMove(status, to)) return false;
  if (lastScanAt === undefined || occurredAt > lastScanAt || moves[to].length === 0) return true;
  return occurredAt === lastScanAt && progress[to] > progress[status];
};
