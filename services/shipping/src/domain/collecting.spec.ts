import { specFor } from '@cartage/eventsourcing';
import { shipment } from './decide';
import { cancel, facts, now, packed, parcels, plan, ref, toPack } from './shipment.fixture';
import type { ShipmentEvent } from './events';

const { given } = specFor(shipment);
const handoverId = '0199a3c4-7b1e-7c3d-9f2a-000000000041';
const at = '2026-11-25T17:00:00.000Z';

/** The same shipment, of goods that the customer fetches where they are. */
const fetched = (events: readonly ShipmentEvent[], way: object = { method: 'pickup', pickupLocation: plan.location }) =>
  events.map((event): ShipmentEvent => (event.type === 'ShipmentPlanned' ? { ...event, data: { ...event.data, ...way } } : event));
const handOver = (lines = facts.packed.data.lines) =>
  ({ type: 'HandOverShipment', data: { handoverId, lines, declined: [], handedOverAt: at, now } }) as const;
const inside = parcels.map(({ parcelId }, n) => ({
  parcelId: parcelId ?? String(n + 1),
  trackingNumber: `${handoverId}/${parcelId ?? String(n + 1)}`,
  lines: facts.packed.data.parcels[n]?.lines ?? [],
}));
const left = (lines = facts.packed.data.lines, contents: typeof inside = inside): readonly ShipmentEvent[] => {
  const common = { ...ref, carrier: 'counter', parcels: contents, lines };
  return [
    { type: 'ShipmentDispatched', data: { ...common, dispatchedAt: at } },
    { type: 'ShipmentDelivered', data: { ...common, eventId: handoverId, occurredAt: at, recordedAt: now } },
  ];
};

describe('what the customer fetches', () => {
  it('is dispatched and delivered at once when it is handed over, without a carrier or a label, once', () =>
    given(...fetched(packed))
      .when(handOver())
      .thenOnce(...left()));
  it('leaves without what was refused at the counter, parcel by parcel', () => {
    const [first] = facts.packed.data.lines;
    const some = [{ ...first, quantity: 1 }] as typeof facts.packed.data.lines;
    const [event] = shipment.decide(handOver(some), fetched(packed).reduce(shipment.evolve, shipment.initial));
    expect(event).toMatchObject({ type: 'ShipmentDispatched', data: { lines: some, parcels: [{ lines: some }] } });
    const after = [...fetched(packed), ...shipment.decide(handOver(some), fetched(packed).reduce(shipment.evolve, shipment.initial))];
    expect(after.reduce(shipment.evolve, shipment.initial)).toMatchObject({
      status: 'collected',
      collectedAt: at,
      parcels: [{ lines: some }],
    });
  });
  it('is a pickup at once where what was to be sent to a store is there', () =>
    given(...fetched(packed, { method: 'ship-to-store', pickupLocation: plan.location }))
      .when(handOver())
      .thenOnce(...left()));
  it('is not handed over here where a carrier takes it', () => {
    given(...packed)
      .when(handOver())
      .thenRefused('SHIPMENT_NOT_FETCHED');
    given(...fetched(packed, { method: 'ship-to-store', pickupLocation: 'ELSEWHERE' }))
      .when(handOver())
      .thenRefused('SHIPMENT_NOT_FETCHED');
  });
  it('is not handed over before it is packed, or once it was cancelled', () => {
    given(...fetched(toPack))
      .when(handOver())
      .thenRefused('SHIPMENT_NOT_PACKED');
    given(...fetched(packed), facts.cancelled)
      .when(handOver())
      .thenRefused('SHIPMENT_CANCELLED');
  });
  it('cannot be cancelled, packed, held or sent elsewhere once the customer has it', () => {
    const [refused] = shipment.decide(cancel, [...fetched(packed), ...left()].reduce(shipment.evolve, shipment.initial));
    expect(refused).toMatchObject({ type: 'CancellationRefused', data: { reason: { code: 'handed-over' } } });
    const hold = { holdId: 'h', type: 'fraud', reason: { code: 'fraud', by: 'system' }, heldAt: now };
    given(...fetched(packed), ...left())
      .when({ type: 'HoldShipment', data: { shipment: ref, hold } })
      .thenNothing();
    given(...fetched(packed), ...left())
      .when({ type: 'DispatchShipment', data: { now } })
      .thenRefused('SHIPMENT_COLLECTED');
  });
});
