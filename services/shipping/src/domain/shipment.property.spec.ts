import { fold, Refused } from '@cartage/eventsourcing';
import fc from 'fast-check';
import type { ShipmentCommand } from './commands';
import { shipment } from './decide';
import { milestones, type ShipmentEvent } from './events';
import { booking, cancel, dispatched, now, pack, plan, recordScan, ref } from './shipment.fixture';
import type { Shipment } from './shipment';
import { mayMove, statusOf } from './status';

const scans = fc
  .tuple(fc.constantFrom(...milestones), fc.integer({ min: 0, max: 23 }))
  .map(([milestone, hour]) => recordScan(milestone, hour));
const commands: fc.Arbitrary<ShipmentCommand> = fc.oneof(
  fc.constantFrom<ShipmentCommand>(
    { type: 'RecordPlan', data: { plan, now } },
    { type: 'RecordPlan', data: { plan, cancelled: 'order-cancelled', now } },
    { type: 'RecordAllocation', data: { allocation: ref, now } },
    pack,
    { type: 'RecordLabel', data: { booking, trackingToken: 't', now } },
    { type: 'RecordLabelFailure', data: { carrier: 'simulated', reason: 'No.', now } },
    { type: 'RecordLabelVoided', data: { now } },
    { type: 'DispatchShipment', data: { now } },
    cancel,
  ),
  scans,
);

const tell = (state: Shipment, command: ShipmentCommand): readonly ShipmentEvent[] => {
  try {
    return shipment.decide(command, state);
  } catch (error) {
    if (error instanceof Refused) return [];
    throw error;
  }
};
const after = (past: readonly ShipmentCommand[], start: readonly ShipmentEvent[] = []): Shipment =>
  past.reduce((state, command) => fold(shipment, tell(state, command), state), fold(shipment, start));

describe('any history of a shipment', () => {
  it('makes the repeat of any command quiet or refused', () => {
    fc.assert(
      fc.property(fc.array(commands, { maxLength: 25 }), commands, (past, command) => {
        const state = after([...past, command]);
        expect(tell(state, command)).toEqual([]);
      }),
      { numRuns: 500 },
    );
  });

  it('goes only where the table of moves allows', () => {
    fc.assert(
      fc.property(fc.array(commands, { maxLength: 40 }), (past) => {
        past.reduce((state: Shipment, command) => {
          for (const event of tell(state, command)) {
            const next = shipment.evolve(state, event);
            if (next.status !== state.status) expect(mayMove(state.status, next.status)).toBe(true);
            state = next;
          }
          return state;
        }, shipment.initial);
      }),
      { numRuns: 500 },
    );
  });

  it('ends where the newest scan says, in whatever order scans are heard, and keeps each of them once', () => {
    const way = fc
      .uniqueArray(fc.tuple(fc.constantFrom('in-transit', 'out-for-delivery'), fc.integer({ min: 1, max: 22 })), {
        selector: ([, hour]) => hour,
        minLength: 1,
      })
      .chain((told) => fc.tuple(fc.constant(told), fc.shuffledSubarray(told, { minLength: told.length }), fc.boolean()));
    fc.assert(
      fc.property(way, ([told, heard, isDelivered]) => {
        const scan = heard.map(([milestone, hour]) => recordScan(milestone as 'in-transit', hour));
        const state = after(isDelivered ? [recordScan('delivered', 23), ...scan] : scan, dispatched);
        const [newest] = [...told].sort(([, a], [, b]) => b - a);
        expect(state.status).toBe(isDelivered ? 'delivered' : statusOf[newest?.[0] as 'in-transit']);
        expect('scans' in state && state.scans).toHaveLength(told.length + (isDelivered ? 1 : 0));
      }),
      { numRuns: 300 },
    );
  });
});
