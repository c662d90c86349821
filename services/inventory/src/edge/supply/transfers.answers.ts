import { count, integer, list, object, oneOf, optional, text, time, truth, uuid } from '@cartage/contracts';
import { answerOf, pageAnswer } from '@cartage/service-kit';
import type { ShownTransfer } from '../../app/supply/transfers';

export const transferAnswer = answerOf<ShownTransfer>()(
  'Transfer',
  object({
    transferId: uuid(),
    status: oneOf(
      ['planned', 'in-transit', 'closed', 'cancelled'],
      '`planned`: it stands where it was, and can be sold there; `in-transit`: it left, and stands nowhere; `closed`: all of it came or is lost.',
    ),
    from: text('Location code.'),
    to: text('Location code.'),
    reference: optional(text('The document behind it.')),
    lines: list(
      object({
        lineId: text(),
        sku: text(),
        quantity: count('Units planned.'),
        sent: integer('Units that left.'),
        received: integer('Units that came.'),
        lost: integer('Units that will not come.'),
        inTransit: integer('Units on their way: those who wait are promised them, if it is known when they come.'),
      }),
    ),
    expectedAt: optional(time('When it can be sold there; absent: nobody knows.')),
    overdue: truth('It should have come by now.'),
    plannedAt: time(),
    dispatchedAt: optional(time()),
    revision: integer('Grows with every change; also in `ETag`.'),
  }),
);
export const transferPage = pageAnswer(transferAnswer);
