import type { FindingStatus } from '../../domain/carrier-invoices/bill-events';
import type { FindingKind } from '../../domain/carrier-invoices/findings';
import type { ChargeKind } from '../../domain/carrier-invoices/invoice-line';

/** What an invoice charges in one currency: `agreed`, `taxes`, `credits` and `found` are together `billed`, to the cent. Minor units. */
export interface InvoiceTotal {
  readonly currency: string;
  readonly lines: number;
  readonly billed: number;
  /** As the labels say. */
  readonly agreed: number;
  readonly taxes: number;
  /** Below zero: given back, of this invoice or an earlier one. */
  readonly credits: number;
  readonly found: number;
  /** What of `found` is about what. */
  readonly findings: readonly FindingTotal[];
}

export interface FindingTotal {
  readonly kind: FindingKind;
  readonly status: FindingStatus;
  readonly count: number;
  readonly amount: number;
  /** What of it the carrier has given back, or said that it does. */
  readonly credited: number;
}

export interface CarrierInvoice {
  readonly invoiceId: string;
  readonly carrier: string;
  readonly invoice: string;
  readonly billedOn: string;
  readonly totals: readonly InvoiceTotal[];
}

export interface InvoiceLineRow {
  readonly lineId: string;
  readonly trackingNumber: string;
  readonly labelId: string | null;
  readonly orderId: string | null;
  readonly kind: ChargeKind;
  readonly charge: string | null;
  readonly service: string | null;
  readonly zone: string | null;
  readonly weightGrams: number | null;
  readonly currency: string;
  readonly amount: number;
  readonly billedOn: string;
  readonly findings: readonly { readonly findingId: string; readonly kind: FindingKind; readonly status: FindingStatus }[];
}

export interface FindingRow {
  readonly findingId: string;
  readonly carrier: string;
  readonly kind: FindingKind;
  readonly status: FindingStatus;
  readonly invoiceId: string | null;
  readonly invoice: string | null;
  readonly lineId: string | null;
  readonly trackingNumber: string | null;
  readonly labelId: string | null;
  readonly shipmentId: string | null;
  readonly orderId: string | null;
  readonly currency: string;
  readonly amount: number;
  readonly credited: number;
  readonly expected: string | null;
  readonly billed: string | null;
  readonly reason: string | null;
  readonly detail: string | null;
  readonly foundAt: string;
  readonly changedAt: string;
}

export interface FindingFilter {
  readonly carrier?: string | undefined;
  readonly kind?: FindingKind | undefined;
  readonly status?: FindingStatus | undefined;
  readonly invoiceId?: string | undefined;
}

export interface Slice {
  readonly limit: number;
  /** The sort key of the last one seen: a time, and an id. */
  readonly after?: readonly [at: string, id: string] | undefined;
}

/** Money that is open with a carrier. */
export interface OpenMoney {
  readonly carrier: string;
  readonly currency: string;
  readonly amount: number;
}

/** What of carriers’ invoices is shown. */
export interface InvoiceShelf {
  /** Newest first. */
  invoices(carrier: string | undefined, slice: Slice): Promise<readonly CarrierInvoice[]>;
  invoice(invoiceId: string): Promise<CarrierInvoice | undefined>;
  lines(invoiceId: string, after: string | undefined, limit: number): Promise<readonly InvoiceLineRow[]>;
  /** Found last first. */
  findings(filter: FindingFilter, slice: Slice): Promise<readonly FindingRow[]>;
  /** Which of these lines are here. */
  known(lineIds: readonly string[]): Promise<ReadonlySet<string>>;
  /** What findings that nobody has dealt with, or that a carrier is asked about, come to. */
  open(): Promise<readonly OpenMoney[]>;
}
