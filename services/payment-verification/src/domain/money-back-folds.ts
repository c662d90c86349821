import { booking } from './exchange-folds';
import { refundKey } from './ledger';
import type { Payment } from './payment';

/** What a channel gave back, and what it was asked to. That money of a refund came back says `RefundFailed`, too. */
export const moneyBackFolds = {
  RefundReturned: (payment: Payment): Payment => payment,
  ChannelRefundHeard: booking<'ChannelRefundHeard'>((ledger, { channelRefundId, refundId, amount, ofReturn, asked, heardAt }) => ({
    ...ledger,
    channelRefunds: new Map(ledger.channelRefunds).set(channelRefundId, { refundId, amount, ofReturn, asked, heardAt }),
  })),
  ChannelRefundFreed: booking<'ChannelRefundFreed'>((ledger, { channelRefundId }) => {
    const refund = ledger.channelRefunds.get(channelRefundId);
    return refund
      ? { ...ledger, channelRefunds: new Map(ledger.channelRefunds).set(channelRefundId, { ...refund, ofReturn: false }) }
      : ledger;
  }),
  ChannelRefundRequested: booking<'ChannelRefundRequested'>((ledger, { refundId, paymentId }) => {
    const refund = ledger.refunds.get(refundKey(refundId, paymentId));
    const asked = refund && ([refundKey(refundId, paymentId), { ...refund, askedOfChannel: true }] as const);
    return asked ? { ...ledger, refunds: new Map(ledger.refunds).set(...asked) } : ledger;
  }),
};
