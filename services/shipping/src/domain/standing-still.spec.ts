import { fold, specFor } from '@cartage/eventsourcing';
import { shipment } from './decide';
import type { ShipmentEvent } from './events';
import {
  booking,
  bought,
  changeTo,
  dispatched,
  facts,
  hold,
  holdOf,
  labelId,
  labelled,
  newAddress,
  now,
  orderCancelled,
  pack,
  packed,
  plan,
  ref,
  toPack,
} from './shipment.fixture';

const { given } = specFor(shipment);
const held: ShipmentEvent = { type: 'ShipmentHeld', data: { ...ref, ...hold('h1') } };
const released: ShipmentEvent = { type: 'ShipmentReleased', data: { shipmentId: ref.shipmentId, holdId: 'h1', releasedAt: now } };
const release = { type: 'ReleaseShipment', data: { shipmentId: ref.shipmentId, holdId: 'h1', now } } as const;
const dispatch = { type: 'DispatchShipment', data: { now } } as const;
const refusalOf = (past: readonly ShipmentEvent[], command: typeof dispatch | typeof pack): unknown => {
  try {
    return shipment.decide(command, fold(shipment, past));
  } catch (error) {
    return error;
  }
};

describe('a held shipment', () => {
  it('is held once, and released once', () => {
    given(...toPack)
      .when(holdOf('h1'))
      .thenOnce(held);
    given(...toPack, held)
      .when(release)
      .thenOnce(released);
    given(...toPack)
      .when(release)
      .thenNothing();
  });

  it('is neither packed nor handed over; the refusal names the hold and why', () => {
    const named = { code: 'SHIPMENT_HELD', kind: 'conflict', message: expect.stringMatching(/fraud: Card and address differ.*h1/) };
    expect(refusalOf([...toPack, held], pack)).toMatchObject(named);
    expect(refusalOf([...labelled, held], dispatch)).toMatchObject(named);
  });

  it('goes on when the last of its holds is released', () => {
    const twice: readonly ShipmentEvent[] = [...labelled, held, { type: 'ShipmentHeld', data: { ...ref, ...hold('h2') } }];
    given(...twice, released)
      .when(dispatch)
      .thenRefused('SHIPMENT_HELD');
    given(...labelled, held, released)
      .when(dispatch)
      .thenOnce(facts.dispatched);
  });

  it('may be held before it is planned, and from its beginning', () => {
    given().when(holdOf('h1')).thenOnce(held);
    given(held)
      .when({ type: 'PlanShipment', data: { plan, holds: [hold('h1')], now } })
      .thenOnce(facts.planned);
    given()
      .when({ type: 'PlanShipment', data: { plan, holds: [hold('h1')], now } })
      .thenOnce(facts.planned, held);
    given(held, facts.planned).when(pack).thenRefused('SHIPMENT_HELD');
  });

  it('is cancelled as any other, and what the carrier has is held no more', () => {
    given(...toPack, held)
      .when({ type: 'CancelShipment', data: { shipment: { ...ref, lines: plan.lines }, reason: orderCancelled, now } })
      .thenOnce(facts.cancelled);
    given(...dispatched)
      .when(holdOf('h1'))
      .thenNothing();
  });
});

describe('another destination', () => {
  const at = '2026-11-23T12:30:00.000Z';
  const replaced: ShipmentEvent = { type: 'DestinationReplaced', data: newAddress(at) };

  it('counts from then on; what is packed already waits for a label to it', () => {
    given(...toPack)
      .when(changeTo(at))
      .thenOnce(replaced);
    expect(fold(shipment, [...toPack, replaced])).toMatchObject({ status: 'to-pack', plan: { destination: { country: 'FR' } } });
    expect(fold(shipment, [...packed, facts.labelFailed, replaced])).toMatchObject({ status: 'packed', plan: { personal: { box: at } } });
  });

  it('voids the label to the old one, once, and only a label to the new one counts', () => {
    const past = [...labelled, replaced];
    expect(fold(shipment, past)).toMatchObject({ status: 'packed', labelsToVoid: [{ labelId }] });
    given(...past)
      .when({ type: 'RecordLabelVoided', data: { labelId, now } })
      .thenOnce(facts.boughtLabelVoided);
    given(...past)
      .when({ type: 'RecordLabel', data: { labelId, booking, trackingToken: 't', now } })
      .thenRefused('LABEL_WITHDRAWN');
    const again = { ...facts.requested, data: { ...facts.requested.data, labelId: 'l2' } };
    given(...past, again)
      .when({ type: 'RecordLabel', data: { labelId: 'l2', booking, trackingToken: 't', now } })
      .thenOnce({ type: 'LabelPurchased', data: { ...ref, labelId: 'l2', ...bought, trackingToken: 't', purchasedAt: now } });
    given(...past)
      .when(dispatch)
      .thenRefused('SHIPMENT_NOT_LABELLED');
  });

  it('comes too late when the carrier has it, and that is said once', () =>
    given(...dispatched)
      .when(changeTo(at))
      .thenOnce({
        type: 'DestinationChangeRefused',
        data: {
          ...ref,
          shipGroupId: '1',
          reason: { code: 'handed-over', detail: 'The carrier has it; it was asked for address.', by: 'carrier' },
          changedAt: at,
          refusedAt: now,
        },
      }));

  it('of what was cancelled, or never planned, concerns nobody', () => {
    given(...toPack, facts.cancelled)
      .when(changeTo(at))
      .thenNothing();
    given().when(changeTo(at)).thenNothing();
  });
});
