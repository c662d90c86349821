import { fold, Refused } from '@cartage/eventsourcing';
import fc from 'fast-check';
import type { ShipmentCommand } from './commands';
import { shipment } from './decide';
import type { ShipmentEvent } from './events';
import type { PartnerNotice } from './partner-notice';
import { cancel, changeTo, holdOf, now, plan } from './shipment.fixture';
import { isCarried, type Shipment } from './shipment';
import { mayMove } from './status';

const partner = 'north-3pl';
const planned: ShipmentEvent = { type: 'ShipmentPlanned', data: { ...plan, partner, plannedAt: now } };
const start = fold(shipment, [planned]);
const reason = { code: 'damaged', by: 'provider' };
const hear = (notice: PartnerNotice): ShipmentCommand => ({
  type: 'HearPartner',
  data: { partner, notice, labelId: 'l9', trackingToken: 't', now },
});

const lines = [
  { lineId: '1', quantity: 2 },
  { lineId: '2', quantity: 1 },
];
const parcels = [{ parcelId: '1', weightGrams: 900, lines, trackingNumber: 'JD01' }];
/** The way of one shipment, one unit short, as its partner tells of it. */
const way: readonly PartnerNotice[] = [
  { kind: 'accepted' },
  { kind: 'picked', lines: [{ lineId: '1', short: 1 }, { lineId: '2' }] },
  { kind: 'packed', parcels, carrier: 'dhl', label: 'own' },
  { kind: 'dispatched', parcels, carrier: 'dhl', dispatchedAt: '2026-11-23T15:00:00.000Z' },
];
const others: readonly PartnerNotice[] = [
  { kind: 'rejected', reason },
  { kind: 'rejected', reason, lines: [{ lineId: '1', quantity: 1 }] },
  { kind: 'cancelled', reason },
  { kind: 'cancellation-refused' },
];

interface Told {
  readonly state: Shipment;
  readonly events: readonly ShipmentEvent[];
}
const tell = ({ state, events }: Told, command: ShipmentCommand): Told => {
  try {
    const next = shipment.decide(command, state);
    return { state: fold(shipment, next, state), events: [...events, ...next] };
  } catch (error) {
    if (error instanceof Refused) return { state, events };
    throw error;
  }
};
const told = (commands: readonly ShipmentCommand[]): Told => commands.reduce(tell, { state: start, events: [] });
const count = ({ events }: Told, type: ShipmentEvent['type']): number => events.filter((event) => event.type === type).length;

/** All of these in any order, and some of them again. */
const anyOrder = (commands: readonly ShipmentCommand[]): fc.Arbitrary<readonly ShipmentCommand[]> =>
  fc
    .tuple(fc.shuffledSubarray([...commands], { minLength: commands.length }), fc.array(fc.constantFrom(...commands), { maxLength: 4 }))
    .map(([all, again]) => [...all, ...again]);

const endOf = ({ state }: Told): unknown =>
  isCarried(state)
    ? { parcels: state.parcels, label: state.label.parcels, dispatchedAt: state.dispatchedAt, acceptedAt: state.withPartner?.acceptedAt }
    : state.status;

describe('whatever whoever fulfils a shipment for us says, in whatever order, and however often', () => {
  it('ends in the same parcels, handed over once, and each short unit told once', () => {
    const commands = way.map(hear);
    fc.assert(
      fc.property(anyOrder(commands), (heard) => {
        const end = told(heard);
        expect(endOf(end)).toEqual(endOf(told(commands)));
        expect(count(end, 'ShipmentDispatched')).toBe(1);
        const short = end.events.flatMap((event) => (event.type === 'ShipmentPicked' ? event.data.short : []));
        expect(short.map(({ lineId, quantity }) => [lineId, quantity])).toEqual([['1', 1]]);
      }),
      { numRuns: 200 },
    );
  });

  it('is booked as what happened where the goods are out: a cancellation is answered once, and never takes back a handover', () => {
    const commands = [...way, ...others].map(hear).concat(cancel, holdOf('h1'), changeTo('2026-11-23T12:30:00.000Z'));
    fc.assert(
      fc.property(anyOrder(commands), (heard) => {
        const end = told(heard);
        expect(isCarried(end.state)).toBe(true);
        expect([count(end, 'ShipmentDispatched'), count(end, 'ShipmentCancelled') <= 1]).toEqual([1, true]);
        const last = end.events.filter(({ type }) => type === 'ShipmentDispatched' || type === 'ShipmentCancelled').at(-1);
        expect(last?.type).toBe('ShipmentDispatched');
        expect(count(end, 'CancellationRefused')).toBeLessThanOrEqual(2);
      }),
      { numRuns: 300 },
    );
  });

  it('makes the repeat of anything quiet or refused, and goes only where the table of moves allows', () => {
    const any = fc.constantFrom(...[...way, ...others].map(hear), cancel, holdOf('h1'), changeTo('2026-11-23T12:30:00.000Z'));
    fc.assert(
      fc.property(fc.array(any, { maxLength: 15 }), any, (past, command) => {
        let state = start;
        for (const each of [...past, command]) {
          for (const event of tell({ state, events: [] }, each).events) {
            const next = shipment.evolve(state, event);
            const [from, to] = [state.status, next.status];
            if (from !== to && !isCarried(state)) expect([from, to, mayMove(from, to)]).toEqual([from, to, true]);
            state = next;
          }
        }
        expect(tell({ state, events: [] }, command).events).toEqual([]);
      }),
      { numRuns: 300 },
    );
  });
});
