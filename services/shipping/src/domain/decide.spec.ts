import { specFor } from '@cartage/eventsourcing';
import { shipment } from './decide';
import {
  cancel,
  dispatched,
  facts,
  labelled,
  now,
  orderCancelled,
  pack,
  packed,
  parcels,
  plan,
  ref,
  requested,
  toPack,
} from './shipment.fixture';

const { given } = specFor(shipment);
const plannedAt = { type: 'PlanShipment', data: { plan, now } } as const;
const dispatch = { type: 'DispatchShipment', data: { now } } as const;

describe('allocated stock', () => {
  it('is planned to be packed, once', () => given().when(plannedAt).thenOnce(facts.planned));
  it('is planned and cancelled at once when the order was cancelled before', () =>
    given()
      .when({ type: 'PlanShipment', data: { plan, cancelled: orderCancelled, now } })
      .thenOnce(facts.planned, facts.cancelled));
});

describe('packing', () => {
  it('packs every unit in parcels that are numbered if nobody named them', () =>
    given(...toPack)
      .when(pack)
      .thenOnce(facts.packed));
  it('says what kits are made of, for whoever picks them and for whoever gets them back', () => {
    const parts = [{ sku: 'BULB', quantity: 2, share: 1 }];
    const kits = { ...plan, lines: plan.lines.map((line) => ({ ...line, parts })) };
    const planned = shipment.decide({ type: 'PlanShipment', data: { plan: kits, now } }, shipment.initial);
    const [done] = shipment.decide(pack, planned.reduce(shipment.evolve, shipment.initial));
    expect(done?.data).toMatchObject({
      lines: plan.lines.map(() => ({ parts })),
      parcels: [{ lines: [{ parts }] }, { lines: [{ parts }, { parts }] }],
    });
  });
  it('does not know a shipment that was never planned', () => given().when(pack).thenRefused('SHIPMENT_UNKNOWN'));
  it('must not pack what was cancelled', () =>
    given(...toPack, facts.cancelled)
      .when(pack)
      .thenRefused('SHIPMENT_CANCELLED'));
  it('refuses another packing of a packed shipment', () =>
    given(...packed)
      .when({ type: 'PackShipment', data: { now, parcels: parcels.map((parcel) => ({ ...parcel, weightGrams: 1 })) } })
      .thenRefused('SHIPMENT_PACKED_ALREADY'));
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
    given(...requested, facts.labelFailed)
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
    ['half bought', requested],
    ['labelled', labelled],
  ])('ends a %s shipment, once', (_, past) =>
    given(...past)
      .when(cancel)
      .thenOnce(facts.cancelled),
  );
  it('is kept when it is heard before anything else', () => given().when(cancel).thenOnce(facts.cancelled));
  it('forbids a plan that comes afterwards', () => given(facts.cancelled).when(plannedAt).thenNothing());
  it('is refused, once, when the carrier has the parcels', () =>
    given(...dispatched)
      .when(cancel)
      .thenOnce({
        type: 'CancellationRefused',
        data: {
          ...ref,
          reason: { code: 'handed-over', detail: 'The carrier has it; it was asked for order-cancelled.', by: 'carrier' },
          refusedAt: now,
        },
      }));
});
