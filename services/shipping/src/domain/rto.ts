import { withParts, type Disposition, type LineQuantity, type Parcel } from '@cartage/contracts';
import { Refused, type FieldError } from '@cartage/eventsourcing';
import type { Beside } from './beside';
import type { ShipmentEvent } from './events';
import { contentsOf } from './packing';
import { refOf, unknownShipment } from './refusals';
import { rtoInitiated } from './scans';
import { isCarried, type Carried, type Shipment, type Tracked } from './shipment';

/** Units of a line that somebody at the dock has in hand; `missing`: that should have been there and never will be. */
export interface ReceivedLine {
  readonly lineId: string;
  readonly quantity: number;
  readonly disposition?: Disposition;
}

/** A parcel that somebody at the dock scanned, by its number or by our own name for it. */
export interface ReceivedParcel {
  readonly parcelId?: string;
  readonly trackingNumber?: string;
  /** Of what is not said of its lines. */
  readonly disposition?: Disposition;
  /** All that is still to come of it, if absent. */
  readonly lines?: readonly ReceivedLine[];
}

/** What came back to a location, undelivered. */
export interface RtoReceipt {
  readonly receiptId: string;
  /** Where it was received, wherever it left from. */
  readonly dock: string;
  /** All that have not come and are not with the customer, if absent. */
  readonly parcels?: readonly ReceivedParcel[];
  /** What nobody here had sent in them. */
  readonly others: readonly { readonly sku: string; readonly quantity: number; readonly disposition: Disposition }[];
  readonly now: string;
}

type Unit = LineQuantity & { readonly disposition: Disposition };

/** A parcel on the dock: where the request speaks of it, and what is still to come of it. */
interface OnDock {
  readonly field: string;
  readonly parcel: Tracked;
  readonly toCome: readonly LineQuantity[];
  readonly told: ReceivedParcel;
}

const fault = (field: string, code: string, message: string): FieldError => ({ field, code, message });

const refuseWith = (errors: readonly FieldError[]): void => {
  if (errors[0]) throw new Refused('RTO_RECEIPT_WRONG', errors[0].message, 'invalid', errors);
};

/** What has not come back of a parcel. */
export const toComeOf = (packed: readonly Parcel[], { parcelId, back = new Map<string, number>() }: Tracked): readonly LineQuantity[] =>
  (contentsOf(packed).get(parcelId) ?? [])
    .map((line) => ({ ...line, quantity: line.quantity - (back.get(line.lineId) ?? 0) }))
    .filter(({ quantity }) => quantity > 0);

/** By either of its names; by both, if both are told. */
const finderOf = (tracked: readonly Tracked[]): ((told: ReceivedParcel) => Tracked | undefined) => {
  const byId = new Map(tracked.map((parcel) => [parcel.parcelId, parcel]));
  const byNumber = new Map(tracked.map((parcel) => [parcel.trackingNumber, parcel]));
  return ({ parcelId, trackingNumber }) => {
    const parcel = parcelId === undefined ? byNumber.get(trackingNumber ?? '') : byId.get(parcelId);
    return (trackingNumber ?? parcel?.trackingNumber) === parcel?.trackingNumber ? parcel : undefined;
  };
};

const unknownParcel = (field: string): FieldError =>
  fault(
    field,
    'PARCEL_UNKNOWN',
    'is no parcel of this shipment. Find the shipment by the number on the parcel: GET /shipping/shipments?trackingNumber=…',
  );

const namedTwice = (onDock: readonly OnDock[]): readonly FieldError[] => {
  const seen = new Set<Tracked>();
  const again = onDock.filter(({ parcel }) => seen.size === seen.add(parcel).size);
  return again.map(({ field }) => fault(field, 'PARCEL_REPEATED', 'is named twice in this receipt. Name each parcel once.'));
};

const named = ({ parcels: packed, tracked }: Carried, told: readonly ReceivedParcel[]): readonly OnDock[] => {
  const parcelOf = finderOf(tracked);
  const found = told.map((each, p) => {
    const parcel = parcelOf(each);
    const field = `parcels[${p}]`;
    return { field, told: each, ...(parcel ? { parcel, toCome: toComeOf(packed, parcel) } : {}) };
  });
  const onDock = found.flatMap(({ parcel, toCome, ...each }) => (parcel && toCome ? [{ ...each, parcel, toCome }] : []));
  refuseWith([...found.filter(({ parcel }) => !parcel).map(({ field }) => unknownParcel(field)), ...namedTwice(onDock)]);
  return onDock;
};

