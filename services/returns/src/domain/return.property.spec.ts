import { shareOfUnits } from '@cartage/contracts';
import { fold, Refused } from '@cartage/eventsourcing';
import fc from 'fast-check';
import type { ReturnCommand } from './commands';
import type { ReturnEvent } from './events';
import { returns } from './return';
import { strictPolicy as policy } from './return.fixture';
import { gradedOf } from './return-line';
import type { DeliveredLine } from './delivery';
import type { Sale, SoldLine } from './sale';
import { owed, refunded, type OrderReturns } from './state';

const orderId = 'o';
const now = '2026-11-23T10:00:00.000Z';
const lineId = fc.constantFrom('1', '2');
const quantity = fc.integer({ min: 1, max: 4 });
const lines = fc.array(fc.record({ lineId, quantity, reason: fc.constant('r') }), { minLength: 1, maxLength: 3 });
const on = { orderId, now, refundId: 'r' };
const known = { policy, delivered: [] as readonly DeliveredLine[] };
const returnId = fc.constantFrom('a', 'b', 'constructor');
const refundId = fc.constantFrom('x', 'y');
const paymentId = fc.constantFrom('p', 'q');
const line = (id: string, of: number, total: number): SoldLine => ({
  ...{ lineId: id, sku: 'S', quantity: of, total, tax: Math.floor(total / 6), discount: 0, finalSale: false, shipGroupId: '1' },
});
const sale: Sale = {
  ...{ orderId, channel: 'web', placedAt: now, currency: 'GBP', taxIncluded: true, policy: policy.version },
  lines: [line('1', 5, 999), line('2', 3, 40_000)],
  deliveries: [{ shipGroupId: '1', country: 'GB', total: 0, tax: 0 }],
};

/** What arrives between the commands; every request is told all that has arrived by then. */
type Step = { readonly arrives: { readonly lineId: string; readonly quantity: number } } | { readonly asks: ReturnCommand };
const arrival: fc.Arbitrary<Step> = fc.record({ lineId, quantity }).map((arrives) => ({ arrives }));

const grading: fc.Arbitrary<ReturnCommand> = fc
  .record({ returnId, lineId, quantity, grade: fc.constantFrom('A', 'B', 'C', 'scrap'), gradingId: fc.uuid(), refundId })
  .map((data): ReturnCommand => ({ type: 'GradeItem', data: { ...on, ...data, refundId: `${data.refundId}${data.gradingId}` } }));

const command: fc.Arbitrary<ReturnCommand> = fc.oneof(
  fc.record({ returnId, lines }).map((data): ReturnCommand => ({ type: 'RequestReturn', data: { ...on, ...known, ...data, sale } })),
  fc
    .record({ returnId, decision: fc.constantFrom('authorize', 'decline') })
    .map((data): ReturnCommand => ({ type: 'DecideReturn', data: { ...on, ...data, note: 'n', by: 's' } })),
  fc
    .record({ returnId, lines, receiptId: fc.uuid(), location: fc.constantFrom('L', 'M') })
    .map((data): ReturnCommand => ({ type: 'ReceiveReturn', data: { ...on, ...known, sale, ...data } })),
  grading,
  fc
    .record({ returnId, refundId, paymentId, amount: fc.integer({ min: 1, max: 999 }) })
    .map((data): ReturnCommand => ({ type: 'RecordRefund', data: { ...on, ...data } })),
  fc
    .record({ returnId, refundId, paymentId })
    .map((data): ReturnCommand => ({ type: 'RecordRefundFailure', data: { ...on, ...data, reason: { code: 'r', by: 'provider' } } })),
  returnId.map((id): ReturnCommand => ({ type: 'CloseReturn', data: { ...on, returnId: id } })),
);
const step: fc.Arbitrary<Step> = fc.oneof(
  { weight: 1, arbitrary: arrival },
  { weight: 4, arbitrary: command.map((asks): Step => ({ asks })) },
);

/** Commands that one message brings: hearing them twice must never make a second fact. (The others carry a command id of their own.) */
const toldByOthers = new Set(['RequestReturn', 'RecordRefund', 'RecordRefundFailure', 'CloseReturn', 'DecideReturn']);

const attempt = (asked: ReturnCommand, state: OrderReturns): readonly ReturnEvent[] | 'refused' => {
  try {
    return returns.decide(asked, state);
  } catch (error) {
    if (error instanceof Refused) return 'refused';
    throw error;
  }
};

/** Units that came, or were graded; of those that came only the announced, where they are asked for. */
const unitsBack = ({ rmas }: OrderReturns, id: string, of: 'received' | 'graded' | 'announced'): number =>
  [...rmas.values()]
    .flatMap((rma) => rma.lines)
    .filter((each) => each.lineId === id && !(of === 'announced' && each.unannouncedIn !== undefined))
    .reduce((sum, each) => sum + (of === 'graded' ? gradedOf(each) : each.received), 0);

