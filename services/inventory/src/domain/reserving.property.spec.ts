import { fold, Refused, type Decider } from '@cartage/eventsourcing';
import fc from 'fast-check';
import { openBook, type StockBook } from './book';
import type { ReservationEvent } from './events';
import { movementsOf } from './movement';
import type { Reservation } from './reservation';
import { reservationOn, type ReservationCommand } from './reserving';
import type { Stock } from './stock';

const now = '2026-11-23T09:15:30.000Z';
const orderId = 'order';
const skus = ['A', 'B'] as const;
const places = ['LDN', 'PAR'] as const;

const line = fc.constantFrom('1', '2', '3').map((lineId) => ({ lineId, sku: lineId === '2' ? 'B' : 'A' }));
const lines = fc
  .uniqueArray(fc.record({ line, quantity: fc.integer({ min: 1, max: 4 }) }), { selector: (each) => each.line.lineId, minLength: 1 })
  .map((all) => all.map((each) => ({ ...each.line, quantity: each.quantity })));
const fulfillmentId = fc.constantFrom('f1', 'f2', 'f3');
const location = fc.constantFrom(...places);

const reason = { code: 'not-wanted', by: 'operator' } as const;

const command: fc.Arbitrary<ReservationCommand> = fc.oneof(
  lines.map((those): ReservationCommand => ({ type: 'ReserveStock', data: { orderId, reservationId: 'r', lines: those, now } })),
  fc.tuple(fulfillmentId, location, lines).map(([id, place, those]): ReservationCommand => ({
    type: 'AllocateStock',
    data: { orderId, fulfillmentId: id, location: place, lines: those, now },
  })),
  fulfillmentId.map((id): ReservationCommand => ({ type: 'ReleaseAllocation', data: { orderId, fulfillmentId: id, reason, now } })),
  fc.tuple(fulfillmentId, fc.constantFrom('s1', 's2'), lines).map(([id, shipmentId, those]): ReservationCommand => ({
    type: 'IssueStock',
    data: { orderId, fulfillmentId: id, shipmentId, lines: those, now },
  })),
  fc.constant<ReservationCommand>({ type: 'ReleaseStock', data: { orderId, reason, now } }),
  fc
    .tuple(fc.constantFrom('g1', 'g2'), location, fc.constantFrom('restock' as const, 'destroy' as const, 'missing' as const))
    .map(([gradingId, place, disposition]): ReservationCommand => ({
      type: 'RestockReturn',
      data: { orderId, returnId: 'rma', gradingId, location: place, sku: 'A', lineId: '1', quantity: 1, disposition, now },
    })),
);

const stockOf = (sku: string, place: string): Stock => ({
  sku,
  location: place,
  active: true,
  revision: 1,
  onHand: 6,
  allocated: 0,
  safetyStock: 1,
  unavailable: 0,
});
const fresh = (): StockBook =>
  openBook({
    stock: skus.flatMap((sku) => places.map((place) => stockOf(sku, place))),
    network: skus.map((sku) => ({ sku, onHand: 12, allocated: 0, reserved: 0, safetyStock: 2 })),
  });

type Rules = Decider<ReservationCommand, Reservation, ReservationEvent>;
const quietly = (rules: Rules, each: ReservationCommand, state: Reservation): readonly ReservationEvent[] => {
  try {
    return rules.decide(each, state);
  } catch (error) {
    if (error instanceof Refused) return [];
    throw error;
  }
};

describe('any history of claims', () => {
  it('takes no command twice', () =>
    fc.assert(
      fc.property(fc.array(command, { maxLength: 12 }), command, (history, last) => {
        const book = fresh();
        const rules = reservationOn(book);
        let state = rules.initial;
        const take = (each: ReservationCommand): readonly ReservationEvent[] => {
          const events = quietly(rules, each, state);
          state = fold(rules, events, state);
          events.flatMap(movementsOf).forEach((movement) => book.enter(movement));
          return events;
        };
        history.forEach(take);
        take(last);
        expect(take(last)).toEqual([]);
      }),
    ));

  it('never claims more than is there, and leaves no claim behind once released', () =>
    fc.assert(
      fc.property(fc.array(command, { maxLength: 20 }), (history) => {
        const book = fresh();
        const rules = reservationOn(book);
        let state = rules.initial;
        for (const each of [...history, { type: 'ReleaseStock', data: { orderId, reason, now } } as const]) {
          const events = quietly(rules, each, state);
          state = fold(rules, events, state);
          events.flatMap(movementsOf).forEach((movement) => book.enter(movement));
          for (const sku of skus) {
            const { onHand, allocated, reserved } = book.over(sku);
            expect(Math.min(allocated, reserved, onHand - allocated - reserved)).toBeGreaterThanOrEqual(0);
            expect(places.map((place) => book.at({ sku, location: place })?.allocated ?? 0).reduce((a, b) => a + b)).toBe(allocated);
          }
        }
        for (const sku of skus) expect(book.over(sku)).toMatchObject({ allocated: 0, reserved: 0 });
      }),
    ));
});
