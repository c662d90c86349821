import type { LineQuantity, Reason, Sealed } from '@cartage/contracts';
import type { Named } from '@cartage/eventsourcing';
import type { ChannelRefund, CustomerAction, RefundCause, ShortWayOut, TakenBack } from './ledger';
import type { ChargeLine, DeliveryCharge, PaymentTerms, Terms } from './terms';
import type { CustomerFacts, VerificationLimits } from './verification';
import type { UnitsBack } from './withdrawing';

/** Money that a provider took, with its own number of the capture. */
export interface TakenMoney {
  readonly reference: string;
  readonly amount: number;
}

/** What a provider said. A call whose outcome is unknown is no answer: it is asked again. */
export type ProviderAnswer =
  | {
      readonly status: 'approved';
      readonly reference: string;
      readonly expiresAt?: string;
      /** The money was taken together with the promise, under a number of its own. */
      readonly taken?: TakenMoney;
      /** What this capture left of its promise cannot be taken any more. */
      readonly restEnded?: boolean;
    }
  /** `final`: another try would not help. `suspected`: it speaks of theft or fraud, and nobody is to be asked for another way to pay. */
  | { readonly status: 'declined'; readonly reason: string; readonly final?: boolean; readonly suspected?: boolean }
  /** The customer has to act. */
  | { readonly status: 'pending'; readonly reference: string; readonly action: CustomerAction; readonly expiresAt: string };

/** `newId` is for what may follow: a new one each time, and others derive from it. */
interface At {
  readonly orderId: string;
  readonly now: string;
  readonly newId: string;
}

interface Answered extends At {
  readonly answer: ProviderAnswer;
  /** Minutes until what failed is tried again by itself: after the first failure, the second, and so on; after the last one a person decides. */
  readonly pauses: readonly number[];
}

/** What a provider tells unasked of a promise, in whatever order and however often. */
interface Heard extends At {
  readonly authorizationId: string;
}

/** `promise`: its provider's own number of what the money was taken from. */
type HeardCapture = TakenMoney & {
  readonly currency: string;
  readonly attemptId?: string;
  readonly restEnded?: boolean;
  readonly promise?: string;
};

/** `failed` may come after `issued`: the money came back, for its account is closed. */
type HeardRefund = TakenMoney & { readonly currency: string; readonly attemptId?: string } & (
    { readonly outcome: 'issued' } | { readonly outcome: 'failed'; readonly reason: string }
  );

/** Only if it is still to be tried again then; absent: a person asks, now. */
interface Retry extends At {
  readonly scheduledFor?: string;
}

/** What left, be it with a carrier or over a counter. */
export interface Dispatch {
  readonly orderId: string;
  readonly shipmentId: string;
  /** Whence; absent where it is of no place, such as a download. */
  readonly location?: string;
  readonly lines: readonly LineQuantity[];
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
  /** Of one that goes into an exchange: the order that it pays for. */
  readonly exchangeOrderId?: string;
}

export interface Remittance {
  readonly orderId: string;
  readonly shipmentId: string;
  readonly amount: number;
  /** The carrier's own number of the hand-over. */
  readonly reference: string;
  /** A file says it: of the amount, what is collected and was not handed over yet is recorded. */
  readonly settlementId?: string;
}

/** The order as it is from now on, as far as money goes. Lines and deliveries are those that changed; nothing after: it is gone. */
export interface Edit {
  readonly orderId: string;
  readonly orderVersion: number;
  readonly lines: readonly { readonly lineId: string; readonly after?: ChargeLine }[];
  readonly deliveries: readonly { readonly shipGroupId: string; readonly after?: DeliveryCharge }[];
  readonly total: number;
  readonly reason: Reason;
}

/** A refund that is paid out in another way than it was to go. */
export interface Payout {
  readonly orderId: string;
  readonly refundId: string;
  /** `store-credit`: the balance of the customer is asked for it; whatever else was done by somebody. */
  readonly tender: string;
  /** Of the transfer, or whatever it was paid out by. */
  readonly reference?: string;
}

/** What a person found out at a provider that never said what became of a call. */
export interface OutcomeByHand {
  readonly orderId: string;
  readonly operation: 'capture' | 'void' | 'refund';
  /** The id of the capture, void or refund. */
  readonly subject: string;
  readonly outcome: 'done' | 'not-done';
  /** The provider’s own number of what was done. */
  readonly reference?: string;
}