interface History {
  readonly state: OrderReturns;
  readonly events: readonly ReturnEvent[];
  readonly arrived: ReadonlyMap<string, number>;
}
const start: History = { state: returns.initial, events: [], arrived: new Map() };

const deliveredIn = ({ arrived }: History): readonly DeliveredLine[] =>
  [...arrived].map(([id, units]) => ({ lineId: id, quantity: units, deliveredAt: now }));

const informed = (asked: ReturnCommand, history: History): ReturnCommand =>
  'delivered' in asked.data ? ({ ...asked, data: { ...asked.data, delivered: deliveredIn(history) } } as ReturnCommand) : asked;

const next = (history: History, taken: Step): History => {
  if ('arrives' in taken) {
    const { lineId: id, quantity: units } = taken.arrives;
    const sold = sale.lines.find((each) => each.lineId === id)?.quantity ?? 0;
    return { ...history, arrived: new Map(history.arrived).set(id, Math.min(sold, (history.arrived.get(id) ?? 0) + units)) };
  }
  const asked = informed(taken.asks, history);
  const events = attempt(asked, history.state);
  if (events === 'refused') return history;
  const state = fold(returns, events, history.state);
  if (toldByOthers.has(asked.type)) expect([[], 'refused']).toContainEqual(attempt(asked, state));
  return { ...history, state, events: [...history.events, ...events] };
};

describe('whatever is asked of returns, in any order', () => {
  it('a repeat is quiet or refused, and never more comes back as announced than was delivered', () =>
    fc.assert(
      fc.property(fc.array(step, { maxLength: 30, size: 'max' }), (steps) => {
        const { state, arrived } = steps.reduce(next, start);
        for (const id of ['1', '2']) {
          expect(unitsBack(state, id, 'announced')).toBeLessThanOrEqual(arrived.get(id) ?? 0);
          expect(unitsBack(state, id, 'graded')).toBeLessThanOrEqual(unitsBack(state, id, 'received'));
        }
      }),
      { numRuns: 300 },
    ));

  it('what is due is goods and tax, never nothing, and never more than was charged for the units that came back', () => {
    let [refunds, gradings] = [0, 0];
    /** Most histories are asked, received and graded; else hardly any would come to money. */
    const opening: readonly Step[] = [
      { arrives: { lineId: '1', quantity: 5 } },
      { arrives: { lineId: '2', quantity: 3 } },
      {
        asks: {
          type: 'RequestReturn',
          data: {
            ...on,
            returnId: 'a',
            sale,
            ...known,
            lines: [
              { lineId: '1', quantity: 5, reason: 'r' },
              { lineId: '2', quantity: 3, reason: 'r' },
            ],
          },
        },
      },
      {
        asks: {
          type: 'ReceiveReturn',
          data: {
            ...on,
            returnId: 'a',
            receiptId: 'r1',
            location: 'L',
            ...known,
            sale,
            lines: [
              { lineId: '1', quantity: 3 },
              { lineId: '2', quantity: 3 },
            ],
          },
        },
      },
    ];
    const inspecting: fc.Arbitrary<Step> = grading.map((asks) => ({ asks }));
    fc.assert(
      fc.property(fc.array(fc.oneof(step, inspecting), { maxLength: 40, size: 'max' }), (steps) => {
        const { events, state } = [...opening, ...steps].reduce(next, start);
        const due = events.flatMap((event) => (event.type === 'RefundDue' ? [event.data] : []));
        refunds += due.length;
        gradings += events.filter(({ type }) => type === 'ItemGraded').length;
        for (const { amount, goods, tax, delivery, fee } of due) {
          expect(amount).toBe(goods + tax + delivery);
          expect(amount).toBeGreaterThan(0);
          expect(Math.min(goods, tax, fee)).toBeGreaterThanOrEqual(0);
        }
        for (const { lineId: id, total, quantity: of } of sale.lines) {
          const back = due.filter((refund) => refund.lines.some((each) => each.lineId === id)).reduce((sum, { amount }) => sum + amount, 0);
          expect(back).toBeLessThanOrEqual(shareOfUnits(total, { before: 0, units: unitsBack(state, id, 'graded'), of }));
        }
        for (const rma of state.rmas.values()) if (rma.ended) expect(refunded(rma)).toBeGreaterThanOrEqual(owed(rma));
      }),
      { numRuns: 300 },
    );
    expect(refunds).toBeGreaterThan(100);
    expect(gradings).toBeGreaterThan(refunds);
  });
});
