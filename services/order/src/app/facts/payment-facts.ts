import type { Meta } from '@cartage/eventsourcing';
import type { PaymentStep } from '../../domain/events';
import { present } from '../../domain/present';
import type { Heard, RecordFact } from './recording';

/** What the verification and the payment provider decided. */
export const verdictFacts = (record: RecordFact) => ({
  authorized: ({ orderId, amount, currency, provider, authorizationId, verdict, authorizedAt }: Heard<'PaymentAuthorized'>, meta: Meta) => {
    const fact = { outcome: 'authorized', amount, currency, provider, authorizationId, verdict, at: authorizedAt } as const;
    return record('RecordPayment', orderId, fact, meta);
  },

  codAccepted: ({ orderId, amount, currency, verdict, acceptedAt }: Heard<'CodAccepted'>, meta: Meta) =>
    record('RecordPayment', orderId, { outcome: 'cod-accepted', amount, currency, verdict, at: acceptedAt }, meta),

  reviewRequired: ({ orderId, verdict, requiredAt }: Heard<'ReviewRequired'>, meta: Meta) =>
    record('RecordReview', orderId, { verdict, at: requiredAt }, meta),

  declined: ({ orderId, by, reason, verdict, declinedAt }: Heard<'PaymentDeclined'>, meta: Meta) =>
    record('RecordDecline', orderId, { by, reason, at: declinedAt, ...present({ verdict }) }, meta),
});
export type VerdictFacts = ReturnType<typeof verdictFacts>;

interface Moved {
  readonly orderId: string;
  readonly amount: number;
  readonly currency: string;
  readonly shipmentId?: string;
  readonly returnId?: string;
  readonly lineId?: string;
  readonly reason?: string;
}

/** Where an order's money went. `reference` tells one movement of a kind from the next. */
export const moneyFacts = (record: RecordFact) => {
  const moved = (step: PaymentStep, heard: Moved, told: { readonly reference: string; readonly at: string }, meta: Meta) => {
    const { orderId, amount, currency, shipmentId, returnId, lineId, reason } = heard;
    const about = present({ shipmentId, returnId, lineId, reason });
    return record('RecordPaymentProgress', orderId, { step, ...told, amount, currency, ...about }, meta);
  };
  return {
    captured: (heard: Heard<'PaymentCaptured'>, meta: Meta) =>
      moved('captured', heard, { reference: heard.captureId, at: heard.capturedAt }, meta),
    captureFailed: (heard: Heard<'CaptureFailed'>, meta: Meta) =>
      moved('capture-failed', heard, { reference: `${heard.shipmentId}/${heard.failedAt}`, at: heard.failedAt }, meta),
    codCollected: (heard: Heard<'CodCollected'>, meta: Meta) =>
      moved('cod-collected', heard, { reference: heard.shipmentId, at: heard.collectedAt }, meta),
    codRemitted: (heard: Heard<'CodRemitted'>, meta: Meta) =>
      moved('cod-remitted', heard, { reference: `${heard.shipmentId}/${heard.reference}`, at: heard.remittedAt }, meta),
    voided: (heard: Heard<'PaymentVoided'>, meta: Meta) => moved('voided', heard, { reference: heard.voidedAt, at: heard.voidedAt }, meta),
    refunded: (heard: Heard<'RefundIssued'>, meta: Meta) =>
      moved('refunded', heard, { reference: heard.refundId, at: heard.issuedAt }, meta),
    refundFailed: (heard: Heard<'RefundFailed'>, meta: Meta) =>
      moved('refund-failed', heard, { reference: `${heard.refundId}/${heard.failedAt}`, at: heard.failedAt }, meta),
  };
};
export type MoneyFacts = ReturnType<typeof moneyFacts>;
