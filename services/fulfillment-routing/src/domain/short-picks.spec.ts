import type { LineQuantity } from '@cartage/contracts';
import {
  both,
  brokerOrder,
  cancellationOf,
  cancellationRequest,
  evidence,
  heldFor,
  id,
  linesOf,
  location,
  now,
  order,
  orderCancelled,
  pickOf,
  told,
  tooLateFor,
  twice,
  typesOf,
} from './brokering.fixture';
import type { BrokeringEvent } from './events';
import type { BrokeringCommand } from './order-brokering';

const sent = told(brokerOrder(evidence(10, both)));
const first = id(11);
const [mug, tee] = [linesOf(['MUG', 1]), [{ lineId: '2', sku: 'TEE', quantity: 1 }]];
const pickedShort = (short: readonly LineQuantity[], locations = both): BrokeringCommand => ({
  type: 'HearShortPick',
  data: { picked: pickOf(first, order.lines, short), evidence: evidence(30, locations) },
});
const shipments = (events: readonly BrokeringEvent[]) =>
  events.flatMap((event) =>
    event.type === 'FulfillmentBrokered'
      ? [[event.data.location, event.data.attempt, event.data.lines.map(({ sku, quantity }) => `${quantity} ${sku}`)]]
      : [],
  );
const cancelOne: BrokeringCommand = { type: 'HearCancellationRequest', data: { ...cancellationRequest(40, mug), now } };

describe('units that were not there when a fulfilment was picked', () => {
  it('are told to be no part of it, and go from elsewhere, though their location is said to have more', () => {
    const events = told(pickedShort(mug), ...sent);
    expect(typesOf(events)).toEqual(['ShipmentPicked', 'FulfillmentPickedShort', 'OrderBrokered', 'FulfillmentBrokered']);
    expect(events[1]).toMatchObject({
      data: { fulfillmentId: first, location: 'A', lines: [...mug, ...tee], short: [{ lineId: '1', quantity: 1 }] },
    });
    expect(shipments(events)).toEqual([['B', 2, ['1 MUG']]]);
    expect(told(pickedShort(mug), ...sent, ...events).map(({ type }) => type)).toContain('FulfillmentPickedShort');
  });

  it('stay with a supplier that sends them later, whoever else has them, and use up no attempt', () => {
    const picked = pickOf(first, order.lines, mug);
    const reason = { code: 'to-follow', by: 'provider' };
    const later = { ...picked, short: picked.short.map((line) => ({ ...line, missing: [], reason })) };
    const none = [location('A', [0, 0]), location('B', [9, 9])];
    const events = told({ type: 'HearShortPick', data: { picked: later, evidence: evidence(30, none) } }, ...sent);
    expect(typesOf(events)).toEqual(['ShipmentPicked', 'FulfillmentPickedShort', 'OrderBrokered', 'FulfillmentBrokered']);
    expect(events[2]).toMatchObject({ data: { cause: 'to-follow', request: { only: 'A' } } });
    expect(shipments(events)).toEqual([['A', 1, ['1 MUG']]]);
  });

  it('wait where nobody else has them; the others go on', () => {
    const events = told(pickedShort(mug, [location('A', [9, 9])]), ...sent);
    expect(events.at(-1)).toMatchObject({ type: 'FulfillmentUnfillable', data: { lines: [{ lineId: '1', requested: 1 }] } });
  });

  it('end a fulfilment of which nothing is left, whose shipment is cancelled by that', () => {
    const events = told(pickedShort(order.lines), ...sent);
    expect(typesOf(events)).toEqual([
      'ShipmentPicked',
      'FulfillmentPickedShort',
      'FulfillmentRejected',
      'OrderBrokered',
      'FulfillmentBrokered',
    ]);
    expect(events[2]).toMatchObject({ data: { lines: order.lines, stockEffect: 'keep' } });
    expect(shipments(events)).toEqual([['B', 2, ['2 MUG', '1 TEE']]]);
    const stopped: BrokeringCommand = {
      type: 'HearShipmentCancellation',
      data: { cancellation: { ...cancellationOf(first), lines: [] }, ...twice(evidence(50, both)) },
    };
    expect(told(stopped, ...sent, ...events)).toEqual([]);
  });

  it('are the first that a cancellation takes: nobody has to be asked for them any more', () => {
    const asked = [...sent, ...told(cancelOne, ...sent)];
    const events = told(pickedShort(mug), ...asked);
    expect(typesOf(events)).toEqual(['ShipmentPicked', 'FulfillmentPickedShort', 'FulfillmentCancelled']);
    expect(events[2]).toMatchObject({ data: { cancellationId: id(40), lines: mug } });
    expect(events[2]?.data).not.toHaveProperty('fulfillmentId');
    const late = told({ type: 'HearCancellationRefusal', data: { refusal: tooLateFor(first), now } }, ...asked, ...events);
    expect(typesOf(late)).toEqual(['CancellationRefused']);
    const stopped: BrokeringCommand = {
      type: 'HearShipmentCancellation',
      data: { cancellation: cancellationOf(first), ...twice(evidence(50, both)) },
    };
    const again = told(stopped, ...asked, ...events);
    expect(typesOf(again)).toEqual(['ShipmentCancelled', 'FulfillmentRejected', 'OrderBrokered', 'FulfillmentBrokered']);
    expect(shipments(again)).toEqual([['A', 1, ['1 MUG', '1 TEE']]]);
  });

  it('are brokered again even where the others were asked back, and only those come to nothing then', () => {
    const reject: BrokeringCommand = {
      type: 'RequestRejection',
      data: { fulfillmentId: first, reason: { code: 'full', by: 'operator' }, now },
    };
    const asked = [...sent, ...told(reject, ...sent)];
    const short = told(pickedShort(mug), ...asked);
    expect(shipments(short)).toEqual([['B', 2, ['1 MUG']]]);
    const stopped: BrokeringCommand = {
      type: 'HearShipmentCancellation',
      data: { cancellation: cancellationOf(first), ...twice(evidence(50, both)) },
    };
    const events = told(stopped, ...asked, ...short);
    expect(events[1]).toMatchObject({ type: 'FulfillmentRejected', data: { lines: [...mug, ...tee] } });
    expect(shipments(events)).toEqual([['B', 2, ['1 MUG', '1 TEE']]]);
  });

  it('wait for the release where they are held', () => {
    const hold = { orderId: order.orderId, holdId: id(60) };
    const held: BrokeringCommand = {
      type: 'HearHold',
      data: { ...hold, type: 'fraud', reason: { code: 'odd', by: 'operator' }, appliedAt: now },
    };
    const stopped = [...sent, ...told(held, ...sent)];
    const events = told(pickedShort(mug), ...stopped);
    expect(typesOf(events)).toEqual(['ShipmentPicked', 'FulfillmentPickedShort', 'LinesHeld']);
    const release: BrokeringCommand = {
      type: 'HearHoldReleased',
      data: {
        release: { ...hold, type: 'fraud', resolution: 'released', by: 'operator', releasedAt: now },
        evidence: new Map([[heldFor(2), evidence(70, [location('A', [0, 9]), location('B', [9, 9], { latitude: 53 })])]]),
      },
    };
    expect(shipments(told(release, ...stopped, ...events))).toEqual([['B', 2, ['1 MUG']]]);
  });

  it('are lost to their location, and looked for by nobody, where the order is cancelled', () => {
    const closed: readonly BrokeringEvent[] = [...sent, { type: 'OrderCancelled', data: orderCancelled }];
    expect(typesOf(told(pickedShort(mug), ...closed))).toEqual(['ShipmentPicked', 'FulfillmentPickedShort']);
  });
});
