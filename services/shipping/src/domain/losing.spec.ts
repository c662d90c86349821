import { specFor } from '@cartage/eventsourcing';
import type { ShipmentCommand } from './commands';
import { shipment } from './decide';
import type { ShipmentEvent } from './events';
import { contents, dispatched, labelled, now, recordScan, ref } from './shipment.fixture';

const { given } = specFor(shipment);
const reason = { code: 'lost', by: 'operator' };
const lose = (parcelId?: string): ShipmentCommand => ({ type: 'DeclareLost', data: { reason, now, ...(parcelId ? { parcelId } : {}) } });
const find = (parcelId?: string): ShipmentCommand => ({ type: 'DeclareFound', data: { reason, now, ...(parcelId ? { parcelId } : {}) } });

const told = (...numbers: readonly number[]) => {
  const parcels = contents.filter((_, n) => numbers.includes(n + 1));
  return { ...ref, carrier: 'simulated', parcels, lines: parcels.flatMap(({ lines }) => lines), reason };
};
const lost = (...numbers: readonly number[]): ShipmentEvent => ({ type: 'ParcelLost', data: { ...told(...numbers), lostAt: now } });
const past = (...commands: readonly ShipmentCommand[]): readonly ShipmentEvent[] =>
  commands.reduce<readonly ShipmentEvent[]>(
    (events, command) => [...events, ...shipment.decide(command, events.reduce(shipment.evolve, shipment.initial))],
    dispatched,
  );

describe('parcels that nobody knows the place of', () => {
  it('are lost with what is in them, all or one, once', () => {
    given(...dispatched)
      .when(lose())
      .thenOnce(lost(1, 2));
    given(...dispatched)
      .when(lose('2'))
      .thenOnce(lost(2));
  });

  it('are those alone that are still under way', () => {
    given(...past(recordScan('delivered', 9)))
      .when(lose())
      .thenOnce(lost(2));
    given(...past(recordScan('delivered', 9), recordScan('delivered', 10, 'CTG2')))
      .when(lose())
      .thenRefused('PARCEL_ARRIVED');
  });

  it('are refused of what no carrier has, and where there is no such parcel', () => {
    given(...labelled)
      .when(lose())
      .thenRefused('SHIPMENT_NOT_DISPATCHED');
    given().when(lose()).thenRefused('SHIPMENT_UNKNOWN');
    given(...dispatched)
      .when(lose('9'))
      .thenRefused('PARCEL_UNKNOWN');
  });

  it('are found by whoever has them, if they were lost', () => {
    given(...dispatched, lost(1))
      .when(find())
      .then({ type: 'ParcelFound', data: { ...told(1), foundAt: now } });
    given(...dispatched)
      .when(find())
      .thenRefused('PARCEL_NOT_LOST');
  });

  it('are found by the next scan, not by one from before, nor by the report of a fault', () => {
    const types = (...commands: readonly ShipmentCommand[]) =>
      past(lose('1'), ...commands)
        .slice(dispatched.length + 1)
        .map(({ type }) => type);
    expect(types(recordScan('in-transit', 9))).toEqual(['ShipmentInTransit', 'ParcelFound']);
    expect(types(recordScan('delivered', 9))).toEqual(['ShipmentDelivered', 'ParcelFound']);
    expect(types(recordScan('in-transit', 9), recordScan('out-for-delivery', 10))).toEqual([
      ...['ShipmentInTransit', 'ParcelFound', 'ShipmentOutForDelivery'],
    ]);
    expect(types(recordScan('exception', 9))).toEqual(['ShipmentException']);
    const { data } = recordScan('in-transit', 9) as Extract<ShipmentCommand, { type: 'RecordScan' }>;
    const before = { ...data, scan: { ...data.scan, occurredAt: '2026-11-23T11:00:00.000Z' } };
    expect(types({ type: 'RecordScan', data: before })).toEqual(['ShipmentInTransit']);
    expect(types(recordScan('in-transit', 9, 'CTG2'))).toEqual(['ShipmentInTransit']);
  });
});
