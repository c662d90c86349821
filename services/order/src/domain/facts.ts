import { contracts, type LineQuantity, type PublicEvent } from '@cartage/contracts';
import type { DataOf } from '@cartage/eventsourcing';
import { withAnswer } from './cancellations';
import { shippedFrom } from './commitments';
import { exchangeSettled } from './exchange';
import { allocated, cancelledShipment, endedFulfillment, newestOf, packed, pickedShort, refused, unfillable } from './fulfillments';
import { counted, uncounted, type Units } from './lines';
import { wasFound, wasLost } from './lost-parcels';
import { latest } from './occasion';
import { captured, moved, pledged, voided, withPayment, withWays } from './payments';
import { withStockAnswer } from './handovers';
import { present } from './present';
import { withRaise } from './raise';
import { withHandover, withParcels, withShipment, type Milestone, type Shipment } from './shipments';
import type { PlacedOrder } from './state';
import { declined, notCollected } from './uncollected';
import { receivedBack, sentBack } from './undelivered';

/*
 * Every fact that an order hears from others, with what it changes in the order: the one list of them. The stream keeps each as it was told; what
 * follows from it the rules decide, which see the order only, never which fact came last: topics arrive in any order relative to each other.
 */

type FactType = PublicEvent['type'];
type Folds = { readonly [Type in FactType]?: (order: PlacedOrder, data: DataOf<PublicEvent, Type>) => PlacedOrder };

/** The line of a fact that changes nothing about the order, and is kept for its timeline. */
const kept = (order: PlacedOrder): PlacedOrder => order;

/** Facts that bring units of lines on, or back (`lines` says which): the status of lines and of the order follows. */
const movements = {
  StockAllocated: (order, data) => shippedFrom(allocated(order, data), data),
  FulfillmentRejected: (order, data) => endedFulfillment(order, { ...data, status: 'rejected', at: data.rejectedAt }),
  FulfillmentPickedShort: (order, { notedAt: at, ...data }) => pickedShort(order, { ...data, at }),
  HandedOver: declined,
  /** Units that no location was to ship yet have no fulfilment. */
  FulfillmentCancelled: (order, { fulfillmentId, location = '', ...data }) => {
    const answered = withAnswer(order, 'freed', data);
    return fulfillmentId === undefined
      ? answered
      : endedFulfillment(answered, { ...data, fulfillmentId, location, status: 'cancelled', at: data.cancelledAt });
  },
  ShipmentDispatched: (order, data) => ({
    ...order,
    shipments: withHandover(order.shipments, data),
    progress: counted(order.progress, 'shipped', data.lines),
  }),
  ShipmentDelivered: (order, data) => ({
    ...order,
    shipments: withParcels(order.shipments, data, { milestone: 'delivered', at: data.occurredAt }),
    progress: counted(order.progress, 'delivered', data.lines),
  }),
  RtoInitiated: sentBack,
  RtoReceived: receivedBack,
} satisfies Folds;

/** What came back of lines: a part of a kit is no unit of its line, and what is of no line counts for none. */
const wholeLines = ({ kits }: PlacedOrder, lines: DataOf<PublicEvent, 'ReturnReceived'>['lines']): Units =>
  lines.flatMap(({ lineId, sku, quantity }) =>
    lineId === undefined || kits.get(lineId)?.some((part) => part.sku === sku) ? [] : [{ lineId, quantity }],
  );

/** Facts that do the same for lines alone. */
const lineMovements = {
  ShipmentPacked: packed,
  ShipmentCancelled: cancelledShipment,
  ReturnReceived: (order, { lines }) => ({ ...order, progress: counted(order.progress, 'returned', wholeLines(order, lines)) }),
} satisfies Folds;

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

/** Orders without kits pay nothing for it. */
const withKits = (before: PlacedOrder['kits'], lines: readonly LineQuantity[]): PlacedOrder['kits'] => {
  const told = lines.flatMap(({ lineId, parts }) => (parts && parts.length > 0 && !before.has(lineId) ? [[lineId, parts] as const] : []));
  return told.length > 0 ? new Map([...before, ...told]) : before;
};

/** What was decided about it stays, whatever is heard late. */
const withChargeback = (order: PlacedOrder, chargebackId: string, told: 'open' | 'won' | 'lost'): PlacedOrder =>
  told === 'open' && order.chargebacks.has(chargebackId)
    ? order
    : { ...order, chargebacks: new Map(order.chargebacks).set(chargebackId, told) };

/** When the goods are expected that these lines wait for, as far as anybody knows. */
const awaited = (
  order: PlacedOrder,
  { lines }: { readonly lines: readonly { readonly lineId: string; readonly promisedAt?: string }[] },
): PlacedOrder => ({ ...order, expected: new Map([...order.expected, ...lines.map((line) => [line.lineId, line.promisedAt] as const)]) });

