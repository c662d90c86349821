import type { LineQuantity } from '@cartage/contracts';
import type { Named } from '@cartage/eventsourcing';
import type { ReviewDecision } from './events';
import type { Terms } from './terms';
import type { CustomerFacts, VerificationLimits } from './verification';

/** What a provider said. A call whose outcome is unknown is no answer: it is asked again. */
export type ProviderAnswer =
  { readonly status: 'approved'; readonly reference: string } | { readonly status: 'declined'; readonly reason: string };

interface At {
  readonly orderId: string;
  readonly now: string;
}

interface Answered extends At {
  readonly answer: ProviderAnswer;
}

export interface RefundRequest extends At {
  readonly refundId: string;
  readonly returnId?: string;
  readonly lineId?: string;
  readonly currency: string;
  readonly amount: number;
}

export interface Remittance extends At {
  readonly shipmentId: string;
  readonly amount: number;
  /** The carrier's own number of the hand-over. */
  readonly reference: string;
}

export type PaymentCommand =
  | Named<'VerifyPayment', At & { readonly terms: Terms; readonly facts: CustomerFacts; readonly limits: VerificationLimits }>
  | Named<'AssignReview', At & { readonly assignee: string }>
  | Named<'DecideReview', At & ReviewDecision>
  | Named<'RecordAuthorization', Answered>
  | Named<'ChargeShipment', At & { readonly shipmentId: string; readonly lines: readonly LineQuantity[] }>
  | Named<'RecordCapture', Answered & { readonly shipmentId: string }>
  | Named<'RecordDelivery', At & { readonly shipmentId: string }>
  | Named<'RecordRemittance', Remittance>
  | Named<'CancelPayment', At & { readonly reason: string }>
  | Named<'RecordVoid', Answered>
  | Named<'RequestRefund', RefundRequest>
  | Named<'RecordRefund', Answered & { readonly refundId: string }>;
