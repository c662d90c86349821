import { rowsAfter } from '@cartage/views';
import {
  attemptId,
  authorization,
  authorizationId,
  authorizing,
  byProvider,
  captured,
  captureFailed,
  captureId,
  charged,
  chargedAtDoor,
  codPromised,
  collected,
  money,
  orderId,
  paymentId,
  promised,
  refundFailedOf,
  refundId,
  refundIssued,
  refundRequested,
  remittedOf,
  underReview,
  voided,
  voidId,
  voidRequested,
} from '../../domain/payment.fixture';
import type { PaymentEvent } from '../../domain/events';
import { paymentMovement } from './payment-movement';
import { paymentSummary } from './payment-summary';
import { providerCallOpen } from './provider-call-open';

const ended: PaymentEvent = {
  type: 'TermsAmended',
  data: {
    orderId,
    cancelled: [
      { lineId: '1', quantity: 3 },
      { lineId: '2', quantity: 1 },
    ],
    reason: byProvider('x'),
    amendedAt: '2026-11-02T10:00:00.000Z',
  },
};
const summary = (...events: readonly PaymentEvent[]) => rowsAfter(paymentSummary, events)[0];
const calls = (...events: readonly PaymentEvent[]) =>
  rowsAfter(providerCallOpen, events).map((row) => [row['operation'], row['subject'], row['call_key']]);
const reviewed: PaymentEvent = {
  type: 'ReviewDecided',
  data: { orderId, decision: 'accept', note: 'n', by: 'staff-17', authorizations: [authorization], decidedAt: '2026-11-02T10:00:00.000Z' },
};

describe('the list of payments', () => {
  it('shows where each stands, with the sums that follow from its facts', () => {
    expect(summary(...promised, charged, captured, refundRequested, refundIssued)).toMatchObject({
      ...{ order_id: orderId, status: 'authorized', provider: 'simulated', total: 4000, version: 6 },
      ...{ promised: 4000, captured: 1167, refunded: 300, collected: 0, remitted: 0, voided: 0 },
    });
    const left = (shipmentId: string, location: string): PaymentEvent => ({
      ...charged,
      data: { ...charged.data, shipmentId, location } as never,
    });
    expect(summary(...promised, charged)).toMatchObject({ locations: [] });
    expect(summary(...promised, left(captureId, 'LDN'), left(voidId, 'PAR'), left(refundId, 'LDN'))).toMatchObject({
      locations: ['LDN', 'PAR'],
    });
    expect(summary(...codPromised, chargedAtDoor, collected, remittedOf(1000))).toMatchObject({ collected: 1167, remitted: 1000 });
    expect(summary(...promised, ended, voidRequested, voided())).toMatchObject({ status: 'voided', reason: 'customer', voided: 4000 });
  });

  it('shows who looks into a doubt and what was decided', () => {
    const assigned: PaymentEvent = {
      type: 'ReviewAssigned',
      data: { orderId, assignee: 'staff-17', assignedAt: '2026-11-02T10:00:00.000Z' },
    };
    expect(summary(...underReview, assigned)).toMatchObject({
      status: 'under-review',
      decision: 'review',
      score: 55,
      assignee: 'staff-17',
    });
    expect(summary(...underReview, assigned, reviewed)).toMatchObject({ status: 'authorizing', decision: 'accept', assignee: null });
  });
});

describe('the movements of money', () => {
  it('are a row each, and their effects add up to what we have', () => {
    const rows = rowsAfter(paymentMovement, [...promised, charged, captured, refundRequested, refundIssued]);
    expect(rows.map((row) => [row['kind'], row['source'], row['effect']])).toEqual([
      ['authorized', authorizationId, 0],
      ['captured', captureId, 1167],
      ['refunded', refundId, -300],
    ]);
  });
});

describe('the calls that providers have not answered', () => {
  it('are open from the intent to the answer', () => {
    expect(calls(...authorizing)).toEqual([['authorize', authorizationId, authorizationId]]);
    expect(calls(...underReview)).toEqual([]);
    expect(calls(...underReview, reviewed)).toEqual([['authorize', authorizationId, authorizationId]]);
    expect(calls(...promised, charged, voidRequested)).toEqual([
      ['capture', captureId, captureId],
      ['void', voidId, voidId],
    ]);
    expect(calls(...promised, charged, captured, refundRequested)).toEqual([['refund', `${refundId}/${paymentId}`, attemptId]]);
  });

  it('are none once answered, whatever the answer', () => {
    const declined: PaymentEvent = {
      type: 'PaymentDeclined',
      data: { ...money, authorizationId, method: 'card', retryable: true, reason: byProvider('x'), declinedAt: '2026-11-02T10:00:00.000Z' },
    };
    expect(calls(...authorizing, declined)).toEqual([]);
    expect(calls(...promised, charged, captureFailed(byProvider('expired')), voidRequested, voided())).toEqual([]);
    expect(calls(...promised, charged, captured, refundRequested, refundFailedOf(byProvider('x')))).toEqual([]);
  });

  it('leave cash to the carrier', () => expect(calls(...codPromised, chargedAtDoor, collected)).toEqual([]));
});
