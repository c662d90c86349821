import { derivedId, Refused, specFor } from '@cartage/eventsourcing';
import fc from 'fast-check';
import { recordOf } from '../app/settling';
import type { PaymentCommand } from './commands';
import { payment } from './decider';
import type { PaymentEvent } from './events';
import { amountIn, received, sumsOf, toCome, uncharged, unpaid } from './ledger';
import { outstandingCalls } from './outstanding';
import { due, isKnown, type Payment } from './payment';
import {
  answered,
  approved,
  attemptId,
  authorizationId,
  authorizing,
  byCustomer,
  facts,
  firstShipment,
  limits,
  money,
  now,
  orderId,
  paying,
  promised,
  terms,
  verdict,
  voidId,
} from './payment.fixture';
import { discrepanciesOf } from './reconciliation';
import { silentCalls } from './silence';

const { given } = specFor(payment);
const later = '2026-11-02T10:15:00.000Z';
const giveUp = (since = now): PaymentCommand => ({
  type: 'GiveUpCall',
  data: { orderId, key: authorizationId, silentSince: since, now, newId: voidId },
});
const lateYes: PaymentCommand = { type: 'RecordAuthorization', data: { ...answered(approved('auth-1')), authorizationId } };

const declined: PaymentEvent = {
  type: 'PaymentDeclined',
  data: {
    ...{ ...money, authorizationId, method: 'card', retryable: true, verdict },
    ...{ reason: { code: 'provider-silent', by: 'system' }, declinedAt: now },
  },
};
const pending: PaymentEvent = {
  type: 'PaymentPending',
  data: { ...money, authorizationId, method: 'card', reference: 'auth-1', action: { kind: 'redirect' }, expiresAt: later, pendingAt: now },
};
const abandoned: PaymentEvent = { type: 'PaymentAbandoned', data: { orderId, reason: byCustomer, abandonedAt: now } };

describe('a promise whose provider stays silent', () => {
  it('is given up once: declined, and another way to pay may take its place', () =>
    given(...authorizing)
      .when(giveUp())
      .thenOnce(declined));
  it('is given up, too, where its order has ended: nobody asks for ever', () =>
    given(...authorizing, abandoned)
      .when(giveUp())
      .thenOnce(declined));
  it('is not given up for a silence that has ended: it waits for its customer', () =>
    given(...authorizing, pending)
      .when(giveUp())
      .thenNothing());
  it('is given up where the customer had the time to act, and nobody says whether that was done', () =>
    given(...authorizing, pending)
      .when(giveUp(later))
      .thenOnce(declined));
  it('is not given up when it was given', () =>
    given(...promised)
      .when(giveUp())
      .thenNothing());
  it('is not given up before it was asked for', () => given().when(giveUp()).thenRefused('PAYMENT_UNKNOWN'));
  it('stands when it is given after all, and the money is still wanted', () =>
    given(...authorizing, declined)
      .when(lateYes)
      .thenOnce(promised[1]));
  it('is given back when it is given after all, and another way to pay has taken its place', () => {
    const other = { ...paying, paymentId: firstShipment };
    const added: PaymentEvent = {
      type: 'PaymentsAdded',
      data: {
        ...{ orderId, payments: [other], replaces: [paying.paymentId], verdict, addedAt: now },
        authorizations: [{ paymentId: other.paymentId, authorizationId: voidId, provider: 'simulated', currency: 'GBP', amount: 4000 }],
      },
    };
    given(...authorizing, declined, added)
      .when(lateYes)
      .then(promised[1], expect.objectContaining({ type: 'VoidRequested' }) as PaymentEvent);
  });
  it('is given back when it is given after all, and its order has ended meanwhile', () =>
    given(...authorizing, declined, abandoned)
      .when(lateYes)
      .then(promised[1], expect.objectContaining({ type: 'VoidRequested' }) as PaymentEvent));
});

/** What a clock, a provider, a customer or a warehouse does about a payment by card. */
type Step = 'give up' | 'yes' | 'no' | 'cancel' | 'cancel a unit' | 'ship' | 'pay otherwise' | 'late yes';
const steps: readonly Step[] = ['give up', 'yes', 'no', 'cancel', 'cancel a unit', 'ship', 'pay otherwise', 'late yes'];

interface Past {
  readonly events: readonly PaymentEvent[];
  readonly state: Payment;
}

const authorizationsIn = (state: Payment) => (isKnown(state) ? [...state.ledger.authorizations.values()] : []);

/** No two decisions make the same ids. */
const at = ({ events }: Past) => ({ orderId, now, newId: derivedId(attemptId, 4096 * (events.length + 1)) });

