import type { Disposition, Grade } from '@cartage/contracts';
import type { Meta } from '@cartage/eventsourcing';
import type { Answerable, ReceivedItem } from '../domain/commands';
import type { AskedLine, EligibleLine } from '../domain/eligibility';
import type { RefundTender } from '../domain/policy';

export interface ReturnRequest {
  readonly orderId: string;
  readonly lines: readonly AskedLine[];
  /** What the customer chose, where he may. */
  readonly tender?: RefundTender | undefined;
  /** Of what is exchanged: the other goods are not to wait. */
  readonly advance?: boolean | undefined;
  /** What the customer wrote; it is kept sealed. */
  readonly note?: string | undefined;
}

/** Of a line of the order, or of what the SKU says: what a scanner reads. */
export interface Inspection {
  readonly lineId?: string | undefined;
  readonly sku?: string | undefined;
  readonly quantity: number;
  /** Absent: they are missing. */
  readonly grade?: Grade | undefined;
  readonly disposition?: Disposition | undefined;
  readonly answerable?: Answerable | undefined;
  readonly receiptId?: string | undefined;
}

export interface Arrival {
  readonly location: string;
  readonly lines: readonly ReceivedItem[];
}

export interface Decision {
  readonly decision: 'authorize' | 'decline';
  /** Lines of the order; absent: all that wait. */
  readonly lines?: readonly string[] | undefined;
  readonly note: string;
}

/** What can be sent back now, and by which policy that was said. */
export interface Eligible {
  readonly policy: string;
  readonly lines: readonly EligibleLine[];
}

/** Who asks, and which version of the order's returns they speak of, if they say so (`If-Match`). */
export interface By {
  readonly meta: Meta;
  readonly ifVersion?: number | undefined;
}
