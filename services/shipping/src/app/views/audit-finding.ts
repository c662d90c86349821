import type { Reason } from '@cartage/contracts';
import { put, type Change, type Row, type View } from '@cartage/views';
import { findingStatuses, type Bill, type BillEvent, type KnownFinding } from '../../domain/carrier-invoices/bill-events';
import { billFold, creditOf } from '../../domain/carrier-invoices/bill-fold';
import { findingKinds } from '../../domain/carrier-invoices/findings';
import type { BilledLabel, InvoiceLine } from '../../domain/carrier-invoices/invoice-line';

type OfFinding = { readonly data: { readonly findingId: string } };

const orNull = <Value>(value: Value | undefined): Value | null => value ?? null;

const ofLine = ({ line }: KnownFinding, label: BilledLabel | undefined): Row => {
  const { lineId, invoiceId, trackingNumber }: Partial<InvoiceLine> = line ?? label?.parcels[0] ?? {};
  return { line_id: orNull(lineId), invoice_id: orNull(invoiceId), tracking_number: orNull(trackingNumber) };
};

const ofLabel = (label: BilledLabel | undefined): Row => {
  const { labelId, orderId, shipmentId }: Partial<BilledLabel> = label ?? {};
  return { label_id: orNull(labelId), order_id: orNull(orderId), shipment_id: orNull(shipmentId) };
};

const saidOf = (finding: KnownFinding): Row => {
  const { code, detail }: Partial<Reason> = finding.reason ?? {};
  const { expected, billed } = finding;
  return { credited: creditOf(finding), expected: orNull(expected), billed: orNull(billed), reason: orNull(code), detail: orNull(detail) };
};

/** As it stands after the event. */
const shown = ({ data: { findingId } }: OfFinding, state: () => Bill): readonly Change[] => {
  const { findings, named, label } = state();
  const finding = findings.get(findingId);
  if (!finding || !named) return [];
  const { kind, status, currency, amount, foundAt, changedAt } = finding;
  return [
    put({
      ...{ finding_id: findingId, bill_id: named.billId, carrier: named.carrier, kind, status, currency, amount },
      ...{ ...ofLine(finding, label), ...ofLabel(label), ...saidOf(finding), found_at: foundAt, changed_at: changedAt },
    }),
  ];
};

export const auditFinding: View<BillEvent, Bill> = {
  name: 'audit_finding',
  about: 'What of carriers’ invoices is not as the labels say that were bought, and what became of it.',
  key: ['finding_id'],
  revision: 1,
  fold: billFold,
  columns: {
    finding_id: { type: 'uuid not null', about: 'The finding.' },
    bill_id: { type: 'uuid not null', about: 'All that was billed for the same label.' },
    carrier: { type: 'text not null', about: 'Name of the carrier.' },
    kind: { type: 'text not null', about: `One of ${findingKinds.join(', ')}.` },
    status: { type: 'text not null', about: `One of ${findingStatuses.join(', ')}; withdrawn: what came later explains it.` },
    line_id: { type: 'uuid', about: 'The line that it is found in.' },
    invoice_id: { type: 'uuid', about: 'The invoice of that line.' },
    tracking_number: { type: 'text', about: 'The carrier’s number of the parcel.' },
    label_id: { type: 'uuid', about: 'The label.' },
    order_id: { type: 'uuid', about: 'Its order.' },
    shipment_id: { type: 'uuid', about: 'Its shipment; empty for labels of the way back.' },
    currency: { type: 'text not null', about: 'ISO 4217.' },
    amount: { type: 'bigint not null', about: 'The money that it is about, minor units; below zero in our favour.' },
    credited: { type: 'bigint not null', about: 'What of it the carrier has given back, or said that it gives back.' },
    expected: { type: 'text', about: 'What the label says: a service, grams, minor units.' },
    billed: { type: 'text', about: 'What the bill says.' },
    reason: { type: 'text', about: 'Why it was disputed, refused, accepted or closed: a stable code.' },
    detail: { type: 'text', about: 'The same in words.' },
    found_at: { type: 'timestamptz not null', about: 'When it was found first.' },
    changed_at: { type: 'timestamptz not null', about: 'Since when it stands so.' },
  },
  indexes: ['(found_at desc, finding_id desc)', '(status, found_at desc, finding_id desc)', '(invoice_id)', '(bill_id)'],
  on: {
    FindingMade: shown,
    FindingWithdrawn: shown,
    FindingDisputed: shown,
    FindingCredited: shown,
    DisputeRefused: shown,
    FindingAccepted: shown,
    FindingClosed: shown,
  },
};
