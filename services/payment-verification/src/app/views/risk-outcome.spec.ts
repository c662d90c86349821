import { rowsAfter } from '@cartage/views';
import type { PaymentEvent } from '../../domain/events';
import { facts, limits, now, orderId, paidBy, promised, refundId, refundIssued, terms } from '../../domain/payment.fixture';
import type { Terms } from '../../domain/terms';
import { verify, type CustomerFacts } from '../../domain/verification';
import { riskOutcome } from './risk-outcome';

const learned = { method: 'm', version: '1', model: '7', probability: 250, contributions: [] };
const requested = (of: Terms, known: CustomerFacts = facts): PaymentEvent => ({
  type: 'PaymentRequested',
  data: { ...of, facts: known, verdict: verify(of, known, limits), authorizations: [], requestedAt: now },
});
const booked = (status: 'open' | 'won' | 'lost', turn: number): PaymentEvent => ({
  type: 'ChargebackBooked',
  data: { orderId, chargebackId: 'c-1', captureId: 'x', amount: 100, status, turn, bookedAt: now },
});
const cancelled = (by: 'customer' | 'operator'): PaymentEvent => ({
  type: 'TermsAmended',
  data: { orderId, cancelled: [{ lineId: '1', quantity: 1 }], reason: { code: 'x', by }, amendedAt: now },
});
const stepsOf = (...events: readonly PaymentEvent[]) =>
  rowsAfter(riskOutcome, events).map(({ step, outcome, subject }) => [step, outcome, subject]);

describe('what is learned of the risk of orders', () => {
  it('is how an order was judged, with what it is learned from and what was foretold', () => {
    expect(rowsAfter(riskOutcome, [requested(terms, { ...facts, learned })])).toMatchObject([
      {
        ...{
          step: 'judged',
          order_id: orderId,
          country: 'GB',
          method: 'card',
          channel: 'web',
          decision: 'accept',
          foretold: 250,
          action: null,
        },
        values: expect.arrayContaining([0, 1]) as number[],
      },
    ]);
  });

  it('is nothing where the channel has the money, or nothing is to be paid', () => {
    expect(stepsOf(requested(paidBy({ method: 'prepaid' })), requested({ ...terms, total: 0 }))).toEqual([]);
  });

  it('is that its money was promised', () => expect(stepsOf(...promised).at(-1)).toEqual(['taken', null, null]));

  it('is what went wrong by the customer, and that it did not after all; what we could not do is none', () => {
    const goodwill = (cause: 'goodwill' | 'return') => ({ ...refundIssued, data: { ...refundIssued.data, cause } }) as PaymentEvent;
    expect(
      stepsOf(booked('open', 1), booked('won', 2), cancelled('operator'), cancelled('customer'), goodwill('return'), goodwill('goodwill')),
    ).toEqual([
      ['wrong', 'chargeback', 'c-1'],
      ['undone', 'chargeback', 'c-1'],
      ['wrong', 'cancelled-by-customer', ''],
      ['wrong', 'money-back', refundId],
    ]);
  });
});
