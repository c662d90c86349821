import { currency, decimal, integer, list, object, oneOf, optional, text, truth } from '@cartage/contracts';

import { demandSources } from '../domain/expected-demand';

/** How rules that look ahead, and what comes of it, are shown. */

export const lookAhead = optional(
  object(
    {
      method: oneOf(['look-ahead']),
      decides: truth('Whether it counts; otherwise it only stands in decisions, in shadow.'),
      horizonDays: integer('Stock is to last for so many days.'),
      unfilledCost: integer('What it costs not to ship an order, minor units of the table of costs.'),
    },
    'What a unit is worth to those who come later stands in decisions; absent: nobody looks ahead.',
  ),
);

export const worth = optional(
  list(integer(), 'What a unit of each is worth there to those who come later, minor units in the order of `skus`; absent: nobody knew.'),
);

export const keeps = optional(
  integer('What these units are worth there to those who come later, where the rules look ahead; minor units.'),
);

export const unitWorth = optional(
  object(
    {
      method: text(),
      version: text(),
      model: text('Which prices.'),
      currency: currency(),
      demand: optional(
        object(
          {
            from: oneOf(
              demandSources,
              '`forecast`: what inventory expects; `own-orders`: the pace of orders that came lately; `both`: the one where the other is not known.',
            ),
            share: decimal('Of the units of these orders, those that were counted by the forecast.'),
          },
          'What the orders that are expected were counted by.',
        ),
      ),
    },
    'By what it was found what units are worth to those who come later.',
  ),
);
