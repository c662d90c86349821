import type { PaymentEvent as PublicEvent, PaymentMethod, Verdict } from '@cartage/contracts';
import type { DataOf, Named } from '@cartage/eventsourcing';
import type { LineCharge } from './amounts';
import type { Terms } from './terms';
import type { CustomerFacts } from './verification';

type Public<Type extends PublicEvent['type']> = DataOf<PublicEvent, Type>;

interface Money {
  readonly orderId: string;
  readonly currency: string;
  readonly amount: number;
}

export interface ReviewDecision {
  readonly decision: 'accept' | 'reject';
  readonly note: string;
}

/** `AuthorizationRequested`, `ShipmentCharged`, `VoidRequested` and `RefundRequested` are written before a provider is called: a crash between the call and its answer leaves a mark to resume from. */
interface Requests {
  readonly AuthorizationRequested: Money & {
    readonly method: PaymentMethod;
    readonly provider: string;
    readonly token?: string;
    readonly requestedAt: string;
  };
  readonly ShipmentCharged: Money & {
    readonly shipmentId: string;
    readonly lines: readonly LineCharge[];
    readonly shipping: number;
    /** Who is asked for it; absent when nobody is. */
    readonly provider?: string;
    readonly chargedAt: string;
  };
  readonly VoidRequested: Money & { readonly provider: string; readonly reason: string; readonly requestedAt: string };
  readonly RefundRequested: Money & {
    readonly refundId: string;
    readonly returnId?: string;
    readonly lineId?: string;
    readonly provider: string;
    readonly requestedAt: string;
  };
}

/** What happens to the payment of one order: stream `payment-<orderId>`. */
export type PaymentEvent =
  | Named<'PaymentRequested', Terms & { readonly requestedAt: string }>
  | Named<
      'OrderVerified',
      { readonly orderId: string; readonly verdict: Verdict; readonly facts: CustomerFacts; readonly verifiedAt: string }
    >
  | Named<'ReviewRequired', Public<'ReviewRequired'>>
  | Named<'ReviewAssigned', { readonly orderId: string; readonly assignee: string; readonly assignedAt: string }>
  | Named<'ReviewDecided', ReviewDecision & { readonly orderId: string; readonly decidedAt: string }>
  | Named<'AuthorizationRequested', Requests['AuthorizationRequested']>
  | Named<'PaymentAuthorized', Public<'PaymentAuthorized'>>
  | Named<'CodAccepted', Public<'CodAccepted'>>
  | Named<'PaymentDeclined', Public<'PaymentDeclined'>>
  | Named<'PaymentAbandoned', { readonly orderId: string; readonly reason: string; readonly abandonedAt: string }>
  | Named<'ShipmentCharged', Requests['ShipmentCharged']>
  | Named<'PaymentCaptured', Public<'PaymentCaptured'>>
  | Named<'CaptureFailed', Public<'CaptureFailed'>>
  | Named<'CodCollected', Public<'CodCollected'> & { readonly collectedTotal: number }>
  | Named<'CodRemitted', Public<'CodRemitted'> & { readonly remittedTotal: number }>
  | Named<'VoidRequested', Requests['VoidRequested']>
  | Named<'PaymentVoided', Public<'PaymentVoided'>>
  | Named<'VoidFailed', Money & { readonly reason: string; readonly failedAt: string }>
  | Named<'RefundRequested', Requests['RefundRequested']>
  | Named<'RefundIssued', Public<'RefundIssued'>>
  | Named<'RefundFailed', Public<'RefundFailed'>>;
