import { derivedId, specFor } from '@cartage/eventsourcing';
import type { PaymentCommand } from './commands';
import { payment } from './decider';
import type { PaymentEvent } from './events';
import {
  answered,
  approved,
  attemptId,
  authorization,
  authorizationId,
  authorized,
  authorizing,
  byCustomer,
  byProvider,
  codPromised,
  facts,
  limits,
  money,
  now,
  orderId,
  paidBy,
  paying,
  prepaid,
  promised,
  refusedBecause,
  requested,
  terms,
  toReview,
  underReview,
  verdict,
  voidId,
  voidRequested,
} from './payment.fixture';
import type { Terms } from './terms';

const { given } = specFor(payment);
const verifyOrder = (of: Terms = terms, returning = true): PaymentCommand => ({
  type: 'VerifyPayment',
  data: { orderId, terms: of, facts: { ...facts, returning }, limits, newId: authorizationId, now },
});
const review = (decision: 'accept' | 'reject'): PaymentCommand => ({
  type: 'DecideReview',
  data: { orderId, decision, note: 'Called back.', by: 'staff-17', newId: authorizationId, now },
});
const answer = (said: ReturnType<typeof approved>): PaymentCommand => ({
  type: 'RecordAuthorization',
  data: { ...answered(said), authorizationId },
});
const cancel: PaymentCommand = { type: 'CancelPayment', data: { orderId, reason: byCustomer, newId: voidId, now } };
const abandoned: PaymentEvent = { type: 'PaymentAbandoned', data: { orderId, reason: byCustomer, abandonedAt: now } };
const reviewedVerdict = (decision: 'accept' | 'reject') => ({
  ...toReview,
  decision,
  reasons: [...toReview.reasons, { rule: 'operator-review', detail: `An operator decided: ${decision}.` }],
});
const declined = {
  type: 'PaymentDeclined',
  data: { ...money, method: 'card', retryable: true, reason: byProvider('x'), declinedAt: now },
} as const;

const given4 = derivedId(attemptId, 1024);
const refused = [requested(terms, { verdict: { ...verdict, decision: 'reject' } }), declined] as const;

