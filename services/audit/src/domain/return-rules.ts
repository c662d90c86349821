import { DAY, EVERYTHING, givenAway, HOUR, lineIn, madeOf, PROMPTLY, type Following, type Once } from './rule';

export const returnIsDecided: Following = {
  name: 'return-is-decided',
  says: 'A return that a customer asks for is allowed, declined or taken back.',
  whose: 'people',
  after: { ReturnRequested: ({ returnId, lines }) => (lines.length === 0 ? [] : [returnId]) },
  comes: {
    ReturnAuthorized: ({ returnId }) => [returnId],
    ReturnDeclined: ({ returnId }) => [returnId],
    ReturnCancelled: ({ returnId }) => [returnId],
    ReturnReceived: ({ returnId }) => [returnId],
    ChannelReturnEnded: ({ returnId }) => [returnId],
  },
  within: 14 * DAY,
};

export const allowedReturnEnds: Following = {
  name: 'allowed-return-comes',
  says: 'What may come back comes, or it is told at its time that it did not.',
  whose: 'customers',
  after: {
    ReturnAuthorized: ({ returnId, expiresAt, lines }) =>
      expiresAt === undefined || lines.every(({ keep }) => keep === true) ? [] : [{ about: returnId, until: expiresAt }],
  },
  comes: {
    ReturnReceived: ({ returnId }) => [returnId],
    ReturnExpired: ({ returnId }) => [returnId],
    ReturnCancelled: ({ returnId }) => [returnId],
    ReturnClosed: ({ returnId }) => [returnId],
    ReturnInTransit: ({ returnId }) => [returnId],
  },
  within: DAY,
};

export const receivedIsGraded: Following = {
  name: 'received-is-graded',
  says: 'What came back is inspected, and it is said what becomes of it.',
  whose: 'people',
  after: { ReturnReceived: ({ receiptId, lines }) => (lines.length === 0 ? [] : [receiptId]) },
  comes: { ItemGraded: ({ receiptId }) => [receiptId] },
  within: 14 * DAY,
};

export const gradedIsBooked: Following = {
  name: 'graded-is-booked',
  says: 'Units that were inspected are booked where they were received.',
  whose: 'services',
  after: { ItemGraded: ({ gradingId, disposition }) => (disposition === 'missing' ? [] : [gradingId]) },
  comes: { StockRestocked: ({ gradingId }) => [gradingId] },
  within: PROMPTLY,
};

export const restockHasCause: Following = {
  name: 'restock-has-cause',
  says: 'What is booked as come back was inspected, or was received undelivered.',
  whose: 'services',
  after: { StockRestocked: ({ gradingId, returnId }) => (returnId === undefined ? [] : [gradingId]) },
  comes: { ItemGraded: ({ gradingId }) => [gradingId] },
  within: PROMPTLY,
  isCause: true,
};

export const claimIsDecided: Following = {
  name: 'claim-is-decided',
  says: 'A claim of a customer is decided, or told as overdue at its time.',
  whose: 'people',
  after: { ClaimOpened: ({ claimId, decideBy }) => [{ about: claimId, until: decideBy }] },
  comes: { ClaimDecided: ({ claimId }) => [claimId], ClaimOverdue: ({ claimId }) => [claimId] },
  within: HOUR,
};

export const claimIsPaid: Following = {
  name: 'claim-is-paid',
  says: 'A claim that is settled with money becomes a refund that is due.',
  whose: 'services',
  after: { ClaimDecided: ({ claimId, decision, lines }) => (decision === 'refund' ? madeOf(claimId, lines) : []) },
  comes: { RefundDue: ({ returnId }) => [returnId] },
  // Of what was given away, or given back before, there is nothing to give back.
  unless: {
    OrderPlaced: ({ totals, lines }) => (totals.total === 0 ? [EVERYTHING] : givenAway(lines)),
    OrderEdited: ({ lines }) => givenAway(lines.map(({ after }) => after)),
    RefundDue: ({ lines }) => lines.map(lineIn),
  },
  within: PROMPTLY,
};

export const exchangeEnds: Following = {
  name: 'exchange-ends',
  says: 'An exchange is settled, or told as overdue at its time.',
  whose: 'customers',
  after: { ExchangeRequested: ({ exchangeId, settleBy }) => [{ about: exchangeId, until: settleBy }] },
  comes: { ExchangeSettled: ({ exchangeId }) => [exchangeId], ExchangeOverdue: ({ exchangeId }) => [exchangeId] },
  within: DAY,
};

export const unknownGoodsAreSettled: Following = {
  name: 'unknown-goods-are-settled',
  says: 'Goods that name no order are matched or given up, or told as overdue at their time.',
  whose: 'people',
  after: { UnknownGoodsReceived: ({ receiptId, settleBy }) => [{ about: receiptId, until: settleBy }] },
  comes: {
    UnknownGoodsMatched: ({ receiptId }) => [receiptId],
    UnknownGoodsDisposed: ({ receiptId }) => [receiptId],
    UnknownGoodsOverdue: ({ receiptId }) => [receiptId],
  },
  within: HOUR,
};

export const returnRules: readonly Following[] = [
  returnIsDecided,
  allowedReturnEnds,
  receivedIsGraded,
  gradedIsBooked,
  restockHasCause,
  claimIsDecided,
  claimIsPaid,
  exchangeEnds,
  unknownGoodsAreSettled,
];

export const returnOnces: readonly Once[] = [
  { name: 'refund-is-due-once', says: 'A refund becomes due once.', of: { RefundDue: ({ refundId }) => [{ about: refundId }] } },
  { name: 'return-is-closed-once', says: 'A return is closed once.', of: { ReturnClosed: ({ returnId }) => [{ about: returnId }] } },
  {
    name: 'grading-is-booked-once',
    says: 'What one grading is about is booked once.',
    of: { StockRestocked: ({ gradingId, sku }) => [{ about: `${gradingId}/${sku}` }] },
  },
];
