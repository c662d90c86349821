import { fold, specFor } from '@cartage/eventsourcing';
import { shipment } from './decide';
import { booking, cancel, dispatched, facts, labelled, now, pack, packed, parcels, plan, ref, toPack } from './shipment.fixture';

const { given } = specFor(shipment);
const recordPlan = { type: 'RecordPlan', data: { plan, now } } as const;
const recordAllocation = { type: 'RecordAllocation', data: { allocation: ref, now } } as const;
const recordLabel = { type: 'RecordLabel', data: { booking, trackingToken: 'token', now } } as const;
const recordFailure = { type: 'RecordLabelFailure', data: { carrier: 'simulated', reason: 'No.', now } } as const;
const dispatch = { type: 'DispatchShipment', data: { now } } as const;

describe('a plan and an allocation', () => {
  it('plans what routing brokered, once', () => given().when(recordPlan).thenOnce(facts.planned));
  it('releases a planned shipment when its stock is allocated', () =>
    given(facts.planned).when(recordAllocation).thenOnce(facts.allocated, facts.released));
  it('keeps an allocation that is heard before the plan', () => given().when(recordAllocation).thenOnce(facts.allocated));
  it('releases the shipment when the plan comes second', () =>
    given(facts.allocated).when(recordPlan).thenOnce(facts.planned, facts.released));
  it('ships from where the stock was allocated', () => {
    const elsewhere = { ...ref, location: 'YORK' };
    const past = shipment.decide({ type: 'RecordAllocation', data: { allocation: elsewhere, now } }, fold(shipment, [facts.planned]));
    expect(fold(shipment, [facts.planned, ...past])).toMatchObject({ status: 'to-pack', plan: { location: 'YORK' } });
  });
  it('plans and cancels at once what was cancelled before it was brokered', () =>
    given()
      .when({ type: 'RecordPlan', data: { plan, cancelled: 'order-cancelled', now } })
      .thenOnce(facts.planned, facts.cancelled));
});

describe('packing', () => {
  it('packs every unit in parcels that are numbered if nobody named them', () =>
    given(...toPack)
      .when(pack)
      .thenOnce(facts.packed));
  it('does not know a shipment that was never planned', () => given().when(pack).thenRefused('SHIPMENT_UNKNOWN'));
  it('waits for the allocation', () => given(facts.planned).when(pack).thenRefused('SHIPMENT_NOT_ALLOCATED'));
  it('must not pack what was cancelled', () =>
    given(...toPack, facts.cancelled)
      .when(pack)
      .thenRefused('SHIPMENT_CANCELLED'));
  it('refuses another packing of a packed shipment', () =>
    given(...packed)
      .when({ type: 'PackShipment', data: { now, parcels: parcels.map((parcel) => ({ ...parcel, weightGrams: 1 })) } })
      .thenRefused('SHIPMENT_PACKED_ALREADY'));
});

describe('a label', () => {
  it('is recorded once, however often the carrier is asked', () =>
    given(...packed)
      .when(recordLabel)
      .thenOnce(facts.labelled));
  it('keeps the refusal of the carrier, once', () =>
    given(...packed)
      .when(recordFailure)
      .thenOnce(facts.labelFailed));
  it('may come after a refusal', () =>
    given(...packed, facts.labelFailed)
      .when(recordLabel)
      .thenOnce(facts.labelled));
  it('is not lost by a refusal that comes late', () =>
    given(...labelled)
      .when(recordFailure)
      .thenNothing());
  it('needs packed parcels', () =>
    given(...toPack)
      .when(recordLabel)
      .thenRefused('SHIPMENT_NOT_PACKED'));
  it('is not replaced by another one', () =>
    given(...labelled)
      .when({ type: 'RecordLabel', data: { booking: { ...booking, trackingNumber: 'CTG2' }, trackingToken: 't', now } })
      .thenRefused('LABEL_EXISTS'));
  it('of a cancelled shipment is voided once', () =>
    given(...labelled, facts.cancelled)
      .when({ type: 'RecordLabelVoided', data: { now } })
      .thenOnce({ type: 'LabelVoided', data: { shipmentId: ref.shipmentId, trackingNumber: 'CTG1', voidedAt: now } }));
  it('of a living shipment is not voided', () =>
    given(...labelled)
      .when({ type: 'RecordLabelVoided', data: { now } })
      .thenRefused('SHIPMENT_NOT_CANCELLED'));
});

describe('dispatch', () => {
  it('hands a labelled shipment to the carrier, once', () =>
    given(...labelled)
      .when(dispatch)
      .thenOnce(facts.dispatched));
  it('needs a label', () =>
    given(...packed)
      .when(dispatch)
      .thenRefused('SHIPMENT_NOT_LABELLED'));
  it('needs a label even after the carrier refused one', () =>
    given(...packed, facts.labelFailed)
      .when(dispatch)
      .thenRefused('SHIPMENT_NOT_LABELLED'));
  it('needs packed parcels', () =>
    given(...toPack)
      .when(dispatch)
      .thenRefused('SHIPMENT_NOT_PACKED'));
  it('must not let a cancelled shipment go', () =>
    given(...labelled, facts.cancelled)
      .when(dispatch)
      .thenRefused('SHIPMENT_CANCELLED'));
});

describe('cancelling', () => {
  it.each([
    ['planned', [facts.planned]],
    ['packed', packed],
    ['labelled', labelled],
  ])('ends a %s shipment, once', (_, past) =>
    given(...past)
      .when(cancel)
      .thenOnce(facts.cancelled),
  );
  it('is kept when it is heard before anything else', () => given().when(cancel).thenOnce(facts.cancelled));
  it('forbids a plan that comes afterwards', () => given(facts.cancelled).when(recordPlan).thenNothing());
  it('is recorded as too late when the carrier has the parcels', () =>
    given(...dispatched)
      .when(cancel)
      .thenOnce({ type: 'CancellationCameLate', data: { shipmentId: ref.shipmentId, reason: 'order-cancelled', recordedAt: now } }));
});
