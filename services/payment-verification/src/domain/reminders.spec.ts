import { fold, Refused, specFor } from '@cartage/eventsourcing';
import fc from 'fast-check';
import type { PaymentCommand } from './commands';
import { payment } from './decider';
import type { PaymentEvent } from './events';
import {
  answered,
  attemptId,
  authorizationId,
  authorized,
  authorizing,
  byCustomer,
  captureId,
  money,
  now,
  orderId,
  verdict,
} from './payment.fixture';
import { reminderAt } from './reminders';

const { given } = specFor(payment);
const action = { kind: 'redirect', details: { key: 'c-1.k', box: 'c2VhbGVk' } } as const;
const later = (minutes: number): string => new Date(Date.parse(now) + minutes * 60_000).toISOString();
const expiresAt = later(15);

const pending: PaymentEvent = {
  type: 'PaymentPending',
  data: { ...money, authorizationId, method: 'card', reference: 'auth-1', action, expiresAt, pendingAt: now },
};
const remind = (at = later(8)): PaymentCommand => ({
  type: 'RemindOfPayment',
  data: { orderId, authorizationId, now: at, newId: attemptId },
});
const reminder: PaymentEvent = {
  type: 'PaymentReminderDue',
  data: { ...money, authorizationId, method: 'card', action, expiresAt, remindedAt: later(8) },
};
const declined: PaymentEvent = {
  type: 'PaymentDeclined',
  data: { ...money, authorizationId, method: 'card', retryable: true, reason: { code: 'x', by: 'provider' }, declinedAt: now },
};
const abandoned: PaymentEvent = { type: 'PaymentAbandoned', data: { orderId, reason: byCustomer, abandonedAt: now } };

describe('the reminder of a payment that waits for its customer', () => {
  it('is due once, while the customer can act', () =>
    given(...authorizing, pending)
      .when(remind())
      .thenOnce(reminder));
  it('is not due before the provider has said what is to be done', () =>
    given(...authorizing)
      .when(remind())
      .thenNothing());
  it('is not due once the payment is promised', () =>
    given(...authorizing, pending, authorized)
      .when(remind())
      .thenNothing());
  it('is not due once the payment is refused', () =>
    given(...authorizing, pending, declined)
      .when(remind())
      .thenNothing());
  it('is not due once the order has ended', () =>
    given(...authorizing, pending, abandoned)
      .when(remind())
      .thenNothing());
  it('is not due once another way of paying has taken its place', () =>
    given(...authorizing, pending, {
      type: 'PaymentsAdded',
      data: {
        ...{ orderId, replaces: [money.paymentId], addedAt: now, verdict },
        payments: [{ paymentId: captureId, method: 'card', amount: 4000, provider: 'simulated' }],
        authorizations: [{ paymentId: captureId, authorizationId: captureId, provider: 'simulated', currency: 'GBP', amount: 4000 }],
      },
    })
      .when(remind())
      .thenNothing());
  it('is not due when the time is over: that the payment is over is news of its own', () =>
    given(...authorizing, pending)
      .when(remind(expiresAt))
      .thenNothing());
  it('waits for what asked for the promise', () => given().when(remind()).thenRefused('PAYMENT_UNKNOWN'));
});

describe('whatever happens to a payment in whatever order', () => {
  const yes: PaymentCommand = {
    type: 'RecordAuthorization',
    data: { ...answered({ status: 'approved', reference: 'a' }), authorizationId },
  };
  const no: PaymentCommand = { type: 'RecordAuthorization', data: { ...answered({ status: 'declined', reason: 'x' }), authorizationId } };
  const over: PaymentCommand = {
    type: 'ExpireAuthorization',
    data: { orderId, authorizationId, expiresAt, now: expiresAt, newId: attemptId },
  };
  const ended: PaymentCommand = { type: 'HearAuthorizationEnded', data: { orderId, authorizationId, now, newId: attemptId } };
  const gone: PaymentCommand = { type: 'CancelPayment', data: { orderId, reason: byCustomer, now, newId: attemptId } };
  const asked: PaymentCommand = {
    type: 'RecordAuthorization',
    data: { ...answered({ status: 'pending', reference: 'auth-1', action, expiresAt }), authorizationId },
  };
  const ends = new Set<PaymentEvent['type']>(['PaymentAuthorized', 'PaymentDeclined', 'PaymentAbandoned']);

  const decided = (past: readonly PaymentEvent[], command: PaymentCommand): readonly PaymentEvent[] => {
    try {
      return payment.decide(command, fold(payment, past));
    } catch (error) {
      if (error instanceof Refused) return [];
      throw error;
    }
  };

  it('the customer is reminded once at most, and never after the end of the wait', () =>
    fc.assert(
      fc.property(fc.array(fc.constantFrom(asked, remind(), remind(), yes, no, over, ended, gone), { maxLength: 12 }), (commands) => {
        const all = commands.reduce<readonly PaymentEvent[]>((past, command) => [...past, ...decided(past, command)], authorizing);
        const types = all.map(({ type }) => type);
        expect(types.filter((type) => type === 'PaymentReminderDue').length).toBeLessThanOrEqual(1);
        const first = types.findIndex((type) => ends.has(type));
        if (first >= 0) expect(types.slice(first)).not.toContain('PaymentReminderDue');
      }),
    ));
});

describe('the time of a reminder', () => {
  const wait = { pendingAt: now, expiresAt: later(60) };
  it.each([
    ['half of the time', 50, 5, 30],
    ['as early as the distance from the question lets it', 1, 5, 5],
    ['as late as the distance from the end lets it', 99, 5, 55],
  ])('is %s', (_, afterPercent, apartMinutes, minutes) => expect(reminderAt(wait, { afterPercent, apartMinutes })).toBe(later(minutes)));
  it('does not come where the customer has too little time for it, where it is switched off, or where nothing waits', () => {
    expect(reminderAt(wait, { afterPercent: 50, apartMinutes: 31 })).toBeUndefined();
    expect(reminderAt(wait, { afterPercent: 0, apartMinutes: 5 })).toBeUndefined();
    expect(reminderAt({ expiresAt: later(60) }, { afterPercent: 50, apartMinutes: 5 })).toBeUndefined();
  });
});
