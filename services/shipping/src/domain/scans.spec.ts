import { fold, specFor } from '@cartage/eventsourcing';
import { shipment } from './decide';
import type { Scan, ShipmentEvent } from './events';
import { contents, dispatched, facts, labelled, now, packed, parcels, recordScan, ref, scanAt } from './shipment.fixture';

const { given } = specFor(shipment);
const common = ({ eventId, place, occurredAt }: ReturnType<typeof scanAt>) => ({
  ...ref,
  carrier: 'simulated',
  eventId,
  place,
  occurredAt,
  recordedAt: now,
});
const first = { parcelId: '1', trackingNumber: 'CTG1' };
const inTransit = (hour: number) => ({ type: 'ShipmentInTransit' as const, data: { ...common(scanAt('in-transit', hour)), ...first } });
const delivered = (hour: number, n = 0) => ({
  type: 'ShipmentDelivered' as const,
  data: { ...common(scanAt('delivered', hour)), parcels: contents.slice(n, n + 1), lines: parcels[n]?.lines ?? [] },
});
const kept = (scan: Scan, late = false): ShipmentEvent => ({
  type: 'ScanRecorded',
  data: { shipmentId: ref.shipmentId, orderId: ref.orderId, ...first, ...scan, late, recordedAt: now },
});

describe('a carrier’s scan', () => {
  it('moves a dispatched shipment on, by the carrier’s clock, once', () =>
    given(...dispatched)
      .when(recordScan('in-transit', 8))
      .thenOnce(inTransit(8)));
  it('delivers a parcel with what is in it, once', () =>
    given(...dispatched, inTransit(8))
      .when(recordScan('delivered', 9))
      .thenOnce(delivered(9)));
  it('of another hub is kept and moves nothing', () =>
    given(...dispatched, inTransit(8))
      .when(recordScan('in-transit', 9))
      .thenOnce(kept(scanAt('in-transit', 9))));
  it('that is older than the newest is kept as late and moves nothing back', () =>
    given(...dispatched, { type: 'ShipmentOutForDelivery', data: { ...common(scanAt('out-for-delivery', 9)), ...first } })
      .when(recordScan('in-transit', 8))
      .thenOnce(kept(scanAt('in-transit', 8), true)));
  it('that says delivered stands, even if one of the way was heard first that is later', () =>
    given(...dispatched, inTransit(9))
      .when(recordScan('delivered', 8))
      .thenOnce(delivered(8)));
  it('of a delivery on the way back is one to us: nobody is told that the customer has it', () => {
    const back = shipment.decide(recordScan('returned', 9), fold(shipment, dispatched));
    given(...dispatched, ...back)
      .when(recordScan('delivered', 10))
      .thenOnce(kept(scanAt('delivered', 10)));
    const end = shipment.decide(recordScan('delivered', 10), fold(shipment, [...dispatched, ...back]));
    expect(fold(shipment, [...dispatched, ...back, ...end])).toMatchObject({ tracked: [{ status: 'returned' }, {}] });
  });
  it('of a return that is heard after the delivery to us takes that delivery back', () => {
    const state = fold(shipment, [...dispatched, delivered(10)]);
    const back = shipment.decide(recordScan('returned', 9), state);
    expect(back).toMatchObject([{ type: 'RtoInitiated' }]);
    expect(fold(shipment, back, state)).toMatchObject({ tracked: [{ status: 'returned' }, {}] });
  });
  it('after the delivery changes nothing', () =>
    given(...dispatched, delivered(9))
      .when(recordScan('exception', 10))
      .thenOnce(kept(scanAt('exception', 10))));
  it('gives the reason of a failed attempt, or says that there is none', () => {
    const scan = { ...scanAt('attempt-failed', 9), reason: { code: 'nobody-home', detail: 'Nobody at home.', by: 'carrier' } };
    given(...dispatched)
      .when({ type: 'RecordScan', data: { now, trackingNumber: 'CTG1', scan } })
      .thenOnce({
        type: 'DeliveryAttemptFailed',
        data: { ...common(scan), ...first, reason: scan.reason },
      });
    expect(shipment.decide(recordScan('exception', 9), fold(shipment, dispatched))).toMatchObject([
      { type: 'ShipmentException', data: { reason: { code: 'not-said', detail: 'The carrier gave no reason.' } } },
    ]);
  });
  it('tells of a second failed attempt as well', () => {
    const first = shipment.decide(recordScan('attempt-failed', 9), fold(shipment, dispatched));
    expect(shipment.decide(recordScan('attempt-failed', 12), fold(shipment, [...dispatched, ...first]))).toMatchObject([
      { type: 'DeliveryAttemptFailed' },
    ]);
  });
  it('in words that nobody translated is kept and moves nothing', () => {
    const scan: Scan = { ...scanAt('other', 9), reason: { code: 'customs-held', by: 'carrier' } };
    given(...dispatched, inTransit(8))
      .when({ type: 'RecordScan', data: { now, trackingNumber: 'CTG1', scan } })
      .thenOnce(kept(scan));
  });
  it('with the same id as one of another parcel is a scan of its own', () => {
    const before = shipment.decide(recordScan('in-transit', 8), fold(shipment, dispatched));
    expect(shipment.decide(recordScan('in-transit', 8, 'CTG2'), fold(shipment, [...dispatched, ...before]))).toMatchObject([
      { type: 'ShipmentInTransit', data: { parcelId: '2', trackingNumber: 'CTG2' } },
    ]);
  });
  it('that delivers one of two parcels leaves the other on its way', () => {
    const one = fold(shipment, [...dispatched, inTransit(8), delivered(9, 1)]);
    expect(one).toMatchObject({ status: 'in-transit', tracked: [{ status: 'in-transit' }, { status: 'delivered' }] });
    expect(fold(shipment, [delivered(10)], one)).toMatchObject({ status: 'delivered' });
  });
  it('of a return sends that parcel back to its origin, named with what is in it; the other goes on', () => {
    const told = shipment.decide(recordScan('returned', 9, 'CTG2'), fold(shipment, dispatched));
    expect(told).toMatchObject([{ type: 'RtoInitiated', data: { parcels: contents.slice(1), lines: parcels[1]?.lines } }]);
    expect(fold(shipment, [...dispatched, ...told])).toMatchObject({
      status: 'dispatched',
      tracked: [{ status: 'dispatched' }, { status: 'returning' }],
    });
  });
});

