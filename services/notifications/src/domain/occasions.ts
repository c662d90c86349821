import {
  AT_COUNTER,
  type FulfillmentEvent,
  type OrderEvent,
  ownValue,
  type PaymentEvent,
  type PublicEvent,
  type ReturnEvent,
  type ShippingEvent,
} from '@cartage/contracts';
import type { DataOf } from '@cartage/eventsourcing';
import type { Content } from './content';
import type { MessageKind } from './kinds';

/** A reason to write to the customer of an order. */
export interface Occasion {
  readonly orderId: string;
  readonly kind: MessageKind;
  readonly content: Content;
}

/** What is said of each event; nothing where an event is none of the customer's business, or another one says it. */
export type Occasions<Event extends PublicEvent> = {
  readonly [Type in Event['type']]?: (data: DataOf<Event, Type>) => Occasion | undefined;
};

const about = (kind: MessageKind, { orderId }: { readonly orderId: string }, content: Content = {}): Occasion => ({
  orderId,
  kind,
  content,
});

const optional = <Field extends string, Value>(field: Field, value: Value | undefined): { readonly [Key in Field]?: Value } =>
  (value === undefined ? {} : { [field]: value }) as { readonly [Key in Field]?: Value };

const digital = (
  { orderId, lines, personal }: Pick<DataOf<OrderEvent, 'DigitalResent'>, 'orderId' | 'lines' | 'personal'>,
  date: string,
): Occasion => about('digital-delivery', { orderId }, { lines, date, ...optional('personal', personal) });

/** Holds that the customer can do something about; the others are settled in the house. */
const holdOccasions: Readonly<Record<string, MessageKind>> = { 'stock-short': 'stock-short', 'payment-declined': 'payment-declined' };

export const orderOccasions: Occasions<OrderEvent> = {
  OrderPlaced: (placed) => about('order-confirmation', placed, { date: placed.placedAt }),
  OrderEdited: (edit) => about('order-edited', edit, { before: edit.totalsBefore.total, total: edit.totals.total, date: edit.editedAt }),
  LineCancelled: (cancelled) =>
    about(cancelled.reason.code === 'not-collected' ? 'pickup-expired' : 'order-cancelled', cancelled, {
      lines: cancelled.lines,
      reason: cancelled.reason.code,
      date: cancelled.cancelledAt,
    }),
  OrderCancellationRefused: (refused) => about('cancellation-refused', refused, { lines: refused.lines, date: refused.refusedAt }),
  HoldApplied: (hold) => {
    const kind = ownValue(holdOccasions, hold.type);
    return kind && about(kind, hold, { ...optional('lines', hold.lines), ...optional('until', hold.until), date: hold.appliedAt });
  },
  GoodsHandedOver: ({ method, handedOverAt: date, ...handover }) => (method === 'digital' ? digital(handover, date) : undefined),
  DigitalResent: ({ resentAt, ...handover }) => digital(handover, resentAt),
  /** Of goods that are late the promise tells, and nothing else: one delay is one message. A day that was sold stands on the confirmation. */
  PromiseMade: (made) => {
    const date = made.shipBy ?? made.deliverBy;
    return made.lines && date !== undefined ? about('backorder', made, { lines: made.lines, date }) : undefined;
  },
  PromiseMoved: (moved) => {
    const date = moved.deliverBy ?? moved.shipBy;
    const why = { ...optional('lines', moved.lines), reason: moved.reason.code };
    if (date === undefined) return about('delayed', moved, why);
    // It leaves on another day and comes on the same: nothing that the customer waits for has moved.
    const isSameDay = moved.deliverBy !== undefined && moved.deliverBy === moved.before.deliverBy;
    return isSameDay ? undefined : about('promise-moved', moved, { ...why, date });
  },
  DeadlineMissed: (missed) =>
    missed.deadline === 'deliver-by' ? about('delayed', missed, { lines: missed.lines, date: missed.dueAt }) : undefined,
};

type OfParcels = 'ShipmentDispatched' | 'ShipmentDelivered' | 'RtoInitiated';
const parcelsOf = ({ shipmentId, carrier, parcels }: DataOf<ShippingEvent, OfParcels>): Content => ({
  parcels: parcels.map(({ trackingNumber }) => ({ shipmentId, carrier, trackingNumber })),
});
const scanned = (kind: MessageKind, scan: DataOf<ShippingEvent, 'ShipmentOutForDelivery'>, reason?: string): Occasion => {
  const { shipmentId, carrier, trackingNumber, occurredAt: date } = scan;
  return about(kind, scan, { parcels: [{ shipmentId, carrier, trackingNumber }], date, ...optional('reason', reason) });
};