/** Those that may still come. */
const expected = ({ parcels: packed, tracked }: Carried): readonly OnDock[] =>
  tracked
    .filter(({ status }) => status !== 'delivered')
    .map((parcel): OnDock => ({ field: 'parcels', parcel, toCome: toComeOf(packed, parcel), told: {} }))
    .filter(({ toCome }) => toCome.length > 0);

interface Checked {
  readonly units: readonly Unit[];
  readonly errors: readonly FieldError[];
}

/** A line of a parcel may be named twice, with different fates: both are counted. */
const checked = ({ field, toCome, told: { lines, disposition = 'restock' } }: OnDock): Checked => {
  if (!lines) return { units: toCome.map((line) => ({ ...line, disposition })), errors: [] };
  const sent = new Map(toCome.toReversed().map((line) => [line.lineId, line]));
  const counted = new Map<string, number>();
  const errors: FieldError[] = [];
  const units = lines.flatMap((told, l): readonly Unit[] => {
    const line = sent.get(told.lineId);
    const before = counted.get(told.lineId) ?? 0;
    counted.set(told.lineId, before + told.quantity);
    const left = (line?.quantity ?? 0) - before;
    if (line && told.quantity <= left) {
      const { lineId, sku, parts } = line;
      return [{ ...withParts({ lineId, sku, quantity: told.quantity }, parts), disposition: told.disposition ?? disposition }];
    }
    const message = `has ${Math.max(0, left)} units of line ${told.lineId} still to come in this parcel. Name what is in it besides by SKU, under others.`;
    errors.push(fault(`${field}.lines[${l}].quantity`, 'UNITS_NOT_SENT', message));
    return [];
  });
  return { units, errors };
};

interface Received {
  readonly parcel: Tracked;
  readonly units: readonly Unit[];
}

const receivedOf = (shipment: Carried, told: RtoReceipt['parcels']): readonly Received[] => {
  const each = (told ? named(shipment, told) : expected(shipment)).map((onDock) => ({ parcel: onDock.parcel, ...checked(onDock) }));
  refuseWith(each.flatMap(({ errors }) => errors));
  return each.filter(({ units }) => units.length > 0);
};

export const latest = (now: string, { lastScanAt = now }: Tracked): string => (lastScanAt > now ? lastScanAt : now);

/** A carrier that brings a parcel back without a word has sent it back all the same. */
const sentBack = (shipment: Carried, received: readonly Received[], { receiptId, now }: RtoReceipt): readonly ShipmentEvent[] =>
  received.flatMap(({ parcel }) => {
    if (parcel.status === 'returning' || parcel.status === 'returned') return [];
    const reason = { code: 'received-at-dock', detail: 'It was brought back.', by: 'carrier' };
    const occurredAt = latest(now, parcel);
    const scan = { eventId: `receipt:${receiptId}`, milestone: 'returned' as const, reason, occurredAt };
    return [rtoInitiated({ shipment, parcel, scan, now })];
  });

export const requireCarried = (shipment: Shipment): Beside & Carried => {
  if (isCarried(shipment)) return shipment;
  if (shipment.status === 'none') throw unknownShipment();
  throw new Refused('SHIPMENT_NOT_DISPATCHED', 'No carrier has it: there is nothing to come back. Put its goods where they were.');
};

const slimUnits = ({ units }: Received): readonly LineQuantity[] => units.map(({ disposition: _fate, ...line }) => line);

/** What came back is booked as it is: in parts, in several parcels, at another location, with what nobody had sent. What came once does not come again. */
export const receiveRto = (receipt: RtoReceipt, before: Shipment): readonly ShipmentEvent[] => {
  const shipment = requireCarried(before);
  const { receiptId, dock, others, now } = receipt;
  const received = receivedOf(shipment, receipt.parcels);
  if (received.length === 0 && others.length === 0)
    throw new Refused(
      'RTO_RECEIVED',
      'All that can come back of it was received before. What is in a parcel besides goes under others, by SKU.',
    );
  const parcels = received.map((each) => {
    const { parcelId, trackingNumber } = each.parcel;
    return { parcelId, trackingNumber, lines: slimUnits(each) };
  });
  const lines = received.flatMap(({ units }) => units);
  return [
    ...sentBack(shipment, received, receipt),
    { type: 'RtoReceived', data: { ...refOf(shipment.plan), receiptId, dock, parcels, lines, others, receivedAt: now } },
  ];
};
