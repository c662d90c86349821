import { Topics, type OrderEvent } from '@cartage/contracts';
import type { Listener } from '@cartage/messaging';
import type { Exchanges } from '../app/exchanges';
import type { Payments } from '../app/payments';
import type { RememberingSales } from '../app/sales';

/** Hears no replays: it moves money. What invoices need of an order is kept before it is judged: whoever hears it again, keeps it again. */
export const orderListener = (
  payments: Payments,
  remember: RememberingSales,
  exchanges: Pick<Exchanges, 'ended'>,
): Listener<OrderEvent> => ({
  group: 'payment.order',
  topic: Topics.order,
  on: {
    OrderPlaced: async (order, meta, { time: recordedAt }) => {
      await remember.placed(order);
      await payments.verify({ order, recordedAt }, meta);
    },
    PaymentAdded: (added, meta) => payments.add(added, meta),
    // Nobody ships it: the handover stands for the shipment that is charged.
    GoodsHandedOver: async ({ orderId, handoverId, location, lines }, meta) =>
      void (await payments.charge({ orderId, shipmentId: handoverId, lines, ...(location === undefined ? {} : { location }) }, meta)),
    OrderEdited: async (edited, meta) => {
      await remember.edited(edited);
      await payments.edit(edited, meta);
    },
    LineCancelled: ({ orderId, lines, reason, undelivered }, meta) =>
      payments.cancelLines({ orderId, lines, reason, ...(undelivered ? { undelivered } : {}) }, meta),
    ChannelRefunded: async (refund, meta) => void (await payments.hearChannelRefund(refund, meta)),
    OrderCancelled: async ({ orderId, reason }, meta) => {
      const { current } = await payments.cancel({ orderId, reason }, meta);
      await exchanges.ended(orderId, current, meta);
    },
  },
});
