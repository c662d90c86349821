import { fold, Refused, type Decider } from '@cartage/eventsourcing';
import fc from 'fast-check';
import { openBook, type StockBook } from './book';
import type { ReservationEvent } from './events';
import { foundBefore } from './issuing';
import { perUnit } from './kit';
import { movementsOf } from './movement';
import { claimedOf, excessOf, missingOf, type Reservation } from './reservation';
import type { ReservationCommand } from './reservation-command';
import { reservationOn } from './reserving';
import type { Stock } from './stock';

const now = '2026-11-23T09:15:30.000Z';
const orderId = 'order';
const skus = ['A', 'B'] as const;
const places = ['LDN', 'PAR'] as const;

/** Line 4 is of a kit that shares its parts with the others. */
const kit = [
  { sku: 'A', quantity: 2, share: 2 },
  { sku: 'B', quantity: 1, share: 1 },
];
const skuOf = new Map([
  ['2', 'B'],
  ['4', 'KIT'],
]);
const line = fc.constantFrom('1', '2', '3', '4').map((lineId) => ({ lineId, sku: skuOf.get(lineId) ?? 'A' }));
const lines = fc
  .uniqueArray(fc.record({ line, quantity: fc.integer({ min: 1, max: 4 }) }), { selector: (each) => each.line.lineId, minLength: 1 })
  .map((all) => all.map((each) => ({ ...each.line, quantity: each.quantity })));
const fulfillmentId = fc.constantFrom('f1', 'f2', 'f3');
const location = fc.constantFrom(...places);

const reason = { code: 'not-wanted', by: 'operator' } as const;
const base = { orderId, reservationId: 'r', now };

const place = lines.map((those): ReservationCommand => ({ type: 'ReserveStock', data: { ...base, lines: those } }));
const change = fc.tuple(lines, fc.constantFrom(1, -1)).map(([those, sign]): ReservationCommand => ({
  type: 'ChangeDemand',
  data: { ...base, lines: those.map((each) => ({ ...each, quantity: sign * each.quantity })), reason },
}));
const letGo = (id: string): ReservationCommand => ({ type: 'ReleaseAllocation', data: { ...base, fulfillmentId: id, reason } });
const offered: ReservationCommand = { type: 'OfferStock', data: base };
const end: ReservationCommand = { type: 'EndDemand', data: { ...base, reason } };

const command: fc.Arbitrary<ReservationCommand> = fc.oneof(
  place,
  change,
  fc.subarray(['1', '2', '4']).map((lineIds): ReservationCommand => ({ type: 'SplitShortage', data: { ...base, lineIds } })),
  fc.constant(offered),
  fc.constantFrom(undefined, ...places).map((where): ReservationCommand => ({
    type: 'LoseStock',
    data: { orderId, sku: 'A', quantity: 2, now, ...(where === undefined ? {} : { location: where }) },
  })),
  fc.tuple(fulfillmentId, location, lines).map(([id, where, those]): ReservationCommand => ({
    type: 'AllocateStock',
    data: { orderId, fulfillmentId: id, location: where, lines: those, now },
  })),
  fulfillmentId.map(letGo),
  fc.tuple(fulfillmentId, fc.constantFrom('s1', 's2'), lines).map(([id, shipmentId, those]): ReservationCommand => ({
    type: 'IssueStock',
    data: { ...base, fulfillmentId: id, shipmentId, lines: those },
  })),
  fc.constant(end),
  fc
    .tuple(fc.constantFrom('g1', 'g2'), location, fc.constantFrom('restock' as const, 'destroy' as const, 'missing' as const))
    .map(([gradingId, where, disposition]): ReservationCommand => ({
      type: 'RestockReturn',
      data: { orderId, returnId: 'rma', gradingId, location: where, sku: 'A', lineId: '1', quantity: 1, disposition, now },
    })),
);

/** A change of what is wanted is known again by the id of the fact, and so are a choice and a loss: the log keeps it, the claims need not. */
const known = ({ type }: ReservationCommand): boolean => ['ChangeDemand', 'SplitShortage', 'LoseStock'].includes(type);

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
    network: [
      ...skus.map((sku) => ({ sku, onHand: 12, allocated: 0, reserved: 0, safetyStock: 2 })),
      { sku: 'KIT', onHand: 0, allocated: 0, reserved: 0, safetyStock: 0, kit },
    ],
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

/** One order's claims on stock of its own. */
const taking = () => {
  const book = fresh();
  const rules = reservationOn(book);
  let state = rules.initial;
  return {
    book,
    state: (): Reservation => state,
    take: (each: ReservationCommand): readonly ReservationEvent[] => {
      if (each.type === 'IssueStock' && !state.fulfillments.get(each.data.fulfillmentId)?.shipments.includes(each.data.shipmentId))
        for (const { quantity, ...cell } of foundBefore(each.data, state, book)) book.enter({ ...cell, onHand: quantity });
      const events = quietly(rules, each, state);
      state = fold(rules, events, state);
      events.flatMap(movementsOf).forEach((movement) => book.enter(movement));
      return events;
    },
  };
};

