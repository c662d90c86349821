import { decimal, integer, list, nullable, object, text, time } from '@cartage/contracts';
import { answerOf, pageAnswer } from '@cartage/service-kit';
import type { SkuSales, StockAge, StockTurnover } from '../../app/analysis/analysis';

export interface BestSellers {
  readonly from: string;
  readonly to: string;
  readonly items: readonly SkuSales[];
}

export const bestSellers = answerOf<BestSellers>()(
  'BestSellers',
  object({
    from: time(),
    to: time('The first instant that does not count any more.'),
    items: list(
      object({
        sku: text('Of a kit its parts.'),
        channel: nullable(text('Where it was sold; null: not known.')),
        sold: integer('Units that left.'),
        returned: integer('Units that came back, fit to be sold or not.'),
        net: integer('Units sold and kept.'),
      }),
      'The most sold first.',
    ),
  }),
);

export const agePage = pageAnswer(
  answerOf<StockAge>()(
    'StockAge',
    object({
      sku: text(),
      location: text('Location code.'),
      onHand: integer('Units.'),
      within30Days: integer('Units of them that came within 30 days.'),
      within90Days: integer('Units that came 30 to 90 days ago.'),
      within180Days: integer('Units that came 90 to 180 days ago.'),
      older: integer('Units that came before that.'),
      averageDays: decimal('Age of a unit.'),
      oldestAt: time('When the oldest of them came there.'),
    }),
  ),
);

export const turnoverPage = pageAnswer(
  answerOf<StockTurnover>()(
    'StockTurnover',
    object({
      sku: text(),
      location: text('Location code.'),
      onHand: integer('Units now.'),
      net: integer('Units that left in the period, less those that came back.'),
      averageOnHand: decimal('Units, by time.'),
      days: decimal('Days of the period since the SKU first came there.'),
      turnsAYear: nullable(decimal('Sold over average on hand, as of a year; null: there was nothing to sell.')),
      daysOfSupply: nullable(decimal('For how long it lasts at this pace; null: nothing was sold.')),
    }),
  ),
);
