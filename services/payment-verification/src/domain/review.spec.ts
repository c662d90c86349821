import { specFor } from '@cartage/eventsourcing';
import type { PaymentCommand } from './commands';
import { payment } from './decider';
import type { PaymentEvent } from './events';
import { limits, money, now, orderId, promised, underReview, facts, authorizationId, paidBy } from './payment.fixture';

const { given } = specFor(payment);
const later = '2026-11-02T14:00:00.000Z';
const overdue: PaymentCommand = { type: 'EscalateReview', data: { orderId, newId: authorizationId, now: later } };
const assigned: PaymentEvent = { type: 'ReviewAssigned', data: { orderId, assignee: 'staff-17', assignedAt: now } };

describe('a review that nobody decides in time', () => {
  it('has a time limit from the start, by the rules in force', () => {
    const data = { orderId, terms: paidBy({}, { total: 200_000 }), facts: { ...facts, returning: false }, newId: authorizationId, now };
    const events = payment.decide({ type: 'VerifyPayment', data: { ...data, limits } }, payment.initial);
    expect(events).toMatchObject([{}, { type: 'ReviewRequired', data: { decideBy: later } }]);
  });

  it('is escalated, once', () =>
    given(...underReview)
      .when(overdue)
      .thenOnce({ type: 'ReviewEscalated', data: { ...money, requiredAt: now, escalatedAt: later } }));

  it('names who was to look into it', () =>
    given(...underReview, assigned)
      .when(overdue)
      .then({ type: 'ReviewEscalated', data: { ...money, assignee: 'staff-17', requiredAt: now, escalatedAt: later } }));

  it('is no more when it was decided', () =>
    given(...promised)
      .when(overdue)
      .thenNothing());

  it('still waits for a person, and can be decided', () => {
    const escalated: PaymentEvent = { type: 'ReviewEscalated', data: { ...money, requiredAt: now, escalatedAt: later } };
    const decide = { orderId, decision: 'reject', note: 'n', by: 'staff-1', newId: authorizationId, now: later } as const;
    given(...underReview, escalated)
      .when({ type: 'DecideReview', data: decide })
      .then(
        { type: 'ReviewDecided', data: { orderId, decision: 'reject', note: 'n', by: 'staff-1', authorizations: [], decidedAt: later } },
        expect.objectContaining({ type: 'PaymentDeclined' }) as PaymentEvent,
      );
  });
});
