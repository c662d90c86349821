import type { ClaimDecisionKind, ClaimKind, CostBearer, Disposition, Grade, Reason, Sealed } from '@cartage/contracts';
import type { Named } from '@cartage/eventsourcing';
import type { DeliveredLine } from './delivery';
import type { AskedLine } from './eligibility';
import type { RefundTender, ReturnPolicy } from './policy';
import type { Sale } from './sale';

interface OnReturn {
  readonly orderId: string;
  readonly returnId: string;
  /** ISO 8601. */
  readonly now: string;
}

/** A refund may follow: its id; those of others that follow with it derive from it. */
interface MayRefund {
  readonly refundId: string;
}

/** Of a refund: what goes to one way of paying. */
interface OnPart extends OnReturn {
  readonly refundId: string;
  readonly paymentId: string;
}

/** An exchange may follow: its id, and that of the order that brings the other goods. */
export interface ExchangeIds {
  readonly exchangeId: string;
  readonly replacementOrderId: string;
}
interface MayExchange {
  /** Absent: none is asked for. */
  readonly exchange?: ExchangeIds;
}

/** What is known of the order at this moment. */
export interface OrderAsKnown {
  readonly sale: Sale;
  readonly delivered: readonly DeliveredLine[];
  readonly policy: ReturnPolicy;
}

/** Units that came in: of a line of the order, or of what the SKU says. */
export interface ReceivedItem {
  readonly lineId?: string | undefined;
  readonly sku?: string | undefined;
  readonly quantity: number;
}

export const answerables = ['customer', 'merchant', 'carrier'] as const;
export type Answerable = (typeof answerables)[number];

/** For the way back. */
export interface Label {
  readonly labelId: string;
  readonly carrier: string;
  readonly trackingNumber: string;
  readonly format: string;
  readonly url?: string | undefined;
  /** Of the paper for customs, where a border is crossed. */
  readonly customsUrl?: string | undefined;
}

/** Of a parcel on its way back, by the carrier's clock. */
export interface Scan {
  readonly carrier: string;
  readonly trackingNumber: string;
  readonly milestone: string;
  readonly place?: string | undefined;
  readonly occurredAt: string;
}

interface OnClaim {
  readonly orderId: string;
  readonly claimId: string;
  /** ISO 8601. */
  readonly now: string;
}

export interface LineToClaim {
  readonly lineId: string;
  /** Of a part of a kit; absent: the line’s own. */
  readonly sku?: string | undefined;
  readonly quantity: number;
  readonly kind: ClaimKind;
}

/** Who decides it outside; absent: the channel. */
interface Outside {
  readonly by?: 'channel' | 'provider';
}

/** What a returns provider says is owed for units of a return: it is paid by us. */
export interface ProviderRefund extends OnReturn, MayRefund, OrderAsKnown {
  readonly amount: number;
  readonly currency: string;
  readonly tender: RefundTender;
  readonly lines: readonly { readonly lineId: string; readonly quantity: number }[];
}

/** Ids in them are for what may follow: new ones each time. */
export type ReturnCommand =
  | Named<
      'RequestReturn',
      OnReturn &
        MayRefund &
        MayExchange &
        OrderAsKnown & {
          readonly lines: readonly AskedLine[];
          readonly tender?: RefundTender | undefined;
          /** Of what is exchanged: the other goods are not to wait. */
          readonly advance?: boolean | undefined;
          /** What the customer wrote: it may be personal. */
          readonly note?: Sealed | undefined;
        }
    >
  | Named<
      'DecideReturn',
      OnReturn &
        MayRefund &
        MayExchange & {
          readonly decision: 'authorize' | 'decline';
          /** Lines of the order; absent: all that wait. */
          readonly lines?: readonly string[] | undefined;
          readonly note: string;
          readonly by: string;
        }
    >
  | Named<
      'ReceiveReturn',
      OnReturn &
        MayRefund &
        OrderAsKnown & {
          readonly receiptId: string;
          readonly location: string;
          readonly lines: readonly ReceivedItem[];
          /** There is no such return yet: it begins with what came. */
          readonly unannounced?: boolean;
        }
    >
  | Named<
      'GradeItem',
      OnReturn &
        MayRefund & {
          readonly lineId?: string | undefined;
          readonly sku?: string | undefined;
          readonly quantity: number;
          /** Absent: they are missing. */
          readonly grade?: Grade | undefined;
          readonly disposition?: Disposition | undefined;
          readonly answerable?: Answerable | undefined;
          /** The receipt that they came with; absent: the first one with units that were not graded. */
          readonly receiptId?: string | undefined;
          readonly gradingId: string;
        }
    >
  | Named<'IssueLabel', OnReturn & Label>
  | Named<'RecordLabelFailure', OnReturn & { readonly reason: Reason }>
  | Named<'RecordScan', OnReturn & MayRefund & Scan>
  | Named<'RemindOfReturn', OnReturn & { readonly expiresAt: string }>
  | Named<'ExpireReturn', OnReturn & MayRefund & { readonly expiresAt: string }>
  | Named<'CancelReturn', OnReturn & { readonly reason: Reason }>
  | Named<'NoticeExchangeOverdue', { readonly orderId: string; readonly exchangeId: string; readonly now: string }>
  | Named<'RecordRefund', OnPart & { readonly amount: number }>
  | Named<'RecordRefundFailure', OnPart & { readonly reason: Reason }>
  | Named<'CloseReturn', OnReturn>
  | Named<
      'OpenAtChannel',
      OnReturn & MayRefund & OrderAsKnown & Outside & { readonly lines: readonly AskedLine[]; readonly standing: string }
    >
  | Named<'EndAtChannel', OnReturn & MayRefund & Outside & { readonly how: string }>
  | Named<
      'RefundAtChannel',
      OnReturn &
        MayRefund &
        OrderAsKnown & {
          /** The return that the channel names; `returnId` is that of one that begins with it. */
          readonly ofReturn?: string;
          readonly amount: number;
          readonly currency: string;
          readonly lines: readonly (AskedLine & { readonly goods: 'returned' | 'kept' })[];
        }
    >
  | Named<'RefundByProvider', ProviderRefund>
  | Named<
      'OpenClaim',
      OnClaim & OrderAsKnown & { readonly lines: readonly LineToClaim[]; readonly photos: readonly string[]; readonly decideBy: string }
    >
  | Named<
      'DecideClaim',
      OnClaim &
        MayRefund & {
          readonly decision: ClaimDecisionKind;
          /** Of a refund: how much of what was paid, percent; absent: all of it. */
          readonly percent?: number | undefined;
          readonly withDelivery?: boolean | undefined;
          readonly tender?: RefundTender | undefined;
          readonly costBearer?: CostBearer | undefined;
          /** Of the order, and of the return, that may follow. */
          readonly replacementOrderId: string;
          readonly returnId: string;
          readonly note: string;
          readonly by: string;
        }
    >
  | Named<'NoticeClaimOverdue', OnClaim & { readonly decideBy: string }>
  | Named<'RepayUnsent', OnClaim & MayRefund & { readonly units: readonly { readonly lineId: string; readonly quantity: number }[] }>;
