import type { StoredEvent } from '@cartage/eventsourcing';
import { patch, put, type Change, type View } from '@cartage/views';
import type { ReturnEvent } from '../../domain/events';
import { givenBack, refundStanding } from '../../domain/repayment';
import { returns } from '../../domain/return';
import type { OrderReturns } from '../../domain/state';

type OnPart = StoredEvent & { readonly data: { readonly returnId: string; readonly refundId: string; readonly recordedAt: string } };

/** Where the refund stands with this part of it: it is given back with the last. */
const standing = ({ data: { returnId, refundId, recordedAt } }: OnPart, state: () => OrderReturns): Change | readonly Change[] => {
  const refund = state().rmas.get(returnId)?.refunds.get(refundId);
  if (!refund) return [];
  const { status, reason } = refundStanding(refund);
  return patch(
    { refund_id: refundId },
    { status, refunded: givenBack(refund), reason: reason?.code ?? null, ...(status === 'refunded' ? { refunded_at: recordedAt } : {}) },
  );
};

/** What is a customer owed for what came back, what is it made of, and was it paid? One row for each refund. */
export const returnRefund: View<ReturnEvent, OrderReturns> = {
  name: 'return_refund',
  about:
    'What is a customer owed for what came back, what is it made of, and was it paid? One row for each refund; amounts are minor units of `currency`.',
  revision: 2,
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
    refunded: { type: 'bigint not null', about: 'Of the amount: given back so far, to one way of paying or several.' },
    reason: { type: 'text', about: 'Why it failed: a stable code.' },
    due_at: { type: 'timestamptz not null', about: 'When it became due.' },
    refunded_at: { type: 'timestamptz', about: 'When payment had given all of it back.' },
  },
  fold: returns,
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
        refunded: 0,
        due_at: data.dueAt,
      }),
    RefundRecorded: standing,
    RefundFailureRecorded: standing,
  },
};
