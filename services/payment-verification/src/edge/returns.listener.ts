import { Topics, type ReturnEvent } from '@cartage/contracts';
import type { Listener } from '@cartage/messaging';
import type { Payments } from '../app/payments';

/** Hears no replays: it moves money. */
export const returnsListener = (payments: Payments): Listener<ReturnEvent> => ({
  group: 'payment.returns',
  topic: Topics.returns,
  on: {
    RefundDue: ({ orderId, refundId, returnId, currency, amount, tender }, meta) =>
      payments.refund({ orderId, refundId, returnId, currency, amount, tender }, meta),
  },
});
