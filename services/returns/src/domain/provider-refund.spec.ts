import { fold, specFor, type DataOf } from '@cartage/eventsourcing';
import fc from 'fast-check';
import type { ReturnCommand } from './commands';
import type { ReturnEvent } from './events';
import { returns } from './return';
import { authorized, delivered, firstPolicy, gradingId, now, onReturn, receiptId, refundId, requested, sale } from './return.fixture';
import { owed, type OrderReturns } from './state';

const { given } = specFor(returns);
const known = { sale: sale(), policy: firstPolicy, delivered: delivered() };

const owes = (amount: number, quantity = 1, more: Partial<DataOf<ReturnCommand, 'RefundByProvider'>> = {}): ReturnCommand => ({
  type: 'RefundByProvider',
  data: {
    ...{ ...onReturn, ...known, now, refundId: gradingId, amount, currency: 'GBP', tender: 'original' },
    lines: [{ lineId: '1', quantity }],
    ...more,
  },
});
const asked = (quantity: number): readonly ReturnEvent[] => [requested(quantity), authorized(quantity)];

/** Of `amount` for mugs at 10.00, a sixth of it tax. */
const due = (amount: number, quantity: number, tender = 'original'): ReturnEvent => ({
  type: 'RefundDue',
  data: {
    ...{ ...onReturn, refundId: gradingId, trigger: 'provider', lines: [{ lineId: '1', sku: 'MUG', quantity }] },
    ...{ currency: 'GBP', amount, goods: amount - Math.round(amount / 6), tax: Math.round(amount / 6) },
    ...{ delivery: 0, shipGroups: [], fee: 0, fees: [], tender: tender as 'original', dueAt: now },
  },
});

describe('a refund that a returns provider says is owed', () => {
  it('is owed as it says, once, however often it is told', () =>
    given(...asked(2))
      .when(owes(900))
      .thenOnce(due(900, 1)));

  it('goes where it says', () =>
    given(...asked(2))
      .when(owes(1_800, 2, { tender: 'store-credit' }))
      .thenOnce(due(1_800, 2, 'store-credit')));

  it('is never more than what was paid for these units', () => {
    given(...asked(2))
      .when(owes(1_001))
      .thenRefused('REFUND_TOO_HIGH');
    given(...asked(2))
      .when(owes(1_000))
      .then(due(1_000, 1));
  });

  it('is not more for a unit that it names twice, nor for one that was rounded up before', () => {
    const twice = [
      { lineId: '1', quantity: 1 },
      { lineId: '1', quantity: 1 },
    ];
    given(...asked(1))
      .when(owes(2_000, 1, { lines: twice }))
      .thenRefused('REFUND_DECIDED');
    // 2.00 for three: 0.67, 0.66 and 0.67.
    const third = sale({}, 200);
    const before = due(67, 1);
    given(requested(3, { sale: third }), authorized(3), before)
      .when(owes(67, 1, { refundId: receiptId, sale: third }))
      .thenRefused('REFUND_TOO_HIGH');
  });

  it('is paid in the money of the order, and for units of its return', () => {
    given(...asked(2))
      .when(owes(900, 1, { currency: 'EUR' }))
      .thenRefused('CURRENCY_WRONG');
    given(...asked(2))
      .when(owes(100, 1, { lines: [{ lineId: '2', quantity: 1 }] }))
      .thenRefused('LINE_NOT_IN_RETURN');
    given(...asked(2))
      .when(owes(900, 3))
      .thenRefused('REFUND_DECIDED');
    given().when(owes(900)).thenRefused('RETURN_UNKNOWN');
  });

  it('is quiet of units that are decided: our policy was first, or another refund', () =>
    given(...asked(1), due(900, 1))
      .when(owes(800, 1, { refundId: receiptId }))
      .then());

  it('never gives more than was paid, nor a unit twice, in whatever order it is told of', () => {
    const refund = fc.record({ amount: fc.integer({ min: 1, max: 3_500 }), quantity: fc.integer({ min: 1, max: 3 }), id: fc.nat(4) });
    fc.assert(
      fc.property(fc.array(refund, { maxLength: 8 }), fc.integer({ min: 1, max: 3 }), (refunds, units) => {
        const after = refunds.reduce<OrderReturns>(
          (state, { amount, quantity, id }) => {
            const command = owes(amount, quantity, { refundId: `${refundId.slice(0, -1)}${id}` });
            try {
              return fold(returns, returns.decide(command, state), state);
            } catch {
              return state;
            }
          },
          fold(returns, asked(units)),
        );
        const [rma] = [...after.rmas.values()];
        expect(rma && owed(rma)).toBeLessThanOrEqual(1_000 * units);
        expect([...(rma?.lines ?? [])].every(({ settled }) => settled <= units)).toBe(true);
      }),
    );
  });
});
