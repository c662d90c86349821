import type { PaymentEvent as PublicEvent, Reason, Verdict } from '@cartage/contracts';
import type { DataOf, Named } from '@cartage/eventsourcing';
import type { LineCharge } from './charges';
import type { Terms } from './terms';
import type { CustomerFacts } from './verification';

type Public<Type extends PublicEvent['type']> = DataOf<PublicEvent, Type>;

interface OfOrder {
  readonly orderId: string;
}

interface Money extends OfOrder {
  readonly paymentId: string;
  readonly currency: string;
  readonly amount: number;
}

/** A try to get a payment promised. */
export interface AuthorizationRequest {
  readonly paymentId: string;
  /** Of this try: the provider’s idempotency key. */
  readonly authorizationId: string;
  readonly provider: string;
  readonly currency: string;
  readonly amount: number;
}

/**
 * What providers are asked for is written before they are called: a crash between the call and its answer leaves a mark to resume from. The id in it, new for each
 * try, is the provider’s idempotency key.
 */
interface Private {
  /** The order was judged, and where nothing speaks against it the provider is asked. */
  readonly PaymentRequested: Terms & {
    readonly facts: CustomerFacts;
    readonly verdict: Verdict;
    readonly authorizations: readonly AuthorizationRequest[];
    readonly requestedAt: string;
  };
  readonly ReviewAssigned: OfOrder & { readonly assignee: string; readonly assignedAt: string };
  readonly ReviewDecided: OfOrder & {
    readonly decision: 'accept' | 'reject';
    readonly note: string;
    /** The person’s or program’s id. */
    readonly by: string;
    readonly authorizations: readonly AuthorizationRequest[];
    readonly decidedAt: string;
  };
  /** The order ended before its money was promised. */
  readonly PaymentAbandoned: OfOrder & { readonly reason: Reason; readonly abandonedAt: string };
  /** What a shipment costs: to be captured (`captureId`), or to be collected at the door. */
  readonly ShipmentCharged: Money & {
    readonly shipmentId: string;
    readonly lines: readonly LineCharge[];
    readonly delivery: number;
    readonly captureId?: string;
    /** Who is asked to capture it; absent when nobody is. */
    readonly provider?: string;
    readonly chargedAt: string;
  };
  readonly CodCollected: Public<'CodCollected'> & {
    readonly lines: readonly LineCharge[];
    readonly delivery: number;
    readonly parcels: readonly string[];
  };
  /** Units were delivered whose share of the cash rounds to nothing: counted, so that the shares of all add up. */
  readonly DeliveryCounted: OfOrder & {
    readonly shipmentId: string;
    readonly lines: readonly LineCharge[];
    readonly parcels: readonly string[];
    readonly countedAt: string;
  };
  readonly VoidRequested: Money & {
    readonly voidId: string;
    readonly provider: string;
    readonly reason: Reason;
    readonly requestedAt: string;
  };
  readonly VoidFailed: Money & { readonly voidId: string; readonly reason: Reason; readonly failedAt: string };
  readonly RefundRequested: Money & {
    readonly refundId: string;
    /** Of this try: another one for the same refund has another. */
    readonly attemptId: string;
    readonly returnId?: string;
    readonly provider: string;
    readonly tender: string;
    readonly captures: Public<'RefundIssued'>['captures'];
    readonly requestedAt: string;
  };
}

/** What a payment does not decide yet. */
type Undecided =
  | 'PaymentPending'
  | 'AuthorizationExpired'
  | 'AmountDueChanged'
  | 'ChargebackOpened'
  | 'ChargebackResponseDue'
  | 'ChargebackWon'
  | 'ChargebackLost';

type PrivateEvent = { readonly [Type in keyof Private]: Named<Type, Private[Type]> }[keyof Private];

/** What happens to the payment of one order: stream `payment-<orderId>`. */
export type PaymentEvent = PrivateEvent | Exclude<PublicEvent, { readonly type: keyof Private | Undecided }>;
