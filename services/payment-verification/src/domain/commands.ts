import type { LineQuantity, Reason } from '@cartage/contracts';
import type { Named } from '@cartage/eventsourcing';
import type { Terms } from './terms';
import type { CustomerFacts, VerificationLimits } from './verification';

/** What a provider said. A call whose outcome is unknown is no answer: it is asked again. */
export type ProviderAnswer =
  | { readonly status: 'approved'; readonly reference: string; readonly expiresAt?: string }
  | { readonly status: 'declined'; readonly reason: string };

interface At {
  readonly orderId: string;
  readonly now: string;
}

interface Answered extends At {
  readonly answer: ProviderAnswer;
}

export interface Delivery {
  readonly orderId: string;
  readonly shipmentId: string;
  /** Those that were delivered now, and what was in them. */
  readonly parcels: readonly string[];
  readonly lines: readonly LineQuantity[];
}

export interface RefundRequest {
  readonly orderId: string;
  readonly refundId: string;
  readonly returnId?: string;
  readonly currency: string;
  readonly amount: number;
  /** In which way it is to go back; a word that is not known is read as `original`. */
  readonly tender: string;
}

export interface Remittance {
  readonly orderId: string;
  readonly shipmentId: string;
  readonly amount: number;
  /** The carrier's own number of the hand-over. */
  readonly reference: string;
}

/** The ids in them are for the tries that may follow: new ones each time. */
export type PaymentCommand =
  | Named<
      'VerifyPayment',
      At & { readonly terms: Terms; readonly facts: CustomerFacts; readonly limits: VerificationLimits; readonly authorizationId: string }
    >
  | Named<'EscalateReview', At>
  | Named<'AssignReview', At & { readonly assignee: string }>
  | Named<
      'DecideReview',
      At & { readonly decision: 'accept' | 'reject'; readonly note: string; readonly by: string; readonly authorizationId: string }
    >
  | Named<'RecordAuthorization', Answered & { readonly authorizationId: string; readonly voidId: string }>
  | Named<'ChargeShipment', At & { readonly shipmentId: string; readonly lines: readonly LineQuantity[]; readonly captureId: string }>
  | Named<'RecordCapture', Answered & { readonly captureId: string }>
  | Named<'RecordDelivery', At & Delivery>
  | Named<'RecordRemittance', At & Remittance>
  | Named<'CancelPayment', At & { readonly reason: Reason; readonly voidId: string }>
  | Named<'RecordVoid', Answered & { readonly voidId: string }>
  | Named<'RequestRefund', At & RefundRequest & { readonly attemptId: string }>
  | Named<'RecordRefund', Answered & { readonly refundId: string; readonly attemptId: string }>;