/** How a chargeback stands after so many turns. */
export interface ChargebackStanding extends TakenBack {
  readonly orderId: string;
  readonly chargebackId: string;
}

export type PaymentCommand =
  | Named<'VerifyPayment', At & { readonly terms: Terms; readonly facts: CustomerFacts; readonly limits: VerificationLimits }>
  | Named<'EscalateReview', At>
  | Named<'AssignReview', At & { readonly assignee: string }>
  | Named<'DecideReview', At & { readonly decision: 'accept' | 'reject'; readonly note: string; readonly by: string }>
  | Named<
      'AddPayments',
      At & { readonly payments: readonly PaymentTerms[]; readonly replaces: readonly string[]; readonly limits: VerificationLimits }
    >
  | Named<'IssuePayLink', At & { readonly linkId: string; readonly expiresAt: string; readonly by: string }>
  | Named<'OfferPayLink', At & { readonly linkId: string; readonly link: Sealed }>
  | Named<'RevokePayLink', At & { readonly linkId: string; readonly by: string }>
  | Named<
      'PayByLink',
      At & { readonly linkId: string; readonly paymentId: string; readonly provider: string; readonly limits: VerificationLimits }
    >
  | Named<'RecordAuthorization', Answered & { readonly authorizationId: string }>
  | Named<'ExpireAuthorization', At & { readonly authorizationId: string; readonly expiresAt: string }>
  /** Its provider has said nothing to this call since then. */
  | Named<'GiveUpCall', At & { readonly key: string; readonly silentSince: string }>
  | Named<'RecordOutcome', At & OutcomeByHand>
  | Named<'RemindOfPayment', At & { readonly authorizationId: string }>
  | Named<'HearAuthorizationEnded', Heard>
  | Named<'HearCapture', Heard & HeardCapture>
  | Named<'HearRefund', Heard & HeardRefund>
  | Named<
      'CancelLines',
      At & { readonly lines: readonly LineQuantity[]; readonly reason: Reason; readonly undelivered?: Omit<UnitsBack, 'lines'> }
    >
  | Named<'EditOrder', At & Edit & { readonly limits: VerificationLimits } & Pick<CustomerFacts, 'risk' | 'learned'>>
  | Named<'CancelPayment', At & { readonly reason: Reason }>
  | Named<'ChargeShipment', At & Dispatch>
  | Named<'RequestCapture', At & { readonly captureId: string; readonly amount?: number }>
  | Named<'RetryCapture', Retry & { readonly captureId: string }>
  | Named<'RecordCapture', Answered & { readonly captureId: string; readonly attemptId: string }>
  | Named<'RecordDelivery', At & Delivery>
  | Named<'RecordRemittance', At & Remittance>
  | Named<'RecordCodShort', At & { readonly shipmentId: string; readonly collected: number; readonly reason: Reason }>
  | Named<
      'ResolveCodShort',
      At & { readonly shipmentId: string; readonly resolution: ShortWayOut; readonly amount?: number; readonly reason: Reason }
    >
  | Named<'RetryVoid', Retry & { readonly voidId: string }>
  | Named<'RecordVoid', Answered & { readonly voidId: string; readonly attemptId: string }>
  | Named<'RequestRefund', At & RefundRequest & { readonly cause: RefundCause }>
  /** What had gone into an exchange is not needed there. */
  | Named<'ReturnCredit', At & { readonly amount: number; readonly balanceId: string; readonly movementId: string }>
  /** What came back for an exchange is worth so much, and no more will. */
  | Named<'LimitExchange', At & { readonly amount: number }>
  | Named<'RetryRefund', Retry & { readonly refundId: string }>
  | Named<'PayOutRefund', At & Payout>
  | Named<'HearChannelRefund', At & Omit<ChannelRefund, 'heardAt'> & { readonly channelRefundId: string }>
  | Named<'FreeChannelRefund', At & { readonly channelRefundId: string }>
  | Named<'BookChargeback', At & ChargebackStanding>
  | Named<'RecordRefund', Answered & { readonly refundId: string; readonly paymentId: string; readonly attemptId: string }>;
