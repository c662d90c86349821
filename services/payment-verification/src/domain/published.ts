import type { PaymentEvent as PublicPaymentEvent } from '@cartage/contracts';
import type { Translation } from '@cartage/eventsourcing';
import type { PaymentEvent } from './events';

/** What others hear of a payment. Terms, facts, notes and what is only asked for stay inside. */
export const published: Translation<PaymentEvent, PublicPaymentEvent> = {
  ReviewRequired: ({ type, data }) => ({ type, data }),
  PaymentAuthorized: ({ type, data }) => ({ type, data }),
  CodAccepted: ({ type, data }) => ({ type, data }),
  PaymentDeclined: ({ type, data }) => ({ type, data }),
  PaymentCaptured: ({ type, data }) => ({ type, data }),
  CaptureFailed: ({ type, data }) => ({ type, data }),
  CodCollected: ({ type, data: { collectedTotal: _, ...data } }) => ({ type, data }),
  CodRemitted: ({ type, data: { remittedTotal: _, ...data } }) => ({ type, data }),
  PaymentVoided: ({ type, data }) => ({ type, data }),
  RefundIssued: ({ type, data }) => ({ type, data }),
  RefundFailed: ({ type, data }) => ({ type, data }),
};
