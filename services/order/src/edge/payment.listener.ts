import { Topics, type PaymentEvent } from '@cartage/contracts';
import type { Listener } from '@cartage/messaging';
import type { MoneyFacts, VerdictFacts } from '../app/facts/payment-facts';

export const paymentListener = (verdicts: VerdictFacts, money: MoneyFacts): Listener<PaymentEvent> => ({
  group: 'order.payment',
  topic: Topics.payment,
  on: {
    PaymentAuthorized: verdicts.authorized,
    CodAccepted: verdicts.codAccepted,
    ReviewRequired: verdicts.reviewRequired,
    PaymentDeclined: verdicts.declined,
    PaymentCaptured: money.captured,
    CaptureFailed: money.captureFailed,
    CodCollected: money.codCollected,
    CodRemitted: money.codRemitted,
    PaymentVoided: money.voided,
    RefundIssued: money.refunded,
    RefundFailed: money.refundFailed,
  },
});