describe('any history of claims', () => {
  it('takes no command twice', () =>
    fc.assert(
      fc.property(
        fc.array(command, { maxLength: 12 }),
        command.filter((each) => !known(each)),
        (history, last) => {
          const { take } = taking();
          history.forEach(take);
          take(last);
          expect(take(last)).toEqual([]);
        },
      ),
    ));

  it('claims no more than is there, nor than is wanted, and leaves nothing wanted unsaid', () =>
    fc.assert(
      fc.property(place, fc.array(command, { maxLength: 20 }), (first, history) => {
        const { take, state, book } = taking();
        for (const each of [first, ...history]) {
          take(each);
          for (const sku of skus) {
            const { onHand, allocated, reserved } = book.over(sku);
            expect(Math.min(allocated, reserved, onHand - allocated - reserved)).toBeGreaterThanOrEqual(0);
            const claims = (of: 'reserved' | 'allocated'): number =>
              [...state().lines.values()].reduce((units, each) => units + each[of] * perUnit(each, sku), 0);
            expect([claims('reserved'), claims('allocated')]).toEqual([reserved, allocated]);
            expect(places.map((where) => book.at({ sku, location: where })?.allocated ?? 0).reduce((a, b) => a + b)).toBe(allocated);
          }
          // After a loss it is offered what is left, and told what is not.
          if (each.type === 'LoseStock') take(offered);
          for (const line of state().lines.values()) expect([excessOf(line), line.waiting]).toEqual([0, missingOf(line)]);
        }
      }),
    ));

  it('refuses no goods that left: unknown at most, and only before their fulfilment is', () =>
    fc.assert(
      fc.property(fc.array(command, { maxLength: 20 }), lines, (history, those) => {
        const { take, state } = taking();
        history.forEach(take);
        const issue = take({ type: 'IssueStock', data: { ...base, fulfillmentId: 'f1', shipmentId: 'new', lines: those } });
        expect(issue.some(({ type }) => type === 'StockIssued')).toBe(state().fulfillments.has('f1'));
      }),
    ));

  it('leaves no claim behind once the order is cancelled and its locations let go', () =>
    fc.assert(
      fc.property(place, fc.array(command, { maxLength: 20 }), fc.boolean(), (first, history, endsFirst) => {
        const { take, book } = taking();
        // After a loss it is offered what is left, in the same transaction.
        for (const each of [first, ...history]) [each, ...(each.type === 'LoseStock' ? [offered] : [])].forEach(take);
        const letting = ['f1', 'f2', 'f3'].map(letGo);
        (endsFirst ? [end, ...letting] : [...letting, end]).forEach(take);
        for (const sku of skus) expect(book.over(sku)).toMatchObject({ allocated: 0, reserved: 0 });
      }),
    ));
});

describe('what the order says, and what happens to its fulfilments', () => {
  const two = { lineId: '1', sku: 'A' };
  const said: readonly ReservationCommand[] = [
    { type: 'ReserveStock', data: { ...base, lines: [{ ...two, quantity: 4 }] } },
    { type: 'ChangeDemand', data: { ...base, lines: [{ ...two, quantity: -2 }], reason } },
    { type: 'ChangeDemand', data: { ...base, lines: [{ ...two, quantity: 1 }], reason } },
  ];
  const happened: readonly ReservationCommand[] = [
    { type: 'AllocateStock', data: { ...base, fulfillmentId: 'f1', location: 'LDN', lines: [{ ...two, quantity: 4 }] } },
    letGo('f1'),
  ];
  /** Each topic in its own order, anything between them. */
  const interleaved = fc
    .shuffledSubarray(
      [0, 0, 0, 1, 1].map((topic, i) => ({ topic, i })),
      { minLength: 5 },
    )
    .map((picks) => {
      const queues = [[...said], [...happened]];
      return picks.flatMap(({ topic }) => queues[topic]?.shift() ?? []);
    });

  it('end in the same claims, whatever comes first', () =>
    fc.assert(
      fc.property(interleaved, (facts) => {
        const { take, state } = taking();
        // What came too early is refused as unknown, and comes again.
        facts.forEach(take);
        for (const each of happened) take(each);
        expect([...state().lines.values()].map((line) => ({ ...line, claimed: claimedOf(line) }))).toEqual([
          { ...two, wanted: 3, reserved: 3, allocated: 0, issued: 0, waiting: 0, claimed: 3 },
        ]);
      }),
    ));
});
