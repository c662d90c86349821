import type { Reason } from '@cartage/contracts';
import type { DataOf } from '@cartage/eventsourcing';
import type { OrderEvent, OrderEventType } from '../domain/events';
import { expected, money, requested, said, scored, why, type Words } from './phrases';
import { decisionWords } from './timeline-decisions';

export type { Words } from './phrases';

/** Units of what came back; of what is of no line of the order, none. */
const ofOrder = ({ lineId, quantity }: { readonly lineId?: string; readonly quantity: number }): NonNullable<Words['lines']> =>
  lineId === undefined ? [] : [{ lineId, quantity }];

/** A carrier's scan of one parcel. */
const scan =
  (step: string) =>
  ({
    occurredAt: at,
    carrier,
    trackingNumber,
    place,
    reason,
  }: {
    readonly occurredAt: string;
    readonly carrier: string;
    readonly trackingNumber: string;
    readonly place?: string;
    readonly reason?: Reason;
  }): Words => ({ step, at, ...said(carrier, trackingNumber, place, reason && why(reason)) });

type Parcels = readonly { readonly trackingNumber: string }[];
const tracked = (carrier: string, parcels: Parcels, ...more: readonly (string | undefined)[]): { readonly detail?: string } =>
  said(carrier, ...parcels.map(({ trackingNumber }) => trackingNumber), ...more);

