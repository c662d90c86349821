import { Topics, type ReturnEvent } from '@cartage/contracts';
import type { Listener } from '@cartage/messaging';
import { idFor } from '@cartage/service-kit';
import type { Payments } from '../app/payments';

/** Hears no replays: it moves money. */
export const returnsListener = (payments: Payments): Listener<ReturnEvent> => ({
  group: 'payment.returns',
  topic: Topics.returns,
  on: {
    // The event's own id is part of the refund's: a line may be graded in several parts, and each is owed by itself.
    ItemGraded: ({ orderId, returnId, lineId, currency, refund: amount }, meta, { id }) =>
      payments.refund({ orderId, refundId: idFor('refund', returnId, lineId, id), returnId, lineId, currency, amount }, meta),
  },
});
