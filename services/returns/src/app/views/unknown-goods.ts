import { patch, put, type View } from '@cartage/views';
import type { UnknownGoodsEvent } from '../../domain/unknown-goods/unknown-goods';

/** Which goods are at docks that name no order, and since when? One row for each receipt. */
export const unknownGoodsView: View<UnknownGoodsEvent> = {
  name: 'unknown_goods',
  about: 'Which goods are at docks that name no order, and since when? One row for each receipt.',
  revision: 1,
  key: ['receipt_id'],
  columns: {
    receipt_id: { type: 'uuid not null', about: 'The receipt.' },
    status: { type: 'text not null', about: 'waiting, overdue, matched or disposed.' },
    location: { type: 'text not null', about: 'Code of the location where they are.' },
    items: { type: 'jsonb not null', about: 'A list: sku as far as it can be guessed, and quantity.' },
    tracking_number: { type: 'text', about: 'As their label says.' },
    received_at: { type: 'timestamptz not null', about: 'When they came.' },
    settle_by: { type: 'timestamptz not null', about: 'When somebody should know what they are.' },
    order_id: { type: 'uuid', about: 'The order that they turned out to be of.' },
  },
  indexes: ['(received_at, receipt_id)', '(status, received_at, receipt_id)', '(location, received_at, receipt_id)'],
  on: {
    UnknownGoodsReceived: ({ data: { receiptId, location, items, trackingNumber, receivedAt, settleBy } }) =>
      put({
        ...{ receipt_id: receiptId, status: 'waiting', location, items, tracking_number: trackingNumber ?? null },
        ...{ received_at: receivedAt, settle_by: settleBy },
      }),
    UnknownGoodsOverdue: ({ data: { receiptId } }) => patch({ receipt_id: receiptId }, { status: 'overdue' }),
    UnknownGoodsMatched: ({ data: { receiptId, orderId } }) => patch({ receipt_id: receiptId }, { status: 'matched', order_id: orderId }),
    UnknownGoodsDisposed: ({ data: { receiptId } }) => patch({ receipt_id: receiptId }, { status: 'disposed' }),
  },
};
