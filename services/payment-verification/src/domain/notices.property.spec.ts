import { derivedId, Refused } from '@cartage/eventsourcing';
import fc from 'fast-check';
import { recordOf } from '../app/settling';
import type { PaymentCommand, ProviderAnswer } from './commands';
import { payment } from './decider';
import type { PaymentEvent } from './events';
import { amountIn, isOvertaken, received, sumsOf, uncharged } from './ledger';
import { outstandingCalls, type ProviderCall } from './outstanding';
import { isKnown, type Known, type Payment } from './payment';
import { attemptId, authorizationId, byCustomer, facts, firstShipment, limits, now, orderId, terms } from './payment.fixture';
import { discrepanciesOf } from './reconciliation';

interface Past {
  readonly events: readonly PaymentEvent[];
  readonly state: Payment;
}
const at = { orderId, now, newId: authorizationId };

/** Each decision makes ids of its own. */
const tell = (past: Past, command: PaymentCommand): Past | 'early' => {
  const newId = command.type === 'VerifyPayment' ? authorizationId : derivedId(attemptId, 4096 * (past.events.length + 1));
  try {
    const events = payment.decide({ ...command, data: { ...command.data, newId } } as PaymentCommand, past.state);
    return { events: [...past.events, ...events], state: events.reduce(payment.evolve, past.state) };
  } catch (error) {
    if (error instanceof Refused && error.kind === 'unknown') return 'early';
    throw error;
  }
};

/** What is early is parked, and said again whenever something was taken, as the inbox does. */
const tellAll = (commands: readonly PaymentCommand[], from: Past): Past => {
  let past = from;
  let parked: readonly PaymentCommand[] = [];
  for (const command of commands) {
    let waiting: readonly PaymentCommand[] = [...parked, command];
    for (let before = -1; before !== waiting.length;) {
      before = waiting.length;
      waiting = waiting.filter((each) => {
        const next = tell(past, each);
        if (next === 'early') return true;
        past = next;
        return false;
      });
    }
    parked = waiting;
  }
  return past;
};

const capturedNotice = (
  reference: string,
  amount: number,
  of: Partial<{ authorizationId: string; attemptId: string }> = {},
): PaymentCommand => ({
  type: 'HearCapture',
  data: { ...at, authorizationId, currency: 'GBP', amount, reference, ...of },
});
const refundedNotice = (reference: string, { amount, key }: ProviderCall): PaymentCommand => ({
  type: 'HearRefund',
  data: { ...at, authorizationId, currency: 'GBP', amount, reference, attemptId: key, outcome: 'issued' },
});
const said = (answer: ProviderAnswer): PaymentCommand => ({
  type: 'RecordAuthorization',
  data: { ...at, authorizationId, answer, pauses: [] },
});

const verify: PaymentCommand = { type: 'VerifyPayment', data: { ...at, terms, facts, limits } };
const cancel: PaymentCommand = { type: 'CancelPayment', data: { ...at, reason: byCustomer } };
const pend = said({ status: 'pending', reference: 'p', action: { kind: 'redirect' }, expiresAt: '2026-11-03T00:00:00.000Z' });
const yes = said({ status: 'approved', reference: 'p' });
const no = said({ status: 'declined', reason: 'try-again' });
const end: PaymentCommand = { type: 'HearAuthorizationEnded', data: { ...at, authorizationId } };
const giveUp: PaymentCommand = { type: 'ExpireAuthorization', data: { ...at, authorizationId, expiresAt: '2026-11-03T00:00:00.000Z' } };
const ship: PaymentCommand = {
  type: 'ChargeShipment',
  data: { ...at, shipmentId: firstShipment, lines: terms.lines.map(({ lineId, sku, quantity }) => ({ lineId, sku, quantity })) },
};

