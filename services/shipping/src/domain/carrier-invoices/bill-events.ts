import type { Reason, ShippingEvent } from '@cartage/contracts';
import type { Named } from '@cartage/eventsourcing';
import type { Finding } from './findings';
import type { BilledLabel, InvoiceLine } from './invoice-line';
import type { AuditTerms } from './terms';

/** Which bill it is: of a label, or of a tracking number that no label has. */
export interface BillNamed {
  readonly billId: string;
  readonly carrier: string;
}

export const findingStatuses = ['open', 'tolerated', 'disputed', 'credited', 'refused', 'accepted', 'closed', 'withdrawn'] as const;
export type FindingStatus = (typeof findingStatuses)[number];

export type OfFinding = BillNamed & { readonly findingId: string };
type Reasoned = OfFinding & { readonly reason: Reason };

/** What the bill comes to, for the books; kept as it is published. */
export type CarrierBillAssessed = Extract<ShippingEvent, { readonly type: 'CarrierBillAssessed' }>;

export type BillEvent =
  | CarrierBillAssessed
  | Named<'LabelBilled', BillNamed & { readonly label?: BilledLabel; readonly lines: readonly InvoiceLine[]; readonly billedAt: string }>
  /** It is there, or is about another amount than before. */
  | Named<'FindingMade', OfFinding & { readonly label?: BilledLabel; readonly finding: Finding; readonly foundAt: string }>
  /** What came later explains it. */
  | Named<'FindingWithdrawn', OfFinding & { readonly withdrawnAt: string }>
  | Named<'FindingDisputed', Reasoned & { readonly disputedAt: string }>
  /** The carrier’s answer: it gives back so much in all. */
  | Named<'FindingCredited', OfFinding & { readonly amount: number; readonly creditedAt: string }>
  | Named<'DisputeRefused', Reasoned & { readonly refusedAt: string }>
  | Named<'FindingAccepted', Reasoned & { readonly acceptedAt: string }>
  | Named<'FindingClosed', Reasoned & { readonly closedAt: string }>;

interface OnFinding {
  readonly findingId: string;
  readonly now: string;
}
type WithReason = OnFinding & { readonly reason: Reason };

export type BillCommand =
  /** Lines that came, and the label as it stands now: both may be told again, and in any order. */
  | Named<
      'AuditBill',
      BillNamed & { readonly label?: BilledLabel; readonly lines: readonly InvoiceLine[]; readonly terms: AuditTerms; readonly now: string }
    >
  /** No invoice has it, though it is time. */
  | Named<'MissBill', BillNamed & { readonly label: BilledLabel; readonly now: string }>
  | Named<'DisputeFinding', WithReason>
  | Named<'CreditFinding', OnFinding & { readonly amount: number }>
  | Named<'RefuseDispute', WithReason>
  | Named<'AcceptFinding', WithReason>
  | Named<'CloseFinding', WithReason>;

export interface KnownFinding extends Finding {
  readonly findingId: string;
  readonly status: FindingStatus;
  /** What the carrier said that it gives back: the same money as the credits of its invoices. */
  readonly promised: number;
  readonly reason?: Reason;
  readonly foundAt: string;
  readonly changedAt: string;
}

export interface Bill {
  readonly named?: BillNamed;
  readonly label?: BilledLabel;
  readonly lines: ReadonlyMap<string, InvoiceLine>;
  readonly findings: ReadonlyMap<string, KnownFinding>;
  /** What the books were told last, and how often they were. */
  readonly assessed?: { readonly number: number; readonly told: CarrierBillAssessed['data']['totals'] };
}

/** The id of what is named by these parts. */
export type NameId = (...parts: readonly string[]) => string;
