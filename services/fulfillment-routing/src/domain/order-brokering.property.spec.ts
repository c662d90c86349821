import { fold, Refused } from '@cartage/eventsourcing';
import fc from 'fast-check';
import type { Evidence } from './deciding';
import type { BrokeringEvent } from './events';
import type { LocationFacts } from './facts';
import { orderBrokering, type BrokeringCommand } from './order-brokering';
import {
  brokerOrder,
  cancellationOf,
  cancellationRequest,
  evidence,
  id,
  location,
  now,
  order,
  orderCancelled,
  refusalOf,
  tooLateFor,
  twice,
} from './brokering.fixture';

const network = fc
  .array(fc.tuple(fc.integer({ min: 0, max: 3 }), fc.integer({ min: 0, max: 3 })), { maxLength: 4 })
  .map((all) => all.map((stock, i) => location(`L${i}`, stock)));

/** A command at a step of the history: ids are never given out twice. */
type Asking = (step: number) => BrokeringCommand;

const anyFulfillment = fc.tuple(fc.integer({ min: 0, max: 12 }), fc.integer({ min: 1, max: 3 })).map(([step, n]) => idAt(step) + n);
const idAt = (step: number): number => 100 + step * 10;

const asking = (command: (locations: readonly LocationFacts[], step: number) => BrokeringCommand): fc.Arbitrary<Asking> =>
  network.map((locations) => (step) => command(locations, idAt(step)));

const about = (command: (fulfillmentId: string, known: Evidence) => BrokeringCommand): fc.Arbitrary<Asking> =>
  fc.tuple(anyFulfillment, network).map(
    ([n, locations]) =>
      (step) =>
        command(id(n), evidence(idAt(step), locations)),
  );

const confirmed = asking((locations, at) => brokerOrder(evidence(at, locations)));

/** All of it to one that is named, or some of it apart. */
const moves: fc.Arbitrary<Asking> = fc
  .tuple(anyFulfillment, network, fc.constantFrom(undefined, 'L0', 'L2'), fc.subarray([...order.lines]))
  .map(([n, locations, to, lines]) => (step: number): BrokeringCommand => {
    const move = { fulfillmentId: id(n), reason: { code: 'too-busy', by: 'operator' }, evidence: evidence(idAt(step), locations) };
    return {
      type: 'RequestMove',
      data: { ...move, ...(to === undefined ? {} : { location: to }), ...(lines.length > 0 ? { lines } : {}) },
    };
  });

/** But for confirmations, which name new units each time: a repeat is known by its command id. */
const command = fc.oneof(
  asking((locations, at) => ({ type: 'BrokerAgain', data: { evidence: new Map([['1', evidence(at, locations)]]) } })),
  about((fulfillmentId, known) => ({ type: 'HearAllocationRefusal', data: { refusal: refusalOf(fulfillmentId), evidence: known } })),
  about((fulfillmentId) => ({ type: 'RequestRejection', data: { fulfillmentId, reason: { code: 'damaged', by: 'operator' }, now } })),
  about((fulfillmentId) => ({ type: 'AcceptFulfillment', data: { fulfillmentId, now } })),
  about((fulfillmentId) => ({ type: 'NoteAcceptanceDue', data: { fulfillmentId, now } })),
  moves,
  about((fulfillmentId, known) => ({
    type: 'HearShipmentCancellation',
    data: { cancellation: cancellationOf(fulfillmentId), ...twice(known) },
  })),
  about((fulfillmentId) => ({ type: 'HearCancellationRefusal', data: { refusal: tooLateFor(fulfillmentId), now } })),
  about(() => ({ type: 'HearOrderCancellation', data: orderCancelled })),
  fc.tuple(fc.integer({ min: 1, max: 3 }), fc.subarray([...order.lines], { minLength: 1 })).map(
    ([n, lines]) =>
      () =>
        ({ type: 'HearCancellationRequest', data: { ...cancellationRequest(n, lines), now } }) as const,
  ),
);

const decided = (asked: BrokeringCommand, past: readonly BrokeringEvent[]): readonly BrokeringEvent[] => {
  try {
    return orderBrokering.decide(asked, fold(orderBrokering, past));
  } catch (error) {
    if (error instanceof Refused) return [];
    throw error;
  }
};

/** Begins with the order, so that there is something to be told about. */
const history = fc
  .tuple(confirmed, fc.array(command, { maxLength: 11 }))
  .map(([first, rest]) =>
    [first, ...rest].reduce<readonly BrokeringEvent[]>((past, each, step) => [...past, ...decided(each(step), past)], []),
  );
const last = 12;

it('tells nothing new when a command is repeated, whatever happened before', () => {
  fc.assert(
    fc.property(history, command, (past, asked) => {
      const once = [...past, ...decided(asked(last), past)];
      expect(decided(asked(last + 1), once)).toEqual([]);
    }),
    { numRuns: 1_000 },
  );
});

it('never has more than what was ordered on its way', () => {
  fc.assert(
    fc.property(history, (past) => {
      const state = fold(orderBrokering, past);
      const standing = [...(state?.fulfillments.values() ?? [])].filter(
        ({ status }) => !['refused', 'rejected', 'cancelled'].includes(status),
      );
      for (const { lineId, quantity } of order.lines) {
        const units = standing.flatMap(({ lines }) => lines).filter((line) => line.lineId === lineId);
        expect(units.reduce((sum, line) => sum + line.quantity, 0)).toBeLessThanOrEqual(quantity);
      }
      expect(new Set(standing.map((one) => one.location)).size).toBeLessThanOrEqual(3);
    }),
    { numRuns: 1_000 },
  );
});

const sum = (lines: readonly { readonly lineId: string; readonly quantity: number }[], lineId: string): number =>
  lines.filter((line) => line.lineId === lineId).reduce((units, { quantity }) => units + quantity, 0);

it('drops no unit: each is on its way, waits, or was cancelled, until the order is closed', () => {
  fc.assert(
    fc.property(history, (past) => {
      const state = fold(orderBrokering, past);
      if (!state || state.closed !== undefined) return;
      const standing = [...state.fulfillments.values()].filter(({ status }) => !['refused', 'rejected', 'cancelled'].includes(status));
      const cancelled = past.flatMap((event) => (event.type === 'FulfillmentCancelled' ? event.data.lines : []));
      const kept = [...standing.flatMap(({ lines }) => lines), ...state.unfilled, ...state.held, ...cancelled];
      for (const { lineId, quantity } of order.lines) expect(sum(kept, lineId) - sum(state.cancelledEarly, lineId)).toBe(quantity);
    }),
    { numRuns: 1_000 },
  );
});
