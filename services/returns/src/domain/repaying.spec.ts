import { fold } from '@cartage/eventsourcing';
import fc from 'fast-check';
import type { ReturnCommand } from './commands';
import type { ReturnEvent } from './events';
import type { ReturnPolicy } from './policy';
import { returns } from './return';
import { delivered, orderId, policyWith, sale } from './return.fixture';
import type { Sale } from './sale';
import { changedSale } from './sale-change';
import type { OrderReturns } from './state';

const now = '2026-11-23T10:00:00.000Z';

interface Back {
  readonly lineId?: string;
  readonly sku?: string;
  readonly quantity: number;
  readonly grade?: 'A' | 'B' | 'C' | 'scrap';
  readonly reason?: string;
  readonly answerable?: 'carrier';
}

const [mug] = sale().lines;
if (!mug) throw new Error('The example has no line.');
/** Three mugs for 30.00 whose delivery cost 5.94. */
const mugsOnly = sale({ lines: [mug] });

/** Each of these comes back in a return of its own: what is due for it. */
const refundsOf = (policy: ReturnPolicy, backs: readonly Back[], of: Sale = mugsOnly) => {
  let state: OrderReturns = returns.initial;
  const due: Extract<ReturnEvent, { type: 'RefundDue' }>['data'][] = [];
  const send = (command: ReturnCommand): void => {
    const events = returns.decide(command, state);
    state = fold(returns, events, state);
    for (const event of events) if (event.type === 'RefundDue') due.push(event.data);
  };
  const known = { sale: of, policy, delivered: delivered(), refundId: '000000000001', now };
  backs.forEach(({ lineId = '1', grade = 'A', reason = 'too-small', answerable, ...item }, i) => {
    const on = { orderId, returnId: `r${i}` };
    send({ type: 'RequestReturn', data: { ...on, ...known, lines: [{ lineId, reason, ...item }] } });
    send({ type: 'ReceiveReturn', data: { ...on, ...known, receiptId: `c${i}`, location: 'LDN', lines: [{ lineId, ...item }] } });
    send({
      type: 'GradeItem',
      data: { ...on, ...item, lineId, grade, answerable, gradingId: '000000000001', refundId: '000000000001', now },
    });
  });
  return due;
};
const amounts = (...of: Parameters<typeof refundsOf>): readonly number[] => refundsOf(...of).map(({ amount }) => amount);

describe('delivery', () => {
  const policy = policyWith({}, { deliveryRefund: 'whole-return' });
  it('goes back with the last unit that it brought, and not before', () => {
    expect(amounts(policy, [{ quantity: 3 }])).toEqual([3_594]);
    expect(amounts(policy, [{ quantity: 1 }, { quantity: 2 }])).toEqual([1_000, 2_594]);
    expect(amounts(policy, [{ quantity: 2 }])).toEqual([2_000]);
    expect(refundsOf(policy, [{ quantity: 3 }])).toMatchObject([{ delivery: 594, goods: 2_500, tax: 500, shipGroups: ['1'] }]);
  });
  it('goes back though a unit never shipped: of what did, all is back', () => {
    const cancelled = changedSale(mugsOnly, [{ orderId, sequence: 1, cancelled: [{ lineId: '1', quantity: 1 }] }]);
    expect(amounts(policy, [{ quantity: 2 }], cancelled)).toEqual([2_594]);
  });
  it('goes back also when the last unit is worth nothing any more', () =>
    expect(amounts(policy, [{ quantity: 2 }, { quantity: 1, grade: 'scrap' }])).toEqual([2_000, 594]));
  it('stays where the policy says so', () => expect(amounts(policyWith({}), [{ quantity: 3 }])).toEqual([3_000]));
});

/** Trial P07: two mugs at 10.00 and 4.00 of tax, delivery 4.95 and 0.99 of tax. */
describe('the delivery charge of an order that comes back (P07)', () => {
  const order = sale({ taxIncluded: false, lines: [{ ...mug, quantity: 2, total: 2_400, tax: 400 }] });
  const [whole, inTwo, half] = [[{ quantity: 2 }], [{ quantity: 1 }, { quantity: 1 }], [{ quantity: 1 }]];
  it('goes back once on a whole return, in one parcel or two, and not on a part, where the policy gives it back', () => {
    const policy = policyWith({}, { deliveryRefund: 'whole-return' });
    expect([whole, inTwo, half].map((backs) => amounts(policy, backs, order))).toEqual([[2_994], [1_200, 1_794], [1_200]]);
  });
  it('never goes back where the policy keeps it', () => {
    const policy = policyWith({}, { deliveryRefund: 'never' });
    expect([whole, inTwo, half].map((backs) => amounts(policy, backs, order))).toEqual([[2_400], [1_200, 1_200], [1_200]]);
  });
});

