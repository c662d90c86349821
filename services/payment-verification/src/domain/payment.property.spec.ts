import { shareOfUnits } from '@cartage/contracts';
import { Refused } from '@cartage/eventsourcing';
import fc from 'fast-check';
import type { PaymentCommand, ProviderAnswer } from './commands';
import { payment } from './decider';
import type { PaymentEvent } from './events';
import { refundable, sumsOf } from './ledger';
import { isPromised, type Payment } from './payment';
import {
  attemptId,
  authorizationId,
  byCustomer,
  captureId,
  facts,
  firstShipment,
  limits,
  now,
  orderId,
  paidBy,
  refundId,
  returnId,
  secondShipment,
  voidId,
} from './payment.fixture';
import { discrepanciesOf } from './reconciliation';

const shipmentId = fc.constantFrom(firstShipment, secondShipment);
const anId = fc.constantFrom(authorizationId, captureId, voidId, attemptId);
const answer: fc.Arbitrary<ProviderAnswer> = fc.constantFrom({ status: 'approved', reference: 'r' }, { status: 'declined', reason: 'no' });
const refund = fc.constantFrom(refundId, returnId, firstShipment);
const at = { orderId, now };
const verifying = (method: string, total = 4000, returning = true): PaymentCommand => ({
  type: 'VerifyPayment',
  data: { ...at, authorizationId, terms: paidBy({ method }, { total, delivery: total - 3500 }), facts: { ...facts, returning }, limits },
});

const command: fc.Arbitrary<PaymentCommand> = fc.oneof(
  fc.tuple(fc.constantFrom('card', 'cod', 'prepaid'), fc.constantFrom(4000, 200_000), fc.boolean()).map((of) => verifying(...of)),
  fc.constantFrom('accept', 'reject').map((decision): PaymentCommand => ({
    type: 'DecideReview',
    data: { ...at, decision, note: '', by: 'staff', authorizationId },
  })),
  fc.constantFrom('staff-1', 'staff-2').map((assignee): PaymentCommand => ({ type: 'AssignReview', data: { ...at, assignee } })),
  answer.map((said): PaymentCommand => ({ type: 'RecordAuthorization', data: { ...at, authorizationId, voidId, answer: said } })),
  fc
    .tuple(shipmentId, fc.constantFrom('1', '2'), fc.integer({ min: 1, max: 3 }), anId)
    .map(([id, lineId, quantity, capture]): PaymentCommand => ({
      type: 'ChargeShipment',
      data: { ...at, shipmentId: id, lines: [{ lineId, sku: 'MUG', quantity }], captureId: `${capture}/${id}` },
    })),
  fc.tuple(shipmentId, anId, answer).map(([id, capture, said]): PaymentCommand => ({
    type: 'RecordCapture',
    data: { ...at, captureId: `${capture}/${id}`, answer: said },
  })),
  fc
    .tuple(shipmentId, fc.constantFrom('1', '2'), fc.integer({ min: 1, max: 3 }), fc.constantFrom('p1', 'p2'))
    .map(([id, lineId, quantity, parcel]): PaymentCommand => ({
      type: 'RecordDelivery',
      data: { ...at, shipmentId: id, parcels: [parcel], lines: [{ lineId, sku: 'MUG', quantity }] },
    })),
  fc
    .tuple(shipmentId, fc.integer({ min: 1, max: 1000 }), fc.constantFrom('R-1', 'constructor'))
    .map(([id, amount, reference]): PaymentCommand => ({ type: 'RecordRemittance', data: { ...at, shipmentId: id, amount, reference } })),
  anId.map((id): PaymentCommand => ({ type: 'CancelPayment', data: { ...at, reason: byCustomer, voidId: id } })),
  fc.tuple(anId, answer).map(([id, said]): PaymentCommand => ({ type: 'RecordVoid', data: { ...at, voidId: id, answer: said } })),
  fc.tuple(refund, fc.integer({ min: 1, max: 3000 })).map(([id, amount]): PaymentCommand => ({
    type: 'RequestRefund',
    data: { ...at, refundId: id, currency: 'GBP', amount, tender: 'original', attemptId },
  })),
  fc.tuple(refund, answer).map(([id, said]): PaymentCommand => ({
    type: 'RecordRefund',
    data: { ...at, refundId: id, attemptId, answer: said },
  })),
);

