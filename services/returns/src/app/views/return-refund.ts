import { patch, put, type View } from '@cartage/views';
import type { ReturnEvent } from '../../domain/events';

/** What is a customer owed for what came back, what is it made of, and was it paid? One row for each refund. */
export const returnRefund: View<ReturnEvent> = {
  name: 'return_refund',
  about:
    'What is a customer owed for what came back, what is it made of, and was it paid? One row for each refund; amounts are minor units of `currency`.',
  revision: 1,
  key: ['refund_id'],
  columns: {
    refund_id: { type: 'uuid not null', about: 'The refund.' },
    return_id: { type: 'uuid not null', about: 'The RMA.' },
    order_id: { type: 'uuid not null', about: 'The order.' },
    trigger: { type: 'text not null', about: 'What made it due, such as inspection.' },
    status: { type: 'text not null', about: 'due, refunded or failed.' },
    currency: { type: 'text not null', about: 'ISO 4217.' },
    amount: { type: 'bigint not null', about: 'Due: goods, tax and delivery together.' },
    goods: { type: 'bigint not null', about: 'Of the amount: for the goods without tax.' },
    tax: { type: 'bigint not null', about: 'Of the amount: tax.' },
    delivery: { type: 'bigint not null', about: 'Of the amount: delivery charge, tax in it.' },
    fee: { type: 'bigint not null', about: 'Kept back of what was paid, for condition or restocking; not in the amount.' },
    reason: { type: 'text', about: 'Why it failed: a stable code.' },
    due_at: { type: 'timestamptz not null', about: 'When it became due.' },
    refunded_at: { type: 'timestamptz', about: 'When payment had given it back.' },
  },
  on: {
    RefundDue: ({ data }) =>
      put({
        refund_id: data.refundId,
        return_id: data.returnId,
        order_id: data.orderId,
        trigger: data.trigger,
        status: 'due',
        currency: data.currency,
        amount: data.amount,
        goods: data.goods,
        tax: data.tax,
        delivery: data.delivery,
        fee: data.fee,
        due_at: data.dueAt,
      }),
    RefundRecorded: ({ data }) => patch({ refund_id: data.refundId }, { status: 'refunded', reason: null, refunded_at: data.recordedAt }),
    RefundFailureRecorded: ({ data }) => patch({ refund_id: data.refundId }, { status: 'failed', reason: data.reason.code }),
  },
};
