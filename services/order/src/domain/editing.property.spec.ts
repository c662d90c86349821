import type { LineQuantity, OrderLine } from '@cartage/contracts';
import fc from 'fast-check';
import { pendingEdit, unanswered } from './cancellations';
import { dueFor } from './due';
import type { EditRequest } from './editing';
import { wantedOf } from './edits';
import type { EventData, OrderEvent } from './events';
import type { Fact } from './facts';
import { facts } from './facts.fixture';
import { wanted } from './lines';
import type { OrderCommand } from './order';
import { everything, id, occasion } from './order.fixture';
import { statusOf, type PlacedOrder } from './state';
import { amongEachOther, attempted, historyFrom, stateOf, type Step } from './story.fixture';

const [lantern, mug] = everything;
const reason = { code: 'wrong-size', by: 'operator', actor: 'user-17' };
const some = (line: LineQuantity, quantity: number): readonly LineQuantity[] => [{ ...line, quantity }];

const editing = (n: number, asked: Partial<EditRequest>): OrderCommand => ({
  type: 'EditOrder',
  data: { ...occasion(id(1_000 + 10 * n)), editId: id(100 + n), reason, ...asked },
});
const cancelling = (n: number, lines?: readonly { lineId: string; quantity?: number }[]): OrderCommand => ({
  type: 'CancelOrder',
  data: { ...occasion(id(1_000 + 10 * n)), cancellationId: id(100 + n), lines, reason },
});
const reserved = (lines: readonly LineQuantity[]): Fact => ({ type: 'StockReserved', data: { ...facts.reserved.data, lines } });
const authorized = (tryId: number, amount: number): Fact => ({
  type: 'PaymentAuthorized',
  data: { ...facts.authorized.data, authorizationId: id(tryId), amount },
});
const answer = (type: 'FulfillmentCancelled' | 'FulfillmentCancellationRefused', n: number, lines: readonly LineQuantity[]): Fact =>
  ({
    type,
    data: {
      ...(type === 'FulfillmentCancelled' ? facts.fulfillmentCancelled : facts.cancellationTooLate).data,
      cancellationId: id(100 + n),
      lines,
    },
  }) as Fact;

/** Any edit of lines, prices and delivery; asked for under numbers of its own. */
const edits: fc.Arbitrary<OrderCommand> = fc
  .record({
    n: fc.integer({ min: 10, max: 30 }),
    lineId: fc.constantFrom('1', '2', '3'),
    quantity: fc.integer({ min: 0, max: 6 }),
    unitPrice: fc.option(fc.nat(900), { nil: undefined }),
    add: fc.boolean(),
    charge: fc.option(fc.nat(900), { nil: undefined }),
  })
  .map(({ n, lineId, quantity, unitPrice, add, charge }) =>
    editing(n, {
      change: [{ lineId, quantity, ...(unitPrice === undefined ? {} : { unitPrice }) }],
      ...(add ? { add: [{ sku: 'CUP', quantity: 1 + quantity, unitPrice: 199, discount: 7, tax: 33 }] } : {}),
      ...(charge === undefined ? {} : { delivery: [{ amount: charge }] }),
    }),
  );
const answers: fc.Arbitrary<Fact> = fc
  .tuple(
    fc.constantFrom('FulfillmentCancelled' as const, 'FulfillmentCancellationRefused' as const),
    fc.constantFrom(2, ...Array.from({ length: 24 }, (_, n) => 10 + n)),
    fc.constantFrom(everything, some(mug, 1), some(lantern, 1)),
  )
  .map(([type, n, lines]) => answer(type, n, lines));
const others: readonly Step[] = [
  ...[
    facts.reserved,
    reserved(some(mug, 1)),
    reserved([{ lineId: '3', sku: 'CUP', quantity: 2 }]),
    authorized(9, 2134),
    authorized(31, 900),
  ],
  ...[cancelling(31, [{ lineId: '2', quantity: 1 }]), cancelling(32, [{ lineId: '1' }]), cancelling(33), facts.allocated, facts.packed],
  { type: 'ShipmentDispatched', data: { ...facts.handedOver.data, lines: some(mug, 1) } },
];
/** Some units of a line are confirmed and others are not, and an edit that takes away of both waits for its answer. */
const more = editing(1, { change: [{ lineId: '2', quantity: 5 }] });
const fewer = editing(2, { change: [{ lineId: '2', quantity: 1 }] });
const waiting: readonly Step[] = [facts.reserved, authorized(9, 2134), more, fewer, authorized(31, 900)];
const steps: fc.Arbitrary<readonly Step[]> = fc
  .tuple(
    fc.constantFrom<readonly Step[]>([], [facts.reserved, authorized(9, 2134)], waiting),
    fc.array(fc.oneof({ weight: 3, arbitrary: edits }, { weight: 2, arbitrary: answers }, fc.constantFrom(...others)), { maxLength: 20 }),
  )
  .map(([begin, then]) => [...begin, ...then]);

