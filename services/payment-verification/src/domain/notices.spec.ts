import type { Reason } from '@cartage/contracts';
import { specFor } from '@cartage/eventsourcing';
import type { PaymentCommand } from './commands';
import { payment } from './decider';
import type { PaymentEvent } from './events';
import {
  answered,
  approved,
  attemptId,
  authorizationId,
  authorized,
  authorizing,
  byCustomer,
  byProvider,
  captured,
  captureFailed,
  captureId,
  charged,
  money,
  now,
  orderId,
  promised,
  verdict,
  voided,
  voidFailed,
  voidId,
  voidRequested,
} from './payment.fixture';

const { given } = specFor(payment);
const at = { orderId, now, newId: attemptId, authorizationId };
const heard = (changes: Partial<Extract<PaymentCommand, { type: 'HearCapture' }>['data']> = {}): PaymentCommand => ({
  type: 'HearCapture',
  data: { ...at, currency: 'GBP', amount: 4000, reference: 'ch-1', ...changes },
});
const hearEnd: PaymentCommand = { type: 'HearAuthorizationEnded', data: at };
const yes = (changes: object = {}): PaymentCommand => ({
  type: 'RecordAuthorization',
  data: { ...answered({ status: 'approved', reference: 'auth-1', ...changes }), authorizationId },
});

const pending: PaymentEvent = {
  type: 'PaymentPending',
  data: { ...money, authorizationId, method: 'card', reference: 'auth-1', action: { kind: 'redirect' }, expiresAt: now, pendingAt: now },
};
const declined = (reason: Reason): PaymentEvent => ({
  type: 'PaymentDeclined',
  data: { ...money, authorizationId, method: 'card', retryable: true, reason, verdict, declinedAt: now },
});
const ended: PaymentEvent = { type: 'AuthorizationEnded', data: { orderId, authorizationId, endedAt: now } };
const taken = (amount = 4000): readonly PaymentEvent[] => [
  { type: 'CaptureRequested', data: { ...money, amount, captureId: attemptId, attemptId, authorizationId, requestedAt: now } },
  { type: 'PaymentCaptured', data: { ...money, amount, captureId: attemptId, reference: 'ch-1', capturedAt: now } },
];
const promisedAs = (reference: string) => ({ ...authorized, data: { ...authorized.data, reference } }) as PaymentEvent;
const abandoned: PaymentEvent = { type: 'PaymentAbandoned', data: { orderId, reason: byCustomer, abandonedAt: now } };

