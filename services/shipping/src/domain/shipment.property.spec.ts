import type { LineQuantity } from '@cartage/contracts';
import { fold, Refused } from '@cartage/eventsourcing';
import fc from 'fast-check';
import type { ShipmentCommand } from './commands';
import { shipment } from './decide';
import { milestones, type ShipmentEvent } from './events';
import {
  booking,
  cancel,
  changeTo,
  dispatched,
  hold,
  holdOf,
  labelId,
  now,
  orderCancelled,
  pack,
  plan,
  recordScan,
  refusedLabel,
} from './shipment.fixture';
import { holdsOf } from './beside';
import { isCarried, type Shipment } from './shipment';
import { mayMove, statusOf, type ShipmentStatus } from './status';

const picking = fc
  .array(fc.tuple(fc.constantFrom('1', '2'), fc.nat({ max: 3 }), fc.nat({ max: 2 })), { maxLength: 2 })
  .map((lines): ShipmentCommand => {
    const confirmed = lines.map(([lineId, quantity, short]) => ({ lineId, quantity, short }));
    return { type: 'PickShipment', data: { ...(lines.length > 0 ? { lines: confirmed } : {}), now } };
  });
const dispatch: ShipmentCommand = { type: 'DispatchShipment', data: { now } };
const scans = fc
  .tuple(fc.constantFrom(...milestones), fc.integer({ min: 0, max: 23 }), fc.constantFrom('CTG1', 'CTG2'))
  .map(([milestone, hour, trackingNumber]) => recordScan(milestone, hour, trackingNumber));
