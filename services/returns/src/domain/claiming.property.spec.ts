import { fold, Refused } from '@cartage/eventsourcing';
import fc from 'fast-check';
import type { ReturnCommand } from './commands';
import type { ReturnEvent } from './events';
import { firstPolicy } from './policy';
import { returns } from './return';
import { delivered, now, orderId, sale } from './return.fixture';
import { claimedUnits, type OrderReturns } from './state';

const known = { sale: sale(), policy: firstPolicy, delivered: delivered() };
const on = { orderId, now };
const claimId = fc.constantFrom('a', 'b', 'c');
const returnId = fc.constantFrom('x', 'y');
const quantity = fc.integer({ min: 1, max: 3 });
const lineId = fc.constantFrom('1', '2');
const kind = fc.constantFrom('damaged', 'missing', 'wrong');
const decision = fc.constantFrom('refund', 'send-again', 'return', 'reject');

const command: fc.Arbitrary<ReturnCommand> = fc.oneof(
  fc
    .record({ claimId, lines: fc.array(fc.record({ lineId, quantity, kind }), { minLength: 1, maxLength: 2 }) })
    .map((data): ReturnCommand => ({ type: 'OpenClaim', data: { ...on, ...known, ...data, photos: [], decideBy: now } })),
  fc
    .record({ claimId, decision, percent: fc.constantFrom(undefined, 33), withDelivery: fc.boolean(), refundId: fc.uuid() })
    .map((data): ReturnCommand => ({
      type: 'DecideClaim',
      data: { ...on, ...data, note: 'n', by: 's', replacementOrderId: `again-${data.claimId}`, returnId: `back-${data.claimId}` },
    })),
  fc
    .record({ claimId, refundId: fc.uuid(), units: fc.array(fc.record({ lineId, quantity }), { minLength: 1, maxLength: 2 }) })
    .map((data): ReturnCommand => ({ type: 'RepayUnsent', data: { ...on, ...data } })),
  fc.record({ returnId, refundId: fc.uuid(), quantity }).map(({ quantity: units, ...data }): ReturnCommand => ({
    type: 'RequestReturn',
    data: { ...on, ...known, ...data, lines: [{ lineId: '1', quantity: units, reason: 'too-small' }] },
  })),
  fc
    .record({
      returnId: fc.oneof(
        returnId,
        claimId.map((id) => `back-${id}`),
      ),
      refundId: fc.uuid(),
      receiptId: fc.uuid(),
      quantity,
    })
    .map(({ quantity: units, ...data }): ReturnCommand => ({
      type: 'ReceiveReturn',
      data: { ...on, ...known, ...data, location: 'L', lines: [{ lineId: '1', quantity: units }] },
    })),
  fc
    .record({
      returnId: fc.oneof(
        returnId,
        claimId.map((id) => `back-${id}`),
      ),
      refundId: fc.uuid(),
      gradingId: fc.uuid(),
      quantity,
    })
    .map((data): ReturnCommand => ({ type: 'GradeItem', data: { ...on, ...data, lineId: '1', grade: 'A' } })),
);

const attempt = (asked: ReturnCommand, state: OrderReturns): readonly ReturnEvent[] => {
  try {
    return returns.decide(asked, state);
  } catch (error) {
    if (error instanceof Refused) return [];
    throw error;
  }
};

/** Most histories begin with claims; else hardly any would come to a decision. */
const opening: readonly ReturnCommand[] = (['a', 'b', 'c'] as const).map((claim, i) => ({
  type: 'OpenClaim',
  data: {
    ...{ ...on, ...known, claimId: claim, photos: [], decideBy: now },
    lines: i < 2 ? [{ lineId: '1', quantity: 1, kind: 'damaged' }] : [{ lineId: '2', quantity: 1, kind: 'wrong' }],
  },
}));

const historyOf = (commands: readonly ReturnCommand[]): readonly ReturnEvent[] => {
  const events: ReturnEvent[] = [];
  let state: OrderReturns = returns.initial;
  for (const asked of commands) {
    const more = attempt(asked, state);
    state = fold(returns, more, state);
    events.push(...more);
  }
  return events;
};

const dueIn = (events: readonly ReturnEvent[]) => events.flatMap((event) => (event.type === 'RefundDue' ? [event.data] : []));
const sum = (amounts: readonly number[]): number => amounts.reduce((total, amount) => total + amount, 0);

describe('claims and returns of one order, in any order', () => {
  it('never pay more for goods than was paid for them, and delivery once at most', () => {
    let [claims, replaced] = [0, 0];
    fc.assert(
      fc.property(fc.array(command, { maxLength: 30, size: 'max' }), (commands) => {
        const events = historyOf([...opening, ...commands]);
        const due = dueIn(events);
        for (const { amount, goods, tax, delivery } of due) expect(amount).toBe(goods + tax + delivery);
        expect(sum(due.map(({ goods, tax }) => goods + tax))).toBeLessThanOrEqual(3_200);
        expect(sum(due.map(({ delivery }) => delivery))).toBeLessThanOrEqual(594);
        claims += due.filter(({ trigger }) => trigger === 'claim').length;
        replaced += events.filter((event) => event.type === 'ClaimDecided' && event.data.decision === 'send-again').length;
      }),
      { numRuns: 300 },
    );
    expect(Math.min(claims, replaced)).toBeGreaterThan(50);
  });

  it('hold no unit twice that was announced', () =>
    fc.assert(
      fc.property(fc.array(command, { maxLength: 30, size: 'max' }), (commands) => {
        const announced = commands.filter(({ type }) => type !== 'ReceiveReturn');
        const claimed = claimedUnits(fold(returns, historyOf(announced)));
        expect(claimed.get(JSON.stringify(['1', 'MUG'])) ?? 0).toBeLessThanOrEqual(3);
        expect(claimed.get(JSON.stringify(['2', 'CARD'])) ?? 0).toBeLessThanOrEqual(1);
      }),
      { numRuns: 300 },
    ));
});
