import { withParts, type LineQuantity, type Reason } from '@cartage/contracts';
import { Refused } from '@cartage/eventsourcing';
import type { Scan, ShipmentEvent } from './events';
import type { Beside } from './beside';
import { isBoundForStore } from './bound-for-store';
import { found } from './losing';
import { lostSince } from './loss';
import { withContents } from './packing';
import { byPartner, refOf } from './refusals';
import { hasLabel, isCarried, withScan, type Carried, type Shipment, type Tracked, type WithLabel } from './shipment';
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

/** It comes back to us. If it was told to be delivered, it was not. */
export const rtoInitiated = (of: OfParcel): ShipmentEvent => ({ type: 'RtoInitiated', data: { ...ended(of), reason: reasonOf(of) } });

/** Who says that it is there, where no carrier scanned it. */
const notByCarrier = ({ reason }: Scan): { readonly reason?: Reason } => (reason && reason.by !== 'carrier' ? { reason } : {});

/** At the store it is not with the customer yet. */
const arrived = (of: OfParcel): ShipmentEvent => {
  const { plan } = of.shipment;
  return isBoundForStore(plan)
    ? { type: 'ArrivedAtStore', data: { ...ended(of), store: plan.pickupLocation } }
    : { type: 'ShipmentDelivered', data: { ...ended(of), ...notByCarrier(of.scan) } };
};

/** The fact that a scan tells when it moves the parcel's status. */
const factOf: { readonly [Status in Exclude<CarriedStatus, 'dispatched' | 'returned'>]: (of: OfParcel) => ShipmentEvent } = {
  'in-transit': (of) => ({ type: 'ShipmentInTransit', data: ofOne(of) }),
  'out-for-delivery': (of) => ({ type: 'ShipmentOutForDelivery', data: ofOne(of) }),
  'attempt-failed': (of) => ({ type: 'DeliveryAttemptFailed', data: withReason(of) }),
  exception: (of) => ({ type: 'ShipmentException', data: withReason(of) }),
  delivered: arrived,
  returning: (of) => rtoInitiated(of),
};

export const dispatched = ({ plan, parcels, label }: WithLabel, dispatchedAt: string): ShipmentEvent => ({
  type: 'ShipmentDispatched',
  data: {
    ...refOf(plan),
    carrier: label.carrier,
    parcels: withContents(label.parcels, parcels),
    lines: inParcels(plan.lines, parcels),
    trackingToken: label.trackingToken,
    ...byPartner(plan),
    dispatchedAt,
  },
});

/** Of these lines what parcels hold, a line once. */
export const inParcels = (
  lines: readonly LineQuantity[],
  parcels: readonly { readonly lines: readonly Pick<LineQuantity, 'lineId' | 'quantity'>[] }[],
): readonly LineQuantity[] => {
  const units = new Map<string, number>();
  for (const { lineId, quantity } of parcels.flatMap((parcel) => parcel.lines)) units.set(lineId, (units.get(lineId) ?? 0) + quantity);
  const once = new Map(slim(lines).map((line) => [line.lineId, line]));
  return [...once.values()].flatMap((line) => {
    const quantity = units.get(line.lineId) ?? 0;
    return quantity > 0 ? [{ ...line, quantity }] : [];
  });
};

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

const inTransitAfter = (scans: readonly Scan[], since: string): boolean =>
  scans.some(({ milestone, occurredAt }) => milestone === 'in-transit' && occurredAt > since);

/** The first that is heard of its way back. */
const beginsWayBack = ({ parcel: { scans, status }, scan }: OfParcel): boolean => {
  const [since] = scans.flatMap(({ milestone, occurredAt }) => (milestone === 'returned' ? [occurredAt] : [])).sort();
  return status === 'returning' && since !== undefined && inTransitAfter([scan], since) && !inTransitAfter(scans, since);
};

const onTheWay = (of: OfParcel): readonly ShipmentEvent[] => {
  if (beginsWayBack(of)) return [{ type: 'RtoInTransit', data: ofOne(of) }];
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

const scannedAgain: Reason = { code: 'scanned', detail: 'The carrier scanned it.', by: 'carrier' };

/** A scan from after it was lost says where it is; a fault that is reported says nothing of that. */
const whenFound = (shipment: Beside & Carried, { parcel, scan }: Pick<OfParcel, 'parcel' | 'scan'>): readonly ShipmentEvent[] => {
  const since = lostSince(shipment, parcel.parcelId);
  const isSeen = statusOf[scan.milestone] !== undefined && scan.milestone !== 'exception';
  if (since === undefined || !isSeen || scan.occurredAt <= since) return [];
  return [found(shipment, [parcel], { reason: scannedAgain, now: scan.occurredAt })];
};

/** Every scan of a parcel is kept once, by the carrier's event id; where the parcel stands follows from all of them. */
export const decideScan = (
  { trackingNumber, scan, now }: { readonly trackingNumber: string; readonly scan: Scan; readonly now: string },
  shipment: Shipment,
): readonly ShipmentEvent[] => {
  const parcel = 'tracked' in shipment ? shipment.tracked.find((each) => each.trackingNumber === trackingNumber) : undefined;
  if (!parcel) throw unknownLabel();
  if (parcel.scans.some(({ eventId }) => eventId === scan.eventId)) return [];
  if (isCarried(shipment)) return [...onTheWay({ shipment, parcel, scan, now }), ...whenFound(shipment, { parcel, scan })];
  if (hasLabel(shipment)) return beforeDispatch({ shipment, parcel, scan, now });
  if (!('plan' in shipment) || !shipment.plan) throw unknownLabel();
  return [recorded(shipment.plan, { parcel, scan, now })];
};
