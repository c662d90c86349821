import { contractsOf } from './event';
import { orderId, taxLine } from './parts';
import { count, currency, list, money, object, optional, text, time, uuid } from './schema';
import { Topics } from './topics';

const event = contractsOf(Topics.payment, 'invoice');

const document = {
  orderId,
  documentId: uuid(),
  number: text('Without gaps within legal entity and type of document.'),
  legalEntity: text('Code of who issued it.'),
  currency: currency(),
  net: money('Without tax.'),
  taxLines: list(taxLine),
  tax: money('Sum of the tax lines.'),
  total: money('net + tax.'),
  issuedAt: time(),
};

export const InvoiceIssued = event(
  'InvoiceIssued',
  'A shipment was invoiced, or money that was taken before anything shipped (in advance; the invoice of the shipment takes it off).',
  object({
    ...document,
    shipmentId: optional(uuid('What was invoiced; absent: money in advance.')),
    captureId: optional(uuid('The money in advance that was invoiced: it has no lines.')),
    deducted: optional(
      object(
        { numbers: list(text()), net: money(), taxLines: list(taxLine), tax: money(), total: money() },
        'What was invoiced in advance and is taken off: `net`, `taxLines`, `tax` and `total` of the document are what is left.',
      ),
    ),
    lines: list(
      object({
        lineId: text(),
        sku: text('Empty where the line was not known when it was invoiced.'),
        description: optional(text()),
        quantity: count(),
        total: money('With tax.'),
        tax: money('Of it.'),
      }),
    ),
    delivery: money('What of the total is for delivery, with tax.'),
  }),
);

export const CreditNoteIssued = event(
  'CreditNoteIssued',
  'A refund of what was invoiced was credited.',
  object({
    ...document,
    refundId: uuid('What was credited.'),
    invoices: list(text(), 'Numbers of the invoices of the order.'),
    ofAdvance: optional(money('What of it was invoiced in advance and will not ship: no later invoice takes it off.')),
  }),
);