describe('promising the money of an order', () => {
  it('asks the provider for an order that verification accepts, once, in one event', () =>
    given()
      .when(verifyOrder())
      .thenOnce(requested(terms, { authorizations: [authorization] })));

  it('takes cash on delivery within its limits without asking anybody', () =>
    given()
      .when(verifyOrder(paidBy({ method: 'cod' })))
      .thenOnce(...codPromised));

  it('takes what the channel was paid as authorised', () =>
    given()
      .when(verifyOrder(paidBy({ method: 'prepaid' })))
      .then(
        requested(paidBy({ method: 'prepaid' }), {
          verdict: {
            ...verdict,
            reasons: [{ rule: 'paid-on-channel', detail: 'The channel has the money: nothing is at risk.', weight: 0 }],
          },
        }),
        {
          ...prepaid[1],
          data: {
            ...prepaid[1].data,
            verdict: {
              ...verdict,
              reasons: [{ rule: 'paid-on-channel', detail: 'The channel has the money: nothing is at risk.', weight: 0 }],
            },
          },
        },
      ));

  it('asks nobody for an order that costs nothing', () => {
    const events = payment.decide(verifyOrder(paidBy({}, { total: 0, deliveries: [], lines: [] })), payment.initial);
    expect(events.map(({ type }) => type)).toEqual(['PaymentRequested', 'PaymentAuthorized']);
    expect(events.at(-1)).toMatchObject({ data: { provider: 'none', amount: 0, authorizationId } });
  });

  it('declines what verification rejects, names the rule, and says whether another way to pay would do', () => {
    const dear = payment.decide(verifyOrder(paidBy({ method: 'cod' }, { total: 100_001 })), payment.initial);
    expect(dear.at(-1)).toMatchObject({
      type: 'PaymentDeclined',
      data: { retryable: true, reason: { code: 'cod-value-limit', by: 'policy' }, verdict: { decision: 'reject' } },
    });
    const suspicious: PaymentCommand = {
      type: 'VerifyPayment',
      data: {
        ...{ orderId, limits, newId: authorizationId, now },
        terms: paidBy({}, { total: 200_000, priority: 'expedited' }),
        facts: { returning: false, ordersWithinHour: 9, countryKnown: false },
      },
    };
    expect(payment.decide(suspicious, payment.initial).at(-1)).toMatchObject({
      data: { retryable: false, reason: { code: 'high-value' } },
    });
  });

  it('asks for each of several ways to pay, credit first and cash last', () => {
    const ways = [
      { ...paying, paymentId: 'cash', method: 'cod', amount: 1000 },
      { ...paying, amount: 2500 },
      { ...paying, paymentId: 'gift', method: 'gift-card', provider: 'credit', amount: 500 },
    ];
    const events = payment.decide(verifyOrder({ ...terms, payments: ways }), payment.initial);
    expect(events).toMatchObject([
      {
        type: 'PaymentRequested',
        data: {
          authorizations: [
            { paymentId: 'gift', amount: 500, provider: 'credit' },
            { amount: 2500, provider: 'simulated' },
          ],
        },
      },
      { type: 'CodAccepted', data: { paymentId: 'cash', amount: 1000 } },
    ]);
  });

  it('declines each way to pay where they do not add up, instead of leaving a part unpaid', () => {
    const ways = [
      { ...paying, amount: 3000 },
      { ...paying, paymentId: voidId, amount: 999 },
    ];
    expect(payment.decide(verifyOrder({ ...terms, payments: ways }), payment.initial)).toMatchObject([
      { type: 'PaymentRequested' },
      { type: 'PaymentDeclined', data: { paymentId: paying.paymentId, amount: 3000, reason: { code: 'payment-differs-from-total' } } },
      { type: 'PaymentDeclined', data: { paymentId: voidId, reason: { code: 'payment-differs-from-total' } } },
    ]);
  });

  it('declines what is paid on a channel that is not trusted, and names the setting', () =>
    expect(payment.decide(verifyOrder(paidBy({ method: 'prepaid' }, { prepaidTrusted: false })), payment.initial).at(-1)).toMatchObject({
      type: 'PaymentDeclined',
      data: {
        retryable: true,
        reason: { code: 'channel-not-trusted', detail: expect.stringContaining('PAYMENT_PREPAID_CHANNELS') as string },
      },
    }));

  it('lets a person look at what verification doubts', () => {
    const events = payment.decide(verifyOrder(paidBy({}, { total: 200_000 }), false), payment.initial);
    expect(events).toMatchObject([
      { type: 'PaymentRequested', data: { authorizations: [] } },
      { type: 'ReviewRequired', data: { amount: 200_000, verdict: { decision: 'review', score: 55 } } },
    ]);
  });

  it('records the provider’s promise, once', () =>
    given(...authorizing)
      .when(answer(approved('auth-1')))
      .thenOnce(authorized));

  it('records until when the promise holds', () => {
    const [event] = payment.decide(
      answer({ status: 'approved', reference: 'a', expiresAt: '2026-11-09T10:00:00.000Z' }),
      authorizing.reduce(payment.evolve, payment.initial),
    );
    expect(event).toMatchObject({ type: 'PaymentAuthorized', data: { expiresAt: '2026-11-09T10:00:00.000Z' } });
  });

  it('records the provider’s refusal, once', () =>
    given(...authorizing)
      .when(answer(refusedBecause('insufficient-funds')))
      .thenOnce({ ...declined, data: { ...declined.data, authorizationId, reason: byProvider('insufficient-funds'), verdict } }));

  it('refuses an answer that nobody asked for', () => {
    given(...underReview)
      .when(answer(approved('auth-1')))
      .thenRefused('NOT_AUTHORIZING');
    given(...authorizing)
      .when({ type: 'RecordAuthorization', data: { ...answered(approved('auth-2')), authorizationId: voidId } })
      .thenRefused('NOT_AUTHORIZING');
  });
  it('takes an answer for an unknown order as early', () =>
    given()
      .when(answer(approved('auth-1')))
      .thenRefused('PAYMENT_UNKNOWN'));
});

describe('the review by a person', () => {
  const assign = (assignee: string): PaymentCommand => ({ type: 'AssignReview', data: { orderId, assignee, newId: voidId, now } });
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

  const decided = (decision: 'accept' | 'reject'): PaymentEvent => ({
    type: 'ReviewDecided',
    data: {
      ...{ orderId, decision, note: 'Called back.', by: 'staff-17', decidedAt: now },
      authorizations: decision === 'accept' ? [authorization] : [],
    },
  });

  it('lets the payment go on, once', () =>
    given(...underReview)
      .when(review('accept'))
      .thenOnce(decided('accept')));

  it('ends it, once, and says who decided', () =>
    given(...underReview)
      .when(review('reject'))
      .thenOnce(decided('reject'), {
        type: 'PaymentDeclined',
        data: {
          ...{ ...money, method: 'card', retryable: false, declinedAt: now },
          reason: { code: 'operator-review', by: 'operator', actor: 'staff-17' },
          verdict: reviewedVerdict('reject'),
        },
      }));

  it('stands in the verdict of the authorisation, without the note', () =>
    given(...underReview, decided('accept'))
      .when(answer(approved('auth-1')))
      .then({ ...authorized, data: { ...authorized.data, verdict: reviewedVerdict('accept') } } as PaymentEvent));

  it('cannot be decided both ways', () =>
    given(...underReview, decided('accept'))
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
    given(...refused)
      .when(cancel)
      .thenNothing());
  it('is early when the order is not known', () => given().when(cancel).thenRefused('PAYMENT_UNKNOWN'));

  it('gives back what the provider promises too late', () => {
    given(...authorizing)
      .when(cancel)
      .thenOnce(abandoned);
    given(...authorizing, abandoned)
      .when(answer(approved('auth-1')))
      .thenOnce(authorized, { ...voidRequested, data: { ...voidRequested.data, voidId: given4, attemptId: given4 } } as PaymentEvent);
  });
});
