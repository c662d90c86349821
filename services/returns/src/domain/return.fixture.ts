import type { DataOf } from '@cartage/eventsourcing';
import type { ReturnCommand } from './commands';
import type { ReturnEvent } from './events';
import type { DeliveredLine } from './delivery';
import { firstPolicy, type ReturnPolicy } from './policy';
import type { Sale } from './sale';

/** Examples for specs: one order, and what may have happened to its returns. */
const id = (tail: string): string => `0199a3c4-7b1e-7c3d-9f2a-0000000000${tail}`;
export const orderId = id('01');
export const returnId = id('05');
export const receiptId = id('06');
export const secondReceipt = id('07');
export const gradingId = id('08');
export const refundId = id('09');
export const anotherId = id('0a');
export const paymentId = id('0b');
export const anotherPayment = id('0c');
export const now = '2026-11-23T10:00:00.000Z';
/** Thirty days after `now`, by the clocks of London. */
export const expiresAt = '2026-12-23T23:59:59.999Z';
export const onReturn = { orderId, returnId };
const { version: policy } = firstPolicy;

/** A stricter one: 14 days, a restocking fee, and less for what was used. */
export const strictPolicy: ReturnPolicy = {
  ...firstPolicy,
  version: 'returns-2025-01',
  terms: { ...firstPolicy.terms, windowDays: 14, restockingFeePercent: 10, refundPercent: { A: 100, B: 80, C: 50, scrap: 0 } },
};
/** The first policy with other terms. */
export const policyWith = (terms: Partial<ReturnPolicy['terms']>, changes: Partial<ReturnPolicy> = {}): ReturnPolicy => ({
  ...firstPolicy,
  ...changes,
  terms: { ...firstPolicy.terms, ...terms },
});
export { firstPolicy };

/** Three mugs for 30.00, 5.00 of it tax, and a card of a final sale; delivery 5.94. */
export const sale = (changes: Partial<Sale> = {}, total = 3_000): Sale => ({
  orderId,
  ...{ channel: 'web', placedAt: '2026-11-18T10:00:00.000Z', currency: 'GBP', taxIncluded: true, policy },
  lines: [
    { lineId: '1', sku: 'MUG', quantity: 3, total, tax: Math.round(total / 6), discount: 0, finalSale: false, shipGroupId: '1' },
    { lineId: '2', sku: 'CARD', quantity: 1, total: 200, tax: 0, discount: 50, finalSale: true, shipGroupId: '1' },
  ],
  deliveries: [{ shipGroupId: '1', country: 'GB', total: 594, tax: 99 }],
  ...changes,
});
export const delivered = (deliveredAt = '2026-11-20T10:00:00.000Z'): readonly DeliveredLine[] => [
  { lineId: '1', quantity: 3, deliveredAt },
  { lineId: '2', quantity: 1, deliveredAt },
];

