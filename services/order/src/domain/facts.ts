import { contracts, type PublicEvent } from '@cartage/contracts';
import type { DataOf } from '@cartage/eventsourcing';
import { counted, uncounted } from './lines';
import { isOutdated, withParcels, withShipment, type Milestone, type Shipment } from './shipments';
import { present } from './present';
import type { Fulfillment, Money, Payment, PlacedOrder } from './state';

/*
 * Every fact that an order hears from others, with what it changes in the order: the one list of them. The stream keeps each as it was told; what
 * follows from it the rules decide, which see the order only, never which fact came last: topics arrive in any order relative to each other.
 */

type FactType = PublicEvent['type'];
type Folds = { readonly [Type in FactType]?: (order: PlacedOrder, data: DataOf<PublicEvent, Type>) => PlacedOrder };

/** The line of a fact that changes nothing about the order, and is kept for its timeline. */
const kept = (order: PlacedOrder): PlacedOrder => order;

const withFulfillment = (order: PlacedOrder, fulfillment: Fulfillment): PlacedOrder => ({
  ...order,
  fulfillments: new Map(order.fulfillments).set(fulfillment.fulfillmentId, fulfillment),
});

/** In vain where the location has rejected it already. */
const allocated = (order: PlacedOrder, { fulfillmentId, location, lines }: DataOf<PublicEvent, 'StockAllocated'>): PlacedOrder => {
  const before = order.fulfillments.get(fulfillmentId);
  if (before?.status === 'rejected') return order;
  return {
    ...withFulfillment(order, { fulfillmentId, location, status: 'allocated', lines }),
    progress: counted(uncounted(order.progress, 'allocated', before?.lines ?? []), 'allocated', lines),
  };
};

const rejected = (order: PlacedOrder, data: DataOf<PublicEvent, 'FulfillmentRejected'>): PlacedOrder => {
  const { fulfillmentId, location } = data;
  const rejectedAt = new Map(order.rejectedAt);
  for (const { lineId } of data.lines) rejectedAt.set(lineId, later(data.rejectedAt, rejectedAt.get(lineId)));
  return {
    ...withFulfillment(order, { fulfillmentId, location, status: 'rejected', lines: [] }),
    progress: uncounted(order.progress, 'allocated', order.fulfillments.get(fulfillmentId)?.lines ?? []),
    rejectedAt,
  };
};

const later = (one: string, other: string | undefined): string =>
  other === undefined || Date.parse(one) > Date.parse(other) ? one : other;

/** Packed again, the later packing counts. */
const packed = (order: PlacedOrder, data: DataOf<PublicEvent, 'ShipmentPacked'>): PlacedOrder => {
  const shipment = order.shipments.get(data.shipmentId);
  const { lines, parcels, packedAt: at } = data;
  if (isOutdated(shipment, at)) return order;
  return {
    ...order,
    shipments: withShipment(order.shipments, data, { milestone: 'packed', at, packing: { lines, parcels, at } }),
    progress: counted(uncounted(order.progress, 'packed', shipment?.packing?.lines ?? []), 'packed', lines),
  };
};

const cancelledShipment = (order: PlacedOrder, data: DataOf<PublicEvent, 'ShipmentCancelled'>): PlacedOrder => {
  const at = data.cancelledAt;
  return {
    ...order,
    shipments: withShipment(order.shipments, data, { milestone: 'cancelled', at, packing: { lines: [], parcels: [], at } }),
    progress: uncounted(order.progress, 'packed', order.shipments.get(data.shipmentId)?.packing?.lines ?? []),
  };
};

/** Facts that bring units of lines on, or back (`lines` says which): the status of lines and of the order follows. */
const movements = {
  StockAllocated: allocated,
  FulfillmentRejected: rejected,
  ShipmentDispatched: (order, data) => ({
    ...order,
    shipments: withParcels(order.shipments, data, { milestone: 'handed-over', at: data.dispatchedAt }),
    progress: counted(order.progress, 'shipped', data.lines),
  }),
  ShipmentDelivered: (order, data) => ({
    ...order,
    shipments: withParcels(order.shipments, data, { milestone: 'delivered', at: data.occurredAt }),
    progress: counted(order.progress, 'delivered', data.lines),
  }),
} satisfies Folds;

/** Facts that do the same for lines alone. */
const lineMovements = {
  ShipmentPacked: packed,
  ShipmentCancelled: cancelledShipment,
  ReturnReceived: (order, { lines }) => ({ ...order, progress: counted(order.progress, 'returned', lines) }),
} satisfies Folds;