const request = (id: string, service: string, wish = {}): ShipmentCommand => ({
  type: 'RequestLabel',
  data: { labelId: id, choice: { carrier: 'simulated', service }, wish, now },
});
const instructed = (instructionId: string, instruction: 'reattempt' | 'return', parcelId?: string): ShipmentCommand => ({
  type: 'InstructDelivery',
  data: { instructionId, instruction, reason: refusedLabel, now, ...(parcelId === undefined ? {} : { parcelId }) },
});
const commands: fc.Arbitrary<ShipmentCommand> = fc.oneof(
  fc.constantFrom<ShipmentCommand>(
    { type: 'PlanShipment', data: { plan, now } },
    { type: 'PlanShipment', data: { plan, cancelled: orderCancelled, now } },
    pack,
    { type: 'RecordLabel', data: { labelId, booking, trackingToken: 't', now } },
    { type: 'RecordLabelFailure', data: { labelId, carrier: 'simulated', reason: refusedLabel, now } },
    { type: 'RecordLabelFailure', data: { carrier: 'simulated', reason: refusedLabel, now } },
    { type: 'RecordLabelVoided', data: { labelId, now } },
    { type: 'DispatchShipment', data: { now } },
    holdOf('h1'),
    holdOf('h2'),
    { type: 'ReleaseShipment', data: { shipmentId: plan.shipmentId, holdId: 'h1', now } },
    { type: 'PlanShipment', data: { plan, holds: [hold('h1')], now } },
    { type: 'ReplaceInstructions', data: { groupInstructions: 'Gift wrap.', lines: [{ lineId: '1', instructions: 'Face up.' }] } },
    changeTo('2026-11-23T12:30:00.000Z'),
    changeTo('2026-11-23T12:45:00.000Z'),
    { type: 'RecordLabel', data: { labelId: 'l2', booking, trackingToken: 't', now } },
    request(labelId, 'standard'),
    request('l2', 'express', { service: 'express' }),
    { type: 'RecordLabelDelay', data: { labelId, reason: refusedLabel, now } },
    { type: 'RecordLabelVoided', data: { labelId: 'l2', now } },
    cancel,
    instructed('i1', 'reattempt'),
    instructed('i2', 'return', '2'),
    { type: 'DeclareLost', data: { parcelId: '1', reason: refusedLabel, now } },
    { type: 'DeclareLost', data: { reason: refusedLabel, now } },
    { type: 'DeclareFound', data: { reason: refusedLabel, now } },
    { type: 'AcceptInstruction', data: { instructionId: 'i1', parcelId: '1', now } },
    { type: 'RefuseInstruction', data: { instructionId: 'i1', parcelId: '1', reason: refusedLabel, now } },
  ),
  picking,
  fc
    .tuple(fc.constantFrom('w1', 'w2'), fc.constantFrom('JoinWave', 'LeaveWave'))
    .map(([waveId, type]): ShipmentCommand => ({ type, data: { waveId, now } })),
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

const telling = ['ShipmentPicked', 'ShipmentPacked', 'ShipmentCancelled', 'ShipmentDispatched'];
/** What an event says that is in it. */
const contentsOf = ({ type, data }: ShipmentEvent): readonly LineQuantity[] | undefined =>
  telling.includes(type) && 'lines' in data ? (data.lines as readonly LineQuantity[]) : undefined;
const unitsOf = (lines: readonly LineQuantity[], lineId: string): number =>
  lines.reduce((sum, line) => (line.lineId === lineId ? sum + line.quantity : sum), 0);

const parcelIdOf = (data: { readonly parcelId?: string; readonly parcels?: readonly { readonly parcelId: string }[] }): string =>
  data.parcelId ?? data.parcels?.[0]?.parcelId ?? '';

/** Which statuses changed, from what to what. */
const stepsBetween = (before: Shipment, after: Shipment): readonly (readonly [ShipmentStatus, ShipmentStatus])[] => {
  const parcels =
    isCarried(before) && isCarried(after)
      ? after.tracked.map(({ status }, n) => [before.tracked[n]?.status ?? 'none', status] as const)
      : [];
  const whole = isCarried(before) ? [] : [[before.status, isCarried(after) ? 'dispatched' : after.status] as const];
  return [...whole, ...parcels].filter(([from, to]) => from !== to);
};

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

  it('goes only where the table of moves allows: the shipment up to the carrier, each parcel from there', () => {
    fc.assert(
      fc.property(fc.array(commands, { maxLength: 40 }), (past) => {
        past.reduce((state: Shipment, command) => {
          for (const event of tell(state, command)) {
            const next = shipment.evolve(state, event);
            for (const [from, to] of stepsBetween(state, next)) expect([from, to, mayMove(from, to)]).toEqual([from, to, true]);
            state = next;
          }
          return state;
        }, shipment.initial);
      }),
      { numRuns: 500 },
    );
  });

  it('hands nothing over, and packs nothing, that is held', () => {
    fc.assert(
      fc.property(fc.array(commands, { maxLength: 25 }), fc.oneof(fc.constantFrom(pack, dispatch), picking), (past, command) => {
        const state = after(past);
        const events = tell(state, command);
        expect(holdsOf(state).length > 0 && events.length > 0).toBe(false);
      }),
      { numRuns: 500 },
    );
  });

  it('keeps each planned unit in it, or says once that it is short; what is packed, cancelled or handed over is what is in it', () => {
    const begun: ShipmentCommand = { type: 'PlanShipment', data: { plan, now } };
    fc.assert(
      fc.property(fc.array(fc.oneof(picking, commands), { maxLength: 12 }), (past) => {
        let short: readonly LineQuantity[] = [];
        [begun, ...past].reduce((before: Shipment, command) => {
          const events = tell(before, command);
          for (const event of events) {
            if (event.type === 'ShipmentPicked') short = [...short, ...event.data.short];
            const inIt = contentsOf(event);
            for (const { lineId, quantity } of inIt ? plan.lines : [])
              expect([event.type, unitsOf([...(inIt ?? []), ...short], lineId)]).toEqual([event.type, quantity]);
          }
          return fold(shipment, events, before);
        }, shipment.initial);
      }),
      { numRuns: 500 },
    );
  });

  it('ends at the address that was told last, in whatever order the changes are heard', () => {
    const changes = fc.shuffledSubarray([changeTo('2026-11-23T12:30:00.000Z'), changeTo('2026-11-23T12:45:00.000Z')], { minLength: 2 });
    fc.assert(
      fc.property(fc.constantFrom([], [pack]), changes, (before, heard) => {
        const state = after([{ type: 'PlanShipment', data: { plan, now } }, ...before, ...heard, ...heard]);
        expect('plan' in state && state.plan?.personal.box).toBe('2026-11-23T12:45:00.000Z');
      }),
    );
  });

  it('ends the same in whatever order scans are heard, and however often, and keeps each of them once', () => {
    const each = fc.record({
      milestone: fc.constantFrom(...milestones),
      hour: fc.integer({ min: 0, max: 5 }),
      parcel: fc.constantFrom('CTG1', 'CTG2'),
    });
    const heard = fc
      .uniqueArray(each, { selector: (scan) => JSON.stringify(scan), minLength: 1, maxLength: 8 })
      .chain((made) =>
        fc.tuple(fc.constant(made), fc.shuffledSubarray(made, { minLength: made.length }), fc.array(fc.constantFrom(...made))),
      );
    const endOf = (scans: readonly { milestone: (typeof milestones)[number]; hour: number; parcel: string }[]) => {
      const state = after(
        scans.map(({ milestone, hour, parcel }) => recordScan(milestone, hour, parcel)),
        dispatched,
      );
      if (!isCarried(state)) throw new Error('It was handed over.');
      return {
        status: state.status,
        parcels: state.tracked.map(({ status, scans: kept }) => [status, kept.map(({ eventId }) => eventId).sort()]),
      };
    };
    fc.assert(
      fc.property(heard, ([made, shuffled, again]) => expect(endOf([...shuffled, ...again])).toEqual(endOf(made))),
      { numRuns: 1_000 },
    );
  });

  it('tells last of a parcel that it was delivered if, and only if, the customer has it', () => {
    fc.assert(
      fc.property(fc.array(scans, { maxLength: 12 }), (past) => {
        const last = new Map<string, string>();
        const state = past.reduce(
          (before: Shipment, command) => {
            const events = tell(before, command);
            for (const { type, data } of events)
              if (type === 'ShipmentDelivered') data.parcels.forEach(({ parcelId }) => last.set(parcelId, type));
              else if (type === 'RtoInitiated') last.set(parcelIdOf(data), type);
            return fold(shipment, events, before);
          },
          fold(shipment, dispatched),
        );
        for (const { parcelId, status } of 'tracked' in state ? state.tracked : [])
          expect([parcelId, last.get(parcelId) === 'ShipmentDelivered']).toEqual([parcelId, status === 'delivered']);
      }),
      { numRuns: 500 },
    );
  });

  it('ends where the newest scan on the way says', () => {
    const way = fc.uniqueArray(fc.tuple(fc.constantFrom('in-transit', 'out-for-delivery', 'exception'), fc.integer({ min: 1, max: 22 })), {
      selector: ([, hour]) => hour,
      minLength: 1,
    });
    fc.assert(
      fc.property(way, (made) => {
        const state = after(
          made.map(([milestone, hour]) => recordScan(milestone, hour)),
          dispatched,
        );
        const [newest] = [...made].sort(([, a], [, b]) => b - a);
        expect('tracked' in state && state.tracked[0]?.status).toBe(statusOf[newest?.[0] ?? 'other']);
      }),
      { numRuns: 300 },
    );
  });
});
