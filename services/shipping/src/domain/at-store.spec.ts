import { specFor } from '@cartage/eventsourcing';
import fc from 'fast-check';
import type { ShipmentCommand } from './commands';
import { shipment } from './decide';
import type { ShipmentEvent } from './events';
import type { Shipment } from './shipment';
import { contents, dispatched, now, plan, recordScan, ref, scanAt } from './shipment.fixture';

const { given } = specFor(shipment);
const store = 'STORE';
const handoverId = '0199a3c4-7b1e-7c3d-9f2a-000000000041';
const expiryId = '0199a3c4-7b1e-7c3d-9f2a-000000000042';
const at = '2026-11-25T17:00:00.000Z';

/** Of two parcels, on their way to a store where the customer fetches them. */
const onItsWay = dispatched.map((event): ShipmentEvent =>
  event.type === 'ShipmentPlanned' ? { ...event, data: { ...event.data, method: 'ship-to-store', pickupLocation: store } } : event,
);
const stateAfter = (events: readonly ShipmentEvent[]): Shipment => events.reduce(shipment.evolve, shipment.initial);
const then = (past: readonly ShipmentEvent[], command: ShipmentCommand): readonly ShipmentEvent[] => [
  ...past,
  ...shipment.decide(command, stateAfter(past)),
];
const last = (past: readonly ShipmentEvent[], command: ShipmentCommand): readonly ShipmentEvent[] =>
  shipment.decide(command, stateAfter(past));
const arrive = (parcels?: readonly string[]): ShipmentCommand => ({
  type: 'ArriveAtStore',
  data: { arrivalId: 'r1', ...(parcels ? { parcels } : {}), now: at },
});
const [first, second] = contents;
const there = then(onItsWay, arrive());
const [mugs, lamp] = plan.lines;
const handOver = (lines = plan.lines, declined: typeof plan.lines = []): ShipmentCommand => ({
  type: 'HandOverShipment',
  data: { handoverId, lines, declined, handedOverAt: at, now: at },
});
const leave = (what: string): ShipmentCommand => ({ type: 'LeaveAtStore', data: { expiryId, then: what, now: at } });
const typesOf = (events: readonly ShipmentEvent[]): readonly string[] => events.map(({ type }) => type);

describe('what a carrier brings to a store', () => {
  it('has arrived there when it is delivered, and is not with the customer', () => {
    const { place, occurredAt, eventId } = scanAt('delivered', 9);
    given(...onItsWay)
      .when(recordScan('delivered', 9))
      .thenOnce({
        type: 'ArrivedAtStore',
        data: {
          ...{ ...ref, carrier: 'simulated', eventId, place, occurredAt, recordedAt: now, store },
          ...{ parcels: first ? [first] : [], lines: first?.lines ?? [] },
        },
      });
  });
  it('is delivered at the door where it goes to a door', () =>
    expect(typesOf(last(dispatched, recordScan('delivered', 9)))).toEqual(['ShipmentDelivered']));
  it('has arrived when the store says so, parcel by parcel, once, whatever the carrier tells later', () => {
    expect(last(onItsWay, arrive(['CTG2']))).toMatchObject([{ type: 'ArrivedAtStore', data: { parcels: [second] } }]);
    expect(typesOf(there.slice(onItsWay.length))).toEqual(['ArrivedAtStore', 'ArrivedAtStore']);
    given(...there)
      .when(arrive())
      .thenNothing();
    expect(typesOf(last(there, recordScan('delivered', 9)))).toEqual(['ScanRecorded']);
  });
  it('cannot arrive where nothing was sent, and no strange parcel can', () => {
    given(...dispatched)
      .when(arrive())
      .thenRefused('SHIPMENT_NOT_FOR_STORE');
    given(...onItsWay)
      .when(arrive(['CTG9']))
      .thenRefused('PARCEL_UNKNOWN');
    given(...onItsWay.slice(0, 2))
      .when(arrive())
      .thenRefused('SHIPMENT_NOT_DISPATCHED');
  });
  it('is delivered when it is handed over, once', () => {
    expect(last(there, handOver())).toMatchObject([
      {
        type: 'ShipmentDelivered',
        data: { carrier: 'counter', lines: contents.flatMap(({ lines }) => lines), parcels: contents, occurredAt: at },
      },
    ]);
    expect(last(then(there, handOver()), handOver())).toEqual([]);
  });
  it('is received by the store for what was refused there', () => {
    const taken = mugs ? [{ ...mugs, quantity: 2 }] : [];
    const declined = [...(mugs ? [{ ...mugs, quantity: 1 }] : []), ...(lamp ? [lamp] : [])];
    const events = last(there, handOver(taken, declined));
    expect(events).toMatchObject([
      { type: 'ShipmentDelivered', data: { lines: [{ lineId: '1', quantity: 2 }], parcels: [{ parcelId: '1' }] } },
      {
        type: 'RtoReceived',
        data: {
          dock: store,
          receiptId: handoverId,
          lines: [
            { lineId: '1', quantity: 1, disposition: 'restock' },
            { lineId: '2', quantity: 1, disposition: 'restock' },
          ],
        },
      },
    ]);
  });
});

