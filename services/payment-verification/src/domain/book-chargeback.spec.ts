import { Refused, specFor } from '@cartage/eventsourcing';
import fc from 'fast-check';
import type { ChargebackStanding, PaymentCommand } from './commands';
import { payment } from './decider';
import type { PaymentEvent } from './events';
import { isKnown, type Payment } from './payment';
import { attemptId, byCustomer, captured, captureId, charged, now, orderId, promised, refundId, returnId, voidId } from './payment.fixture';
import { chargedBack, refundable } from './refundable';

const { given } = specFor(payment);
const chargebackId = '0192f0c0-0000-7000-8000-0000000000d1';
const at = { orderId, now, newId: voidId };
const standing: ChargebackStanding = { orderId, chargebackId, captureId, amount: 1000, status: 'open', turn: 1 };
const book = (changes: Partial<ChargebackStanding> = {}): PaymentCommand => ({
  type: 'BookChargeback',
  data: { ...at, ...standing, ...changes },
});
const booked = (changes: Partial<ChargebackStanding> = {}): PaymentEvent => ({
  type: 'ChargebackBooked',
  data: { ...standing, ...changes, bookedAt: now },
});
const refund = (amount: number, cause: 'return' | 'goodwill' = 'return', id = refundId): PaymentCommand => ({
  type: 'RequestRefund',
  data: { ...at, newId: attemptId, refundId: id, currency: 'GBP', amount, tender: 'original', cause },
});
const asked = (amount: number): PaymentEvent =>
  expect.objectContaining({
    type: 'RefundRequested',
    data: expect.objectContaining({ amount, captures: [{ captureId, amount }] }) as unknown,
  }) as PaymentEvent;
const paid = [...promised, charged, captured] as const;

const after = (events: readonly PaymentEvent[], ...commands: readonly PaymentCommand[]) =>
  commands.reduce(
    (past, command) => {
      const more = payment.decide(command, past.state);
      return { state: more.reduce(payment.evolve, past.state), events: more };
    },
    { state: events.reduce<Payment>(payment.evolve, payment.initial), events: [] as readonly PaymentEvent[] },
  );
const ledgerOf = (state: Payment) => {
  if (!isKnown(state)) throw new Error('It was requested.');
  return state.ledger;
};

describe('a capture that a bank has taken back', () => {
  it('is booked once, turn by turn; an older turn that is told late is no news', () => {
    given(...paid)
      .when(book())
      .thenOnce(booked());
    given(...paid, booked())
      .when(book({ turn: 2 }))
      .then();
    given(...paid, booked({ status: 'lost', turn: 3 }))
      .when(book())
      .then();
    given(...paid, booked())
      .when(book({ status: 'lost', turn: 2 }))
      .thenOnce(booked({ status: 'lost', turn: 2 }));
  });

  it('is early as long as the capture is not known', () =>
    given(...promised, charged)
      .when(book())
      .thenRefused('CAPTURE_UNKNOWN'));

  it.each(['open', 'lost'] as const)('is not refunded again while the chargeback is %s', (status) => {
    given(...paid, booked({ status }))
      .when(refund(168, 'goodwill'))
      .thenRefused('REFUND_EXCEEDS_CAPTURED');
    expect(after([...paid, booked({ status })], refund(167, 'goodwill')).events).toEqual([asked(167)]);
  });

  it('fails what a return makes due, and gives it back once the bank has given us the money again', () => {
    const { state, events } = after([...paid, booked()], refund(300));
    expect(events).toMatchObject([{ type: 'RefundFailed', data: { amount: 300, reason: { code: 'charged-back', by: 'system' } } }]);
    const won = payment.decide(book({ status: 'won', turn: 2 }), state);
    expect(won).toEqual([booked({ status: 'won', turn: 2 }), asked(300)]);
  });

  it('owes nothing more for what is cancelled meanwhile: the customer has the money, and gets the rest when we have won', () => {
    const cancel: PaymentCommand = {
      type: 'CancelLines',
      data: {
        ...at,
        reason: byCustomer,
        lines: [
          { lineId: '1', sku: 'MUG', quantity: 3 },
          { lineId: '2', sku: 'LAMP', quantity: 1 },
        ],
      },
    };
    const { state, events } = after([...paid, booked({ amount: 1167 })], cancel);
    expect(events.filter(({ type }) => type === 'RefundRequested')).toEqual([]);
    expect(payment.decide(book({ amount: 1167, status: 'won', turn: 2 }), state)).toContainEqual(asked(1167));
  });
});

/** What a return makes due beyond what came in is early: it waits. */
const decided = (command: PaymentCommand, state: Payment): readonly PaymentEvent[] => {
  try {
    return payment.decide(command, state);
  } catch (error) {
    if (error instanceof Refused && error.code === 'REFUND_EARLY') return [];
    throw error;
  }
};

type Step = readonly ['bank', ChargebackStanding['status']] | readonly ['refund', number];
const step: fc.Arbitrary<Step> = fc.oneof(
  fc.constantFrom('open', 'won', 'lost' as const).map((status) => ['bank', status] as const),
  fc.integer({ min: 1, max: 1200 }).map((amount) => ['refund', amount] as const),
);

describe('whatever a bank and our people do in turn', () => {
  it('no money that the bank has is asked for again, and we never owe less than nothing', () =>
    fc.assert(
      fc.property(fc.array(step, { maxLength: 12 }), fc.integer({ min: 1, max: 1167 }), (steps, amount) => {
        let past = after(paid);
        steps.forEach(([who, what], n) => {
          const left = refundable(ledgerOf(past.state));
          const command = who === 'bank' ? book({ amount, status: what, turn: n + 1 }) : refund(what, 'return', `${returnId}${n}`);
          const events = decided(command, past.state);
          past = { state: events.reduce(payment.evolve, past.state), events };
          const given = events.flatMap((event) => (event.type === 'RefundRequested' ? [event.data.amount] : []));
          const open = who === 'bank' && what === 'won' ? left + amount : left;
          expect(given.reduce((sum, each) => sum + each, 0)).toBeLessThanOrEqual(open);
          expect(refundable(ledgerOf(past.state))).toBeGreaterThanOrEqual(0);
          expect(chargedBack(ledgerOf(past.state))).toBeLessThanOrEqual(amount);
        });
      }),
      { numRuns: 300 },
    ));
});