/** Most histories begin with an order and a promise; without that bias hardly any would get as far as money. */
const opening: fc.Arbitrary<readonly PaymentCommand[]> = fc
  .constantFrom('card', 'cod', 'prepaid')
  .map((method) => [
    verifying(method),
    { type: 'RecordAuthorization', data: { ...at, authorizationId, voidId, answer: { status: 'approved', reference: 'auth' } } },
  ]);
const history = fc
  .tuple(fc.option(opening, { nil: [], freq: 6 }), fc.array(command, { maxLength: 24, size: 'max' }))
  .map(([first, more]) => [...first, ...more]);

interface Past {
  readonly events: readonly PaymentEvent[];
  readonly state: Payment;
}
const nothing: Past = { events: [], state: payment.initial };

const decided = (asked: PaymentCommand, { state }: Past): readonly PaymentEvent[] => {
  try {
    return payment.decide(asked, state);
  } catch (error) {
    if (error instanceof Refused) return [];
    throw error;
  }
};
const after = (commands: readonly PaymentCommand[], past = nothing): Past =>
  commands.reduce(({ events, state }, asked) => {
    const next = decided(asked, { events, state });
    return { events: [...events, ...next], state: next.reduce(payment.evolve, state) };
  }, past);
const discrepancies = ({ events, state }: Past): readonly string[] =>
  isPromised(state) ? discrepanciesOf(events, sumsOf(state.ledger)) : [];

describe('any payment, whatever has happened to it', () => {
  it('takes the repeat of a command quietly or refuses it, and never writes a second fact', () =>
    fc.assert(
      fc.property(history, command, (past, asked) => {
        expect(decided(asked, after([...past, asked]))).toEqual([]);
      }),
      { numRuns: 500 },
    ));

  it('can account for every cent', () => {
    let withMoney = 0;
    fc.assert(
      fc.property(history, (commands) => {
        const now = after(commands);
        if (isPromised(now.state)) withMoney += 1;
        expect(discrepancies(now)).toEqual([]);
      }),
      { numRuns: 500 },
    );
    expect(withMoney).toBeGreaterThan(250);
  });

  it('gives back what it took, unit for unit, in whatever order units go out and come back', () =>
    fc.assert(
      fc.property(fc.nat(5_000), fc.integer({ min: 1, max: 8 }), fc.infiniteStream(fc.boolean()), (total, of, coins) => {
        const sold = paidBy({}, { total, delivery: 0, lines: [{ lineId: '1', sku: 'MUG', quantity: of, total }] });
        const verified: PaymentCommand = { type: 'VerifyPayment', data: { ...at, authorizationId, terms: sold, facts, limits } };
        const approve: ProviderAnswer = { status: 'approved', reference: 'r' };
        let past = after([verified, { type: 'RecordAuthorization', data: { ...at, authorizationId, voidId, answer: approve } }]);
        let [out, back] = [0, 0];
        const send = (n: number): readonly PaymentCommand[] => [
          {
            type: 'ChargeShipment',
            data: { ...at, shipmentId: `s${n}`, captureId: `c${n}`, lines: [{ lineId: '1', sku: 'MUG', quantity: 1 }] },
          },
          { type: 'RecordCapture', data: { ...at, captureId: `c${n}`, answer: approve } },
        ];
        const takeBack = (n: number): readonly PaymentCommand[] => {
          const amount = shareOfUnits(total, { before: n, units: 1, of });
          return [
            { type: 'RequestRefund', data: { ...at, refundId: `r${n}`, attemptId: `a${n}`, currency: 'GBP', amount, tender: 'original' } },
            { type: 'RecordRefund', data: { ...at, refundId: `r${n}`, attemptId: `a${n}`, answer: approve } },
          ];
        };
        while (back < of) {
          const goesOut = back === out || (out < of && coins.next().value);
          past = after(goesOut ? send(out) : takeBack(back), past);
          if (goesOut) out += 1;
          else back += 1;
          if (!isPromised(past.state)) throw new Error('It was promised.');
          expect(sumsOf(past.state.ledger)).toMatchObject({
            captured: shareOfUnits(total, { before: 0, units: out, of }),
            refunded: shareOfUnits(total, { before: 0, units: back, of }),
          });
          expect(refundable(past.state.ledger)).toBeGreaterThanOrEqual(0);
        }
        expect(discrepancies(past)).toEqual([]);
      }),
      { numRuns: 100 },
    ));
});
