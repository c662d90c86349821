import { currency, list, lineQuantity, money, object, oneOf, orderId, reason, time, uuid } from '@cartage/contracts';
import { answerOf } from '@cartage/service-kit';
import type { CancellationAnswer, ShownCancellation } from '../app/cancellations';
import { orderStatuses } from '../domain/state';

const standing = {
  cancellationId: uuid(),
  status: oneOf(['requested', 'cancelled', 'partly-refused', 'refused'], '`requested` while whoever holds the goods is asked.'),
  reason,
  at: time(),
  cancelled: list(lineQuantity, 'Units that will not ship.'),
  requested: list(lineQuantity, 'Units that somebody is asked about.'),
  refused: list(lineQuantity, 'Units that are on their way: a return can bring them back.'),
};

export const cancellationStanding = object(standing);

export const cancellationAnswer = answerOf<CancellationAnswer>()(
  'OrderCancellationAnswer',
  object({
    orderId,
    ...standing,
    orderStatus: oneOf(orderStatuses),
    expected: object(
      {
        currency: currency(),
        amount: money('What the order costs less by it.'),
        refund: money('Of that, what was paid already and comes back.'),
        release: money('Of that, what was promised only and will not be charged.'),
      },
      'If everything that was asked for comes about.',
    ),
  }),
);

export const cancellationList = answerOf<{ readonly items: readonly ShownCancellation[] }>()(
  'OrderCancellations',
  object({ items: list(cancellationStanding, 'Oldest first.') }),
);
