import type { Reason } from '@cartage/contracts';
import type { DataOf } from '@cartage/eventsourcing';
import type { OrderEvent, OrderEventType } from '../domain/events';
import type { Units } from '../domain/lines';

/** What an event says to a person who follows the order. */
export interface Words {
  /** Of the vocabulary: `placed`, `allocated`, `packed`, `in-transit`, `delivered`, `return-received` … */
  readonly step: string;
  /** When it happened, by the clock of whoever told it. */
  readonly at: string;
  readonly detail?: string;
  /** The lines that it concerns; absent: the whole order, or all that is in the parcel. */
  readonly lines?: Units;
}

const said = (...texts: readonly (string | undefined)[]): { readonly detail?: string } => {
  const there = texts.filter((text) => text !== undefined);
  return there.length > 0 ? { detail: there.join(' ') } : {};
};
const money = ({ amount, currency }: { readonly amount: number; readonly currency: string }): string =>
  `${amount} ${currency} (minor units)`;
const why = ({ code, detail, by }: Reason): string => `by ${by}: ${code}${detail === undefined ? '' : ` (${detail})`}`;
const scored = ({ score, rules }: { readonly score: number; readonly rules: string }): string => `score ${score} by rules ${rules}`;
const requested = (short: readonly { readonly lineId: string; readonly requested: number }[]): Units =>
  short.map(({ lineId, requested: quantity }) => ({ lineId, quantity }));

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

const tracked = (carrier: string, parcels: readonly { readonly trackingNumber: string }[]): { readonly detail?: string } =>
  said(carrier, ...parcels.map(({ trackingNumber }) => trackingNumber));