describe('what is kept back', () => {
  const policy = policyWith({}, { returnFee: [{ currency: 'GBP', amount: 1_250 }] });
  it('of an order is the return fee once, however its units are split over returns', () => {
    expect(amounts(policy, [{ quantity: 3 }])).toEqual([1_750]);
    expect(amounts(policy, [{ quantity: 1 }, { quantity: 1 }, { quantity: 1 }])).toEqual([750, 1_000]);
  });
  it('is nothing in a currency that the policy does not name', () =>
    expect(amounts(policy, [{ quantity: 3 }], sale({ lines: [mug], currency: 'JPY' }))).toEqual([3_000]));
  it('is nothing of what arrived damaged, be it scrap: the customer says so, or the inspector', () => {
    const strict = policyWith({ restockingFeePercent: 10 }, { returnFee: [{ currency: 'GBP', amount: 1_250 }] });
    expect(amounts(strict, [{ quantity: 1, reason: 'arrived-damaged', grade: 'scrap' }])).toEqual([1_000]);
    expect(amounts(strict, [{ quantity: 1, grade: 'scrap', answerable: 'carrier' }])).toEqual([1_000]);
    expect(amounts(strict, [{ quantity: 1, grade: 'scrap' }])).toEqual([]);
  });
  it('goes to the tender of the policy, but not of what was our fault', () => {
    const credit = policyWith({ tender: 'store-credit' });
    expect(refundsOf(credit, [{ quantity: 1 }])).toMatchObject([{ tender: 'store-credit' }]);
    expect(refundsOf(credit, [{ quantity: 1, reason: 'defective' }])).toMatchObject([{ tender: 'original' }]);
  });
});

describe('a kit of which parts come back', () => {
  /** Two kits for 10.00, each of one lamp, three quarters of its worth, and two bulbs. */
  const parts = [
    { sku: 'LAMP', quantity: 1, share: 3 },
    { sku: 'BULB', quantity: 2, share: 1 },
  ];
  const kits = (total: number) => sale({ lines: [{ ...mug, sku: 'SET', quantity: 2, total, tax: Math.floor(total / 6), parts }] });
  it('is refunded by their share of its price', () => {
    expect(amounts(policyWith({}), [{ sku: 'LAMP', quantity: 1 }], kits(1_000))).toEqual([375]);
    expect(
      amounts(
        policyWith({}),
        [
          { sku: 'BULB', quantity: 1 },
          { sku: 'BULB', quantity: 3 },
        ],
        kits(1_000),
      ),
    ).toEqual([63, 187]);
  });
  it('takes no part twice: not alone and with the kit', () => {
    expect(() => refundsOf(policyWith({}), [{ sku: 'LAMP', quantity: 1 }, { quantity: 3 }], kits(1_000))).toThrow(
      expect.objectContaining({ code: 'LINE_NOT_ELIGIBLE' }),
    );
    expect(() => refundsOf(policyWith({}), [{ sku: 'SHADE', quantity: 1 }], kits(1_000))).toThrow(
      expect.objectContaining({ code: 'LINE_NOT_ELIGIBLE' }),
    );
  });
  it('gives back what was paid, to the minor unit, in whatever parts and order it comes', () =>
    fc.assert(
      fc.property(fc.nat(100_000), fc.shuffledSubarray(['kit', 'LAMP', 'BULB', 'BULB'], { minLength: 4 }), (total, order) => {
        const backs = order.map((what): Back => (what === 'kit' ? { quantity: 1 } : { sku: what, quantity: 1 }));
        expect(amounts(policyWith({}, { reviewAbove: [] }), backs, kits(total)).reduce((sum, each) => sum + each, 0)).toBe(total);
      }),
    ));
});
