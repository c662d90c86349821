import { fold, Refused } from '@cartage/eventsourcing';
import fc from 'fast-check';
import type { OrderCommand } from './commands';
import type { OrderEvent } from './events';
import { order } from './order';
import { facts, now, placing } from './order.fixture';
import { statusOf } from './state';

const ids = fc.constantFrom('a', 'b');
const times = fc.constantFrom('2026-11-23T10:00:00.000Z', '2026-11-23T11:00:00.000Z');
const units = fc.array(
  fc.record({ lineId: fc.constantFrom('1', '2', 'stray'), sku: fc.constant('s'), quantity: fc.integer({ min: 1, max: 3 }) }),
  {
    maxLength: 3,
  },
);
const milestone = fc.constantFrom('packed', 'handed-over', 'in-transit', 'delivered', 'returning' as const);
const assigned = fc.record({ fulfillmentId: ids, location: fc.constant('LON-1'), at: times, lines: units });

const asking = <Type extends OrderCommand['type']>(type: Type, data: fc.Arbitrary<object>): fc.Arbitrary<OrderCommand> =>
  data.map((told) => ({ type, data: { ...told, now } }) as OrderCommand);

const command = fc.oneof(
  asking('PlaceOrder', fc.constantFrom({ order: placing }, { order: { ...placing, currency: 'EUR' } })),
  asking('RecordReservation', fc.record({ reservationId: ids, at: times })),
  asking('RecordShortage', fc.record({ short: fc.constant(facts.short.short), at: times })),
  asking(
    'RecordPayment',
    fc.record({ authorizationId: ids, at: times }).map((told) => ({ ...facts.authorized, ...told })),
  ),
  asking(
    'RecordReview',
    times.map((at) => ({ ...facts.review, at })),
  ),
  asking(
    'RecordDecline',
    times.map((at) => ({ ...facts.declined, at })),
  ),
  asking(
    'RecordFulfillment',
    assigned.map((told) => ({ ...facts.brokered, ...told })),
  ),
  asking(
    'RecordFulfillmentRejection',
    assigned.map(({ lines: _, ...told }) => ({ ...told, reason: 'damaged' })),
  ),
  asking(
    'RecordUnfillable',
    ids.map((decisionId) => ({ ...facts.unfillable, decisionId })),
  ),
  asking('RecordAllocation', assigned),
  asking(
    'RecordAllocationRefusal',
    assigned.map(({ lines: _, ...told }) => ({ ...told, short: facts.short.short })),
  ),
  asking('RecordShipmentProgress', fc.record({ shipmentId: ids, fulfillmentId: ids, location: ids, milestone, at: times, lines: units })),
  asking(
    'RecordPaymentProgress',
    ids.map((reference) => ({ ...facts.captured, reference })),
  ),
  asking(
    'RecordReturnProgress',
    fc.record({ returnId: ids, step: fc.constantFrom('received', 'graded', 'closed'), at: times, lines: units }),
  ),
);

const decided = (asked: OrderCommand, events: readonly OrderEvent[]): readonly OrderEvent[] => {
  try {
    return order.decide(asked, fold(order, events));
  } catch (error) {
    if (error instanceof Refused) return [];
    throw error;
  }
};
const history = fc
  .array(command, { maxLength: 25 })
  .map((asked) =>
    asked.reduce<readonly OrderEvent[]>(
      (events, each) => [...events, ...decided(each, events)],
      decided({ type: 'PlaceOrder', data: { order: placing, now } }, []),
    ),
  );

const countOf = (events: readonly OrderEvent[], type: OrderEvent['type']): number => events.filter((event) => event.type === type).length;

describe('any order, whatever is told of it and in whatever order', () => {
  it('says nothing new when a command is repeated', () =>
    fc.assert(
      fc.property(history, command, (events, asked) => {
        const once = [...events, ...decided(asked, events)];
        expect(decided(asked, once)).toEqual([]);
      }),
      { numRuns: 200 },
    ));

  it('is confirmed, cancelled and completed at most once, and nothing is decided after its end', () =>
    fc.assert(
      fc.property(history, (events) => {
        for (const type of ['OrderConfirmed', 'OrderCancelled', 'OrderCompleted'] as const)
          expect(countOf(events, type)).toBeLessThanOrEqual(1);
        const end = events.findIndex(({ type }) => type === 'OrderCancelled' || type === 'OrderCompleted');
        const later = end < 0 ? [] : events.slice(end + 1);
        expect(
          later.filter(({ type }) => ['OrderConfirmed', 'HoldApplied', 'HoldReleased', 'OrderCancelled', 'OrderCompleted'].includes(type)),
        ).toEqual([]);
      }),
      { numRuns: 200 },
    ));

  it('lets a reader who only sees the events know its status, without memory', () =>
    fc.assert(
      fc.property(history, (events) => {
        const state = fold(order, events);
        expect(events.reduce((status, event) => toldStatus(event) ?? status, 'none')).toBe(state && statusOf(state));
      }),
      { numRuns: 200 },
    ));
});

const constant: { readonly [type: string]: string } = {
  OrderPlaced: 'placed',
  HoldApplied: 'on-hold',
  OrderCancelled: 'cancelled',
  OrderCompleted: 'completed',
};
const toldStatus = ({ type, data }: OrderEvent): string | undefined => constant[type] ?? ('status' in data ? data.status : undefined);