export const request = (
  quantity: number,
  changes: Partial<DataOf<ReturnCommand, 'RequestReturn'>> & { readonly lineId?: string } = {},
): Extract<ReturnCommand, { type: 'RequestReturn' }> => {
  const { lineId = '1', ...more } = changes;
  return {
    type: 'RequestReturn',
    data: {
      ...onReturn,
      now,
      lines: [{ lineId, quantity, reason: 'too-small' }],
      sale: sale(),
      policy: firstPolicy,
      delivered: delivered(),
      refundId,
      ...more,
    },
  };
};
export const requested = (
  quantity: number,
  changes: Partial<DataOf<ReturnEvent, 'ReturnRequested'>> = {},
): Extract<ReturnEvent, { type: 'ReturnRequested' }> => ({
  type: 'ReturnRequested',
  data: {
    ...{ ...onReturn, requestedAt: now, lines: [{ lineId: '1', sku: 'MUG', quantity, reason: 'too-small' }] },
    ...{ sale: sale(), policy: firstPolicy, delivered: delivered(), ...changes },
  },
});
export const authorized = (quantity: number, by: 'policy' | 'operator' = 'policy'): ReturnEvent => ({
  type: 'ReturnAuthorized',
  data: { ...onReturn, lines: [{ lineId: '1', sku: 'MUG', quantity }], policy, by, wayBack: 'merchant', expiresAt, authorizedAt: now },
});
export const declined = (
  code: string,
  line: { readonly lineId: string; readonly sku: string; readonly quantity: number },
  of = policy,
): ReturnEvent => ({
  type: 'ReturnDeclined',
  data: { ...onReturn, lines: [line], reason: { code, by: 'policy' }, policy: of, declinedAt: now },
});
export const reviewRequired = (code: string, quantity: number): ReturnEvent => ({
  type: 'ReturnReviewRequired',
  data: { ...onReturn, lines: [{ lineId: '1', sku: 'MUG', quantity }], reason: { code, by: 'policy' }, policy, requiredAt: now },
});
export const received = (quantity: number, location = 'LDN', receipt = receiptId): ReturnEvent => ({
  type: 'ReturnReceived',
  data: { ...onReturn, receiptId: receipt, location, lines: [{ lineId: '1', sku: 'MUG', quantity, announced: true }], receivedAt: now },
});
export const graded = (
  quantity: number,
  changes: Partial<DataOf<ReturnEvent, 'ItemGraded'>> = {},
): Extract<ReturnEvent, { type: 'ItemGraded' }> => ({
  type: 'ItemGraded',
  data: {
    ...{ ...onReturn, gradingId, receiptId, lineId: '1', sku: 'MUG', quantity, location: 'LDN', grade: 'A', disposition: 'restock' },
    ...{ answerable: 'customer', gradedAt: now, ...changes },
  },
});
export const due = (
  quantity: number,
  money: { readonly amount: number; readonly goods: number; readonly tax: number },
  refund = refundId,
): Extract<ReturnEvent, { type: 'RefundDue' }> => ({
  type: 'RefundDue',
  data: {
    ...{ ...onReturn, refundId: refund, trigger: 'inspection', lines: [{ lineId: '1', sku: 'MUG', quantity, grade: 'A' }] },
    ...{ currency: 'GBP', ...money, delivery: 0, shipGroups: [], fee: 0, fees: [], tender: 'original', dueAt: now },
  },
});
export const waived = (quantity: number, grade = 'scrap', condition = 0): ReturnEvent => ({
  type: 'RefundWaived',
  data: {
    ...{ ...onReturn, trigger: 'inspection', lines: [{ lineId: '1', sku: 'MUG', quantity, grade }] },
    ...{ fees: condition > 0 ? [{ code: 'condition', amount: condition }] : [], waivedAt: now },
  },
});
/** What a mug costs, or several. */
export const mugs = (n: number) => ({ amount: n * 1_000, goods: n * 1_000 - Math.round((n * 500) / 3), tax: Math.round((n * 500) / 3) });
export const refunded = (amount: number, refund = refundId, payment = paymentId): ReturnEvent => ({
  type: 'RefundRecorded',
  data: { ...onReturn, refundId: refund, paymentId: payment, amount, recordedAt: now },
});
export const accountClosed = { code: 'account-closed', by: 'provider' };
export const refundFailed = (refund = refundId, payment = paymentId): ReturnEvent => ({
  type: 'RefundFailureRecorded',
  data: { ...onReturn, refundId: refund, paymentId: payment, reason: accountClosed, recordedAt: now },
});
export const closed = (amount: number): ReturnEvent => ({
  type: 'ReturnClosed',
  data: { ...onReturn, currency: 'GBP', amount, closedAt: now },
});

/** What payment says of a refund, or of the part of it that goes to one of several ways of paying. */
export const refund = (amount: number, of = refundId, payment = paymentId): ReturnCommand => ({
  type: 'RecordRefund',
  data: { ...onReturn, refundId: of, paymentId: payment, amount, now },
});
export const fail = (of = refundId, payment = paymentId): ReturnCommand => ({
  type: 'RecordRefundFailure',
  data: { ...onReturn, refundId: of, paymentId: payment, reason: accountClosed, now },
});
