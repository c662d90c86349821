import { currency, integer, decimal, list, money, nullable, object, oneOf, optional, text, time, uuid } from '@cartage/contracts';
import { answerOf, pageAnswer } from '@cartage/service-kit';
import type { InvoiceFile, InvoiceRejection } from '../../app/carrier-invoices/invoice-files';
import type { CarrierInvoice, FindingRow, InvoiceLineRow } from '../../app/carrier-invoices/invoice-reports';
import { findingStatuses } from '../../domain/carrier-invoices/bill-events';
import { findingKinds } from '../../domain/carrier-invoices/findings';
import { chargeKinds } from '../../domain/carrier-invoices/invoice-line';
import { weightUnits, type CarrierTerms } from '../../domain/carrier-invoices/terms';

const kind = oneOf(findingKinds);
const status = oneOf(findingStatuses, '`tolerated`: let pass by the terms; `withdrawn`: what came later explains it.');

export const invoiceFileAnswer = answerOf<InvoiceFile>()(
  'CarrierInvoiceFile',
  object({
    fileId: uuid('It follows from what the file holds: the same file is the same one.'),
    carrier: text(),
    status: oneOf(['running', 'done', 'broken-off'], '`broken-off`: send the same file, and it goes on where it was.'),
    records: integer('That were looked at.'),
    imported: integer('Rows with a charge that was not here before.'),
    unchanged: integer('Rows that were here before: in this file or another one.'),
    rejected: integer('That are wrong; the others were taken all the same.'),
    lastLine: integer('Up to which the file was taken.'),
    startedAt: time(),
    changedAt: time(),
    by: text('Who sent it.'),
  }),
);
export const invoiceFilePage = pageAnswer(invoiceFileAnswer);

export const invoiceRejectionPage = pageAnswer(
  answerOf<Omit<InvoiceRejection, 'number'>>()(
    'CarrierInvoiceRejection',
    object({
      line: integer('On which the record ends; of a CSV file the header is line 1.'),
      field: text('The column, or our word for it where it has none; empty: the row as a whole.'),
      code: text('Stable.'),
      message: text('For a person.'),
    }),
  ),
);

const total = object({
  currency: currency(),
  lines: integer(),
  billed: money('All of its lines: `agreed`, `taxes`, `credits` and `found` together, to the cent.'),
  agreed: money('As the labels say.'),
  taxes: money(),
  credits: money('Below zero: given back, of this invoice or an earlier one.'),
  found: money('What is not as the labels say; below zero in our favour.'),
  findings: list(
    object({ kind, status, count: integer(), amount: money(), credited: money('Given back of it, or to be given back.') }),
    'What of `found` is about what.',
  ),
});

export const invoiceAnswer = answerOf<CarrierInvoice>()(
  'CarrierInvoice',
  object({
    invoiceId: uuid(),
    carrier: text(),
    invoice: text('The carrier’s own number of it.'),
    billedOn: time(),
    totals: list(total, 'By currency.'),
  }),
);
export const invoicePage = pageAnswer(invoiceAnswer);

export const invoiceLinePage = pageAnswer(
  answerOf<InvoiceLineRow>()(
    'CarrierInvoiceLine',
    object({
      lineId: uuid(),
      trackingNumber: text(),
      labelId: nullable(uuid('Null: no label has the number.')),
      orderId: nullable(uuid()),
      kind: oneOf(chargeKinds),
      charge: nullable(text('The carrier’s word for it.')),
      service: nullable(text('The carrier’s word for it.')),
      zone: nullable(text()),
      weightGrams: nullable(integer('As charged.')),
      currency: currency(),
      amount: money('Below zero: given back.'),
      billedOn: time(),
      findings: list(object({ findingId: uuid(), kind, status })),
    }),
  ),
);

