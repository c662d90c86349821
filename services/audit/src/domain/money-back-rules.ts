import { DAY, EVERYTHING, HOUR, PROMPTLY, type Following, type Once } from './rule';

const everything = (): readonly string[] => [EVERYTHING];

export const voidIsTriedAgain: Following = {
  name: 'void-is-tried-again',
  says: 'A promise of money that could not be given back is tried again at its time.',
  whose: 'services',
  after: { VoidFailed: ({ voidId, nextTryAt }) => (nextTryAt === undefined ? [] : [{ about: voidId, until: nextTryAt }]) },
  comes: {
    PaymentVoided: ({ voidId }) => [voidId],
    VoidFailed: ({ voidId, nextTryAt }) => (nextTryAt === undefined ? [voidId] : []),
  },
  unless: { AuthorizationExpired: everything },
  within: HOUR,
};

export const voidHasCause: Following = {
  name: 'void-has-cause',
  says: 'Each promise of money that is given back had been made.',
  whose: 'services',
  after: { PaymentVoided: ({ paymentId }) => [paymentId] },
  comes: {
    PaymentAuthorized: ({ paymentId }) => [paymentId],
    PaymentPending: ({ paymentId }) => [paymentId],
    CodAccepted: ({ paymentId }) => [paymentId],
  },
  within: PROMPTLY,
  isCause: true,
};

export const cancelledMoneyGoesBack: Following = {
  name: 'cancelled-money-goes-back',
  says: 'Of an order that was cancelled whole what was promised is given back, or runs out; what was taken goes back.',
  whose: 'services',
  after: { OrderCancelled: ({ orderId }) => [orderId] },
  given: { PaymentAuthorized: ({ orderId, amount }) => (amount > 0 ? [orderId] : []) },
  comes: {
    PaymentVoided: ({ orderId }) => [orderId],
    VoidFailed: ({ orderId }) => [orderId],
    AuthorizationExpired: ({ orderId }) => [orderId],
    RefundIssued: ({ orderId }) => [orderId],
    RefundFailed: ({ orderId }) => [orderId],
    ChannelRefundRequested: ({ orderId }) => [orderId],
    BalanceReleased: everything,
  },
  within: PROMPTLY,
};

export const refundIsIssued: Following = {
  name: 'refund-is-issued',
  says: 'Each refund that is due is given, or it is told that it failed or that the channel is asked for it.',
  whose: 'services',
  after: { RefundDue: ({ refundId }) => [refundId] },
  comes: {
    RefundIssued: ({ refundId }) => [refundId],
    RefundFailed: ({ refundId }) => [refundId],
    ChannelRefundRequested: ({ refundId }) => [refundId],
  },
  within: PROMPTLY,
};

export const refundIsTriedAgain: Following = {
  name: 'refund-is-tried-again',
  says: 'A refund that failed is tried again at its time.',
  whose: 'services',
  after: { RefundFailed: ({ refundId, nextTryAt }) => (nextTryAt === undefined ? [] : [{ about: refundId, until: nextTryAt }]) },
  comes: {
    RefundIssued: ({ refundId }) => [refundId],
    RefundFailed: ({ refundId, nextTryAt }) => (nextTryAt === undefined ? [refundId] : []),
  },
  within: HOUR,
};

export const channelGivesBack: Following = {
  name: 'channel-gives-back',
  says: 'A channel that is asked to give money back does so.',
  whose: 'partners',
  after: { ChannelRefundRequested: ({ refundId }) => [refundId] },
  comes: { RefundIssued: ({ refundId }) => [refundId], RefundFailed: ({ refundId }) => [refundId] },
  within: 7 * DAY,
};

export const refundHasCause: Following = {
  name: 'refund-has-cause',
  says: 'Each refund of a return, or of a claim, was due. What people and cancellations give back has its cause where only payment sees it.',
  whose: 'services',
  after: { RefundIssued: ({ refundId, returnId, unasked }) => (returnId === undefined || unasked === true ? [] : [refundId]) },
  comes: { RefundDue: ({ refundId }) => [refundId], ChannelRefunded: everything },
  within: PROMPTLY,
  isCause: true,
};

export const refundIsOfCapture: Following = {
  name: 'refund-is-of-a-capture',
  says: 'Money goes back of what was taken.',
  whose: 'services',
  after: { RefundIssued: ({ captures }) => captures.map(({ captureId }) => captureId) },
  comes: { PaymentCaptured: ({ captureId }) => [captureId] },
  within: PROMPTLY,
  isCause: true,
};

export const chargebackEnds: Following = {
  name: 'chargeback-ends',
  says: 'A chargeback is won or lost.',
  whose: 'partners',
  after: { ChargebackOpened: ({ chargebackId }) => [chargebackId] },
  comes: { ChargebackWon: ({ chargebackId }) => [chargebackId], ChargebackLost: ({ chargebackId }) => [chargebackId] },
};

export const moneyBackRules: readonly Following[] = [
  voidIsTriedAgain,
  voidHasCause,
  cancelledMoneyGoesBack,
  refundIsIssued,
  refundIsTriedAgain,
  channelGivesBack,
  refundHasCause,
  refundIsOfCapture,
  chargebackEnds,
];

export const moneyBackOnces: readonly Once[] = [
  {
    name: 'void-is-made-once',
    says: 'A promise is given back once for each void.',
    of: { PaymentVoided: ({ voidId }) => [{ about: voidId }] },
  },
  {
    name: 'refund-is-given-once',
    says: 'Money goes back once for each refund and way of paying, unless it came back to us.',
    of: { RefundIssued: ({ refundId, paymentId, balanceId = 'money' }) => [{ about: `${refundId}/${paymentId}/${balanceId}` }] },
    again: {
      RefundFailed: ({ refundId, paymentId }) => [`${refundId}/${paymentId}/money`],
      CreditReturned: ({ refundId, paymentId, balanceId }) => [`${refundId}/${paymentId}/${balanceId}`],
    },
  },
];
