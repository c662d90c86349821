import { fold } from '@cartage/eventsourcing';
import fc from 'fast-check';
import { unanswered } from './cancellations';
import { dueFor } from './due';
import { wantedOf } from './edits';
import type { OrderEvent } from './events';
import type { Fact } from './facts';
import { facts } from './facts.fixture';
import { wanted } from './lines';
import { order, type OrderCommand } from './order';
import { id, minute, occasion, placing } from './order.fixture';
import { coveredBy, pledgeOf, waysOf } from './payments';
import { statusOf, type PlacedOrder } from './state';
import { amongEachOther, attempted, historyFrom, stateOf, type Step } from './story.fixture';

/** Paid in two ways. */
const [card, upi] = [id(2), id(3)];
const begun: readonly OrderEvent[] = [
  {
    type: 'OrderPlaced',
    data: {
      ...placing,
      payments: [
        { paymentId: card, method: 'card', amount: 1_600 },
        { paymentId: upi, method: 'upi', amount: 534 },
      ],
    },
  },
];
const reason = { code: 'changed-mind', by: 'customer' };
const amounts = new Map([
  [card, 1_600],
  [upi, 534],
]);
const of = (paymentId: string) => ({ paymentId, amount: amounts.get(paymentId) ?? 0 });

const authorized = (paymentId: string, tryId: number, more: object = {}): Fact => ({
  type: 'PaymentAuthorized',
  data: { ...facts.authorized.data, ...of(paymentId), authorizationId: id(tryId), ...more },
});
const declined = (paymentId: string, retryable = true): Fact => ({
  type: 'PaymentDeclined',
  data: { ...facts.declined.data, ...of(paymentId), retryable },
});
const expired = (paymentId: string, tryId: number): Fact => ({
  type: 'AuthorizationExpired',
  data: { ...facts.expired.data, ...of(paymentId), authorizationId: id(tryId) },
});
const pending = (paymentId: string): Fact => ({ type: 'PaymentPending', data: { ...facts.pending.data, ...of(paymentId) } });
const review = (paymentId: string): Fact => ({ type: 'ReviewRequired', data: { ...facts.review.data, ...of(paymentId) } });

const paying = (paymentId: string, first: number, more: object = {}): OrderCommand => ({
  type: 'AddPayments',
  data: { ...occasion(id(first)), payments: [{ paymentId, method: 'card' }], ...more },
});
const cancelling = (n: number, lines?: readonly { lineId: string; quantity?: number }[]): OrderCommand => ({
  type: 'CancelOrder',
  data: { ...occasion(id(2_000 + 10 * n)), cancellationId: id(150 + n), lines, reason },
});
const edit: OrderCommand = {
  type: 'EditOrder',
  data: { ...occasion(id(2_500)), editId: id(160), add: [{ sku: 'CUP', quantity: 2, unitPrice: 300 }], reason },
};
const cups: Fact = { type: 'StockReserved', data: { ...facts.reserved.data, lines: [{ lineId: '3', sku: 'CUP', quantity: 2 }] } };
/** Longer than anybody waits for money. */
const late = (first = 5_000): OrderCommand => ({ type: 'MeetDeadline', data: occasion(id(first), minute(60 * 24 * 4)) });

const anything: readonly Step[] = [
  ...[facts.reserved, cancelling(1), cancelling(2, [{ lineId: '2' }]), cancelling(3, [{ lineId: '1', quantity: 1 }]), edit],
  ...[card, upi].flatMap((way, n) => [
    authorized(way, 10 + n),
    authorized(way, 20 + n),
    declined(way),
    expired(way, 10 + n),
    pending(way),
    review(way),
  ]),
  ...[declined(upi, false), paying(id(41), 3_000), paying(id(42), 3_100), paying(id(43), 3_200, { replaces: [upi] })],
  declined(id(41)),
];

const due = (state: PlacedOrder): number => dueFor(state, (lineId) => wantedOf(state, lineId));
const covered = (state: PlacedOrder): number => waysOf(state).reduce((sum, way) => sum + coveredBy(way), 0);
const asked = (state: PlacedOrder): number => waysOf(state).reduce((sum, way) => sum + Math.max(way.paid.amount, coveredBy(way)), 0);
/** The provider promises all that it is asked for and has not promised. */
const promises = (state: PlacedOrder, first: number): readonly Fact[] =>
  waysOf(state).flatMap((way, n) => (pledgeOf(way) ? [] : [authorized(way.paid.paymentId, first + n, { amount: way.paid.amount })]));
