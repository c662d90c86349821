import { Topics, type PaymentEvent, type ReturnEvent } from '@cartage/contracts';
import type { Listener } from '@cartage/messaging';
import type { Exchanges } from '../app/exchanges';
import type { Payments } from '../app/payments';

/** Hears no replays: it moves money. */
export const returnsListener = (payments: Payments, exchanges: Pick<Exchanges, 'settled'>): Listener<ReturnEvent> => ({
  group: 'payment.returns',
  topic: Topics.returns,
  on: {
    RefundDue: ({ orderId, refundId, returnId, currency, amount, tender, exchange }, meta) =>
      payments.refund(
        {
          ...{ orderId, refundId, returnId, currency, amount, tender },
          ...(exchange ? { exchangeOrderId: exchange.replacementOrderId } : {}),
        },
        meta,
      ),
    ExchangeSettled: (settled, meta) => exchanges.settled(settled, meta),
  },
});

/** Hears its own: what an exchange gives back belongs to another order than the one that it pays for. */
export const exchangeListener = (exchanges: Pick<Exchanges, 'givesBack'>): Listener<PaymentEvent> => ({
  group: 'payment.exchanges',
  topic: Topics.payment,
  on: { BalanceDebited: (debited, meta) => exchanges.givesBack(debited, meta) },
});
