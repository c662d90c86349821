import { put, type View } from '@cartage/views';
import { journalKindOf, type StockValueEvent } from '../../domain/goods/stock-value';

/** What did goods that came and went do to the books? */
export const stockValueMovement: View<StockValueEvent> = {
  name: 'stock_value_movement',
  about:
    'One row for each movement of goods and currency in which it changed what stock is worth. The sum of `amount` is the stock’s value.',
  columns: {
    movement_id: { type: 'uuid not null', about: 'The event that recorded it.' },
    stock_movement_id: { type: 'uuid not null', about: 'The movement of goods: an event of inventory.' },
    order_id: { type: 'uuid', about: 'The order that the goods left for, or came back of; null: none.' },
    version: { type: 'integer not null', about: 'Its place among those of the order, or of the movement.' },
    kind: {
      type: 'text not null',
      about:
        'stock-received, stock-sold, stock-returned, stock-adjusted, stock-lost, stock-disposed, stock-sent-back (to a supplier), stock-revalued.',
    },
    cause: { type: 'text', about: 'Why, of what was adjusted, disposed or lost.' },
    currency: { type: 'text not null', about: 'ISO 4217.' },
    amount: { type: 'bigint not null', about: 'Below zero: value that left. Minor units of `currency`.' },
    moved_at: { type: 'timestamptz not null', about: 'When inventory valued it.' },
  },
  key: ['movement_id'],
  indexes: ['(moved_at, movement_id)', '(order_id) where order_id is not null', '(stock_movement_id) where order_id is null'],
  revision: 2,
  on: {
    StockValueBooked: ({ id, version, data }) =>
      put({
        ...{ movement_id: id, stock_movement_id: data.movementId, order_id: data.orderId ?? null, version },
        ...{ kind: journalKindOf(data), cause: data.cause ?? null, currency: data.currency, amount: data.amount },
        moved_at: data.valuedAt,
      }),
  },
};
