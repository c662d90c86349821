import { contractsOf } from './event';
import { orderId } from './parts';
import { count, currency, list, money, object, optional, text, time, uuid } from './schema';
import { Topics } from './topics';

const totals = object({
  currency: currency(),
  quoted: optional(money('What the label was sold for, where it was sold in this currency.')),
  billed: money('All that the carrier’s invoices come to, taxes with them, less what they give back.'),
  agreed: money('What of it is as the label says.'),
  differences: money('What is not, and is paid: accepted, closed, let pass, or less than was quoted; less what was given back of it.'),
  disputed: money('What is not, and nobody has agreed to: found, disputed or refused; less what was given back of it.'),
  taxes: money('Taxes.'),
  creditDue: money('What the carrier has said that it gives back, and no invoice shows yet.'),
});

export const CarrierBillAssessed = contractsOf(Topics.shipping, 'carrierbill', 'subject')(
  'CarrierBillAssessed',
  'What a carrier has billed for a label so far, compared with what it was sold for, or what was said of the difference, changed. For the books: it says all of it, and the one with the greatest number counts. `agreed`, `differences`, `disputed` and `taxes` are together `billed` less `creditDue`.',
  object({
    billId: uuid('The label; of a tracking number that no label has, an id of its own.'),
    carrier: text('Name of the carrier’s adapter.'),
    orderId: optional(orderId),
    shipmentId: optional(uuid('Of a label that sent the goods.')),
    returnId: optional(uuid('Of a label for the way back.')),
    number: count('The first of a bill is 1.'),
    totals: list(totals, 'By currency.'),
    assessedAt: time(),
  }),
);

export const carrierBillEvents = { CarrierBillAssessed };
