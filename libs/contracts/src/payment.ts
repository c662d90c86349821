import {
  BalanceCredited,
  BalanceDebited,
  BalanceFrozen,
  BalanceOpened,
  BalanceReleased,
  BalanceReserved,
  BalanceUnfrozen,
} from './balances';
import { CodCollected, CodRemitted, CodShort } from './cash-on-delivery';
import { ChargebackLost, ChargebackOpened, ChargebackResponseDue, ChargebackWon } from './chargebacks';
import { CreditReturned } from './credit-returned';
import { contractsOf, type EventOf } from './event';
import { CreditNoteIssued, InvoiceIssued } from './invoicing';
import { orderId, paymentMethod, reason } from './parts';
import { payment, PaymentPending, PaymentReminderDue, reference } from './payment-actions';
import { PayLinkOffered, PayLinkUsed } from './pay-links';
import { currency, list, money, object, optional, text, time, truth, uuid, word } from './schema';
import { CarrierClaimSettled, PaymentSettled, SettlementMismatch } from './settlements';
import { Topics } from './topics';
import { ofEdit, ReviewEscalated, ReviewRequired, verdict } from './verification';

const event = contractsOf(Topics.payment, 'payment');

const shipmentId = optional(uuid('The shipment that it is for; absent: for none in particular.'));
const balanceId = optional(uuid('The gift card, store credit or exchange that paid, or that it went to; absent: money moved.'));
const nextTryAt = optional(time('When it is tried again by itself; absent: a person decides.'));
const outcomeUnknown = optional(truth('The provider never said what became of it: it may have been done, and what is heard later counts.'));

export const PaymentAuthorized = event(
  'PaymentAuthorized',
  'The money is promised: the order may be routed. Verified and accepted before.',
  object({
    ...payment,
    authorizationId: uuid('Of this try; another one has another.'),
    reference,
    method: paymentMethod,
    provider: text('Name of the payment provider’s adapter; `none` where there was nothing to promise.'),
    verdict,
    capture: optional(
      word(
        ['hand'],
        'treat as absent',
        'When it is taken: by a person, whenever that is; absent: by itself, at its placement or for each shipment.',
      ),
    ),
    expiresAt: optional(time('The promise ends then, if nothing was captured.')),
    authorizedAt: time(),
  }),
);

export const CodAccepted = event(
  'CodAccepted',
  'The order ships unpaid; the carrier collects.',
  object({
    ...payment,
    authorizationId: uuid('Of this acceptance: what an edit adds to it has one of its own.'),
    verdict,
    acceptedAt: time(),
  }),
);

export const PaymentDeclined = event(
  'PaymentDeclined',
  'No money will come in this way: the provider or the verification said no.',
  object({
    ...payment,
    authorizationId: optional(uuid('Of the try that was declined; absent where the verification said no and nobody was asked.')),
    method: paymentMethod,
    retryable: truth('Whether another way to pay may be asked for.'),
    reason,
    verdict: optional(verdict),
    orderVersion: ofEdit,
    declinedAt: time(),
  }),
);

export const AuthorizationExpired = event(
  'AuthorizationExpired',
  'A promise of money ended before all of it was captured: what is still to ship has to be promised again.',
  object({ ...payment, authorizationId: uuid(), expiredAt: time() }),
);

export const AmountDueChanged = event(
  'AmountDueChanged',
  'What the customer owes for the order is another sum, because of an edit, a cancellation or a goodwill credit.',
  object({
    orderId,
    currency: currency(),
    due: money('What the order costs in all, now.'),
    before: money('What it cost before.'),
    reason,
    changedAt: time(),
  }),
);

export const PaymentCaptured = event(
  'PaymentCaptured',
  'What was shipped was charged.',
  object({ ...payment, captureId: uuid(), shipmentId, balanceId, reference, capturedAt: time() }),
);

export const CaptureFailed = event(
  'CaptureFailed',
  'Shipped, but the provider would not pay: somebody must collect.',
  object({ ...payment, captureId: uuid('The same with each try.'), shipmentId, reason, outcomeUnknown, nextTryAt, failedAt: time() }),
);

export const PaymentVoided = event(
  'PaymentVoided',
  'A promise of money that is no longer needed, or cannot be taken (`capture-failed`), was given back.',
  object({ ...payment, voidId: uuid(), reference, reason, voidedAt: time() }),
);

export const VoidFailed = event(
  'VoidFailed',
  'The provider would not give a promise of money back; it ends by itself when it expires.',
  object({ ...payment, voidId: uuid('The same with each try.'), reason, outcomeUnknown, nextTryAt, failedAt: time() }),
);

const refund = {
  ...payment,
  refundId: uuid(
    'As in `RefundDue`, where one was due. One that goes back to several ways of paying has an event for each, with its part.',
  ),
  returnId: optional(uuid()),
};

export const RefundIssued = event(
  'RefundIssued',
  'Money went back to the customer.',
  object({
    ...refund,
    tender: word(['original', 'store-credit', 'transfer', 'cash', 'exchange'], 'money in another way', 'In which way.'),
    balanceId,
    captures: list(object({ captureId: uuid(), amount: money() }), 'Of which captures it was taken; empty for cash.'),
    reference,
    unasked: optional(truth('The channel gave it of its own accord, and nothing had asked for it.')),
    issuedAt: time(),
  }),
);

export const ChannelRefundRequested = event(
  'ChannelRefundRequested',
  'Money that the channel took is to go back: the channel is the one to give it. `RefundIssued` follows when it says that it has.',
  object({ ...refund, requestedAt: time() }),
);

export const RefundFailed = event(
  'RefundFailed',
  'The provider would not give the money back, or what had gone out (`RefundIssued`) came back, for its account is closed: it is still owed.',
  object({ ...refund, reason, outcomeUnknown, nextTryAt, failedAt: time() }),
);

export const paymentEvents = {
  PaymentAuthorized,
  CodAccepted,
  PaymentDeclined,
  PaymentPending,
  PaymentReminderDue,
  PayLinkOffered,
  PayLinkUsed,
  AuthorizationExpired,
  AmountDueChanged,
  ReviewRequired,
  ReviewEscalated,
  PaymentCaptured,
  CaptureFailed,
  CodCollected,
  CodShort,
  CodRemitted,
  PaymentVoided,
  VoidFailed,
  ChargebackOpened,
  ChargebackResponseDue,
  ChargebackWon,
  ChargebackLost,
  ChannelRefundRequested,
  ...{ RefundIssued, CreditReturned },
  RefundFailed,
  InvoiceIssued,
  CreditNoteIssued,
  ...{ PaymentSettled, SettlementMismatch, CarrierClaimSettled },
  BalanceOpened,
  BalanceCredited,
  BalanceReserved,
  BalanceReleased,
  BalanceDebited,
  BalanceFrozen,
  BalanceUnfrozen,
};
/** Public events of the payment-verification service; subject: the order id. */
export type PaymentEvent = EventOf<(typeof paymentEvents)[keyof typeof paymentEvents]>;