/** What a provider tells and what else happens, without the order that it comes in. */
const worlds: Readonly<Record<string, readonly PaymentCommand[]>> = {
  'the customer pays at once, after a try that failed': [verify, pend, no, yes, capturedNotice('ch-1', 4000)],
  'the customer pays at once, and the goods ship': [verify, pend, yes, capturedNotice('ch-1', 4000), ship],
  'the customer pays when nobody waits any more': [verify, pend, giveUp, capturedNotice('ch-1', 4000)],
  'the customer pays at once, and the order is cancelled': [verify, pend, yes, capturedNotice('ch-1', 4000), cancel],
  'the customer promises, and the order is cancelled': [verify, pend, yes, cancel],
  'the provider lets go, and the order is cancelled': [verify, pend, no, yes, end, cancel],
  'the customer promises, and the goods ship': [verify, pend, yes, ship],
};

/** A provider does what it is asked, but gives no promise back that it took money from. */
const answerOf = (call: ProviderCall, state: Payment, reference: string): ProviderAnswer => {
  const asked = call.operation === 'void' && isKnown(state) ? state.ledger.voids.get(call.voidId) : undefined;
  return asked && isKnown(state) && isOvertaken(state.ledger, asked)
    ? { status: 'declined', reason: 'already-captured', final: true }
    : { status: 'approved', reference };
};

/** What the provider did about a call is told by its answer and by a notice, in any order and more than once. */
const doing = (call: ProviderCall, { state }: Past): readonly PaymentCommand[] => {
  const reference = `${call.operation}-${call.key}`;
  const recorded = recordOf(call, answerOf(call, state, reference), { newId: () => attemptId, now: () => new Date(now), pauses: [] });
  if (!isKnown(state)) return [recorded];
  if (call.operation === 'refund') return [recorded, refundedNotice(reference, call)];
  if (call.operation !== 'capture') return [recorded];
  const of = state.ledger.captures.get(call.captureId)?.authorizationId ?? '';
  return [recorded, capturedNotice(reference, call.amount, { authorizationId: of, attemptId: call.key })];
};

const repeated = <Thing>(things: readonly Thing[]): fc.Arbitrary<readonly Thing[]> =>
  fc
    .subarray([...things])
    .chain((again) =>
      fc.shuffledSubarray([...things, ...again], { minLength: things.length + again.length, maxLength: things.length + again.length }),
    );

const moneyOf = ({ ledger }: Known) => ({
  kept: received(ledger) - amountIn(ledger.refunds.values(), 'issued'),
  held: uncharged(ledger),
});

const nothing: Past = { events: [], state: payment.initial };

/** Everything told, and every call made until none is left. */
const atRest = (commands: readonly PaymentCommand[], told: (of: readonly PaymentCommand[]) => readonly PaymentCommand[]): Past => {
  let past = tellAll(commands, nothing);
  for (let i = 0; i < 20; i += 1) {
    const [call] = outstandingCalls(past.state).filter(({ operation }) => operation !== 'inquire');
    if (!call) break;
    past = tellAll(told(doing(call, past)), past);
  }
  return past;
};

describe('what a provider tells, in any order and however often, before and after what else happens', () => {
  it.each(Object.entries(worlds))('ends in the same money: %s', (_, commands) => {
    const usual = atRest(commands, (of) => of);
    if (!isKnown(usual.state)) throw new Error('It was verified.');
    const expected = moneyOf(usual.state);
    fc.assert(
      fc.property(repeated(commands), fc.integer({ min: 0, max: 2 }), (order, way) => {
        const ways = [
          (of: readonly PaymentCommand[]) => of,
          (of: readonly PaymentCommand[]) => of.toReversed(),
          (of: readonly PaymentCommand[]) => [...of.toReversed(), ...of, ...of],
        ];
        const { state, events } = atRest(order, ways[way] ?? ((of) => of));
        if (!isKnown(state)) throw new Error('It was verified.');
        expect(moneyOf(state)).toEqual(expected);
        expect(discrepanciesOf(events, sumsOf(state.ledger))).toEqual([]);
      }),
      { numRuns: 150 },
    );
  });

  it('keeps nothing of a cancelled order', () => {
    for (const [name, commands] of Object.entries(worlds).filter(([of]) => of.includes('cancelled'))) {
      const { state } = atRest(commands, (of) => of);
      expect([name, isKnown(state) && moneyOf(state)]).toEqual([name, { kept: 0, held: 0 }]);
    }
  });
});
