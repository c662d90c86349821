import { rowsAfter } from '@cartage/views';
import {
  anotherPayment,
  authorized,
  closed,
  due,
  graded,
  gradingId,
  mugs,
  now,
  orderId,
  received,
  receiptId,
  refunded,
  refundFailed,
  refundId,
  requested,
  returnId,
} from '../../domain/return.fixture';
import { returnItem } from './return-item';
import { returnRefund } from './return-refund';
import { returnSummary } from './return-summary';

const inspected = [requested(2), authorized(2), received(2), graded(2), due(2, mugs(2))] as const;

describe('the list of returns', () => {
  it('shows how far each is, and its money', () => {
    const row = { return_id: returnId, order_id: orderId, policy: 'returns-2026-11', units: 2, currency: 'GBP', requested_at: now };
    expect(rowsAfter(returnSummary, [requested(2)])).toMatchObject([{ status: 'requested', owed: 0, locations: [] }]);
    expect(rowsAfter(returnSummary, inspected)).toMatchObject([
      { ...row, status: 'received', owed: 2_000, refunded: 0, locations: ['LDN'] },
    ]);
    expect(rowsAfter(returnSummary, [...inspected, refundFailed()])).toMatchObject([{ status: 'refund-failed', reason: 'account-closed' }]);
    expect(rowsAfter(returnSummary, [...inspected, refundFailed(), refunded(2_000), closed(2_000)])).toMatchObject([
      { ...row, status: 'closed', reason: null, refunded: 2_000, closed_at: now },
    ]);
  });
});

describe('the inspections', () => {
  it('are a row each, with the receipt that the units came with', () =>
    expect(rowsAfter(returnItem, inspected)).toMatchObject([
      { grading_id: gradingId, receipt_id: receiptId, quantity: 2, grade: 'A', location: 'LDN' },
    ]));
});

describe('the refunds', () => {
  it('are a row each, with their parts and what became of them', () => {
    const row = { refund_id: refundId, trigger: 'inspection', amount: 2_000, goods: 1_667, tax: 333, delivery: 0, fee: 0 };
    expect(rowsAfter(returnRefund, inspected)).toMatchObject([{ ...row, status: 'due' }]);
    expect(rowsAfter(returnRefund, [...inspected, refundFailed()])).toMatchObject([{ ...row, status: 'failed', reason: 'account-closed' }]);
    expect(rowsAfter(returnRefund, [...inspected, refundFailed(), refunded(2_000)])).toMatchObject([
      { ...row, status: 'refunded', reason: null, refunded: 2_000, refunded_at: now },
    ]);
  });

  it('are given back when each way of paying has its part', () => {
    const partly = [...inspected, refundFailed(refundId, anotherPayment), refunded(500)];
    const [row] = rowsAfter(returnRefund, partly);
    expect(row).toMatchObject({ status: 'failed', reason: 'account-closed', amount: 2_000, refunded: 500 });
    expect(row).not.toHaveProperty('refunded_at');
    expect(rowsAfter(returnRefund, [...partly, refunded(1_500, refundId, anotherPayment)])).toMatchObject([
      { status: 'refunded', reason: null, amount: 2_000, refunded: 2_000, refunded_at: now },
    ]);
  });
});