/** A word for everything that can happen to an order. */
const words: { readonly [Type in OrderEventType]: (data: DataOf<OrderEvent, Type>) => Words } = {
  OrderPlaced: ({ placedAt, channel, externalOrderId }) => ({ step: 'placed', at: placedAt, ...said(channel, externalOrderId) }),
  OrderConfirmed: ({ confirmedAt }) => ({ step: 'confirmed', at: confirmedAt }),
  HoldApplied: ({ appliedAt, type, reason, lines }) => ({
    step: 'on-hold',
    at: appliedAt,
    ...said(`${type}:`, reason.detail ?? reason.code),
    ...(lines ? { lines } : {}),
  }),
  HoldReleased: ({ releasedAt, type, resolution }) => ({ step: 'hold-released', at: releasedAt, ...said(`${type}:`, resolution) }),
  CancellationRequested: ({ requestedAt, reason, lines }) => ({
    step: 'cancellation-requested',
    at: requestedAt,
    ...said(why(reason)),
    lines,
  }),
  OrderCancellationRefused: ({ refusedAt, reason, lines }) => ({
    step: 'cancellation-refused',
    at: refusedAt,
    ...said('Too late:', why(reason)),
    lines,
  }),
  LineCancelled: ({ cancelledAt, reason, lines }) => ({ step: 'line-cancelled', at: cancelledAt, ...said(why(reason)), lines }),
  OrderCancelled: ({ cancelledAt, reason }) => ({ step: 'cancelled', at: cancelledAt, ...said(why(reason)) }),
  OrderCompleted: ({ completedAt }) => ({ step: 'completed', at: completedAt }),

  StockReserved: ({ reservedAt, lines }) => ({ step: 'reserved', at: reservedAt, lines }),
  StockShort: ({ decidedAt, short }) => ({ step: 'stock-short', at: decidedAt, lines: requested(short) }),
  StockAllocated: ({ allocatedAt, lines }) => ({ step: 'allocated', at: allocatedAt, lines }),
  AllocationRefused: ({ refusedAt, short }) => ({ step: 'allocation-refused', at: refusedAt, lines: requested(short) }),

  StockReleased: ({ releasedAt, reason, lines }) => ({ step: 'reservation-released', at: releasedAt, ...said(why(reason)), lines }),

  PaymentAuthorized: ({ authorizedAt, verdict, ...payment }) => ({
    step: 'verified',
    at: authorizedAt,
    ...said('authorized', money(payment), scored(verdict)),
  }),
  CodAccepted: ({ acceptedAt, verdict }) => ({ step: 'verified', at: acceptedAt, ...said('cod-accepted', scored(verdict)) }),
  ReviewRequired: ({ requiredAt, verdict }) => ({ step: 'under-review', at: requiredAt, ...said(scored(verdict)) }),
  PaymentDeclined: ({ declinedAt, reason }) => ({ step: 'payment-declined', at: declinedAt, ...said(why(reason)) }),
  PaymentCaptured: ({ capturedAt, ...payment }) => ({ step: 'captured', at: capturedAt, ...said(money(payment)) }),
  CaptureFailed: ({ failedAt, reason, ...payment }) => ({ step: 'capture-failed', at: failedAt, ...said(money(payment), why(reason)) }),
  CodCollected: ({ collectedAt, ...payment }) => ({ step: 'cod-collected', at: collectedAt, ...said(money(payment)) }),
  CodRemitted: ({ remittedAt, reference, ...payment }) => ({ step: 'cod-remitted', at: remittedAt, ...said(money(payment), reference) }),
  PaymentVoided: ({ voidedAt, reason, ...payment }) => ({ step: 'voided', at: voidedAt, ...said(money(payment), why(reason)) }),
  RefundIssued: ({ issuedAt, tender, ...payment }) => ({ step: 'refunded', at: issuedAt, ...said(money(payment), tender) }),
  RefundFailed: ({ failedAt, reason, ...payment }) => ({ step: 'refund-failed', at: failedAt, ...said(money(payment), why(reason)) }),

  FulfillmentRejected: ({ rejectedAt, reason, lines }) => ({ step: 'fulfillment-rejected', at: rejectedAt, ...said(why(reason)), lines }),
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

  ShipmentPacked: ({ packedAt, lines }) => ({ step: 'packed', at: packedAt, lines }),
  LabelFailed: ({ failedAt, carrier, reason }) => ({ step: 'label-failed', at: failedAt, ...said(carrier, why(reason)) }),
  ShipmentDispatched: ({ dispatchedAt, carrier, parcels, lines }) => ({
    step: 'handed-over',
    at: dispatchedAt,
    ...tracked(carrier, parcels),
    lines,
  }),
  ShipmentInTransit: scan('in-transit'),
  ShipmentOutForDelivery: scan('out-for-delivery'),
  DeliveryAttemptFailed: scan('attempt-failed'),
  ShipmentException: scan('exception'),
  ShipmentDelivered: ({ occurredAt, carrier, parcels, lines }) => ({
    step: 'delivered',
    at: occurredAt,
    ...tracked(carrier, parcels),
    lines,
  }),
  RtoInitiated: scan('returning'),
  ShipmentCancelled: ({ cancelledAt, reason, lines }) => ({ step: 'shipment-cancelled', at: cancelledAt, ...said(why(reason)), lines }),

  ReturnRequested: ({ requestedAt, lines }) => ({ step: 'return-requested', at: requestedAt, lines }),
  ReturnAuthorized: ({ authorizedAt, by, policy, lines }) => ({
    step: 'return-authorized',
    at: authorizedAt,
    ...said('by', by, policy),
    lines,
  }),
  ReturnDeclined: ({ declinedAt, reason, lines }) => ({ step: 'return-declined', at: declinedAt, ...said(why(reason)), lines }),
  ReturnReceived: ({ receivedAt, lines }) => ({ step: 'return-received', at: receivedAt, lines }),
  ItemGraded: ({ gradedAt, grade, disposition, lineId, quantity }) => ({
    step: 'return-graded',
    at: gradedAt,
    ...said(`grade ${grade}`, disposition),
    lines: [{ lineId, quantity }],
  }),
  ReturnClosed: ({ closedAt, ...refunded }) => ({ step: 'return-closed', at: closedAt, ...said(money(refunded)) }),
};

/** Every type of event that an order's history is made of. */
export const eventTypes = Object.keys(words) as readonly OrderEventType[];

export const wordsOf = ({ type, data }: OrderEvent): Words => (words[type] as (data: unknown) => Words)(data);
