import type { StoredEvent } from '@cartage/eventsourcing';
import { put, type Change, type View } from '@cartage/views';
import type { ReturnEvent } from '../../domain/events';
import { exchangeStatus } from '../../domain/exchange';
import { returns } from '../../domain/return';
import type { OrderReturns } from '../../domain/state';

type About = StoredEvent & { readonly data: { readonly orderId: string; readonly exchangeId: string } };

/** The row of the exchange that an event is about, whole. */
const row = ({ data }: About, state: () => OrderReturns): Change | readonly Change[] => {
  const exchange = state().exchanges.get(data.exchangeId);
  if (!exchange) return [];
  return put({
    exchange_id: exchange.exchangeId,
    order_id: data.orderId,
    channel: state().sale?.channel ?? null,
    return_id: exchange.returnId,
    replacement_order_id: exchange.replacementOrderId,
    status: exchangeStatus(exchange),
    advance: exchange.advance,
    expected: exchange.credit,
    credited: exchange.settled?.amount ?? null,
    currency: exchange.currency,
    requested_at: exchange.requestedAt,
    settle_by: exchange.settleBy,
    settled_at: exchange.settled?.at ?? null,
  });
};

/** Which exchanges wait for goods, and for which of them too little came back? One row for each exchange. */
export const returnExchange: View<ReturnEvent, OrderReturns> = {
  name: 'return_exchange',
  about: 'Which exchanges wait for goods, and for which of them too little came back? One row for each exchange.',
  revision: 1,
  key: ['exchange_id'],
  columns: {
    exchange_id: { type: 'uuid not null', about: 'The exchange.' },
    order_id: { type: 'uuid not null', about: 'The order whose goods come back.' },
    channel: { type: 'text', about: 'The sales channel of the order.' },
    return_id: { type: 'uuid not null', about: 'The return that brings them.' },
    replacement_order_id: { type: 'uuid not null', about: 'The order that brings the other goods.' },
    status: {
      type: 'text not null',
      about:
        'waiting, overdue, settled, short (less came back than was reckoned with) or lapsed (nothing did, and nothing was sent in advance).',
    },
    advance: { type: 'boolean not null', about: 'Whether the other goods were not to wait.' },
    expected: { type: 'bigint not null', about: 'What comes back if it is as was said, minor units of `currency`.' },
    credited: { type: 'bigint', about: 'What it turned out to be worth; null: it is not settled.' },
    currency: { type: 'text not null', about: 'ISO 4217.' },
    requested_at: { type: 'timestamptz not null', about: 'When it was asked for and allowed.' },
    settle_by: { type: 'timestamptz not null', about: 'When it is overdue.' },
    settled_at: { type: 'timestamptz', about: 'When nothing more was to come of it.' },
  },
  indexes: [
    '(requested_at desc, exchange_id desc)',
    '(channel, requested_at desc, exchange_id desc)',
    '(status, requested_at desc, exchange_id desc)',
    '(order_id, requested_at desc, exchange_id desc)',
  ],
  fold: returns,
  on: { ExchangeRequested: row, ExchangeSettled: row, ExchangeOverdue: row },
};