/** Facts that no table shows. */
const notices = {
  StockReserved: (order, { lines }) => ({
    ...order,
    kits: withKits(order.kits, lines),
    progress: counted(order.progress, 'reserved', lines),
  }),
  StockShort: (order, { short, decidedAt: at }) => ({ ...order, short: newestOf(order.short, short, (line) => ({ ...line, at })) }),
  StockBackordered: awaited,
  BackorderMoved: awaited,
  StockReleased: (order, { lines }) => ({ ...order, progress: uncounted(order.progress, 'reserved', lines) }),
  StockHandedOver: (order, data) => withStockAnswer(order, 'booked', { handoverId: data.handoverId }),
  HandoverRefused: (order, data) => withStockAnswer(order, 'refused', data),
  AllocationRefused: refused,
  FulfillmentUnfillable: unfillable,
  FulfillmentCancellationRefused: (order, data) => withAnswer(order, 'refused', data),
  ArrivedAtStore: kept,
  ReadyForPickup: kept,
  PickupExtended: kept,
  PickupExpired: notCollected,

  PaymentAuthorized: (order, { paymentId, authorizationId, amount, verdict }) =>
    pledged(order, paymentId, [authorizationId, { outcome: 'authorized', amount, verdict }]),
  CodAccepted: (order, { paymentId, authorizationId, amount, verdict }) =>
    pledged(order, paymentId, [authorizationId, { outcome: 'cod-accepted', amount, verdict }]),
  PaymentPending: (order, { paymentId, action, expiresAt }) => withPayment(order, paymentId, () => ({ pending: { action, expiresAt } })),
  PayLinkUsed: (order, { paymentId, method, amount, replaces }) => withWays(order, [{ paymentId, method, amount }], replaces),
  ReviewRequired: (order, { paymentId, verdict, orderVersion: version }) =>
    version === undefined
      ? withPayment(order, paymentId, () => ({ review: { verdict } }))
      : withRaise(order, 'review', { version, verdict }),
  PaymentDeclined: (order, { paymentId, reason, retryable, verdict, declinedAt: at, orderVersion: version }) => {
    const decline = { reason, retryable, at, ...present({ verdict }) };
    return version === undefined
      ? withPayment(order, paymentId, () => ({ decline }))
      : withRaise(order, 'decline', { ...decline, version });
  },
  AuthorizationExpired: (order, { paymentId, authorizationId, expiredAt }) => ({
    ...withPayment(order, paymentId, ({ expired }) => ({ expired: new Set(expired).add(authorizationId) })),
    expiredAt: latest(expiredAt, order.expiredAt),
  }),
  PaymentCaptured: (order, data) => captured(moved(order, 'captured', data), data),
  CodCollected: (order, data) => moved(order, 'collected', data),
  RefundIssued: (order, data) => moved(order, 'refunded', data),
  CreditReturned: (order, { amount }) => moved(order, 'refunded', { amount: 0 - amount }),
  PaymentVoided: voided,
  AmountDueChanged: kept,
  CaptureFailed: (order, { paymentId, captureId }) =>
    withPayment(order, paymentId, ({ failed }) => ({ failed: new Set(failed).add(captureId) })),
  CodRemitted: kept,
  VoidFailed: kept,
  RefundFailed: kept,
  ChargebackOpened: (order, { chargebackId }) => withChargeback(order, chargebackId, 'open'),
  ChargebackWon: (order, { chargebackId }) => withChargeback(order, chargebackId, 'won'),
  ChargebackLost: (order, { chargebackId }) => withChargeback(order, chargebackId, 'lost'),

  ShipmentPicked: kept,
  LabelFailed: (order, data) => ({
    ...order,
    shipments: withShipment(order.shipments, data, { milestone: 'label-failed', at: data.failedAt }),
  }),
  ShipmentInTransit: scanned('in-transit'),
  ShipmentOutForDelivery: scanned('out-for-delivery'),
  DeliveryAttemptFailed: scanned('attempt-failed'),
  ShipmentException: scanned('exception'),
  RtoInTransit: scanned('returning'),
  ParcelLost: wasLost,
  ParcelFound: wasFound,
  DestinationChangeRefused: kept,

  ReturnRequested: kept,
  ReturnAuthorized: kept,
  ReturnDeclined: kept,
  ItemGraded: kept,
  ReturnClosed: kept,
  ReturnExpired: kept,
  ReturnCancelled: kept,
  ExchangeRequested: kept,
  ExchangeSettled: exchangeSettled,
  ExchangeOverdue: kept,
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