const before = (events: readonly OrderEvent[], i: number): PlacedOrder => stateOf(events.slice(0, i));
const each = (events: readonly OrderEvent[], type: OrderEvent['type'], then: (state: PlacedOrder, i: number) => void): void =>
  events.forEach((event, i) => (event.type === type ? then(before(events, i), i) : undefined));

const anyOf = (steps: readonly Step[]) => fc.array(fc.constantFrom(...steps), { maxLength: 30 });

describe('paying for an order, whatever else happens', () => {
  it('confirms nothing that nobody stands for', () =>
    fc.assert(
      fc.property(anyOf(anything), (steps) => {
        const events = attempted(steps, begun);
        const all = attempted([...promises(stateOf(events), 60), facts.reserved], events);
        each(all, 'OrderConfirmed', (state) => expect(covered(state)).toBeGreaterThanOrEqual(due(state)));
      }),
      { numRuns: 150 },
    ));

  it('asks for all that is due, and for no more, when another way to pay is given', () =>
    fc.assert(
      fc.property(anyOf(anything), (steps) => {
        const events = attempted(steps, begun);
        each(events, 'PaymentAdded', (_, i) => expect(asked(before(events, i + 1))).toBe(due(before(events, i + 1))));
      }),
      { numRuns: 150 },
    ));

  it('cancels nothing that is paid for', () =>
    fc.assert(
      fc.property(anyOf(anything), (steps) => {
        const events = attempted([...steps, late()], begun);
        events.forEach((event, i) => {
          if (event.type !== 'LineCancelled' || event.data.reason.by === 'customer') return;
          const state = before(events, i);
          expect(due(state)).toBeGreaterThan(covered(state));
        });
      }),
      { numRuns: 150 },
    ));

  it('has a way out: another way to pay is taken where money is missing, and the order goes on when that is promised', () =>
    fc.assert(
      fc.property(anyOf(anything), (steps) => {
        const events = attempted(steps, begun);
        const stuck = stateOf(events).holds.some(({ type }) => ['payment-declined', 'payment-expired', 'payment-due'].includes(type));
        if (!stuck) return;
        const paid = historyFrom(events, [paying(id(50), 8_000)]);
        const amount = stateOf(paid).sold.payments.find(({ paymentId }) => paymentId === id(50))?.amount;
        const end = stateOf(historyFrom(paid, [...promises(stateOf(paid), 60), facts.reserved, cups]));
        expect(amount).toBeGreaterThan(0);
        expect(end.holds.filter(({ type }) => type.startsWith('payment-'))).toEqual([]);
        const lines = [...end.progress.values()];
        if (lines.every((line) => line.reserved >= wanted(line)))
          expect(lines.map(({ confirmed }) => confirmed)).toEqual(lines.map(wanted));
      }),
      { numRuns: 150 },
    ));

  it('waits no longer than it may for what was declined, and decides that once', () =>
    fc.assert(
      fc.property(anyOf(anything), (steps) => {
        const events = attempted([...steps, late()], begun);
        const state = stateOf(events);
        const open = [...state.cancellations.values()].flatMap(unanswered);
        if (state.holds.some(({ type }) => type === 'payment-declined')) expect(open).not.toEqual([]);
        expect(attempted([late(6_000)], events)).toEqual(events);
      }),
      { numRuns: 150 },
    ));

  it.each<[string, readonly Step[], object]>([
    [
      'one way is declined and another is given',
      [declined(upi), paying(id(41), 3_000), authorized(id(41), 30, { amount: 534 })],
      { status: 'confirmed', confirmed: [2, 3] },
    ],
    [
      'a way is promised, ends, and is promised again',
      [authorized(upi, 11), expired(upi, 11), authorized(upi, 21)],
      { status: 'confirmed', confirmed: [2, 3] },
    ],
    ['a way is declined and nobody may try again', [declined(upi, false)], { status: 'cancelled', confirmed: [0, 0] }],
  ])('ends the same, however stock and money come among each other: %s', (_, money, wantedEnd) => {
    const end = (steps: readonly Step[]) => {
      const state = fold(order, historyFrom(begun, steps));
      return state && { status: statusOf(state), confirmed: [...state.progress.values()].map(({ confirmed }) => confirmed) };
    };
    const interleaved = amongEachOther<Step>(money, [review(card), authorized(card, 10)], [facts.short, facts.reserved]);
    fc.assert(
      fc.property(fc.array(fc.nat(2), { maxLength: 7 }), (choices) => expect(end(interleaved(choices))).toEqual(wantedEnd)),
      { numRuns: 100 },
    );
  });
});
