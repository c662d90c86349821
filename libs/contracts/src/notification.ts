import { contractsOf, type EventOf } from './event';
import { orderId, reason } from './parts';
import { object, optional, text, time, uuid, word } from './schema';
import { Topics } from './topics';

const event = contractsOf(Topics.notification, 'notices');

export const FollowUpDue = event(
  'FollowUpDue',
  'Some days after everything of an order was delivered: the moment for a word of thanks, a question, an offer. Whoever cares for the customer takes it from here; who and where stands in `OrderPlaced`.',
  object({
    orderId,
    channel: text('Where it was sold.'),
    customerId: optional(text('Absent for a guest.')),
    completedAt: time('When the last of it was delivered.'),
    dueAt: time(),
  }),
);

export const NotificationFailed = event(
  'NotificationFailed',
  'The customer could not be told something, and no more tries follow: somebody should reach them another way.',
  object({
    orderId,
    messageId: uuid(),
    kind: text('What they were to be told, such as `payment-declined`; the list is open.'),
    medium: word(['email', 'text'], 'show it as it is', 'How they were to be told.'),
    reason,
    failedAt: time(),
  }),
);

export const notificationEvents = { FollowUpDue, NotificationFailed };
/** Public events of the notifications service; subject: the order id. */
export type NotificationEvent = EventOf<(typeof notificationEvents)[keyof typeof notificationEvents]>;
