import { Refused } from '@cartage/eventsourcing';
import type { Scan, ShipmentEvent } from './events';
import { refOf } from './refusals';
import { hasLabel, isCarried, type Carried, type Shipment, type WithLabel } from './shipment';
import { advances, statusOf, type CarriedStatus } from './status';

const noReason = 'The carrier gave no reason.';

type Milestone = (shipment: WithLabel, scan: Scan, now: string) => ShipmentEvent;

const milestone = ({ plan, label }: WithLabel, { eventId, place, occurredAt }: Scan, recordedAt: string) => ({
  ...refOf(plan),
  carrier: label.carrier,
  trackingNumber: label.trackingNumber,
  eventId,
  ...(place === undefined ? {} : { place }),
  occurredAt,
  recordedAt,
});

const withReason = (shipment: WithLabel, scan: Scan, now: string) => ({
  ...milestone(shipment, scan, now),
  reason: scan.reason ?? noReason,
});

/** The fact that a scan tells when it moves the status. */
const factOf: { readonly [Status in Exclude<CarriedStatus, 'dispatched'>]: Milestone } = {
  'in-transit': (...told) => ({ type: 'ShipmentInTransit', data: milestone(...told) }),
  'out-for-delivery': (...told) => ({ type: 'ShipmentOutForDelivery', data: milestone(...told) }),
  'attempt-failed': (...told) => ({ type: 'DeliveryAttemptFailed', data: withReason(...told) }),
  exception: (...told) => ({ type: 'ShipmentException', data: withReason(...told) }),
  delivered: (shipment, scan, now) => ({
    type: 'ShipmentDelivered',
    data: { ...milestone(shipment, scan, now), lines: shipment.plan.lines },
  }),
  returning: (...told) => ({ type: 'RtoInitiated', data: withReason(...told) }),
};

export const dispatched = ({ plan, label }: WithLabel, dispatchedAt: string): ShipmentEvent => ({
  type: 'ShipmentDispatched',
  data: { ...refOf(plan), carrier: label.carrier, trackingNumber: label.trackingNumber, lines: plan.lines, dispatchedAt },
});

const recorded = (ids: { readonly shipmentId: string; readonly orderId: string }, scan: Scan, rest: { late: boolean; now: string }) => ({
  type: 'ScanRecorded' as const,
  data: { shipmentId: ids.shipmentId, orderId: ids.orderId, ...scan, late: rest.late, recordedAt: rest.now },
});

const onTheWay = (shipment: Carried, scan: Scan, now: string): readonly ShipmentEvent[] => {
  const to = scan.milestone === 'label-created' ? 'dispatched' : statusOf[scan.milestone];
  if (to !== 'dispatched' && advances(shipment, to, scan.occurredAt)) return [factOf[to](shipment, scan, now)];
  const late = shipment.lastScanAt !== undefined && scan.occurredAt < shipment.lastScanAt;
  return [recorded(shipment.plan, scan, { late, now })];
};

/** A carrier that scans the parcels has them, even if nobody at the dock said so yet. */
const beforeDispatch = (shipment: WithLabel, scan: Scan, now: string): readonly ShipmentEvent[] => {
  if (scan.milestone === 'label-created') return [recorded(shipment.plan, scan, { late: false, now })];
  const handedOver = dispatched(shipment, scan.occurredAt);
  const to = statusOf[scan.milestone];
  return [handedOver, to === 'dispatched' ? recorded(shipment.plan, scan, { late: false, now }) : factOf[to](shipment, scan, now)];
};

const unknownLabel = (): Refused =>
  new Refused('SHIPMENT_NOT_LABELLED', 'A carrier can only have scanned a shipment with a label. Send the scan again later.', 'unknown');

/** Every scan is kept once, by the carrier's event id; only a newer one, or one that ends the way, moves the status. */
export const decideScan = (scan: Scan, now: string, shipment: Shipment): readonly ShipmentEvent[] => {
  if (!('scans' in shipment)) throw unknownLabel();
  if (shipment.scans.some(({ eventId }) => eventId === scan.eventId)) return [];
  if (isCarried(shipment)) return onTheWay(shipment, scan, now);
  if (hasLabel(shipment)) return beforeDispatch(shipment, scan, now);
  if (!shipment.plan || !shipment.label) throw unknownLabel();
  return [recorded(shipment.plan, scan, { late: false, now })];
};