/** A word for everything that can happen to an order. */
const words: { readonly [Type in OrderEventType]: (data: DataOf<OrderEvent, Type>) => Words } = {
  ...decisionWords,

  StockReserved: ({ reservedAt, lines }) => ({ step: 'reserved', at: reservedAt, lines }),
  StockShort: ({ decidedAt, short }) => ({ step: 'stock-short', at: decidedAt, lines: requested(short) }),
  StockAllocated: ({ allocatedAt, lines }) => ({ step: 'allocated', at: allocatedAt, lines }),
  AllocationRefused: ({ refusedAt, short }) => ({ step: 'allocation-refused', at: refusedAt, lines: requested(short) }),

  StockHandedOver: ({ handedOverAt, lines }) => ({ step: 'taken-off-the-books', at: handedOverAt, lines }),
  HandoverRefused: ({ refusedAt, short }) => ({ step: 'handover-refused', at: refusedAt, lines: requested(short) }),

  StockBackordered: ({ backorderedAt, lines }) => ({ step: 'backordered', at: backorderedAt, ...said(expected(lines)), lines }),
  BackorderMoved: ({ movedAt, reason, lines }) => ({ step: 'backorder-moved', at: movedAt, ...said(expected(lines), why(reason)), lines }),
  StockReleased: ({ releasedAt, reason, lines }) => ({ step: 'reservation-released', at: releasedAt, ...said(why(reason)), lines }),

  PaymentAuthorized: ({ authorizedAt, verdict, ...payment }) => ({
    step: 'verified',
    at: authorizedAt,
    ...said('authorized', money(payment), scored(verdict)),
  }),
  CodAccepted: ({ acceptedAt, verdict }) => ({ step: 'verified', at: acceptedAt, ...said('cod-accepted', scored(verdict)) }),
  ReviewRequired: ({ requiredAt, verdict }) => ({ step: 'under-review', at: requiredAt, ...said(scored(verdict)) }),
  PaymentDeclined: ({ declinedAt, reason }) => ({ step: 'payment-declined', at: declinedAt, ...said(why(reason)) }),
  PayLinkUsed: ({ usedAt, ...payment }) => ({ step: 'pay-link-used', at: usedAt, ...said(money(payment)) }),
  PaymentPending: ({ pendingAt, action, ...payment }) => ({
    step: 'payment-pending',
    at: pendingAt,
    ...said(money(payment), `the customer has to act: ${action.kind}`),
  }),
  AuthorizationExpired: ({ expiredAt, ...payment }) => ({ step: 'authorization-expired', at: expiredAt, ...said(money(payment)) }),
  AmountDueChanged: ({ changedAt, due: amount, before, currency, reason }) => ({
    step: 'amount-due-changed',
    at: changedAt,
    ...said(`${before} to ${money({ amount, currency })}`, why(reason)),
  }),
  PaymentCaptured: ({ capturedAt, ...payment }) => ({ step: 'captured', at: capturedAt, ...said(money(payment)) }),
  CaptureFailed: ({ failedAt, reason, ...payment }) => ({ step: 'capture-failed', at: failedAt, ...said(money(payment), why(reason)) }),
  CodCollected: ({ collectedAt, ...payment }) => ({ step: 'cod-collected', at: collectedAt, ...said(money(payment)) }),
  CodRemitted: ({ remittedAt, reference, ...payment }) => ({ step: 'cod-remitted', at: remittedAt, ...said(money(payment), reference) }),
  PaymentVoided: ({ voidedAt, reason, ...payment }) => ({ step: 'voided', at: voidedAt, ...said(money(payment), why(reason)) }),
  VoidFailed: ({ failedAt, reason, ...payment }) => ({ step: 'void-failed', at: failedAt, ...said(money(payment), why(reason)) }),
  ChargebackOpened: ({ openedAt, reason, ...payment }) => ({ step: 'chargeback', at: openedAt, ...said(money(payment), why(reason)) }),
  ChargebackWon: ({ decidedAt, ...payment }) => ({ step: 'chargeback-won', at: decidedAt, ...said(money(payment)) }),
  ChargebackLost: ({ decidedAt, ...payment }) => ({ step: 'chargeback-lost', at: decidedAt, ...said(money(payment)) }),
  RefundIssued: ({ issuedAt, tender, ...payment }) => ({ step: 'refunded', at: issuedAt, ...said(money(payment), tender) }),
  CreditReturned: ({ returnedAt, ...credit }) => ({ step: 'credit-returned', at: returnedAt, ...said(money(credit)) }),
  RefundFailed: ({ failedAt, reason, ...payment }) => ({ step: 'refund-failed', at: failedAt, ...said(money(payment), why(reason)) }),

  FulfillmentRejected: ({ rejectedAt, reason, lines }) => ({ step: 'fulfillment-rejected', at: rejectedAt, ...said(why(reason)), lines }),
  FulfillmentPickedShort: ({ notedAt, location, short }) => ({
    step: 'picked-short',
    at: notedAt,
    ...said(location, [...new Set(short.map(({ reason }) => why(reason)))].join(', ')),
    lines: short.map(({ lineId, sku, quantity }) => ({ lineId, sku, quantity })),
  }),
  FulfillmentCancelled: ({ cancelledAt, reason, lines }) => ({
    step: 'fulfillment-cancelled',
    at: cancelledAt,
    ...said(why(reason)),
    lines,
  }),
  FulfillmentCancellationRefused: ({ refusedAt, reason, lines }) => ({
    step: 'fulfillment-cancellation-refused',
    at: refusedAt,
    ...said(why(reason)),
    lines,
  }),
  FulfillmentUnfillable: ({ decidedAt, reason, lines }) => ({
    step: 'unfillable',
    at: decidedAt,
    ...said(why(reason)),
    lines: requested(lines),
  }),

  ReadyForPickup: ({ readyAt: at, place, expiresAt, lines }) => ({
    step: 'ready-for-pickup',
    at,
    ...said(place.name, `until ${expiresAt}`),
    lines,
  }),
  PickupExtended: ({ extendedAt: at, expiresAt, reason, lines }) => ({
    ...{ step: 'pickup-extended', at, lines },
    ...said(`until ${expiresAt}`, why(reason)),
  }),
  HandedOver: ({ handedOverAt: at, location, verifiedBy, reason, lines }) => ({
    ...{ step: 'collected', at, lines },
    ...said('at', location, `by ${verifiedBy}`, reason && why(reason)),
  }),
  PickupExpired: ({ expiredAt, location, lines }) => ({ step: 'not-collected', at: expiredAt, ...said('at', location), lines }),

  ShipmentPicked: ({ pickedAt, lines }) => ({ step: 'picked', at: pickedAt, lines }),
  ShipmentPacked: ({ packedAt, lines }) => ({ step: 'packed', at: packedAt, lines }),
  LabelFailed: ({ failedAt, carrier, reason }) => ({ step: 'label-failed', at: failedAt, ...said(carrier, why(reason)) }),
  ShipmentDispatched: ({ dispatchedAt: at, carrier, parcels, lines }) => ({ step: 'handed-over', at, ...tracked(carrier, parcels), lines }),
  ShipmentInTransit: scan('in-transit'),
  ShipmentOutForDelivery: scan('out-for-delivery'),
  DeliveryAttemptFailed: scan('attempt-failed'),
  ShipmentException: scan('exception'),
  ShipmentDelivered: ({ occurredAt: at, carrier, parcels, lines }) => ({ step: 'delivered', at, ...tracked(carrier, parcels), lines }),
  RtoInitiated: ({ occurredAt: at, carrier, parcels, lines, place, reason }) => ({
    ...{ step: 'returning', at, lines },
    ...tracked(carrier, parcels, place, why(reason)),
  }),
  ArrivedAtStore: ({ occurredAt: at, store, lines }) => ({ step: 'arrived-at-store', at, ...said('at', store), lines }),
  RtoInTransit: scan('returning'),
  ParcelLost: ({ lostAt: at, carrier, parcels, lines, reason }) => ({ step: 'lost', at, ...tracked(carrier, parcels, why(reason)), lines }),
  ParcelFound: ({ foundAt: at, carrier, parcels, lines, reason }) => ({
    step: 'found',
    at,
    ...tracked(carrier, parcels, why(reason)),
    lines,
  }),
  RtoReceived: ({ receivedAt, dock, parcels, lines }) => ({
    step: 'returned-to-origin',
    at: receivedAt,
    ...said('at', dock, ...parcels.map(({ trackingNumber }) => trackingNumber)),
    lines,
  }),
  ShipmentCancelled: ({ cancelledAt, reason, lines }) => ({ step: 'shipment-cancelled', at: cancelledAt, ...said(why(reason)), lines }),

  DestinationChangeRefused: ({ refusedAt, reason }) => ({ step: 'destination-change-refused', at: refusedAt, ...said(why(reason)) }),

  ReturnRequested: ({ requestedAt, lines }) => ({ step: 'return-requested', at: requestedAt, lines }),
  ReturnAuthorized: ({ authorizedAt, by, policy, lines }) => ({
    step: 'return-authorized',
    at: authorizedAt,
    ...said('by', by, policy),
    lines,
  }),
  ReturnDeclined: ({ declinedAt, reason, lines }) => ({ step: 'return-declined', at: declinedAt, ...said(why(reason)), lines }),
  ReturnReceived: ({ receivedAt, lines }) => ({ step: 'return-received', at: receivedAt, lines: lines.flatMap(ofOrder) }),
  ItemGraded: ({ gradedAt, grade, disposition, ...units }) => ({
    step: 'return-graded',
    at: gradedAt,
    ...said(...(grade === undefined ? [] : [`grade ${grade}`]), disposition),
    lines: ofOrder(units),
  }),
  ReturnExpired: ({ expiredAt, lines }) => ({ step: 'return-expired', at: expiredAt, lines }),
  ReturnCancelled: ({ cancelledAt, reason, lines }) => ({ step: 'return-cancelled', at: cancelledAt, ...said(why(reason)), lines }),
  ExchangeRequested: ({ requestedAt, lines }) => ({ step: 'exchange-requested', at: requestedAt, lines }),
  ExchangeSettled: ({ settledAt, outcome, ...credit }) => ({ step: 'exchange-settled', at: settledAt, ...said(outcome, money(credit)) }),
  ExchangeOverdue: ({ noticedAt }) => ({ step: 'exchange-overdue', at: noticedAt }),
  ReturnClosed: ({ closedAt, ...refunded }) => ({ step: 'return-closed', at: closedAt, ...said(money(refunded)) }),
};

/** Every type of event that an order's history is made of. */
export const eventTypes = Object.keys(words) as readonly OrderEventType[];

export const wordsOf = ({ type, data }: OrderEvent): Words => (words[type] as (data: unknown) => Words)(data);