export const findingAnswer = answerOf<FindingRow>()(
  'AuditFinding',
  object({
    findingId: uuid(),
    carrier: text(),
    kind,
    status,
    invoiceId: nullable(uuid('Null: no invoice has it.')),
    invoice: nullable(text('The carrier’s own number of it.')),
    lineId: nullable(uuid()),
    trackingNumber: nullable(text()),
    labelId: nullable(uuid()),
    shipmentId: nullable(uuid('Null for labels of the way back.')),
    orderId: nullable(uuid()),
    currency: currency(),
    amount: money('The money that it is about; below zero in our favour, 0 where another finding has the money.'),
    credited: money('What of it the carrier has given back, or said that it gives back.'),
    expected: nullable(text('What the label says: a service, grams, minor units.')),
    billed: nullable(text('What the bill says.')),
    reason: nullable(text('Why it was disputed, refused, accepted or closed: a stable code.')),
    detail: nullable(text('The same in words.')),
    foundAt: time(),
    changedAt: time(),
  }),
);
export const findingPage = pageAnswer(findingAnswer);

const named = (about: string) => list(object({ name: text(), is: text() }), about);
const amounts = (about: string) => list(object({ currency: currency(), amount: money() }), about);

/** Names that a business gives are values of an answer, not its fields. */
export type ShownTerms = Omit<CarrierTerms, 'mapping' | 'services' | 'tolerances' | 'alertOver'> & {
  readonly services: readonly Named[];
  readonly tolerances: readonly ShownAmount[];
  readonly alertOver: readonly ShownAmount[];
  readonly mapping: Omit<CarrierTerms['mapping'], 'columns' | 'charges' | 'surcharges'> & {
    readonly columns: readonly Named[];
    readonly charges: readonly Named[];
    readonly surcharges: readonly Named[];
  };
};
interface Named {
  readonly name: string;
  readonly is: string;
}
interface ShownAmount {
  readonly currency: string;
  readonly amount: number;
}

const namesOf = (names: Readonly<Record<string, string | undefined>>): readonly Named[] =>
  Object.entries(names).flatMap(([name, is]) => (is === undefined ? [] : [{ name, is }]));
const amountsOf = (of: Readonly<Record<string, number>>): readonly ShownAmount[] =>
  Object.entries(of).map(([code, amount]) => ({ currency: code, amount }));

export const shownTerms = ({ mapping, services, tolerances, alertOver, ...terms }: CarrierTerms): ShownTerms => ({
  ...terms,
  ...{ services: namesOf(services), tolerances: amountsOf(tolerances), alertOver: amountsOf(alertOver) },
  mapping: { ...mapping, columns: namesOf(mapping.columns), charges: namesOf(mapping.charges), surcharges: namesOf(mapping.surcharges) },
});

const terms = object({
  carrier: text(),
  services: named('Its words for services, and which of ours each is.'),
  included: list(text(), 'Surcharges that the price of a label includes.'),
  weightToleranceGrams: integer(),
  volumetricDivisor: optional(integer('Cubic centimetres that are charged as a kilogram.')),
  tolerances: amounts('A difference up to this is let pass.'),
  tolerancePercent: decimal('Or up to so much of the label’s price.'),
  missingDays: integer(),
  since: time('Labels of parcels that were handed over before are not missed.'),
  alertOver: amounts('More than this in open findings raises an alert.'),
  mapping: object({
    columns: named('Our fields, and the column of each.'),
    charges: named('Words of the file, and what each means.'),
    surcharges: named('Columns that are charges of their own, and what each is called.'),
    weightUnit: oneOf(weightUnits),
    currency: optional(currency()),
    dateFormat: text(),
    zone: text(),
    decimalMark: oneOf(['.', ',']),
    units: oneOf(['major', 'minor']),
    delimiter: oneOf([',', ';', '\t', '|']),
  }),
});
export const termsAnswer = answerOf<ShownTerms>()('CarrierInvoiceTerms', terms);
export const allTermsAnswer = answerOf<{ readonly items: readonly ShownTerms[] }>()(
  'AllCarrierInvoiceTerms',
  object({ items: list(terms) }),
);
