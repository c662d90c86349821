import { put, type Row, type View } from '@cartage/views';
import type { BillEvent } from '../../domain/carrier-invoices/bill-events';
import { chargeKinds, type InvoiceLine } from '../../domain/carrier-invoices/invoice-line';

export const carrierInvoice: View<BillEvent> = {
  name: 'carrier_invoice',
  about: 'The invoices of carriers of which a line came.',
  key: ['invoice_id'],
  revision: 1,
  columns: {
    invoice_id: { type: 'uuid not null', about: 'The invoice.' },
    carrier: { type: 'text not null', about: 'Name of the carrier.' },
    invoice: { type: 'text not null', about: 'The carrier’s own number of it.' },
    billed_on: { type: 'timestamptz not null', about: 'When it was billed, as its last line that came says.' },
  },
  indexes: ['(billed_on desc, invoice_id desc)', '(carrier, billed_on desc, invoice_id desc)'],
  on: {
    LabelBilled: ({ data: { lines } }) =>
      lines.map(({ invoiceId, carrier, invoice, billedOn }) => put({ invoice_id: invoiceId, carrier, invoice, billed_on: billedOn })),
  },
};

const rowOf = ({ lineId, invoiceId, carrier, trackingNumber, kind, currency, amount, billedOn, ...said }: InvoiceLine): Row => ({
  ...{ line_id: lineId, invoice_id: invoiceId, carrier, tracking_number: trackingNumber, kind, currency, amount, billed_on: billedOn },
  ...{ charge: said.charge ?? null, service: said.service ?? null, zone: said.zone ?? null, weight_grams: said.weightGrams ?? null },
});

export const carrierInvoiceLine: View<BillEvent> = {
  name: 'carrier_invoice_line',
  about: 'Each charge of carriers’ invoices, and the label that it is for.',
  key: ['line_id'],
  revision: 1,
  columns: {
    line_id: { type: 'uuid not null', about: 'The line. The same line in another file has no second row.' },
    bill_id: { type: 'uuid not null', about: 'All that was billed for the same label: the label itself, where one is known.' },
    invoice_id: { type: 'uuid not null', about: 'The invoice.' },
    carrier: { type: 'text not null', about: 'Name of the carrier.' },
    tracking_number: { type: 'text not null', about: 'The carrier’s number of the parcel, as billed.' },
    label_id: { type: 'uuid', about: 'The label; empty where none has the number.' },
    order_id: { type: 'uuid', about: 'Its order.' },
    kind: { type: 'text not null', about: `One of ${chargeKinds.join(', ')}.` },
    charge: { type: 'text', about: 'The carrier’s word for the charge.' },
    service: { type: 'text', about: 'The carrier’s word for the service.' },
    zone: { type: 'text', about: 'As billed.' },
    weight_grams: { type: 'bigint', about: 'As charged, in grams.' },
    currency: { type: 'text not null', about: 'ISO 4217.' },
    amount: { type: 'bigint not null', about: 'Minor units of `currency`; below zero it is given back.' },
    billed_on: { type: 'timestamptz not null', about: 'As the line says.' },
  },
  indexes: ['(invoice_id, line_id)', '(bill_id)'],
  on: {
    LabelBilled: ({ data: { billId, label, lines } }) =>
      lines.map((line) => put({ bill_id: billId, label_id: label?.labelId ?? null, order_id: label?.orderId ?? null, ...rowOf(line) })),
  },
};
