import { currency, decimal, integer, list, money, nullable, object, oneOf, orderId, text, time, uuid } from '@cartage/contracts';
import { answerOf, pageAnswer } from '@cartage/service-kit';
import type { ReturnRate } from '../domain/return-rates';
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

const unusual = nullable(oneOf(['more', 'less'], 'Than others do, beyond what chance would do; null: it is not unusual.'));
const share = (about: string) => decimal(`${about}, 0 to 1.`);
const returnRate = answerOf<ReturnRate>()(
  'ReturnRate',
  object({
    sku: text(),
    category: nullable(text('Of the catalogue; null: none.')),
    delivered: integer('Units that were delivered in that time.'),
    returned: integer('Units of them that came back, whenever that was.'),
    expected: share('Of what is delivered, the share that is expected back'),
    least: share('In nineteen of twenty cases it lies between this'),
    most: share('and this'),
    prior: object(
      {
        from: oneOf(['category', 'all', 'nothing'], 'Other SKUs of its category; all others, where these are fewer than five; or none.'),
        rate: share('What they send back'),
        weight: decimal('So many units delivered would say as much.'),
        skus: integer('Others that it was learned from.'),
      },
      'What it leans on as long as little is known of it.',
    ),
    unusual,
    chance: share('How rarely a SKU like the others would come back as much, or as little'),
    reasons: list(
      object({
        reason: text(),
        units: integer('Units that came back for it.'),
        expected: share('Of what is delivered, expected back for it'),
        unusual,
      }),
      'By the customer’s reason, most first; a line with two reasons counts for both.',
    ),
  }),
);
export const returnRatesPage = pageAnswer(returnRate);
