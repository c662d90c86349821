import { count, currency, integer, list, money, object, oneOf, optional, text, time, truth, uuid } from '@cartage/contracts';
import { answerOf } from '@cartage/service-kit';
import type { OrderDesk } from '../app/desk';
import { cancellationStanding } from './cancellations.answers';
import { order } from './orders.answers';
import { timelineEntry } from './timeline.answers';

const stock = object({
  lineId: text(),
  sku: text(),
  wanted: integer('Units that are still to ship, or have.'),
  reserved: integer('Units that stock has promised.'),
  short: optional(
    object({ requested: count(), available: integer() }, 'What stock could not promise when it was last asked; absent when it did.'),
  ),
  allocated: list(object({ location: text('Location code.'), fulfillmentId: uuid(), quantity: count() }), 'Where it is claimed.'),
});

const heardReturn = object({
  returnId: uuid(),
  status: oneOf(['requested', 'authorized', 'declined', 'cancelled', 'expired', 'received', 'closed'], 'The furthest that was told.'),
  at: time('Of the status.'),
  lines: list(object({ lineId: text(), quantity: count() })),
  refunds: list(object({ refundId: uuid(), amount: money(), currency: currency() }), 'That were given back for it.'),
});

const action = object({
  action: text('`cancel`, `hold`, `release`, `resolve-shortage`, `add-payment`, `return`; more will come.'),
  method: oneOf(['POST', 'PUT']),
  path: text('Where it is asked; with `?preview=true` it tells what it would do.'),
  allowed: truth('Whether it would be done now, by the same rules that decide it.'),
  lines: optional(list(text(), 'The lines for which it would be done, where it can be asked of lines.')),
  refusal: optional(object({ code: text('Of the problem.'), message: text('For a person.') }, 'Why not.')),
});

export const desk = answerOf<OrderDesk>()(
  'OrderDesk',
  object({
    order,
    stock: list(stock, 'Where the units of each line are.'),
    returns: list(heardReturn),
    cancellations: list(cancellationStanding),
    latest: list(timelineEntry, 'What happened last, newest first.'),
    actions: list(action, 'What can be asked of it, and why not the rest.'),
  }),
);
