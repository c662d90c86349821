import { currency, list, money, object, oneOf, orderId, text, time, uuid } from '@cartage/contracts';
import { answerOf, pageAnswer } from '@cartage/service-kit';
import type { MissingDocument } from '../../app/missing-documents';
import { documentKinds, type DocumentRow } from '../../app/views/invoice-list';
import { invoiceTimes, type LegalEntity } from '../../domain/invoices/legal-entities';

const kind = oneOf(documentKinds);

export const documentPage = pageAnswer(
  answerOf<DocumentRow>()(
    'IssuedDocument',
    object({
      documentId: uuid(),
      orderId,
      kind,
      number: text('Without gaps within legal entity and kind.'),
      legalEntity: text('Who issued it.'),
      occasion: uuid('The shipment that was invoiced, the capture of money in advance, or the refund that was credited.'),
      currency: currency(),
      net: money('Without tax.'),
      tax: money('Tax.'),
      total: money('With tax.'),
      issuedAt: time(),
    }),
  ),
);

export const missingPage = pageAnswer(
  answerOf<MissingDocument>()(
    'MissingDocument',
    object({
      movementId: uuid('The movement of money that has no document.'),
      orderId,
      kind,
      occasion: uuid('The shipment, the capture of money in advance, or the refund.'),
      currency: currency(),
      amount: money(),
      movedAt: time(),
    }),
  ),
);

const texts = list(text());
const shape = {
  entity: text('Its code.'),
  name: text(),
  address: texts,
  taxId: text(),
  prefix: text('Stands before each number.'),
  channels: texts,
  countries: texts,
  invoiceAt: oneOf(
    invoiceTimes,
    '`dispatch`: each shipment is invoiced. `capture`: money that is taken before, too, and taken off the invoice of the shipment.',
  ),
};
export const legalEntity = answerOf<LegalEntity>()('LegalEntity', object(shape));
export const legalEntityPage = pageAnswer(legalEntity);