const sum = (amounts: readonly number[]): number => amounts.reduce((all, each) => all + each, 0);
const taxOf = ({ taxLines }: Pick<OrderLine, 'taxLines'>): number => sum(taxLines.map(({ amount }) => amount));
const due = (order: PlacedOrder): number => dueFor(order, (lineId) => wantedOf(order, lineId));
const editsIn = (events: readonly OrderEvent[]): readonly EventData<'OrderEdited'>[] =>
  events.flatMap((event) => (event.type === 'OrderEdited' ? [event.data] : []));

/** Whoever holds the goods says this of everything that was asked and not answered. */
const answered = (events: readonly OrderEvent[], type: Parameters<typeof answer>[0]): readonly OrderEvent[] => {
  const open = [...stateOf(events).cancellations.values()].flatMap((each) => {
    const lines = unanswered(each);
    return lines.length > 0
      ? [{ ...answer(type, 0, lines), data: { ...answer(type, 0, lines).data, cancellationId: each.cancellationId } } as Fact]
      : [];
  });
  return historyFrom(events, open);
};

describe('editing, whatever else happens', () => {
  it('adds up: each line by its price, the order by its lines, each version by the one before', () =>
    fc.assert(
      fc.property(steps, (told) => {
        const events = attempted(told);
        const { sold, version } = stateOf(events);
        for (const line of sold.lines)
          expect(line.total).toBe(line.quantity * line.unitPrice - sum(line.discounts.map(({ amount }) => amount)) + taxOf(line));
        const charged = sum(sold.shipGroups.map((group) => group.charge + taxOf(group)));
        expect(sold.totals.total).toBe(sum(sold.lines.map(({ total }) => total)) + charged);
        const all = editsIn(events);
        expect(all.map(({ orderVersion }) => orderVersion)).toEqual(all.map((_, i) => i + 2));
        expect(version).toBe(all.length + 1);
        expect(all.slice(1).map(({ totalsBefore }) => totalsBefore)).toEqual(all.slice(0, -1).map(({ totals }) => totals));
      }),
      { numRuns: 150 },
    ));

  it('loses no unit, and lets none ship that nobody wants', () =>
    fc.assert(
      fc.property(steps, (told) => {
        const order = stateOf(attempted(told));
        const asked = [...order.cancellations.values()].flatMap(unanswered);
        for (const { lineId, quantity } of order.sold.lines) expect(order.progress.get(lineId)?.quantity).toBe(quantity);
        for (const [lineId, line] of order.progress) {
          expect(line.cancelled).toBeLessThanOrEqual(line.quantity);
          expect(line.confirmed).toBeGreaterThanOrEqual(0);
          expect(line.confirmed).toBeLessThanOrEqual(wanted(line));
          expect(sum(asked.map((each) => (each.lineId === lineId ? each.quantity : 0)))).toBeLessThanOrEqual(line.confirmed);
        }
      }),
      { numRuns: 150 },
    ));

  it.each(['FulfillmentCancelled', 'FulfillmentCancellationRefused'] as const)(
    'waits for nothing once everything is answered: %s',
    (type) =>
      fc.assert(
        fc.property(steps, (told) => {
          const order = stateOf(answered(attempted(told), type));
          expect(order.ended ? undefined : pendingEdit(order)).toBeUndefined();
          expect(due(order)).toBeGreaterThanOrEqual(0);
        }),
        { numRuns: 150 },
      ),
  );

  it('ends the same in whatever order the answer, stock and money are heard', () => {
    const begin = attempted([
      ...[facts.reserved, authorized(9, 2134), more],
      editing(10, { change: [{ lineId: '2', quantity: 0 }], add: [{ sku: 'CUP', quantity: 2, unitPrice: 100, tax: 40 }] }),
    ]);
    const cups = [{ lineId: '3', sku: 'CUP', quantity: 2 }];
    const end = (told: readonly Step[]) => {
      const order = stateOf(historyFrom(begin, told));
      return { status: statusOf(order), lines: order.sold.lines.map(({ lineId, total }) => ({ lineId, total })), progress: order.progress };
    };
    const conversations: readonly (readonly Step[])[] = [
      [answer('FulfillmentCancelled', 10, some(mug, 1)), answer('FulfillmentCancelled', 10, some(mug, 2)), reserved(cups)],
      [reserved(some(mug, 2))],
      [authorized(31, 900), facts.review],
    ];
    const wantedEnd = end(conversations.flat());
    expect(wantedEnd).toMatchObject({
      status: 'confirmed',
      lines: [
        { lineId: '1', total: 814 },
        { lineId: '3', total: 240 },
      ],
    });
    fc.assert(
      fc.property(fc.array(fc.nat(2), { maxLength: 8 }), (choices) =>
        expect(end(amongEachOther(...conversations)(choices))).toEqual(wantedEnd),
      ),
      { numRuns: 100 },
    );
  });
});
