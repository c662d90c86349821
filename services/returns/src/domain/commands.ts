import type { Disposition, Grade, LineQuantity } from '@cartage/contracts';
import type { Named } from '@cartage/eventsourcing';
import type { AskedLine } from './eligibility';
import type { Purchase } from './events';

interface OnReturn {
  readonly orderId: string;
  readonly returnId: string;
  /** ISO 8601. */
  readonly now: string;
}

export type ReturnCommand =
  | Named<'RecordPurchase', Purchase>
  | Named<
      'RecordDelivery',
      { readonly orderId: string; readonly shipmentId: string; readonly lines: readonly LineQuantity[]; readonly deliveredAt: string }
    >
  | Named<'RequestReturn', OnReturn & { readonly lines: readonly AskedLine[] }>
  | Named<'DecideReturn', OnReturn & { readonly decision: 'authorize' | 'decline'; readonly note: string }>
  | Named<
      'ReceiveReturn',
      OnReturn & { readonly location: string; readonly lines: readonly { readonly lineId: string; readonly quantity: number }[] }
    >
  | Named<
      'GradeItem',
      OnReturn & { readonly lineId: string; readonly quantity: number; readonly grade: Grade; readonly disposition?: Disposition }
    >
  | Named<'RecordRefund', OnReturn & { readonly refundId: string; readonly amount: number }>
  | Named<'RecordRefundFailure', OnReturn & { readonly refundId: string; readonly reason: string }>
  | Named<'CloseReturn', OnReturn>;
