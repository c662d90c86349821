import type { Disposition, Grade, Reason } from '@cartage/contracts';
import type { Named } from '@cartage/eventsourcing';
import type { AskedLine } from './eligibility';
import type { DeliveredLine, Sale } from './sale';

interface OnReturn {
  readonly orderId: string;
  readonly returnId: string;
  /** ISO 8601. */
  readonly now: string;
}

/** Of a refund: what goes to one way of paying. */
interface OnPart extends OnReturn {
  readonly refundId: string;
  readonly paymentId: string;
}

export interface ReceivedLine {
  readonly lineId: string;
  readonly quantity: number;
}

/** Ids in them are for what may follow: new ones each time. */
export type ReturnCommand =
  | Named<
      'RequestReturn',
      OnReturn & { readonly lines: readonly AskedLine[]; readonly sale: Sale; readonly delivered: readonly DeliveredLine[] }
    >
  | Named<'DecideReturn', OnReturn & { readonly decision: 'authorize' | 'decline'; readonly note: string; readonly by: string }>
  | Named<'ReceiveReturn', OnReturn & { readonly receiptId: string; readonly location: string; readonly lines: readonly ReceivedLine[] }>
  | Named<
      'GradeItem',
      OnReturn & {
        readonly lineId: string;
        readonly quantity: number;
        readonly grade: Grade;
        readonly disposition?: Disposition;
        /** The receipt that they came with; absent: the first one with units of the line that were not graded. */
        readonly receiptId?: string;
        readonly gradingId: string;
        readonly refundId: string;
      }
    >
  | Named<'RecordRefund', OnPart & { readonly amount: number }>
  | Named<'RecordRefundFailure', OnPart & { readonly reason: Reason }>
  | Named<'CloseReturn', OnReturn>;
