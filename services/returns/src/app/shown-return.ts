import type { Label, Scan } from '../domain/commands';
import { givenBack, refundStanding, type Refund } from '../domain/repayment';
import { gradedOf, type Receipt, type ReturnLine } from '../domain/return-line';
import { owed, refunded, standingOf } from '../domain/state';
import type { ReturnFound } from './returns';

const lineOf = (line: ReturnLine) => ({
  ...(line.lineId === undefined ? {} : { lineId: line.lineId }),
  sku: line.sku,
  reasons: line.reasons,
  ...(line.conditions ? { conditions: line.conditions } : {}),
  announced: line.unannouncedIn === undefined,
  standing: line.standing,
  asked: line.asked,
  received: line.received,
  graded: gradedOf(line),
  ...(line.exchangeFor ? { exchangeFor: line.exchangeFor.map(({ sku, quantity }) => ({ sku, quantity })) } : {}),
});

const labelOf = ({ labelId, carrier, trackingNumber, format, url, customsUrl }: Label) => ({
  ...{ labelId, carrier, trackingNumber, format },
  ...(url === undefined ? {} : { url }),
  ...(customsUrl === undefined ? {} : { customsUrl }),
});

const scanOf = ({ carrier, trackingNumber, milestone, place, occurredAt }: Scan) => ({
  ...{ carrier, trackingNumber, milestone, occurredAt },
  ...(place === undefined ? {} : { place }),
});

const receiptOf = (receiptId: string, { location, items }: Receipt) => ({
  receiptId,
  location,
  lines: [...items.values()].map(({ lineId, sku, announced, unannounced, graded }) => ({
    ...(lineId === undefined ? {} : { lineId }),
    ...{ sku, quantity: announced + unannounced, announced, graded },
  })),
});

const refundOf = (refundId: string, refund: Refund) => {
  const { status, reason } = refundStanding(refund);
  return { refundId, status, amount: refund.amount, refunded: givenBack(refund), ...(reason ? { reason } : {}) };
};

/** A return as callers see it: amounts in minor units of its currency. */
export const shownReturn = ({ orderId, currency, rma, refundBy, note, version }: ReturnFound) => ({
  orderId,
  returnId: rma.returnId,
  ...standingOf(rma),
  requestedAt: rma.requestedAt,
  ...(note === undefined ? {} : { note }),
  ...(rma.expiresAt === undefined ? {} : { expiresAt: rma.expiresAt }),
  ...(rma.sendBack ? { sendBack: rma.sendBack } : {}),
  labels: [...rma.labels.values()].map(labelOf),
  ...(rma.labelFailure ? { labelFailure: rma.labelFailure } : {}),
  scans: rma.scans.map(scanOf),
  ...(rma.policy === undefined ? {} : { policy: rma.policy }),
  lines: rma.lines.map(lineOf),
  receipts: [...rma.receipts].map(([receiptId, receipt]) => receiptOf(receiptId, receipt)),
  refunds: [...rma.refunds].map(([refundId, refund]) => refundOf(refundId, refund)),
  currency,
  ...(refundBy === undefined ? {} : { refundBy }),
  owed: owed(rma),
  refunded: refunded(rma),
  version,
});

export type ShownReturn = ReturnType<typeof shownReturn>;
