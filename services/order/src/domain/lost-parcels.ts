import type { LineQuantity, Reason } from '@cartage/contracts';
import { Refused, type FieldError } from '@cartage/eventsourcing';
import { together } from './cancellations';
import type { Decision } from './events';
import { unitsWanted } from './lines';
import { latest } from './occasion';
import type { PlacedOrder } from './state';

/* Parcels that nobody knows the place of: a person decides what the customer gets, money or the goods again; the order never does by itself. */

export const lossChoices = ['refund', 'resend'] as const;
export type LossChoice = (typeof lossChoices)[number];

/** What was told of a parcel: facts come in any order, and the later by its own time counts. */
export interface LostParcel {
  readonly shipmentId: string;
  readonly parcelId: string;
  readonly lines: readonly LineQuantity[];
  readonly lostAt?: string;
  readonly foundAt?: string;
  /** What the customer gets for it. */
  readonly choice?: LossChoice;
}

export interface LossRequest {
  readonly shipmentId: string;
  /** Absent: all of the shipment that are lost. */
  readonly parcels?: readonly string[] | null | undefined;
  readonly choice: LossChoice;
  readonly resolutionId: string;
  /** The id of the order that sends them again, if that is what is chosen. */
  readonly replacementOrderId: string;
  readonly reason: Reason;
  readonly now: string;
}

interface OfParcels {
  readonly shipmentId: string;
  readonly parcels: readonly { readonly parcelId: string; readonly lines: readonly LineQuantity[] }[];
}

const keyOf = (shipmentId: string, parcelId: string): string => `${shipmentId}/${parcelId}`;

const changed = (
  order: PlacedOrder,
  { shipmentId, parcels }: { readonly shipmentId: string; readonly parcels: readonly string[] },
  change: (parcelId: string, before: LostParcel | undefined) => Omit<LostParcel, 'shipmentId' | 'parcelId'>,
): PlacedOrder => {
  const lost = new Map(order.lost);
  for (const parcelId of parcels) {
    const key = keyOf(shipmentId, parcelId);
    lost.set(key, { ...change(parcelId, lost.get(key)), shipmentId, parcelId });
  }
  return { ...order, lost };
};

const told =
  (when: 'lostAt' | 'foundAt') =>
  (order: PlacedOrder, { shipmentId, parcels }: OfParcels, at: string): PlacedOrder => {
    const linesOf = new Map(parcels.map(({ parcelId, lines }) => [parcelId, lines]));
    return changed(order, { shipmentId, parcels: [...linesOf.keys()] }, (parcelId, before) => ({
      ...before,
      lines: linesOf.get(parcelId) ?? [],
      [when]: latest(at, before?.[when]),
    }));
  };

const [lostSince, foundSince] = [told('lostAt'), told('foundAt')];
export const wasLost = (order: PlacedOrder, { lostAt, ...data }: OfParcels & { readonly lostAt: string }): PlacedOrder =>
  lostSince(order, data, lostAt);
export const wasFound = (order: PlacedOrder, { foundAt, ...data }: OfParcels & { readonly foundAt: string }): PlacedOrder =>
  foundSince(order, data, foundAt);

/** With the customer, or with us: whatever was said of it before. */
const hasArrived = ({ shipments }: PlacedOrder, { shipmentId, parcelId }: LostParcel): boolean => {
  const milestone = shipments.get(shipmentId)?.parcels.get(parcelId)?.milestone;
  return milestone === 'delivered' || milestone === 'returned';
};

/** Nobody knows where it is, and nothing was decided of it. */
const isOpen = (order: PlacedOrder, parcel: LostParcel): boolean => {
  const { lostAt = '', foundAt = '', choice } = parcel;
  return lostAt > foundAt && choice === undefined && !hasArrived(order, parcel);
};

const openParcels = (order: PlacedOrder): readonly LostParcel[] => [...order.lost.values()].filter((parcel) => isOpen(order, parcel));

