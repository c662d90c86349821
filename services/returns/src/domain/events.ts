import type { Reason, ReturnEvent as PublicEvent, Sealed } from '@cartage/contracts';
import type { DataOf, Named } from '@cartage/eventsourcing';
import type { DeliveredLine } from './delivery';
import type { ReturnPolicy } from './policy';
import type { Sale } from './sale';

type Public<Type extends PublicEvent['type']> = DataOf<PublicEvent, Type>;

interface OnReturn {
  readonly orderId: string;
  readonly returnId: string;
}

interface OnPart extends OnReturn {
  readonly refundId: string;
  readonly paymentId: string;
}

interface Private {
  /** The first one of an order says what was sold, and under which policy: its later returns are judged by the same facts. */
  readonly ReturnRequested: Public<'ReturnRequested'> & {
    readonly sale?: Sale;
    readonly policy?: ReturnPolicy;
    /** What had arrived when it was asked for. */
    readonly delivered: readonly DeliveredLine[];
    /** What the customer chose; absent: as the policy has it. */
    readonly tender?: string;
    /** Of what is exchanged: the other goods are not to wait. */
    readonly advance?: boolean;
    /** What the customer wrote, sealed: it may be personal. */
    readonly note?: Sealed;
  };
  /** As `ReturnRequested`, it says what was sold where nothing before it has. */
  readonly ClaimOpened: Public<'ClaimOpened'> & { readonly sale?: Sale; readonly policy?: ReturnPolicy };
  readonly ReturnReviewRequired: OnReturn & {
    readonly lines: Public<'ReturnDeclined'>['lines'];
    readonly reason: Reason;
    readonly policy: string;
    readonly requiredAt: string;
  };
  /** It was to have a label, and no carrier gives one: the customer brings it otherwise, or somebody hands one out. */
  readonly LabelFailureRecorded: OnReturn & { readonly reason: Reason; readonly recordedAt: string };
  /** Its channel waits for nothing more of it. */
  readonly ReturnEndedAtChannel: OnReturn & { readonly how: string; readonly recordedAt: string };
  /** Nothing is owed for these units: they were free, or are worth nothing in their condition. */
  readonly RefundWaived: OnReturn & Pick<Public<'RefundDue'>, 'trigger' | 'lines' | 'fees'> & { readonly waivedAt: string };
  /** Payment gave back what was due, or the part of it that goes to one way of paying. */
  readonly RefundRecorded: OnPart & { readonly amount: number; readonly recordedAt: string };
  readonly RefundFailureRecorded: OnPart & { readonly reason: Reason; readonly recordedAt: string };
}

type PrivateEvent = { readonly [Type in keyof Private]: Named<Type, Private[Type]> }[keyof Private];

/**
 * What happens to the returns of one order: stream `return-<orderId>`, which begins with the first one that is asked for. All of them share the stream, so that together
 * they never take back more than was delivered.
 */
export type ReturnEvent = PrivateEvent | Exclude<PublicEvent, { readonly type: keyof Private | `UnknownGoods${string}` }>;
