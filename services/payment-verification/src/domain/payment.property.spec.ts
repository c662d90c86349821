import { Refused } from '@cartage/eventsourcing';
import fc from 'fast-check';
import type { PaymentCommand, ProviderAnswer } from './commands';
import { payment } from './decider';
import { facts, firstShipment, limits, now, orderId, refundId, returnId, secondShipment, terms } from './payment.fixture';
import { discrepanciesOf } from './ledger';
import { isPromised, type Payment } from './payment';

const shipmentId = fc.constantFrom(firstShipment, secondShipment);
const answer: fc.Arbitrary<ProviderAnswer> = fc.constantFrom({ status: 'approved', reference: 'r' }, { status: 'declined', reason: 'no' });
const refund = fc.constantFrom(refundId, returnId, firstShipment);
const at = { orderId, now };

const command: fc.Arbitrary<PaymentCommand> = fc.oneof(
  fc
    .record({ method: fc.constantFrom('card', 'cod', 'prepaid'), total: fc.constantFrom(4000, 200_000), returning: fc.boolean() })
    .map(({ method, total, returning }): PaymentCommand => ({
      type: 'VerifyPayment',
      data: { ...at, terms: { ...terms, method, total, shipping: total - 3500 }, facts: { ...facts, returning }, limits },
    })),
  fc.constantFrom('accept', 'reject').map((decision): PaymentCommand => ({ type: 'DecideReview', data: { ...at, decision, note: '' } })),
  fc.constantFrom('staff-1', 'staff-2').map((assignee): PaymentCommand => ({ type: 'AssignReview', data: { ...at, assignee } })),
  answer.map((said): PaymentCommand => ({ type: 'RecordAuthorization', data: { ...at, answer: said } })),
  fc.tuple(shipmentId, fc.constantFrom('1', '2'), fc.integer({ min: 1, max: 3 })).map(([id, lineId, quantity]): PaymentCommand => ({
    type: 'ChargeShipment',
    data: { ...at, shipmentId: id, lines: [{ lineId, sku: 'MUG', quantity }] },
  })),
  fc
    .tuple(shipmentId, answer)
    .map(([id, said]): PaymentCommand => ({ type: 'RecordCapture', data: { ...at, shipmentId: id, answer: said } })),
  shipmentId.map((id): PaymentCommand => ({ type: 'RecordDelivery', data: { ...at, shipmentId: id } })),
  fc
    .tuple(shipmentId, fc.integer({ min: 1, max: 1000 }), fc.constantFrom('R-1', 'R-2'))
    .map(([id, amount, reference]): PaymentCommand => ({ type: 'RecordRemittance', data: { ...at, shipmentId: id, amount, reference } })),
  fc.constant<PaymentCommand>({ type: 'CancelPayment', data: { ...at, reason: 'customer' } }),
  answer.map((said): PaymentCommand => ({ type: 'RecordVoid', data: { ...at, answer: said } })),
  fc
    .tuple(refund, fc.integer({ min: 1, max: 3000 }))
    .map(([id, amount]): PaymentCommand => ({ type: 'RequestRefund', data: { ...at, refundId: id, currency: 'GBP', amount } })),
  fc.tuple(refund, answer).map(([id, said]): PaymentCommand => ({ type: 'RecordRefund', data: { ...at, refundId: id, answer: said } })),
);

/** Most histories begin with an order and a promise; without that bias hardly any would get as far as money. */
const opening: fc.Arbitrary<readonly PaymentCommand[]> = fc.constantFrom('card', 'cod', 'prepaid').map((method) => [
  { type: 'VerifyPayment', data: { ...at, terms: { ...terms, method }, facts, limits } },
  { type: 'RecordAuthorization', data: { ...at, answer: { status: 'approved', reference: 'auth' } } },
]);
const history = fc
  .tuple(fc.option(opening, { nil: [], freq: 6 }), fc.array(command, { maxLength: 24 }))
  .map(([first, more]) => [...first, ...more]);

const decided = (asked: PaymentCommand, state: Payment) => {
  try {
    return payment.decide(asked, state);
  } catch (error) {
    if (error instanceof Refused) return [];
    throw error;
  }
};
const after = (commands: readonly PaymentCommand[]): Payment =>
  commands.reduce((state, asked) => decided(asked, state).reduce(payment.evolve, state), payment.initial);

describe('any payment, whatever has happened to it', () => {
  it('takes the repeat of a command quietly or refuses it, and never writes a second fact', () => {
    fc.assert(
      fc.property(history, command, (past, asked) => {
        const before = after(past);
        const once = decided(asked, before).reduce(payment.evolve, before);
        expect(decided(asked, once)).toEqual([]);
      }),
      { numRuns: 500 },
    );
  });

  it('can account for every cent', () => {
    let withMoney = 0;
    fc.assert(
      fc.property(history, (past) => {
        const state = after(past);
        if (!isPromised(state)) return;
        withMoney += 1;
        expect(discrepanciesOf(state.ledger)).toEqual([]);
      }),
      { numRuns: 500 },
    );
    expect(withMoney).toBeGreaterThan(250);
  });
});
