import { AT_COUNTER, type LineQuantity, type Reason } from '@cartage/contracts';
import { Refused, type FieldError } from '@cartage/eventsourcing';
import { isBoundForStore } from './bound-for-store';
import type { Handover } from './collecting';
import type { Plan, ShipmentEvent } from './events';
import { refOf } from './refusals';
import { latest, requireCarried, toComeOf } from './rto';
import { decideScan, rtoInitiated } from './scans';
import type { Carried, Shipment, Tracked } from './shipment';

/*
 * What a carrier brings to a store: it arrives by the carrier's scan or the store's receipt, and is delivered when the customer fetches it. What is refused there, or not
 * fetched in time, is received by the store like anything that comes back, or goes back to where it came from.
 */

interface Inside {
  readonly parcelId: string;
  readonly lines: readonly LineQuantity[];
}

type ForStore = Carried & { readonly plan: Plan & { readonly pickupLocation: string } };

/** Of these units, what each parcel holds; parcels that hold none are left out. */
export const unitsIn = (parcels: readonly Inside[], units: readonly LineQuantity[]): readonly Inside[] => {
  const left = new Map<string, number>();
  for (const { lineId, quantity } of units) left.set(lineId, quantity + (left.get(lineId) ?? 0));
  return parcels.flatMap(({ parcelId, lines: packed }) => {
    const found = packed.flatMap((line) => {
      const quantity = Math.min(line.quantity, left.get(line.lineId) ?? 0);
      left.set(line.lineId, (left.get(line.lineId) ?? 0) - quantity);
      return quantity > 0 ? [{ ...line, quantity }] : [];
    });
    return found.length > 0 ? [{ parcelId, lines: found }] : [];
  });
};

const linesOf = (parcels: readonly Inside[]): readonly LineQuantity[] => parcels.flatMap(({ lines }) => lines);

/** What parcels hold, but for these units of each. */
const rest = (parcels: readonly Inside[], taken: readonly Inside[]): readonly Inside[] => {
  const gone = new Map(taken.map(({ parcelId, lines }) => [parcelId, new Map(lines.map((line) => [line.lineId, line.quantity]))]));
  return parcels.map(({ parcelId, lines }) => ({
    parcelId,
    lines: lines
      .map((line) => ({ ...line, quantity: line.quantity - (gone.get(parcelId)?.get(line.lineId) ?? 0) }))
      .filter(({ quantity }) => quantity > 0),
  }));
};

const numbered = ({ tracked }: Carried, parcels: readonly Inside[]) => {
  const numbers = new Map(tracked.map(({ parcelId, trackingNumber }) => [parcelId, trackingNumber]));
  return parcels.map(({ parcelId, lines }) => ({ parcelId, trackingNumber: numbers.get(parcelId) ?? '', lines }));
};

/** The store has it, and nobody fetches it. */
const joinsStock = (
  shipment: ForStore,
  staying: readonly Inside[],
  { receiptId, now }: { receiptId: string; now: string },
): ShipmentEvent => {
  const parcels = numbered(shipment, staying);
  const lines = linesOf(staying).map((line) => ({ ...line, disposition: 'restock' as const }));
  const received = { receiptId, dock: shipment.plan.pickupLocation, parcels, lines, others: [], receivedAt: now };
  return { type: 'RtoReceived', data: { ...refOf(shipment.plan), ...received } };
};

export const handOverAtStore = (handover: Handover, shipment: ForStore): readonly ShipmentEvent[] => {
  const { handoverId, lines, declined, handedOverAt, now } = handover;
  if (shipment.fetchedAt !== undefined) return [];
  const taken = unitsIn(shipment.parcels, lines);
  const staying = unitsIn(rest(shipment.parcels, taken), declined);
  const times = { eventId: handoverId, occurredAt: handedOverAt, recordedAt: now };
  const parcels = numbered(shipment, taken);
  return [
    { type: 'ShipmentDelivered', data: { ...refOf(shipment.plan), carrier: AT_COUNTER, parcels, lines: linesOf(taken), ...times } },
    ...(staying.length > 0 ? [joinsStock(shipment, staying, { receiptId: handoverId, now: handedOverAt })] : []),
  ];
};

export interface NotFetched {
  readonly expiryId: string;
  /** `send-back`: to where it came from; else it joins the store's stock. */
  readonly then: string;
  readonly now: string;
}

/** What has not come back, by parcel. */
const leftOf = ({ parcels, tracked }: Carried): readonly Inside[] =>
  tracked.map((parcel) => ({ parcelId: parcel.parcelId, lines: toComeOf(parcels, parcel) })).filter(({ lines }) => lines.length > 0);

const notFetched: Reason = { code: 'not-collected', detail: 'Nobody fetched it in time.', by: 'customer' };

const goBack = (shipment: ForStore, { expiryId, now }: NotFetched): readonly ShipmentEvent[] =>
  shipment.tracked
    .filter(({ status }) => status === 'delivered')
    .map((parcel) => {
      const scan = { eventId: expiryId, milestone: 'returned' as const, reason: notFetched, occurredAt: latest(now, parcel) };
      return rtoInitiated({ shipment, parcel, scan, now });
    });

/** What was at its location all the time, a cancellation puts back. */
export const leaveAtStore = (expiry: NotFetched, shipment: Shipment): readonly ShipmentEvent[] => {
  if (!('dispatchedAt' in shipment) || shipment.fetchedAt !== undefined || !isBoundForStore(shipment.plan)) return [];
  const sent = { ...shipment, plan: shipment.plan };
  if (expiry.then === 'send-back') return goBack(sent, expiry);
  const staying = leftOf(sent);
  return staying.length > 0 ? [joinsStock(sent, staying, { receiptId: expiry.expiryId, now: expiry.now })] : [];
};

export interface Arrival {
  readonly arrivalId: string;
  /** By our own name or by number; absent: all that are still on their way. */
  readonly parcels?: readonly string[];
  readonly now: string;
}

const isNamed = (name: string, { parcelId, trackingNumber }: Tracked): boolean => name === parcelId || name === trackingNumber;

const requireKnown = ({ tracked }: Carried, names: readonly string[]): void => {
  const errors = names.flatMap((name, i): readonly FieldError[] =>
    tracked.some((parcel) => isNamed(name, parcel))
      ? []
      : [{ field: `parcels[${i}]`, code: 'PARCEL_UNKNOWN', message: `is no parcel of this shipment: ${name}` }],
  );
  if (errors[0]) throw new Refused('PARCEL_UNKNOWN', errors[0].message, 'invalid', errors);
};

/** Somebody at the store has them in hand, whatever the carrier said so far. */
export const arriveAtStore = ({ arrivalId, parcels: names, now }: Arrival, before: Shipment): readonly ShipmentEvent[] => {
  const shipment = requireCarried(before);
  if (!isBoundForStore(shipment.plan)) throw new Refused('SHIPMENT_NOT_FOR_STORE', 'It goes to no store: its carrier says where it is.');
  requireKnown(shipment, names ?? []);
  const here = shipment.tracked.filter((parcel) => names?.some((name) => isNamed(name, parcel)) ?? true);
  return here
    .filter(({ status }) => status !== 'delivered' && status !== 'returned')
    .flatMap((parcel) => {
      const scan = { eventId: `arrival:${arrivalId}`, milestone: 'delivered' as const, occurredAt: latest(now, parcel) };
      return decideScan({ trackingNumber: parcel.trackingNumber, scan, now }, before);
    });
};
