import { givenBack, refundStanding, type Refund } from '../domain/repayment';
import { owed, refunded, standingOf, type Receipt } from '../domain/state';
import type { ReturnFound } from './returns';

const receiptOf = (receiptId: string, { location, received, graded }: Receipt) => ({
  receiptId,
  location,
  lines: [...received].map(([lineId, quantity]) => ({ lineId, quantity, graded: graded.get(lineId) ?? 0 })),
});

const refundOf = (refundId: string, refund: Refund) => {
  const { status, reason } = refundStanding(refund);
  return { refundId, status, amount: refund.amount, refunded: givenBack(refund), ...(reason ? { reason } : {}) };
};

/** A return as callers see it: amounts in minor units of its currency. */
export const shownReturn = ({ orderId, currency, rma, version }: ReturnFound) => ({
  orderId,
  returnId: rma.returnId,
  ...standingOf(rma),
  requestedAt: rma.requestedAt,
  ...(rma.policy === undefined ? {} : { policy: rma.policy }),
  lines: rma.lines,
  receipts: [...rma.receipts].map(([receiptId, receipt]) => receiptOf(receiptId, receipt)),
  refunds: [...rma.refunds].map(([refundId, refund]) => refundOf(refundId, refund)),
  currency,
  owed: owed(rma),
  refunded: refunded(rma),
  version,
});

export type ShownReturn = ReturnType<typeof shownReturn>;
