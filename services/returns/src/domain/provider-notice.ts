import type { Disposition, Grade } from '@cartage/contracts';
import type { FieldError } from '@cartage/eventsourcing';
import type { ReceivedItem } from './commands';
import type { RefundTender } from './policy';
import type { Sale } from './sale';

export const providerNoticeKinds = ['requested', 'decided', 'received', 'graded', 'refund-due', 'ended'] as const;

/** Units that a customer asked a provider to send back. */
export interface LineAskedThere {
  readonly lineId: string;
  readonly quantity: number;
  readonly reason: string;
}

export interface GradedThere extends ReceivedItem {
  readonly grade?: Grade;
  readonly disposition?: Disposition;
}

/** What a returns provider says of one of its returns. */
export type ProviderNotice =
  | {
      readonly kind: 'requested';
      readonly orderId: string;
      /** `approved`: the provider has decided it, whatever our policy says. */
      readonly standing: 'requested' | 'approved';
      readonly tender?: RefundTender;
      readonly lines: readonly LineAskedThere[];
    }
  | { readonly kind: 'decided'; readonly decision: 'authorize' | 'decline'; readonly lines?: readonly string[]; readonly note: string }
  /** `id`: the provider’s own of what it did: told again in another message, it is the same. */
  | { readonly kind: 'received'; readonly id?: string; readonly location: string; readonly lines: readonly ReceivedItem[] }
  | { readonly kind: 'graded'; readonly id?: string; readonly lines: readonly GradedThere[] }
  | {
      readonly kind: 'refund-due';
      readonly refundId: string;
      readonly amount: number;
      readonly currency: string;
      readonly tender: RefundTender;
      readonly lines: readonly { readonly lineId: string; readonly quantity: number }[];
    }
  | { readonly kind: 'ended'; readonly how: 'closed' | 'cancelled' };

/** What is wrong with lines that were never sold so. */
export const soldFaults = ({ lines: sold }: Sale, lines: readonly LineAskedThere[]): readonly FieldError[] =>
  lines.flatMap(({ lineId, quantity }, i): readonly FieldError[] => {
    const line = sold.find((each) => each.lineId === lineId);
    if (!line) return [{ field: `lines[${i}].lineId`, code: 'LINE_UNKNOWN', message: `The order has no line ${lineId}.` }];
    const message = `Of line ${lineId}, ${line.quantity} were sold, not ${quantity}.`;
    return quantity <= line.quantity ? [] : [{ field: `lines[${i}].quantity`, code: 'QUANTITY_NOT_RETURNABLE', message }];
  });