describe('what nobody fetches there', () => {
  it('joins the stock of the store, all of it, once', () => {
    const events = last(there, leave('stock'));
    expect(events).toMatchObject([{ type: 'RtoReceived', data: { dock: store, receiptId: expiryId, parcels: contents } }]);
    expect(last([...there, ...events], leave('stock'))).toEqual([]);
  });
  it('goes back where it came from, once, and is received there like anything that comes back', () => {
    const back = then(there, leave('send-back'));
    expect(typesOf(back.slice(there.length))).toEqual(['RtoInitiated', 'RtoInitiated']);
    expect(last(back, leave('send-back'))).toEqual([]);
    const receipt = { receiptId: handoverId, dock: ref.location, others: [], now: at };
    expect(typesOf(last(back, { type: 'ReceiveRto', data: receipt }))).toEqual(['RtoReceived']);
  });
  it('that was at its location all the time is put back by a cancellation', () =>
    given(...dispatched)
      .when(leave('stock'))
      .thenNothing());
});

it('however its arrival is told, each parcel arrives once, and each unit is fetched or stays, once', () => {
  const tellings = [
    recordScan('delivered', 9),
    recordScan('delivered', 10, 'CTG2'),
    recordScan('in-transit', 8),
    arrive(),
    arrive(['CTG2']),
  ];
  const taken = mugs ? [{ ...mugs, quantity: 2 }] : [];
  const declined = [...(mugs ? [{ ...mugs, quantity: 1 }] : []), ...(lamp ? [lamp] : [])];
  const unitsOf = (events: readonly ShipmentEvent[], type: ShipmentEvent['type']): number =>
    events.reduce((sum, event) => {
      if (event.type !== type || (event.type !== 'ArrivedAtStore' && event.type !== 'ShipmentDelivered' && event.type !== 'RtoReceived'))
        return sum;
      return event.data.lines.reduce((units: number, { quantity }: { readonly quantity: number }) => units + quantity, sum);
    }, 0);
  fc.assert(
    fc.property(fc.array(fc.constantFrom(...tellings), { maxLength: 8 }), fc.constantFrom(...tellings), (told, late) => {
      const arrived = [...told, arrive()].reduce(then, onItsWay);
      const ended = [handOver(taken, declined), late, handOver(taken, declined), leave('stock')].reduce(then, arrived);
      expect(unitsOf(ended, 'ArrivedAtStore')).toBe(4);
      expect([unitsOf(ended, 'ShipmentDelivered'), unitsOf(ended, 'RtoReceived')]).toEqual([2, 2]);
    }),
    { numRuns: 60 },
  );
});
