import { withParts, type LineQuantity, type Reason } from '@cartage/contracts';
import { Refused } from '@cartage/eventsourcing';
import type { Scan, ShipmentEvent } from './events';
import { withContents } from './packing';
import { refOf } from './refusals';
import { hasLabel, isCarried, withScan, type Shipment, type Tracked, type WithLabel } from './shipment';
import { statusOf, type CarriedStatus } from './status';

/** A scan of one parcel of a shipment. */
interface OfParcel {
  readonly shipment: WithLabel;
  readonly parcel: Tracked;
  readonly scan: Scan;
  readonly now: string;
}

const common = ({ shipment: { plan, label }, scan: { eventId, place, occurredAt }, now }: OfParcel) => ({
  ...refOf(plan),
  carrier: label.carrier,
  eventId,
  ...(place === undefined ? {} : { place }),
  occurredAt,
  recordedAt: now,
});

const ofOne = (of: OfParcel) => ({ ...common(of), parcelId: of.parcel.parcelId, trackingNumber: of.parcel.trackingNumber });

const reasonOf = ({ scan }: OfParcel): Reason => scan.reason ?? { code: 'not-said', detail: 'The carrier gave no reason.', by: 'carrier' };

const withReason = (of: OfParcel) => ({ ...ofOne(of), reason: reasonOf(of) });

/** The end of its way names the parcel with what is in it: it may be a part of the shipment only. */
const ended = (of: OfParcel) => {
  const { parcelId, trackingNumber } = of.parcel;
  const parcels = withContents([{ parcelId, trackingNumber }], of.shipment.parcels);
  return { ...common(of), parcels, lines: parcels.flatMap(({ lines }) => lines) };
};

/** The fact that a scan tells when it moves the parcel's status. */
const factOf: { readonly [Status in Exclude<CarriedStatus, 'dispatched' | 'returned'>]: (of: OfParcel) => ShipmentEvent } = {
  'in-transit': (of) => ({ type: 'ShipmentInTransit', data: ofOne(of) }),
  'out-for-delivery': (of) => ({ type: 'ShipmentOutForDelivery', data: ofOne(of) }),
  'attempt-failed': (of) => ({ type: 'DeliveryAttemptFailed', data: withReason(of) }),
  exception: (of) => ({ type: 'ShipmentException', data: withReason(of) }),
  delivered: (of) => ({ type: 'ShipmentDelivered', data: ended(of) }),
  returning: (of) => ({ type: 'RtoInitiated', data: { ...ended(of), reason: reasonOf(of) } }),
};

export const dispatched = ({ plan, parcels, label }: WithLabel, dispatchedAt: string): ShipmentEvent => ({
  type: 'ShipmentDispatched',
  data: {
    ...refOf(plan),
    carrier: label.carrier,
    parcels: withContents(label.parcels, parcels),
    lines: slim(plan.lines),
    dispatchedAt,
  },
});

export const slim = (lines: readonly LineQuantity[]): readonly LineQuantity[] =>
  lines.map(({ lineId, sku, parts, quantity }) => withParts({ lineId, sku, quantity }, parts));

const recorded = (ids: { readonly shipmentId: string; readonly orderId: string }, { parcel, scan, now }: Omit<OfParcel, 'shipment'>) => ({
  type: 'ScanRecorded' as const,
  data: {
    shipmentId: ids.shipmentId,
    orderId: ids.orderId,
    parcelId: parcel.parcelId,
    trackingNumber: parcel.trackingNumber,
    ...scan,
    late: parcel.lastScanAt !== undefined && scan.occurredAt < parcel.lastScanAt,
    recordedAt: now,
  },
});

/** Each failed attempt and each fault is news, though the parcel stands where it stood. */
const isAnother = ({ parcel, scan }: Pick<OfParcel, 'parcel' | 'scan'>): boolean =>
  (scan.milestone === 'attempt-failed' || scan.milestone === 'exception') && (parcel.lastScanAt ?? '') < scan.occurredAt;

/** What is delivered on its way back is ours again: that is for us to know. */
const isToldOf = (to: CarriedStatus | undefined, status: CarriedStatus): to is keyof typeof factOf =>
  to !== undefined && to !== 'dispatched' && to !== 'returned' && !(to === 'delivered' && status === 'returned');

/** The status that a scan makes a fact of. */
const told = ({ parcel, scan }: OfParcel): keyof typeof factOf | undefined => {
  const to = statusOf[scan.milestone];
  const { status } = withScan(parcel, scan);
  if (!isToldOf(to, status)) return undefined;
  return status !== parcel.status || (status === to && isAnother({ parcel, scan })) ? to : undefined;
};

const onTheWay = (of: OfParcel): readonly ShipmentEvent[] => {
  const to = told(of);
  return [to === undefined ? recorded(of.shipment.plan, of) : factOf[to](of)];
};

/** A carrier that scans a parcel has them, even if nobody at the dock said so yet. */
const beforeDispatch = (of: OfParcel): readonly ShipmentEvent[] => {
  const to = statusOf[of.scan.milestone];
  if (to === undefined) return [recorded(of.shipment.plan, of)];
  const handedOver = dispatched(of.shipment, of.scan.occurredAt);
  return [handedOver, ...onTheWay(of)];
};

const unknownLabel = (): Refused =>
  new Refused('SHIPMENT_NOT_LABELLED', 'A carrier can only have scanned a shipment with a label. Send the scan again later.', 'unknown');

/** Every scan of a parcel is kept once, by the carrier's event id; where the parcel stands follows from all of them. */
export const decideScan = (
  { trackingNumber, scan, now }: { readonly trackingNumber: string; readonly scan: Scan; readonly now: string },
  shipment: Shipment,
): readonly ShipmentEvent[] => {
  const parcel = 'tracked' in shipment ? shipment.tracked.find((each) => each.trackingNumber === trackingNumber) : undefined;
  if (!parcel) throw unknownLabel();
  if (parcel.scans.some(({ eventId }) => eventId === scan.eventId)) return [];
  if (isCarried(shipment)) return onTheWay({ shipment, parcel, scan, now });
  if (hasLabel(shipment)) return beforeDispatch({ shipment, parcel, scan, now });
  if (!('plan' in shipment) || !shipment.plan) throw unknownLabel();
  return [recorded(shipment.plan, { parcel, scan, now })];
};
