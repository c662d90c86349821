import { currency, decimal, integer, list, money, nullable, object, oneOf, orderId, text, time, uuid } from '@cartage/contracts';
import { answerOf, pageAnswer } from '@cartage/service-kit';
import { outstandingKinds, type Outstanding, type SkuReturns } from '../app/reports';

const outstanding = answerOf<Outstanding>()(
  'OutstandingReturn',
  object({
    returnId: uuid(),
    orderId,
    lineNo: integer('Its place in the return.'),
    lineId: nullable(text('Line of the order; null: it has no such line.')),
    sku: text('Of the line, or of a part of its kit.'),
    what: oneOf(
      outstandingKinds,
      'In which way it is waited for: the customer has not sent it; a carrier has it; a dock has it; its refund is due or failed; it was paid for and did not come.',
    ),
    units: integer('Units.'),
    since: time('Since when: it was asked for, a carrier had it first, or its refund became due.'),
  }),
);
export const outstandingPage = pageAnswer(outstanding);

const units = integer('Units.');
const skuReturns = answerOf<SkuReturns>()(
  'SkuReturns',
  object({
    sku: text('Of lines, or of parts of kits.'),
    returns: integer('Returns with it.'),
    delivered: integer('Units that were delivered in the same time.'),
    asked: integer('Units that were to come, and were not declined.'),
    received: integer('Units that came in.'),
    ratePercent: nullable(decimal('Received of delivered, percent with one decimal; null: nothing was delivered.')),
    grades: object({ A: units, B: units, C: units, scrap: units }, 'Units by condition.'),
    dispositions: list(object({ disposition: text(), units }), 'What became of them, most first.'),
    reasons: list(object({ reason: text(), units }), 'By the customer’s reason, most first; a line with two reasons counts for both.'),
    refunded: list(object({ currency: currency(), amount: money('Minor units.') }), 'What is due or was paid for the goods, tax in it.'),
  }),
);
export const skuReturnsPage = pageAnswer(skuReturns);
