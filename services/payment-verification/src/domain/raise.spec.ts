import { fold, specFor } from '@cartage/eventsourcing';
import type { PaymentCommand } from './commands';
import { payment } from './decider';
import type { PaymentEvent } from './events';
import { unpromised } from './ledger';
import {
  answered,
  approved,
  attemptId,
  authorized,
  authorizing,
  byCustomer,
  captureId,
  codPromised,
  limits,
  money,
  now,
  orderId,
  promised,
  refusedBecause,
  reviewRequired,
  terms,
  toReview,
  underReview,
  verdict,
} from './payment.fixture';
import { due, isKnown, statusOf, type Known, type Payment } from './payment';
import type { VerificationLimits } from './verification';

const { given } = specFor(payment);

/** Mugs that are added, at 10.00 each: the order costs 40.00 without them. */
const adding = (mugs: number, orderVersion = 2, by: VerificationLimits = limits): PaymentCommand => ({
  type: 'EditOrder',
  data: {
    ...{ orderId, orderVersion, total: 4000 + mugs * 1000, deliveries: [], reason: byCustomer, limits: by, newId: attemptId, now },
    lines: [{ lineId: '3', after: { lineId: '3', sku: 'MUG', quantity: mugs, total: mugs * 1000, shipGroupId: '1' } }],
  },
});
const decide = (decision: 'accept' | 'reject'): PaymentCommand => ({
  type: 'DecideReview',
  data: { orderId, decision, note: 'Called.', by: 'staff-17', newId: attemptId, now },
});
const answer = (said: ReturnType<typeof approved>): PaymentCommand => ({
  type: 'RecordAuthorization',
  data: { ...answered(said, captureId), authorizationId: attemptId },
});

const told = (events: readonly PaymentEvent[], ...commands: readonly PaymentCommand[]): readonly PaymentEvent[] =>
  commands.reduce<readonly PaymentEvent[]>((before, each) => [...before, ...payment.decide(each, fold(payment, before))], events);
const known = (events: readonly PaymentEvent[]): Known => {
  const state: Payment = fold(payment, events);
  if (!isKnown(state)) throw new Error('It was requested.');
  return state;
};
const missing = (events: readonly PaymentEvent[]): number => unpromised(known(events).ledger, due(known(events)));
const news = (before: readonly PaymentEvent[], ...commands: readonly PaymentCommand[]) => told(before, ...commands).slice(before.length);

describe('an edit that makes the order dearer', () => {
  it('is judged at the new price and, where nothing speaks against it, promised, once', () =>
    given(...promised)
      .when(adding(2))
      .thenOnce(
        {
          type: 'TermsAmended',
          data: {
            orderId,
            edited: {
              ...{ orderVersion: 2, total: 6000, deliveries: terms.deliveries },
              lines: [...terms.lines, { lineId: '3', sku: 'MUG', quantity: 2, total: 2000, shipGroupId: '1' }],
            },
            ...{ verdict, reason: byCustomer, amendedAt: now },
          },
        },
        {
          type: 'AmountDueChanged',
          data: { orderId, currency: 'GBP', due: 6000, before: 4000, reason: byCustomer, changedAt: now },
        },
        {
          type: 'AuthorizationRequested',
          data: { ...money, amount: 2000, authorizationId: attemptId, provider: 'simulated', orderVersion: 2, requestedAt: now },
        },
      ));

  it('waits for a person where the new price is doubtful: what it added, and nothing else', () => {
    const doubtful = told(promised, adding(200, 2, { ...limits, weights: { 'high-value': 55 } }));
    expect(doubtful.at(-1)).toMatchObject({
      type: 'ReviewRequired',
      data: { amount: 200_000, orderVersion: 2, verdict: { decision: 'review', score: 70 }, decideBy: '2026-11-02T14:00:00.000Z' },
    });
    expect([statusOf(known(doubtful)), missing(doubtful)]).toEqual(['under-review', 200_000]);
    expect(known(doubtful)).toMatchObject({ phase: 'accepted', verdict: { decision: 'accept' } });
  });

  it('is declined where the rules refuse the new price: what was promised stands, and another way to pay may still do', () => {
    const refused = told(codPromised, adding(99));
    expect(refused.at(-1)).toMatchObject({
      type: 'PaymentDeclined',
      data: { amount: 99_000, orderVersion: 2, retryable: true, reason: { code: 'cod-value-limit', by: 'policy' } },
    });
    expect(known(refused)).toMatchObject({ phase: 'accepted', verdict: { decision: 'accept' } });
    expect(missing(refused)).toBe(99_000);
  });

  it('is not judged where it costs no more than somebody stands for', () => {
    const [amended] = news(promised, { ...adding(1), data: { ...adding(1).data, total: 3000 } } as PaymentCommand);
    expect(amended).toMatchObject({ type: 'TermsAmended' });
    expect(news(told(promised, adding(2)), adding(1, 3))[0]?.data).not.toHaveProperty('verdict');
  });

  it('says of a provider’s refusal that only what was added is refused', () =>
    expect(told(promised, adding(2), answer(refusedBecause('insufficient-funds'))).at(-1)).toMatchObject({
      type: 'PaymentDeclined',
      data: { amount: 2000, orderVersion: 2, authorizationId: attemptId },
    }));
});