const withPayment = (order: PlacedOrder, paymentId: string, told: Payment): PlacedOrder => ({
  ...order,
  payments: new Map(order.payments).set(paymentId, { ...order.payments.get(paymentId), ...told }),
});

const added = (order: PlacedOrder, to: keyof Money, { amount }: { readonly amount: number }): PlacedOrder => ({
  ...order,
  money: { ...order.money, [to]: order.money[to] + amount },
});

type ByLine<Each> = ReadonlyMap<string, Each>;
type AnyLine = { readonly lineId: string };

/** The newest that was said of each line. */
const newestOf = <Line extends AnyLine, Each>(before: ByLine<Each>, lines: readonly Line[], about: (line: Line) => Each): ByLine<Each> =>
  new Map([...before, ...lines.map((line) => [line.lineId, about(line)] as const)]);

const unfillable = (order: PlacedOrder, { lines, reason, decidedAt: at }: DataOf<PublicEvent, 'FulfillmentUnfillable'>): PlacedOrder => {
  const newer = lines.filter(({ lineId }) => later(at, order.unfillable.get(lineId)?.at) === at);
  return { ...order, unfillable: newestOf(order.unfillable, newer, () => ({ at, reason })) };
};

const refused = (order: PlacedOrder, { fulfillmentId, location }: DataOf<PublicEvent, 'AllocationRefused'>): PlacedOrder =>
  order.fulfillments.has(fulfillmentId) ? order : withFulfillment(order, { fulfillmentId, location, status: 'refused', lines: [] });

/** A carrier's scan of one parcel. */
const scanned =
  (milestone: Milestone) =>
  (
    order: PlacedOrder,
    scan: Pick<Shipment, 'shipmentId' | 'fulfillmentId' | 'location'> & {
      readonly carrier: string;
      readonly parcelId: string;
      readonly trackingNumber: string;
      readonly occurredAt: string;
    },
  ): PlacedOrder => ({
    ...order,
    shipments: withParcels(order.shipments, { ...scan, parcels: [scan] }, { milestone, at: scan.occurredAt }),
  });

/** Facts that no table shows. */
const notices = {
  StockReserved: (order, { lines }) => ({ ...order, progress: counted(order.progress, 'reserved', lines) }),
  StockShort: (order, { short }) => ({ ...order, short: newestOf(order.short, short, (line) => line) }),
  AllocationRefused: refused,
  FulfillmentUnfillable: unfillable,

  PaymentAuthorized: (order, { paymentId, verdict }) => withPayment(order, paymentId, { promise: { outcome: 'authorized', verdict } }),
  CodAccepted: (order, { paymentId, verdict }) => withPayment(order, paymentId, { promise: { outcome: 'cod-accepted', verdict } }),
  ReviewRequired: (order, { paymentId, verdict }) => withPayment(order, paymentId, { review: { verdict } }),
  PaymentDeclined: (order, { paymentId, reason, verdict }) =>
    withPayment(order, paymentId, { decline: { reason, ...present({ verdict }) } }),
  PaymentCaptured: (order, data) => added(order, 'captured', data),
  CodCollected: (order, data) => added(order, 'collected', data),
  RefundIssued: (order, data) => added(order, 'refunded', data),
  CaptureFailed: kept,
  CodRemitted: kept,
  PaymentVoided: kept,
  RefundFailed: kept,

  LabelFailed: (order, data) => ({
    ...order,
    shipments: withShipment(order.shipments, data, { milestone: 'label-failed', at: data.failedAt }),
  }),
  ShipmentInTransit: scanned('in-transit'),
  ShipmentOutForDelivery: scanned('out-for-delivery'),
  DeliveryAttemptFailed: scanned('attempt-failed'),
  ShipmentException: scanned('exception'),
  RtoInitiated: scanned('returning'),

  ReturnRequested: kept,
  ReturnAuthorized: kept,
  ReturnDeclined: kept,
  ItemGraded: kept,
  ReturnClosed: kept,
} satisfies Folds;

export const facts = { ...movements, ...lineMovements, ...notices };

/** A fact of another service, as its contract has it. */
export type Fact = Extract<PublicEvent, { readonly type: keyof typeof facts }>;
/** One that moves units. */
export type Movement = Extract<Fact, { readonly type: keyof typeof movements | keyof typeof lineMovements }>;

/** What the status of an order may follow from, and what the status of a line may follow from. */
export const orderMovements: readonly string[] = Object.keys(movements);
export const allMovements: readonly string[] = Object.keys({ ...movements, ...lineMovements });

/** The contracts of all of them: what the order listens to. */
export const factContracts = contracts.filter(({ type }) => Object.hasOwn(facts, type));
