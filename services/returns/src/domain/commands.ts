import type { Disposition, Grade, Reason } from '@cartage/contracts';
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
}

/** Of a parcel on its way back, by the carrier's clock. */
export interface Scan {
  readonly carrier: string;
  readonly trackingNumber: string;
  readonly milestone: string;
  readonly place?: string | undefined;
  readonly occurredAt: string;
}

/** Ids in them are for what may follow: new ones each time. */
export type ReturnCommand =
  | Named<
      'RequestReturn',
      OnReturn & MayRefund & OrderAsKnown & { readonly lines: readonly AskedLine[]; readonly tender?: RefundTender | undefined }
    >
  | Named<
      'DecideReturn',
      OnReturn &
        MayRefund & {
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
  | Named<'RecordScan', OnReturn & MayRefund & Scan>
  | Named<'RemindOfReturn', OnReturn & { readonly expiresAt: string }>
  | Named<'ExpireReturn', OnReturn & MayRefund & { readonly expiresAt: string }>
  | Named<'CancelReturn', OnReturn & { readonly reason: Reason }>
  | Named<'RecordRefund', OnPart & { readonly amount: number }>
  | Named<'RecordRefundFailure', OnPart & { readonly reason: Reason }>
  | Named<'CloseReturn', OnReturn>;