describe('what an edit added and a person looks at', () => {
  const strict = { ...limits, weights: { 'high-value': 55 } };
  const doubtful = told(promised, adding(200, 2, strict));

  it('is asked for when it is accepted, once, with the person in the verdict', () => {
    expect(news(doubtful, decide('accept'))).toMatchObject([
      { type: 'ReviewDecided', data: { decision: 'accept', authorizations: [] } },
      { type: 'AuthorizationRequested', data: { amount: 200_000, orderVersion: 2 } },
    ]);
    const accepted = told(doubtful, decide('accept'));
    expect(news(accepted, decide('accept'))).toEqual([]);
    expect(told(accepted, answer(approved('auth-9'))).at(-1)).toMatchObject({
      type: 'PaymentAuthorized',
      data: {
        verdict: { decision: 'accept', reasons: expect.arrayContaining([expect.objectContaining({ rule: 'operator-review' })]) as never },
      },
    });
  });

  it('is declined when it is not, for good and once; what was promised before stands', () => {
    const rejected = told(doubtful, decide('reject'));
    expect(rejected.slice(doubtful.length)).toMatchObject([
      { type: 'ReviewDecided', data: { decision: 'reject' } },
      {
        type: 'PaymentDeclined',
        data: { amount: 200_000, orderVersion: 2, retryable: false, reason: { code: 'operator-review', actor: 'staff-17' } },
      },
    ]);
    expect(news(rejected, decide('reject'))).toEqual([]);
    expect(statusOf(known(rejected))).toBe('authorized');
  });

  it('is looked at no more when an edit or a cancellation takes it away again', () => {
    const cheaper: PaymentCommand = {
      ...adding(1, 3, strict),
      data: { ...adding(1, 3, strict).data, total: 4000, lines: [{ lineId: '3' }] },
    } as PaymentCommand;
    expect(statusOf(known(told(doubtful, cheaper)))).toBe('authorized');
    const cancelled: PaymentCommand = {
      type: 'CancelLines',
      data: { orderId, lines: [{ lineId: '3', sku: 'MUG', quantity: 200 }], reason: byCustomer, newId: attemptId, now },
    };
    expect(statusOf(known(told(doubtful, cancelled)))).toBe('authorized');
  });

  it('is not asked for by the way when the first promise ends: only what that held is promised again', () => {
    const dated = { ...authorized, data: { ...authorized.data, expiresAt: now } } as PaymentEvent;
    const expiring: PaymentCommand = {
      type: 'ExpireAuthorization',
      data: { orderId, authorizationId: '0192f0c0-0000-7000-8000-000000000003', expiresAt: now, newId: captureId, now },
    };
    expect(news(told([...authorizing, dated], adding(200, 2, strict)), expiring)).toMatchObject([
      { type: 'AuthorizationExpired' },
      { type: 'AuthorizationRequested', data: { amount: 4000 } },
    ]);
  });
});

describe('an order that a person has accepted', () => {
  const accepted = told([...underReview], decide('accept'), answer(approved('auth-1')));
  const spoken = { ...limits, highValue: [{ currency: 'GBP', amount: 4000 }], weights: { 'high-value': 55 } };
  const asked = (events: readonly PaymentEvent[]): readonly string[] => events.map(({ type }) => type);

  it('is not asked about again while an edit adds no more than the rules allow, and no other rule speaks', () =>
    expect(asked(news(accepted, adding(0.8, 2, spoken)))).toEqual(['TermsAmended', 'AmountDueChanged', 'AuthorizationRequested']));

  it('is asked about again beyond that', () =>
    expect(asked(news(accepted, adding(1, 2, spoken)))).toEqual(['TermsAmended', 'AmountDueChanged', 'ReviewRequired']));

  it('is asked about again when a rule speaks that was silent then', () =>
    expect(asked(news(accepted, adding(0.5, 2, { ...spoken, bulkUnits: 2 })))).toContain('ReviewRequired'));
});

describe('an edit while a person looks at the whole', () => {
  it('is judged at the new price, too: what the rules refuse is declined, and the person is asked no more', () => {
    const refused = told(
      [...underReview],
      adding(99, 2, { ...limits, rejectFrom: 20, reviewFrom: 10, highValue: [{ currency: 'GBP', amount: 100 }] }),
    );
    expect(refused.at(-1)).toMatchObject({ type: 'PaymentDeclined', data: { amount: 103_000 } });
    expect(refused.at(-1)?.data).not.toHaveProperty('orderVersion');
    expect(statusOf(known(refused))).toBe('declined');
  });

  it('leaves the question with the person, who sees how it is judged now', () => {
    const dearer = told([...underReview], adding(200, 2, { ...limits, weights: { 'high-value': 60 } }));
    expect(known(dearer)).toMatchObject({
      phase: 'under-review',
      verdict: { score: 75, reasons: [{ rule: 'high-value' }, { rule: 'many-units-of-one-sku' }] },
    });
    expect(known(told([...underReview, reviewRequired], adding(1))).verdict).toEqual(toReview);
  });
});

describe('an order whose other way to pay the rules refused', () => {
  it('gives back what the first ways had promised, when it ends', () => {
    const added: PaymentCommand = {
      type: 'AddPayments',
      data: {
        ...{ orderId, newId: captureId, now, replaces: [], limits: { ...limits, reviewFrom: 1, rejectFrom: 2, bulkUnits: 1 } },
        payments: [{ paymentId: captureId, method: 'card', amount: 1000, provider: 'simulated' }],
      },
    };
    const refused = told(promised, added);
    expect(statusOf(known(refused))).toBe('declined');
    const cancel: PaymentCommand = { type: 'CancelPayment', data: { orderId, reason: byCustomer, newId: attemptId, now } };
    expect(news(refused, cancel).map(({ type }) => type)).toEqual(['TermsAmended', 'AmountDueChanged', 'VoidRequested']);
  });
});
