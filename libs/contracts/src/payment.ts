import { contractsOf, type EventOf } from './event';
import { amount, orderId, paymentMethods, reason } from './parts';
import { integer, list, money, object, oneOf, optional, text, time, uuid } from './schema';
import { Topics } from './topics';

const event = contractsOf(Topics.payment);
export const verdict = object({
  decision: oneOf(['accept', 'review', 'reject']),
  score: integer('0 (harmless) to 100.'),
  reasons: list(reason),
  rules: text('Version of the rule set.'),
});
const method = oneOf(paymentMethods);
const provider = text('Name of the payment provider’s adapter.');

export const PaymentAuthorized = event(
  'PaymentAuthorized',
  'The money is promised: the order may be routed. Verified and accepted before.',
  object({ orderId, ...amount, method, provider, authorizationId: text(), verdict, authorizedAt: time() }),
);

export const CodAccepted = event(
  'CodAccepted',
  'The order ships unpaid; the carrier collects.',
  object({ orderId, ...amount, verdict, acceptedAt: time() }),
);

export const PaymentDeclined = event(
  'PaymentDeclined',
  'No money will come: the provider or the verification said no.',
  object({
    orderId,
    ...amount,
    method,
    by: oneOf(['provider', 'verification']),
    reason: text(),
    verdict: optional(verdict),
    declinedAt: time(),
  }),
);

export const ReviewRequired = event(
  'ReviewRequired',
  'A person must decide before the order goes on.',
  object({ orderId, ...amount, verdict, requiredAt: time() }),
);

export const PaymentCaptured = event(
  'PaymentCaptured',
  'What was shipped was charged.',
  object({
    orderId,
    shipmentId: uuid(),
    ...amount,
    capturedTotal: money('Of the whole order up to now.'),
    captureId: text(),
    capturedAt: time(),
  }),
);

export const CaptureFailed = event(
  'CaptureFailed',
  'Shipped, but the provider would not pay: somebody must collect.',
  object({ orderId, shipmentId: uuid(), ...amount, reason: text(), failedAt: time() }),
);

export const CodCollected = event(
  'CodCollected',
  'The carrier took the cash at the door.',
  object({ orderId, shipmentId: uuid(), ...amount, collectedAt: time() }),
);

export const CodRemitted = event(
  'CodRemitted',
  'The carrier handed the collected cash over.',
  object({ orderId, shipmentId: uuid(), ...amount, reference: text(), remittedAt: time() }),
);

export const PaymentVoided = event(
  'PaymentVoided',
  'A promise of money that is no longer needed was given back.',
  object({ orderId, ...amount, reason: text(), voidedAt: time() }),
);

export const RefundIssued = event(
  'RefundIssued',
  'Money went back to the customer.',
  object({
    orderId,
    refundId: uuid(),
    returnId: optional(uuid()),
    lineId: optional(text()),
    ...amount,
    refundedTotal: money('Of the whole order up to now.'),
    issuedAt: time(),
  }),
);

export const RefundFailed = event(
  'RefundFailed',
  'The provider would not give the money back: it is still owed.',
  object({ orderId, refundId: uuid(), returnId: optional(uuid()), ...amount, reason: text(), failedAt: time() }),
);

export const paymentEvents = {
  PaymentAuthorized,
  CodAccepted,
  PaymentDeclined,
  ReviewRequired,
  PaymentCaptured,
  CaptureFailed,
  CodCollected,
  CodRemitted,
  PaymentVoided,
  RefundIssued,
  RefundFailed,
};
/** Public events of the payment-verification service; subject: the order id. */
export type PaymentEvent = EventOf<(typeof paymentEvents)[keyof typeof paymentEvents]>;
export type Verdict = Extract<PaymentEvent, { type: 'PaymentAuthorized' }>['data']['verdict'];