describe('a scan before anybody said "dispatched"', () => {
  const atPickup = { ...facts.dispatched, data: { ...facts.dispatched.data, dispatchedAt: scanAt('picked-up', 7).occurredAt } };

  it('of the pick-up is the dispatch', () =>
    given(...labelled)
      .when(recordScan('picked-up', 7))
      .thenOnce(atPickup, kept(scanAt('picked-up', 7))));
  it('on the way tells of the dispatch and of the way', () =>
    given(...labelled)
      .when(recordScan('in-transit', 7))
      .thenOnce(atPickup, inTransit(7)));
  it('leaves the warehouse’s own word for later without effect', () =>
    given(...labelled, atPickup)
      .when({ type: 'DispatchShipment', data: { now } })
      .thenNothing());
  it('of the label is kept and is no dispatch', () =>
    given(...labelled)
      .when(recordScan('label-created', 7))
      .thenOnce(kept(scanAt('label-created', 7))));
  it('may only be early when there is no label', () =>
    given(...packed)
      .when(recordScan('picked-up', 7))
      .thenRefused('SHIPMENT_NOT_LABELLED'));
  it('of a cancelled shipment is kept, for a person to see', () =>
    given(...labelled, facts.cancelled)
      .when(recordScan('picked-up', 7))
      .thenOnce(kept(scanAt('picked-up', 7))));
});