type Fetched = DataOf<FulfillmentEvent, 'ReadyForPickup' | 'PickupExtended' | 'PickupReminderDue'>;
const toFetch = (kind: MessageKind, waiting: Fetched): Occasion => {
  const { fulfillmentId, lines, place, expiresAt: until } = waiting;
  return about(kind, waiting, {
    ...{ lines, place: place.name, zone: place.timeZone, until },
    ...{ fetches: fulfillmentId, waitsFor: fulfillmentId },
  });
};

export const fulfillmentOccasions: Occasions<FulfillmentEvent> = {
  ReadyForPickup: (waiting) => toFetch('ready-for-pickup', waiting),
  PickupExtended: (waiting) => toFetch('ready-for-pickup', waiting),
  PickupReminderDue: (waiting) => toFetch('pickup-reminder', waiting),
  HandedOver: (handover) => about('collected', handover, { lines: handover.lines, date: handover.handedOverAt }),
};

export const shippingOccasions: Occasions<ShippingEvent> = {
  ShipmentDispatched: (shipment) =>
    shipment.carrier === AT_COUNTER
      ? undefined
      : about('dispatched', shipment, { ...parcelsOf(shipment), lines: shipment.lines, date: shipment.dispatchedAt }),
  ShipmentOutForDelivery: (scan) => scanned('out-for-delivery', scan),
  DeliveryAttemptFailed: (scan) => scanned('delivery-failed', scan, scan.reason.code),
  ShipmentException: (scan) => scanned('delivery-problem', scan, scan.reason.code),
  RtoInitiated: (shipment) =>
    about('delivery-problem', shipment, { ...parcelsOf(shipment), lines: shipment.lines, date: shipment.occurredAt, reason: 'returning' }),
  ShipmentDelivered: (shipment) =>
    shipment.carrier === AT_COUNTER
      ? undefined
      : about('delivered', shipment, { ...parcelsOf(shipment), lines: shipment.lines, date: shipment.occurredAt }),
};

const askedOf = ({
  currency,
  amount,
  action,
  expiresAt,
  authorizationId,
}: DataOf<PaymentEvent, 'PaymentPending' | 'PaymentReminderDue'>) => ({
  ...{ amount: { currency, amount }, until: expiresAt, waitsFor: authorizationId },
  ...optional('link', action.details),
});

export const paymentOccasions: Occasions<PaymentEvent> = {
  PaymentPending: (pending) => about('payment-action', pending, askedOf(pending)),
  PaymentReminderDue: (pending) => about('payment-reminder', pending, askedOf(pending)),
  PayLinkOffered: ({ orderId, currency, amount, link, expiresAt }) =>
    about('pay-link', { orderId }, { amount: { currency, amount }, link, until: expiresAt }),
  /** What goes into an exchange is no money that the customer sees. */
  RefundIssued: ({ orderId, currency, amount, tender, issuedAt }) =>
    tender === 'exchange'
      ? undefined
      : about('refund-issued', { orderId }, { amount: { currency, amount }, reason: tender, date: issuedAt }),
};

export const returnOccasions: Occasions<ReturnEvent> = {
  ReturnAuthorized: (authorized) =>
    about('return-authorized', authorized, {
      ...{ lines: authorized.lines, reference: authorized.returnId, date: authorized.authorizedAt },
      ...optional('until', authorized.expiresAt),
    }),
  ReturnLabelIssued: ({ orderId, url, customsUrl, trackingNumber, issuedAt }) =>
    url === undefined
      ? undefined
      : about('return-label', { orderId }, { url, ...optional('customsUrl', customsUrl), reference: trackingNumber, date: issuedAt }),
  ReturnDeclined: (declined) =>
    about('return-declined', declined, { lines: declined.lines, reason: declined.reason.code, date: declined.declinedAt }),
  ReturnExpiring: ({ orderId, returnId, lines, expiresAt }) =>
    about('return-expiring', { orderId }, { lines, reference: returnId, until: expiresAt }),
  ReturnExpired: ({ orderId, lines, expiredAt }) => about('return-expired', { orderId }, { lines, date: expiredAt }),
  ReturnReceived: (received) =>
    about('return-received', received, {
      lines: received.lines.flatMap(({ lineId, sku, quantity }) => (lineId === undefined ? [] : [{ lineId, sku, quantity }])),
      date: received.receivedAt,
    }),
  ReturnClosed: (closed) =>
    about('return-closed', closed, { amount: { currency: closed.currency, amount: closed.amount }, date: closed.closedAt }),
};
