import { country, integer, lineQuantity, list, object, oneOf, optional, orderId, priorities, text, time, uuid } from '@cartage/contracts';
import { answerOf, pageAnswer } from '@cartage/service-kit';
import type { ListedFulfillment } from '../app/fulfillment-lists';
import type { ShownBrokering } from '../app/routing-reading';

const fulfillment = {
  fulfillmentId: uuid(),
  location: text('Location code.'),
  lines: list(lineQuantity, 'What it ships.'),
  attempt: integer('1 for the first brokering of these lines.'),
  decisionId: uuid('The decision that says why.'),
  status: oneOf(
    ['brokered', 'allocated', 'refused', 'rejected', 'closed'],
    '`refused` by the stock ledger, `rejected` by the location: both are brokered again elsewhere. `closed`: the goods have left.',
  ),
  brokeredAt: time(),
};

export const brokering = answerOf<ShownBrokering>()(
  'Brokering',
  object({
    orderId,
    version: integer('Events of the brokering so far; also in `ETag`.'),
    fulfillments: list(object(fulfillment)),
    unfilled: list(lineQuantity, 'Lines that nobody can ship, as last decided.'),
    closed: optional(text('Why nothing is brokered any more.')),
  }),
);

const listed = answerOf<ListedFulfillment>()(
  'ListedFulfillment',
  object({ ...fulfillment, orderId, priority: oneOf(priorities), country: country() }),
);
export const fulfillmentPage = pageAnswer(listed);
