import { decimal, integer, list, nullable, object, oneOf, optional, text, time, truth, uuid } from '@cartage/contracts';
import { answerOf, pageAnswer } from '@cartage/service-kit';
import type { ShownForecast } from '../../app/watching/forecasts';
import type { LearnedReorder } from '../../domain/watching/watch';
import type { ShownAlert, Suggestion } from '../../app/watching/watching';

export interface ShownPoint {
  readonly sku: string;
  readonly location: string;
  readonly reorderPoint: number | null;
  readonly orderUpTo: number | null;
  readonly learned?: LearnedReorder;
}

const learned = object(
  {
    serviceLevel: integer('In so many of a hundred cases there is to be enough until what is ordered is there.'),
    reviewDays: integer('Orders are placed every so many days.'),
    leadDays: integer('Days from an order to its goods, until enough was received of the supplier.'),
    supplier: optional(text('Whose purchase orders tell how long it takes.')),
    minimumQuantity: optional(integer('Fewer are never ordered.')),
    multipleOf: optional(integer('Only multiples of these are ordered.')),
    decides: truth('Whether suggestions go by what is learned; otherwise it is shown beside them.'),
  },
  'By what the numbers are learned.',
);

export const reorderPoint = answerOf<ShownPoint>()(
  'ReorderPoint',
  object({
    sku: text(),
    location: text('Location code.'),
    reorderPoint: nullable(integer('At so many units there and on order, or fewer, more is to be ordered; null: not watched.')),
    orderUpTo: nullable(integer('Units that should be there, with what is on order.')),
    learned: optional(learned),
  }),
);

export interface ShownThreshold {
  readonly sku: string;
  readonly channel: string | null;
  readonly atpBelow: number | null;
}

export const alertThreshold = answerOf<ShownThreshold>()(
  'AlertThreshold',
  object({
    sku: text(),
    channel: nullable(text('Null: over the network.')),
    atpBelow: nullable(integer('Fewer units that can be promised raise an alert; null: none is raised.')),
  }),
);

export const alertPage = pageAnswer(
  answerOf<ShownAlert>()(
    'StockAlert',
    object({
      alertId: uuid(),
      kind: text('`low`, `negative`, `reorder`, `drift`.'),
      sku: text(),
      channel: nullable(text('Null: none in particular.')),
      location: nullable(text('Location code; null: the network.')),
      value: integer(
        'When it was raised: units that can be promised; of `reorder` those there and on order; of `drift` by how many the other system differs.',
      ),
      threshold: integer('Units that would have been enough; of `drift` by so many it may differ.'),
      raisedAt: time(),
      endedAt: nullable(time('Null: it stands.')),
    }),
  ),
);

export const suggestionPage = pageAnswer(
  answerOf<Suggestion>()(
    'ReorderSuggestion',
    object({
      sku: text(),
      location: text('Location code.'),
      reorderPoint: integer('Units.'),
      orderUpTo: integer('Units.'),
      available: integer('Units there that nobody has a claim on.'),
      onOrder: integer('Units on order for it that are not overdue.'),
      minimumQuantity: integer('Fewer are never ordered.'),
      multipleOf: integer('Only multiples of these are ordered.'),
      decidedBy: oneOf(['said', 'learned'], '`learned`: the numbers are those of the forecast; `said`: those that a person gave.'),
      suggested: integer('Units to order.'),
    }),
  ),
);

export const forecast = answerOf<ShownForecast>()(
  'DemandForecast',
  object({
    sku: text(),
    location: text('Location code.'),
    madeAt: time('When it was forecast; it knows what left until the day before (UTC).'),
    source: object(
      {
        method: text(),
        version: text(),
        days: integer('Since the first sale there.'),
        sellingDays: integer('Of them, with a sale.'),
        candidate: text('What was taken of the ways to forecast.'),
        because: oneOf(
          ['only-one', 'best-for-all', 'better-for-this-one', 'too-new'],
          'Why that one; `too-new`: it borrows from its category.',
        ),
      },
      'How it was made, and from what.',
    ),
    perDay: list(decimal(), 'Units that are expected to leave on each coming day.'),
    ahead: object(
      {
        days: integer(),
        units: decimal('On average.'),
        low: integer('In one of ten cases at most this many,'),
        median: integer('in half of them this many,'),
        high: integer('and in nine of ten this many.'),
      },
      'Of all of these days together: what others are told (`DemandExpected`).',
    ),
    error: object(
      {
        days: integer('So many of the last days were held back.'),
        learned: decimal('This method.'),
        baseline: decimal('Exponential smoothing, the plain way.'),
      },
      'By how many units a day forecasts of days that were held back were wrong (root mean square).',
    ),
    leadTime: object(
      {
        meanDays: decimal('From an order to its goods.'),
        varianceDays: decimal('Of these days.'),
        receipts: integer('Purchase orders of the supplier that it was learned from; 0: the days that were said.'),
      },
      'How long the supplier takes.',
    ),
    expected: object(
      {
        days: decimal('Lead time and review.'),
        level: oneOf(
          ['mean of 8 weeks', 'launches of its group'],
          'How units a day were taken from what was issued: not the forecast by day, which stock cannot follow.',
        ),
        version: text('Of the way in which the proposal is made.'),
        units: decimal(),
        least: integer('Four of five times it lies between this'),
        most: integer('and this.'),
      },
      'Demand until what is ordered at the next occasion is there.',
    ),
    proposal: optional(
      object(
        {
          reorderPoint: integer(),
          orderUpTo: integer(),
          safetyStock: integer('Of the reorder point, what is there for what is not as expected.'),
        },
        'Absent: nothing was ever sold there, and the numbers that were said hold.',
      ),
    ),
    terms: learned,
  }),
);