describe('money that a provider tells of', () => {
  it('is what was asked for, when it names our try, and then its answer says nothing new', () => {
    given(...promised, charged)
      .when(heard({ amount: 1167, reference: 'cap-1', attemptId: captureId }))
      .thenOnce(captured);
    given(...promised, charged, captured)
      .when({ type: 'RecordCapture', data: { ...answered(approved('cap-1')), captureId, attemptId: captureId } })
      .thenNothing();
  });

  it('is the capture that is on its way, when it is of the same amount', () =>
    given(...promised, charged)
      .when(heard({ amount: 1167, reference: 'cap-1' }))
      .thenOnce(captured));

  it('ends a capture that was taken for failed', () =>
    given(...promised, charged, captureFailed(byProvider('timeout')))
      .when(heard({ amount: 1167, reference: 'cap-1', attemptId: captureId }))
      .thenOnce(captured));

  it('is kept when the customer paid at once', () => {
    given(...authorizing, pending)
      .when(heard({ promise: 'intent-1' }))
      .thenOnce(authorized, ...taken());
    given(...authorizing, pending)
      .when(yes({ taken: { reference: 'ch-1', amount: 4000 } }))
      .thenOnce(authorized, ...taken());
    given(...authorizing, pending, authorized, ...taken())
      .when(yes({ taken: { reference: 'ch-1', amount: 4000 } }))
      .thenNothing();
  });

  it('goes back by itself when it comes after the cancellation, and when it is beyond what is due', () =>
    expect(payment.decide(heard(), [...authorizing, pending, abandoned].reduce(payment.evolve, payment.initial))).toMatchObject([
      { type: 'PaymentAuthorized' },
      { type: 'CaptureRequested' },
      { type: 'PaymentCaptured', data: { amount: 4000, reference: 'ch-1' } },
      { type: 'RefundRequested', data: { amount: 4000, cause: 'due', tender: 'original', provider: 'simulated' } },
    ]));

  it('counts though its promise had been given up', () =>
    given(...authorizing, pending, declined({ code: 'customer-did-not-act', by: 'system' }))
      .when(heard())
      .thenOnce(authorized, ...taken()));

  it('has a promise of its own number, and not that of the money, before the answer to the call is known', () => {
    given(...authorizing)
      .when(heard({ promise: 'intent-1' }))
      .thenOnce(promisedAs('intent-1'), ...taken());
    given(...authorizing)
      .when(heard())
      .thenOnce(promisedAs('ch-1'), ...taken());
  });

  it('comes before a void, and then there is nothing to give back but a refund', () => {
    const overtaken = [...promised, voidRequested, ...taken(), voidFailed];
    given(...overtaken)
      .when({ type: 'RetryVoid', data: { orderId, now, newId: attemptId, voidId } })
      .thenRefused('NOTHING_TO_VOID');
  });

  it('is never more than its promise, nor in another currency: a person looks at that', () => {
    given(...promised)
      .when(heard({ amount: 4001 }))
      .thenRefused('CAPTURE_NOT_PROMISED');
    given(...promised, charged, captured)
      .when(heard({ amount: 4000 }))
      .thenRefused('CAPTURE_NOT_PROMISED');
    given(...promised)
      .when(heard({ currency: 'EUR' }))
      .thenRefused('CURRENCY_DIFFERS');
  });

  it('is early while its order or its promise is not known', () => {
    given().when(heard()).thenRefused('PAYMENT_UNKNOWN');
    given(...promised)
      .when(heard({ authorizationId: voidId }))
      .thenRefused('NOT_AUTHORIZING');
  });

  it('ends the rest of its promise where the provider takes from it once, and what is still needed is promised again', () => {
    const events = payment.decide(
      {
        type: 'RecordCapture',
        data: { ...answered({ status: 'approved', reference: 'cap-1', restEnded: true }), captureId, attemptId: captureId },
      },
      [...promised, charged].reduce(payment.evolve, payment.initial),
    );
    expect(events).toMatchObject([
      { type: 'PaymentCaptured', data: { amount: 1167 } },
      { type: 'AuthorizationExpired', data: { authorizationId, amount: 2833 } },
      { type: 'AuthorizationRequested', data: { amount: 2833, provider: 'simulated' } },
    ]);
    expect(
      payment.decide(
        heard({ amount: 1167, attemptId: captureId, reference: 'cap-1', restEnded: true }),
        [...promised, charged].reduce(payment.evolve, payment.initial),
      ),
    ).toEqual(events);
  });
});

describe('a promise that its provider lets go of', () => {
  it('is promised again, as far as it is needed', () =>
    expect(payment.decide(hearEnd, promised.reduce(payment.evolve, payment.initial))).toMatchObject([
      { type: 'AuthorizationExpired', data: { authorizationId, amount: 4000 } },
      { type: 'AuthorizationRequested', data: { amount: 4000 } },
    ]));

  it('is given back, when that was asked for or had failed', () => {
    given(...promised, voidRequested)
      .when(hearEnd)
      .thenOnce(voided());
    given(...promised, voidRequested, voidFailed)
      .when(hearEnd)
      .thenOnce(voided());
  });

  it('is declined while the customer had to act, and a yes that is late changes nothing', () => {
    given(...authorizing, pending)
      .when(hearEnd)
      .thenOnce(ended, declined(byProvider('authorization-ended')));
    given(...authorizing, pending, ended, declined(byProvider('authorization-ended')))
      .when(yes())
      .thenNothing();
  });

  it('is remembered before the answer to the call is known', () => {
    given(...authorizing)
      .when(hearEnd)
      .thenOnce(ended);
    given(...authorizing, ended)
      .when(yes())
      .thenOnce(declined(byProvider('authorization-ended')));
  });

  it('says nothing new where it has expired', () =>
    given(...promised, { type: 'AuthorizationExpired', data: { ...money, authorizationId, expiredAt: now } })
      .when(hearEnd)
      .thenNothing());
});

describe('a refusal that speaks of fraud', () => {
  it('asks nobody for another way to pay', () =>
    expect(
      payment.decide(
        {
          type: 'RecordAuthorization',
          data: { ...answered({ status: 'declined', reason: 'stolen-card', suspected: true }), authorizationId },
        },
        authorizing.reduce(payment.evolve, payment.initial),
      ),
    ).toMatchObject([{ type: 'PaymentDeclined', data: { retryable: false } }]));
});
