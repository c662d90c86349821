import { fold, Refused } from '@cartage/eventsourcing';
import fc from 'fast-check';
import type { ReturnCommand } from './commands';
import type { ReturnEvent } from './events';
import { returns } from './return';
import type { Returns } from './state';

const orderId = 'o';
const now = '2026-11-23T10:00:00.000Z';
const lineId = fc.constantFrom('1', '2');
const quantity = fc.integer({ min: 1, max: 4 });
const lines = fc.array(fc.record({ lineId, quantity, sku: fc.constant('S'), reason: fc.constant('r') }), { minLength: 1, maxLength: 3 });
const on = { orderId, now };
const returnId = fc.constantFrom('a', 'b', 'c');
const purchase = { orderId, channel: 'web', currency: 'GBP', policy: 'returns-2026-11', placedAt: now };
const bought = [
  { lineId: '1', sku: 'S', quantity: 5, total: 999, finalSale: false },
  { lineId: '2', sku: 'S', quantity: 3, total: 100_000, finalSale: false },
];

const command: fc.Arbitrary<ReturnCommand> = fc.oneof(
  fc.constant<ReturnCommand>({ type: 'RecordPurchase', data: { ...purchase, lines: bought } }),
  fc
    .record({ shipmentId: fc.constantFrom('s1', 's2'), lines })
    .map((data): ReturnCommand => ({ type: 'RecordDelivery', data: { ...data, orderId, deliveredAt: now } })),
  fc.record({ returnId, lines }).map((data): ReturnCommand => ({ type: 'RequestReturn', data: { ...on, ...data } })),
  fc
    .record({ returnId, decision: fc.constantFrom('authorize', 'decline') })
    .map((data): ReturnCommand => ({ type: 'DecideReturn', data: { ...on, ...data, note: 'n' } })),
  fc.record({ returnId, lines }).map((data): ReturnCommand => ({ type: 'ReceiveReturn', data: { ...on, ...data, location: 'L' } })),
  fc
    .record({ returnId, lineId, quantity, grade: fc.constantFrom('A', 'B', 'C', 'scrap') })
    .map((data): ReturnCommand => ({ type: 'GradeItem', data: { ...on, ...data } })),
  fc
    .record({ returnId, refundId: fc.constantFrom('x', 'y'), amount: fc.integer({ min: 0, max: 999 }) })
    .map((data): ReturnCommand => ({ type: 'RecordRefund', data: { ...on, ...data } })),
  fc
    .record({ returnId, refundId: fc.constantFrom('x', 'y') })
    .map((data): ReturnCommand => ({ type: 'RecordRefundFailure', data: { ...on, ...data, reason: 'r' } })),
  returnId.map((id): ReturnCommand => ({ type: 'CloseReturn', data: { ...on, returnId: id } })),
);

/** Commands that one message brings: hearing them twice must never make a second fact. (The others carry a command id of their own.) */
const toldByOthers = new Set([
  'RecordPurchase',
  'RecordDelivery',
  'RequestReturn',
  'RecordRefund',
  'RecordRefundFailure',
  'CloseReturn',
  'DecideReturn',
]);

const attempt = (asked: ReturnCommand, state: Returns): readonly ReturnEvent[] | 'refused' => {
  try {
    return returns.decide(asked, state);
  } catch (error) {
    if (error instanceof Refused) return 'refused';
    throw error;
  }
};

const unitsBack = ({ rmas }: Returns, line: string, of: 'received' | 'graded'): number =>
  [...rmas.values()]
    .flatMap((rma) => rma.lines)
    .filter((each) => each.lineId === line)
    .reduce((sum, each) => sum + each[of], 0);

describe('whatever is asked of returns, in any order', () => {
  it('a repeat is quiet or refused, and never more comes back than was delivered', () =>
    fc.assert(
      fc.property(fc.array(command, { maxLength: 25 }), (commands) => {
        let state = returns.initial;
        for (const asked of commands) {
          const events = attempt(asked, state);
          if (events === 'refused') continue;
          state = fold(returns, events, state);
          if (toldByOthers.has(asked.type)) expect([[], 'refused']).toContainEqual(attempt(asked, state));
          for (const line of ['1', '2']) {
            expect(unitsBack(state, line, 'received')).toBeLessThanOrEqual(state.delivered.get(line)?.quantity ?? 0);
            expect(unitsBack(state, line, 'graded')).toBeLessThanOrEqual(unitsBack(state, line, 'received'));
          }
        }
      }),
      { numRuns: 300 },
    ));
});