/** What is in parcels that are lost, and of which nobody decided anything, nor let them pass. */
export const lostLines = (order: PlacedOrder): readonly LineQuantity[] =>
  together(openParcels(order).flatMap(({ shipmentId, parcelId, lines }) => (order.waived.has(keyOf(shipmentId, parcelId)) ? [] : lines)));

/** Shipments of which parcels are lost, and nothing is decided. */
export const lostShipments = (order: PlacedOrder): readonly string[] => [
  ...new Set(openParcels(order).map(({ shipmentId }) => shipmentId)),
];

/** What was sent once more instead: nobody waits for it to arrive. */
export const sentAgain = (order: PlacedOrder): readonly LineQuantity[] =>
  [...order.lost.values()].flatMap((parcel) => (parcel.choice === 'resend' && !hasArrived(order, parcel) ? parcel.lines : []));

const parcelsAsked = (order: PlacedOrder, { shipmentId, parcels }: LossRequest): readonly string[] =>
  parcels ? [...new Set(parcels)] : openParcels(order).flatMap((parcel) => (parcel.shipmentId === shipmentId ? [parcel.parcelId] : []));

const requireLost = (order: PlacedOrder, request: LossRequest): readonly string[] => {
  const { shipmentId } = request;
  const parcels = parcelsAsked(order, request);
  if (parcels.length === 0)
    throw new Refused('PARCEL_NOT_LOST', `No parcel of shipment ${shipmentId} is lost, or what becomes of it is decided.`);
  const message = 'is not lost, or what becomes of it is decided';
  const faults = parcels.flatMap((parcelId, i): readonly FieldError[] => {
    const parcel = order.lost.get(keyOf(shipmentId, parcelId));
    return parcel && isOpen(order, parcel) ? [] : [{ field: `parcels[${i}]`, code: 'PARCEL_NOT_LOST', message }];
  });
  if (faults.length > 0)
    throw new Refused('PARCEL_NOT_LOST', `${faults.map(({ field }) => field).join(', ')} ${message}.`, 'conflict', faults);
  return parcels;
};

/** Nobody has paid for it yet, so it cannot be sent again for nothing. */
const requirePaidBefore = ({ placed: { payments } }: PlacedOrder, { choice }: LossRequest): void => {
  if (choice !== 'resend' || !payments.some(({ method }) => method === 'cod')) return;
  const message = 'cannot be `resend` where the customer pays at the door: give the money back, and let the customer order again';
  throw new Refused('RESEND_NOT_PAID', `choice ${message}.`, 'conflict', [{ field: 'choice', code: 'RESEND_NOT_PAID', message }]);
};

/** A person says what the customer gets for parcels of a shipment that are lost. */
export const resolveLost = (order: PlacedOrder, request: LossRequest): readonly Decision[] => {
  const { orderId } = order.placed;
  if (order.ended) throw new Refused('ORDER_ENDED', `The order is ${order.ended.as}.`);
  const { shipmentId, choice, resolutionId, replacementOrderId, reason, now } = request;
  const parcels = requireLost(order, request);
  requirePaidBefore(order, request);
  const lines = unitsWanted(
    order.progress,
    together(parcels.flatMap((parcelId) => order.lost.get(keyOf(shipmentId, parcelId))?.lines ?? [])),
  );
  const again = choice === 'resend' && lines.length > 0 ? { replacementOrderId } : {};
  const decided = { orderId, resolutionId, shipmentId, parcels, lines, choice, ...again, reason, resolvedAt: now };
  const resolved: Decision = { type: 'LostParcelsResolved', data: decided };
  if (choice === 'resend' || lines.length === 0) return [resolved];
  const cancelled = { orderId, cancellationId: resolutionId, lines, undelivered: { shipmentId, parcels }, reason, cancelledAt: now };
  return [resolved, { type: 'LineCancelled', data: cancelled }];
};

export const withResolution = (
  order: PlacedOrder,
  { choice, ...of }: { readonly shipmentId: string; readonly parcels: readonly string[]; readonly choice: string },
): PlacedOrder => {
  const known = lossChoices.find((each) => each === choice) ?? 'refund';
  return changed(order, of, (_, before) => ({ lines: [], ...before, choice: known }));
};
