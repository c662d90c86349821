import type { PaymentEvent as PublicEvent, Reason, Verdict } from '@cartage/contracts';
import type { DataOf, Named } from '@cartage/eventsourcing';
import type { BalanceEvent } from './balances/balance';
import type { LineCharge } from './charges';
import type { RefundCause, ShortWayOut, TakenBack } from './ledger';
import type { ChargeLine, DeliveryCharge, PaymentTerms, Terms } from './terms';
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

/** What of a shipment’s charge is taken from one promise. */
export interface CaptureRequest {
  readonly captureId: string;
  readonly paymentId: string;
  /** Absent where no promise holds it. */
  readonly authorizationId?: string;
  /** Who is asked; absent when nobody is. */
  readonly provider?: string;
  readonly amount: number;
}

/**
 * What providers are asked for is written before they are called: a crash between the call and its answer leaves a mark to resume from. The id of the try in it, new for
 * each, is the provider’s idempotency key.
 */
interface Private {
  /** The order was judged, and where nothing speaks against it the providers are asked. */
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
  /** Other ways to pay were given and judged. */
  readonly PaymentsAdded: OfOrder & {
    readonly payments: readonly PaymentTerms[];
    /** Payments that are asked for no more. */
    readonly replaces: readonly string[];
    readonly verdict: Verdict;
    readonly authorizations: readonly AuthorizationRequest[];
    readonly addedAt: string;
  };
  /** Money is to be promised beyond what was: for an edit, or because a promise ended. */
  readonly AuthorizationRequested: OfOrder &
    AuthorizationRequest & {
      /** The capture that waits for it. */
      readonly captureId?: string;
      /** The edit that added it. */
      readonly orderVersion?: number;
      readonly requestedAt: string;
    };
  /** Its provider let go of a payment that holds nothing yet: a yes that comes after it is an old one. */
  readonly AuthorizationEnded: OfOrder & { readonly authorizationId: string; readonly endedAt: string };
  /** A link to what is due was made. Whoever knows our key knows its token. */
  readonly PayLinkIssued: OfOrder & {
    readonly linkId: string;
    readonly expiresAt: string;
    /** The person’s or program’s id. */
    readonly by: string;
    readonly issuedAt: string;
  };
  readonly PayLinkRevoked: OfOrder & { readonly linkId: string; readonly by: string; readonly revokedAt: string };
  /** The order ended before its money was promised. */
  readonly PaymentAbandoned: OfOrder & { readonly reason: Reason; readonly abandonedAt: string };
  /** The order costs something else: units were cancelled, or lines and delivery are others. */
  readonly TermsAmended: OfOrder & {
    readonly cancelled?: readonly { readonly lineId: string; readonly quantity: number }[];
    readonly edited?: {
      readonly orderVersion: number;
      readonly lines: readonly ChargeLine[];
      readonly deliveries: readonly DeliveryCharge[];
      readonly total: number;
    };
    /** How it was judged at its new price, where more was to be promised or a person looks at it still. */
    readonly verdict?: Verdict;
    readonly reason: Reason;
    readonly amendedAt: string;
  };
  /** What a shipment costs, and how it is paid: taken from promises, or collected at the door. */
  readonly ShipmentCharged: OfOrder & {
    readonly currency: string;
    readonly amount: number;
    readonly shipmentId: string;
    /** Whence it left. */
    readonly location?: string;
    readonly lines: readonly LineCharge[];
    readonly deliveries: readonly DeliveryCharge[];
    readonly delivery: number;
    /** To be collected at the door. */
    readonly cash: number;
    readonly captures: readonly CaptureRequest[];
    readonly chargedAt: string;
  };
  /** Money is to be taken: at placement, by a person, or once more. */
  readonly CaptureRequested: Money & {
    readonly captureId: string;
    /** Of this try. */
    readonly attemptId: string;
    readonly authorizationId: string;
    readonly provider?: string;
    readonly shipmentId?: string;
    readonly requestedAt: string;
  };
  readonly CodCollected: Public<'CodCollected'> & {
    readonly lines: readonly LineCharge[];
    readonly delivery: number;
    readonly parcels: readonly string[];
  };
  /** What was missing at the door ended in one of its ways. */
  readonly CodShortResolved: Money & {
    readonly shipmentId: string;
    readonly resolution: ShortWayOut;
    readonly reason: Reason;
    readonly resolvedAt: string;
  };
  /** Units of a shipment came back undelivered: what it was charged for them is not due, and `cash` of it is not collected any more. */
  readonly ChargeWithdrawn: OfOrder & {
    readonly shipmentId: string;
    readonly parcels: readonly string[];
    readonly lines: readonly LineCharge[];
    readonly delivery: number;
    readonly amount: number;
    readonly cash: number;
    readonly withdrawnAt: string;
  };
  /** Units were delivered whose share of the cash rounds to nothing: counted, so that the shares of all add up. */
  readonly DeliveryCounted: OfOrder & {
    readonly shipmentId: string;
    readonly lines: readonly LineCharge[];
    readonly delivery: number;
    readonly parcels: readonly string[];
    readonly countedAt: string;
  };
  readonly VoidRequested: Money & {
    readonly voidId: string;
    readonly attemptId: string;
    readonly authorizationId: string;
    readonly provider: string;
    readonly reason: Reason;
    readonly requestedAt: string;
  };
  readonly PaymentVoided: Public<'PaymentVoided'> & { readonly authorizationId: string };
  readonly RefundRequested: Money & {
    readonly refundId: string;
    readonly attemptId: string;
    readonly returnId?: string;
    readonly cause: RefundCause;
    readonly provider: string;
    readonly tender: string;
    /** The order that it pays for, where it goes into an exchange. */
    readonly exchangeOrderId?: string;
    readonly captures: Public<'RefundIssued'>['captures'];
    readonly requestedAt: string;
  };
  readonly RefundIssued: Public<'RefundIssued'> & { readonly cause?: RefundCause };
  /** `tender`: how it was to go back, where nobody was asked yet. */
  readonly RefundFailed: Public<'RefundFailed'> & {
    readonly cause: RefundCause;
    readonly tender?: string;
    readonly exchangeOrderId?: string;
  };
  /** What came back for an exchange is worth so much: no more than that is promised by it. */
  readonly ExchangeLimited: OfOrder & { readonly amount: number; readonly limitedAt: string };
  /** The channel gave money back; what that means for the books follows from how they stand. */
  readonly ChannelRefundHeard: OfOrder & {
    readonly channelRefundId: string;
    /** Of the refund that it makes, where nothing had asked for it. */
    readonly refundId: string;
    readonly amount: number;
    readonly ofReturn: boolean;
    readonly asked: boolean;
    readonly heardAt: string;
  };
  /** No return has claimed money that was given for units that come back: from here on it is money for nothing in particular. */
  readonly ChannelRefundFreed: OfOrder & { readonly channelRefundId: string; readonly freedAt: string };
  /** How a chargeback stands, in the books of the payment: what a bank has taken back is not given back again. */
  readonly ChargebackBooked: OfOrder & {
    readonly chargebackId: string;
    readonly captureId: string;
    readonly amount: number;
    readonly status: TakenBack['status'];
    readonly turn: number;
    readonly bookedAt: string;
  };
  /** What had gone out came back, for its account takes nothing any more; `RefundFailed` says that it is still owed. */
  readonly RefundReturned: Money & {
    readonly refundId: string;
    readonly returnId?: string;
    readonly captures: Public<'RefundIssued'>['captures'];
    readonly reference: string;
    readonly returnedAt: string;
  };
}

/** Decided by streams of their own: a customer’s bank takes money back; documents are issued; files of settlements are compared; balances move. */
type Elsewhere =
  | 'ChargebackOpened'
  | 'ChargebackResponseDue'
  | 'ChargebackWon'
  | 'ChargebackLost'
  | 'InvoiceIssued'
  | 'CreditNoteIssued'
  | 'PaymentSettled'
  | 'SettlementMismatch'
  | 'CarrierClaimSettled'
  | BalanceEvent['type'];

type PrivateEvent = { readonly [Type in keyof Private]: Named<Type, Private[Type]> }[keyof Private];

/** What happens to the payment of one order: stream `payment-<orderId>`. */
export type PaymentEvent = PrivateEvent | Exclude<PublicEvent, { readonly type: keyof Private | Elsewhere }>;
