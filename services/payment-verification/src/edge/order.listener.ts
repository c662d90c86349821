import { Topics, type OrderEvent } from '@cartage/contracts';
import type { Listener } from '@cartage/messaging';
import type { Payments } from '../app/payments';

/** Hears no replays: it moves money. */
export const orderListener = (payments: Payments): Listener<OrderEvent> => ({
  group: 'payment.order',
  topic: Topics.order,
  on: {
    OrderPlaced: (order, meta, { time: recordedAt }) => payments.verify({ order, recordedAt }, meta),
    PaymentAdded: (added, meta) => payments.add(added, meta),
    OrderEdited: (edited, meta) => payments.edit(edited, meta),
    LineCancelled: ({ orderId, lines, reason }, meta) => payments.cancelLines({ orderId, lines, reason }, meta),
    OrderCancelled: ({ orderId, reason }, meta) => payments.cancel({ orderId, reason }, meta),
  },
});
