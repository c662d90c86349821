import { fold, Refused } from '@cartage/eventsourcing';
import fc from 'fast-check';
import type { BrokeringEvent } from './events';
import { orderBrokering, type BrokeringCommand } from './order-brokering';
import { evidence, id, location, now, order } from './samples';

const network = fc
  .array(fc.tuple(fc.integer({ min: 0, max: 3 }), fc.integer({ min: 0, max: 3 })), { maxLength: 4 })
  .map((all) => all.map((stock, i) => location(`L${i}`, stock)));

/** A command at a step of the history: ids are never given out twice. */
type Asking = (step: number) => BrokeringCommand;

const anyFulfillment = fc.tuple(fc.integer({ min: 0, max: 12 }), fc.integer({ min: 1, max: 3 })).map(([step, n]) => idAt(step) + n);
const idAt = (step: number): number => 100 + step * 10;

const asking = <Type extends BrokeringCommand['type']>(type: Type, data: fc.Arbitrary<object>): fc.Arbitrary<Asking> =>
  fc.tuple(data, network).map(
    ([told, locations]) =>
      (step) =>
        ({ type, data: { ...told, evidence: evidence(idAt(step), locations) } }) as BrokeringCommand,
  );

const about = anyFulfillment.map((n) => ({ fulfillmentId: id(n), at: now, short: [], reason: 'damaged', shipmentId: id(5) }));

const command = fc.oneof(
  asking('BrokerOrder', fc.constant({ order })),
  asking('BrokerAgain', fc.constant({})),
  asking('RecordAllocationRefusal', about),
  asking('RejectFulfillment', about),
  asking('RecordAllocation', about),
  asking('RecordDispatch', about),
  asking('CloseBrokering', fc.constant({ reason: 'cancelled', at: now })),
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
  .tuple(asking('BrokerOrder', fc.constant({ order })), fc.array(command, { maxLength: 11 }))
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
      const standing = [...(state?.fulfillments.values() ?? [])].filter(({ status }) => status !== 'refused' && status !== 'rejected');
      for (const { lineId, quantity } of order.lines) {
        const units = standing.flatMap(({ lines }) => lines).filter((line) => line.lineId === lineId);
        expect(units.reduce((sum, line) => sum + line.quantity, 0)).toBeLessThanOrEqual(quantity);
      }
      expect(new Set(standing.map((one) => one.location)).size).toBeLessThanOrEqual(3);
    }),
    { numRuns: 1_000 },
  );
});