const answering = (past: Past, status: 'approved' | 'declined'): readonly PaymentCommand[] => {
  const [call] = outstandingCalls(past.state);
  const answer = status === 'approved' ? approved('r') : ({ status, reason: 'no' } as const);
  return call ? [recordOf(call, answer, { newId: () => at(past).newId, now: () => new Date(now), pauses: [] })] : [];
};

const commandsFor: { readonly [Of in Step]: (past: Past) => readonly PaymentCommand[] } = {
  'give up': (past) =>
    authorizationsIn(past.state).flatMap(({ authorizationId: id }) =>
      (isKnown(past.state) ? silentCalls(past.state) : [])
        .filter(({ key }) => key === id)
        .map(({ key, since }) => ({ type: 'GiveUpCall', data: { ...at(past), key, silentSince: since } })),
    ),
  yes: (past) => answering(past, 'approved'),
  no: (past) => answering(past, 'declined'),
  cancel: (past) => [{ type: 'CancelPayment', data: { ...at(past), reason: byCustomer } }],
  'cancel a unit': (past) => [
    { type: 'CancelLines', data: { ...at(past), lines: [{ lineId: '1', sku: 'MUG', quantity: 1 }], reason: byCustomer } },
  ],
  ship: (past) => [
    { type: 'ChargeShipment', data: { ...at(past), shipmentId: firstShipment, lines: [{ lineId: '2', sku: 'LAMP', quantity: 1 }] } },
  ],
  'pay otherwise': (past) => {
    const paymentId = derivedId(paying.paymentId, past.events.length + 1);
    const replaces = isKnown(past.state) ? past.state.terms.payments.map((each) => each.paymentId) : [];
    return [{ type: 'AddPayments', data: { ...at(past), payments: [{ ...paying, paymentId, amount: 4000 }], replaces, limits } }];
  },
  'late yes': (past) =>
    authorizationsIn(past.state)
      .filter(({ status }) => status === 'declined')
      .slice(0, 1)
      .map(({ authorizationId: id }) => ({
        type: 'RecordAuthorization',
        data: { ...at(past), answer: approved('late'), pauses: [], authorizationId: id },
      })),
};

const decided = (asked: PaymentCommand, state: Payment): readonly PaymentEvent[] => {
  try {
    return payment.decide(asked, state);
  } catch (error) {
    if (error instanceof Refused) return [];
    throw error;
  }
};

const after = (past: Past, step: Step): Past =>
  commandsFor[step](past).reduce((before: Past, asked) => {
    const next = decided(asked, before.state);
    return { events: [...before.events, ...next], state: next.reduce(payment.evolve, before.state) };
  }, past);

const verified = (): Past => {
  const asked: PaymentCommand = { type: 'VerifyPayment', data: { orderId, now, newId: authorizationId, terms, facts, limits } };
  const events = decided(asked, payment.initial);
  return { events, state: events.reduce(payment.evolve, payment.initial) };
};

/** Nothing is asked any more: each is given up that nobody answers, and the rest says yes. */
const atRest = (past: Past): Past => {
  let rested = after(past, 'give up');
  for (let i = 0; i < 50 && outstandingCalls(rested.state).length > 0; i += 1) rested = after(after(rested, 'yes'), 'give up');
  return rested;
};

describe('any payment whose provider is silent at times', () => {
  it('comes to an end, and keeps and promises nothing that nobody needs, however late a yes is', () => {
    let late = 0;
    fc.assert(
      fc.property(fc.array(fc.constantFrom(...steps), { maxLength: 16, size: 'max' }), (history) => {
        const { state, events } = atRest(history.reduce(after, verified()));
        if (!isKnown(state)) throw new Error('It was verified.');
        const { ledger } = state;
        const given = events.findIndex(({ type, data }) => type === 'PaymentDeclined' && data.reason.code === 'provider-silent');
        if (given >= 0 && events.slice(given).some(({ type }) => type === 'PaymentAuthorized')) late += 1;
        expect(outstandingCalls(state)).toEqual([]);
        expect(discrepanciesOf(events, sumsOf(ledger))).toEqual([]);
        expect(received(ledger) - amountIn(ledger.refunds.values(), 'issued', 'failed')).toBeLessThanOrEqual(due(state));
        if (toCome(ledger, due(state)) === 0 && unpaid(ledger) === 0 && amountIn(ledger.voids.values(), 'failed') === 0)
          expect(uncharged(ledger)).toBe(0);
      }),
      { numRuns: 500 },
    );
    expect(late).toBeGreaterThan(50);
  });
});
