import type { DataOf } from '@cartage/eventsourcing';
import fc from 'fast-check';
import type { ReturnCommand } from './commands';
import type { ReturnEvent } from './events';
import { evolve } from './evolve';
import { quoteOf } from './quote';
import { returns } from './return';
import { anotherId, firstPolicy, gradingId, now, onReturn, policyWith, receiptId, request, sale } from './return.fixture';
import { nothing, type OrderReturns } from './state';

type Request = DataOf<ReturnCommand, 'RequestReturn'>;
const quote = (of: { readonly data: Request }, state: OrderReturns = nothing) => quoteOf(of.data, state);

const fees = policyWith(
  { restockingFeePercent: 10, wayBack: 'customer' },
  { returnFee: [{ currency: 'GBP', amount: 250 }], deliveryRefund: 'whole-return' },
);

describe('what a return would come to', () => {
  it('is what was paid, less the fees of the policy; who pays for the way back is said, and until when', () =>
    expect(quote(request(2, { policy: fees }))).toEqual({
      lines: [{ lineId: '1', sku: 'MUG', quantity: 2, standing: 'authorized' }],
      ...{ currency: 'GBP', back: 1_550, delivery: 0 },
      fees: [
        { code: 'restocking', amount: 200 },
        { code: 'return', amount: 250 },
      ],
      wayBack: { paidBy: 'customer', by: 'own-way', until: expect.any(String) as string },
    }));

  it('is all of it where it is ours to answer for', () => {
    const faulty = { lines: [{ lineId: '1', quantity: 2, reason: 'defective' }], policy: fees };
    expect(quote(request(2, faulty))).toMatchObject({ back: 2_000, fees: [], wayBack: { paidBy: 'merchant' } });
  });

  it('is nothing for what is declined, and says why', () =>
    expect(quote(request(1, { lineId: '2' }))).toMatchObject({
      lines: [{ standing: 'declined', reason: 'final-sale' }],
      ...{ back: 0, fees: [] },
    }));

  it('asks for nothing to be sent where the customer keeps it', () => {
    const kept = quote(request(1, { policy: policyWith({ keepUpTo: [{ currency: 'GBP', amount: 1_000 }] }) }));
    expect(kept).toMatchObject({ lines: [{ standing: 'kept' }], back: 1_000 });
    expect(kept.wayBack).toBeUndefined();
  });

  it('is told of what a person looks at first, as if they agreed', () =>
    expect(quote(request(3, { policy: { ...firstPolicy, reviewAbove: [{ currency: 'GBP', amount: 100 }] } }))).toMatchObject({
      lines: [{ standing: 'review', reason: 'worth-more-than-review-limit' }],
      back: 3_000,
    }));

  it('is refused as the request is', () => expect(() => quote(request(4))).toThrow(expect.objectContaining({ code: 'LINE_NOT_ELIGIBLE' })));

  it('is what really goes back when all of it comes as new, whenever the policy pays', () =>
    fc.assert(
      fc.property(
        fc.record({
          refundOn: fc.constantFrom('request' as const, 'receipt' as const, 'inspection' as const),
          quantity: fc.integer({ min: 1, max: 3 }),
          restockingFeePercent: fc.nat(100),
          fee: fc.nat(2_000),
          total: fc.integer({ min: 3, max: 9_999 }),
        }),
        ({ refundOn, quantity, restockingFeePercent, fee, total }) => {
          const policy = policyWith(
            { refundOn, restockingFeePercent },
            { returnFee: [{ currency: 'GBP', amount: fee }], deliveryRefund: 'whole-return' },
          );
          const asked = request(quantity, { sale: sale({}, total), policy });
          const quoted = quote(asked);
          const due = happened(asked, quantity).flatMap((event) => (event.type === 'RefundDue' ? [event.data.amount] : []));
          expect(quoted.back).toBe(due.reduce((sum, amount) => sum + amount, 0));
        },
      ),
    ));
});

/** The same return to its end. */
const happened = (asked: { readonly type: 'RequestReturn'; readonly data: Request }, quantity: number): readonly ReturnEvent[] => {
  const line = { lineId: '1', quantity };
  const { sale: sold, policy, delivered } = asked.data;
  const known = { ...onReturn, sale: sold, policy, delivered, now };
  const commands: readonly ReturnCommand[] = [
    asked,
    { type: 'ReceiveReturn', data: { ...known, receiptId, refundId: receiptId, location: 'LDN', lines: [line] } },
    { type: 'GradeItem', data: { ...onReturn, ...line, now, grade: 'A', gradingId, refundId: anotherId } },
  ];
  const all: ReturnEvent[] = [];
  commands.reduce((state, command) => {
    const events = returns.decide(command, state);
    all.push(...events);
    return events.reduce(evolve, state);
  }, nothing);
  return all;
};
