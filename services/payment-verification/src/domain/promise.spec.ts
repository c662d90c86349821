import { specFor } from '@cartage/eventsourcing';
import type { PaymentCommand } from './commands';
import { payment } from './decider';
import {
  approved,
  authorizationRequested,
  authorized,
  authorizing,
  codPromised,
  facts,
  limits,
  now,
  orderId,
  promised,
  refusedBecause,
  requested,
  terms,
  toReview,
  underReview,
  verdict,
  verified,
} from './payment.fixture';
import type { Terms } from './terms';

const { given } = specFor(payment);
const verifyOrder = (changes: Partial<Terms> = {}, returning = true): PaymentCommand => ({
  type: 'VerifyPayment',
  data: { orderId, terms: { ...terms, ...changes }, facts: { ...facts, returning }, limits, now },
});
const review = (decision: 'accept' | 'reject'): PaymentCommand => ({
  type: 'DecideReview',
  data: { orderId, decision, note: 'Called back.', now },
});
const answer = (said: ReturnType<typeof approved>): PaymentCommand => ({
  type: 'RecordAuthorization',
  data: { orderId, answer: said, now },
});
const cancel: PaymentCommand = { type: 'CancelPayment', data: { orderId, reason: 'customer', now } };
const abandoned = { type: 'PaymentAbandoned', data: { orderId, reason: 'customer', abandonedAt: now } } as const;
const money = { orderId, currency: 'GBP', amount: 4000 };
const reviewedVerdict = (decision: 'accept' | 'reject') => ({
  ...toReview,
  decision,
  reasons: [...toReview.reasons, { rule: 'operator-review', detail: `An operator decided: ${decision}.` }],
});

describe('promising the money of an order', () => {
  it('asks the provider for an order that verification accepts, once', () =>
    given().when(verifyOrder()).thenOnce(requested(), verified, authorizationRequested));

  it('takes cash on delivery within its limits without asking anybody', () =>
    given()
      .when(verifyOrder({ method: 'cod' }))
      .thenOnce(...codPromised));

  it('takes what the channel was paid as authorised', () => {
    const events = payment.decide(verifyOrder({ method: 'prepaid' }), payment.initial);
    expect(events.at(-1)).toMatchObject({
      type: 'PaymentAuthorized',
      data: { provider: 'channel', authorizationId: orderId, amount: 4000 },
    });
  });

  it('asks nobody for an order that costs nothing', () => {
    const events = payment.decide(verifyOrder({ total: 0, shipping: 0, lines: [] }), payment.initial);
    expect(events.at(-1)).toMatchObject({ type: 'PaymentAuthorized', data: { provider: 'none', amount: 0 } });
  });

  it('declines what verification rejects, and names the rule', () => {
    const events = payment.decide(verifyOrder({ method: 'cod', total: 100_001 }), payment.initial);
    expect(events.at(-1)).toMatchObject({
      type: 'PaymentDeclined',
      data: { by: 'verification', reason: 'cod-value-limit', verdict: { decision: 'reject' } },
    });
  });

  it('lets a person look at what verification doubts', () => {
    const events = payment.decide(verifyOrder({ total: 200_000 }, false), payment.initial);
    expect(events.at(-1)).toMatchObject({ type: 'ReviewRequired', data: { amount: 200_000, verdict: { decision: 'review', score: 55 } } });
  });

  it('records the provider’s promise, once', () =>
    given(...authorizing)
      .when(answer(approved('auth-1')))
      .thenOnce(authorized));

  it('records the provider’s refusal, once', () =>
    given(...authorizing)
      .when(answer(refusedBecause('insufficient-funds')))
      .thenOnce({
        type: 'PaymentDeclined',
        data: { ...money, method: 'card', by: 'provider', reason: 'insufficient-funds', verdict, declinedAt: now },
      }));

  it('refuses an answer that nobody asked for', () =>
    given(...underReview)
      .when(answer(approved('auth-1')))
      .thenRefused('NOT_AUTHORIZING'));
  it('takes an answer for an unknown order as early', () =>
    given()
      .when(answer(approved('auth-1')))
      .thenRefused('PAYMENT_UNKNOWN'));
});

describe('the review by a person', () => {
  const assign = (assignee: string): PaymentCommand => ({ type: 'AssignReview', data: { orderId, assignee, now } });
  const assigned = (assignee: string) => ({ type: 'ReviewAssigned', data: { orderId, assignee, assignedAt: now } }) as const;

  it('has an assignee, told once, who may hand it on', () => {
    given(...underReview)
      .when(assign('staff-1'))
      .thenOnce(assigned('staff-1'));
    given(...underReview, assigned('staff-1'))
      .when(assign('staff-2'))
      .thenOnce(assigned('staff-2'));
  });
  it('cannot be assigned where nothing is to be reviewed', () =>
    given(...promised)
      .when(assign('staff-1'))
      .thenRefused('NOT_UNDER_REVIEW'));

  const decided = (decision: 'accept' | 'reject') =>
    ({ type: 'ReviewDecided', data: { orderId, decision, note: 'Called back.', decidedAt: now } }) as const;

  it('lets the payment go on, once', () =>
    given(...underReview)
      .when(review('accept'))
      .thenOnce(decided('accept'), authorizationRequested));

  it('ends it, once', () =>
    given(...underReview)
      .when(review('reject'))
      .thenOnce(decided('reject'), {
        type: 'PaymentDeclined',
        data: {
          ...money,
          method: 'card',
          by: 'verification',
          reason: 'operator-review',
          verdict: reviewedVerdict('reject'),
          declinedAt: now,
        },
      }));

  it('stands in the verdict of the authorisation, without the note', () =>
    given(...underReview, decided('accept'), authorizationRequested)
      .when(answer(approved('auth-1')))
      .then({
        type: 'PaymentAuthorized',
        data: {
          ...money,
          method: 'card',
          provider: 'simulated',
          authorizationId: 'auth-1',
          verdict: reviewedVerdict('accept'),
          authorizedAt: now,
        },
      }));

  it('cannot be decided both ways', () =>
    given(...underReview, decided('accept'), authorizationRequested)
      .when(review('reject'))
      .thenRefused('NOT_UNDER_REVIEW'));
  it('is refused where nothing is to be reviewed', () =>
    given(...promised)
      .when(review('accept'))
      .thenRefused('NOT_UNDER_REVIEW'));
  it('is refused for an order that is not known', () => given().when(review('accept')).thenRefused('PAYMENT_UNKNOWN'));
});

describe('an order that ends before its money is promised', () => {
  it('ends the review', () =>
    given(...underReview)
      .when(cancel)
      .thenOnce(abandoned));
  it('leaves a declined payment declined', () =>
    given(...underReview, { type: 'PaymentDeclined', data: { ...money, method: 'card', by: 'provider', reason: 'x', declinedAt: now } })
      .when(cancel)
      .thenNothing());
  it('is early when the order is not known', () => given().when(cancel).thenRefused('PAYMENT_UNKNOWN'));

  it('gives back what the provider promises too late', () => {
    given(...authorizing)
      .when(cancel)
      .thenOnce(abandoned);
    given(...authorizing, abandoned)
      .when(answer(approved('auth-1')))
      .thenOnce(authorized, { type: 'VoidRequested', data: { ...money, provider: 'simulated', reason: 'customer', requestedAt: now } });
  });
});
