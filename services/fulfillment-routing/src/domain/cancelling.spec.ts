import { fold, specFor } from '@cartage/eventsourcing';
import type { LineQuantity } from '@cartage/contracts';
import type { BrokeringEvent } from './events';
import { orderBrokering, type BrokeringCommand } from './order-brokering';
import {
  brokerOrder,
  cancellationOf,
  cancellationRequest,
  evidence,
  id,
  linesOf,
  location,
  now,
  order,
  orderCancelled,
  refusalOf,
  tooLateFor,
  both,
  told,
  typesOf,
  twice,
} from './brokering.fixture';

const { given } = specFor(orderBrokering);

const mug = (quantity: number): readonly LineQuantity[] => linesOf(['MUG', quantity]);
const asked = (lines: readonly LineQuantity[] = mug(1), n = 7): BrokeringCommand => ({
  type: 'HearCancellationRequest',
  data: { ...cancellationRequest(n, lines), now },
});
const reason = { code: 'changed-my-mind', by: 'customer' };
const [first, second] = [id(11), id(12)];
const nothingGoesOut = (of = first, at = 20, locations = both): BrokeringCommand => ({
  type: 'HearShipmentCancellation',
  data: { cancellation: cancellationOf(of), ...twice(evidence(at, locations)) },
});
const tooLate = (of = first): BrokeringCommand => ({ type: 'HearCancellationRefusal', data: { refusal: tooLateFor(of), now } });

const brokered = told(brokerOrder(evidence(10, both)));
const cancelling = [...brokered, ...told(asked(), ...brokered)];
const ofFirst = { fulfillmentId: first, orderId: order.orderId, location: 'A', cancellationId: id(7) };

describe('a cancellation of units that a location is to ship', () => {
  it('asks whoever holds the goods, once', () =>
    given(...brokered)
      .when(asked())
      .thenOnce(
        { type: 'CancellationRequested', data: cancellationRequest(7, mug(1)) },
        { type: 'FulfillmentCancellationRequested', data: { ...ofFirst, lines: mug(1), reason, requestedAt: now } },
      ));

  it('ends the fulfilment when nothing goes out; its other lines are brokered again, to where they are, and no attempt is used up', () => {
    const last = [location('A', [0, 0], { load: 1, capacity: 1 }), location('B', [9, 9], { latitude: 53 })];
    const events = told(nothingGoesOut(first, 20, last), ...cancelling);
    expect(typesOf(events)).toEqual(['ShipmentCancelled', 'FulfillmentCancelled', 'OrderBrokered', 'FulfillmentBrokered']);
    expect(events[1]).toEqual({ type: 'FulfillmentCancelled', data: { ...ofFirst, lines: mug(1), reason, cancelledAt: now } });
    expect(events[2]).toMatchObject({ data: { cause: 'cancelled', request: { preferred: 'A', attempt: 1, excluded: [] } } });
    const rest = [
      { lineId: '1', sku: 'MUG', quantity: 1 },
      { lineId: '2', sku: 'TEE', quantity: 1 },
    ];
    expect(events[3]).toMatchObject({ data: { location: 'A', attempt: 1, lines: rest } });
    given(...cancelling, ...events)
      .when(nothingGoesOut(first, 40))
      .thenNothing();
  });

  it('of all that it has leaves nothing to be brokered', () => {
    const whole = [...brokered, ...told(asked(order.lines), ...brokered)];
    expect(typesOf(told(nothingGoesOut(), ...whole))).toEqual(['ShipmentCancelled', 'FulfillmentCancelled']);
  });

  it('is refused when the goods have left', () => {
    const events = told(tooLate(), ...cancelling);
    const refused = { ...ofFirst, lines: mug(1), reason: { code: 'handed-over', by: 'carrier' }, refusedAt: now };
    expect(events).toEqual([
      { type: 'CancellationRefused', data: tooLateFor(first) },
      { type: 'FulfillmentCancellationRefused', data: refused },
    ]);
    given(...cancelling, ...events)
      .when(tooLate())
      .thenNothing();
  });

  it('is refused at once when it is known that the goods have left', () => {
    const left = [...cancelling, ...told(tooLate(), ...cancelling)];
    expect(typesOf(told(asked(mug(1), 8), ...left))).toEqual(['CancellationRequested', 'FulfillmentCancellationRefused']);
  });

  it('asks once more for what another cancellation leaves, and one answer of shipping answers both', () => {
    const twice = [...cancelling, ...told(asked(mug(1), 8), ...cancelling)];
    expect(twice.at(-1)).toMatchObject({ type: 'FulfillmentCancellationRequested', data: { cancellationId: id(8), lines: mug(1) } });
    const events = told(nothingGoesOut(), ...twice);
    expect(typesOf(events).filter((type) => type === 'FulfillmentCancelled')).toHaveLength(2);
    expect(events.at(-1)).toMatchObject({ data: { lines: [{ lineId: '2', sku: 'TEE', quantity: 1 }] } });
  });
});

describe('a cancellation that crosses', () => {
  it('a refused allocation is answered by it; the rest goes elsewhere', () => {
    const refusal: BrokeringCommand = {
      type: 'HearAllocationRefusal',
      data: { refusal: refusalOf(first), evidence: evidence(20, both) },
    };
    const events = told(refusal, ...cancelling);
    expect(typesOf(events)).toEqual(['AllocationRefused', 'FulfillmentCancelled', 'OrderBrokered', 'FulfillmentBrokered']);
    expect(events[3]).toMatchObject({ data: { location: 'B' } });
    given(...cancelling, ...events)
      .when(nothingGoesOut(first, 40))
      .thenNothing();
  });

  it('a rejection ends both by one answer of shipping: the location is not asked again', () => {
    const request: BrokeringCommand = {
      type: 'RequestRejection',
      data: { fulfillmentId: first, reason: { code: 'damaged', by: 'operator' }, now },
    };
    const rejecting = [...brokered, ...told(request, ...brokered)];
    for (const past of [
      [...rejecting, ...told(asked(), ...rejecting)],
      [...cancelling, ...told(request, ...cancelling)],
    ]) {
      const events = told(nothingGoesOut(), ...past);
      expect(typesOf(events)).toEqual([
        'ShipmentCancelled',
        'FulfillmentRejected',
        'FulfillmentCancelled',
        'OrderBrokered',
        'FulfillmentBrokered',
      ]);
      expect(events.at(-1)).toMatchObject({ data: { location: 'B', attempt: 2 } });
    }
  });

  it('the end of its fulfilment finds the units where they are now', () => {
    const moved = [...brokered, ...told(nothingGoesOut(), ...brokered)];
    expect(told(asked(), ...moved).at(-1)).toMatchObject({ data: { fulfillmentId: id(21), location: 'B' } });
  });

  it('a hand-over at one of two locations asks the other, before it is refused', () => {
    const split = told(brokerOrder(evidence(10, [location('A', [1, 1]), location('B', [1, 0])])));
    const past = [...split, ...told(asked(mug(1)), ...split)];
    const events = told(tooLate(first), ...past);
    expect(events.at(-1)).toMatchObject({ type: 'FulfillmentCancellationRequested', data: { fulfillmentId: second, lines: mug(1) } });
    expect(typesOf(told(tooLate(second), ...past, ...events))).toEqual(['CancellationRefused', 'FulfillmentCancellationRefused']);
  });
});

describe('a cancellation of units that no location is to ship', () => {
  const waiting = told(brokerOrder(evidence(10, [])));
  const atOnce = (lines: readonly LineQuantity[]): BrokeringEvent => ({
    type: 'FulfillmentCancelled',
    data: { orderId: order.orderId, cancellationId: id(7), lines, reason, cancelledAt: now },
  });

  it('is answered at once, and only the others wait on', () => {
    given(...waiting)
      .when(asked())
      .thenOnce({ type: 'CancellationRequested', data: cancellationRequest(7, mug(1)) }, atOnce(mug(1)));
    const again: BrokeringCommand = { type: 'BrokerAgain', data: { evidence: new Map([['1', evidence(30, both)]]) } };
    expect(told(again, ...waiting, ...told(asked(mug(2)), ...waiting)).at(-1)).toMatchObject({
      type: 'FulfillmentBrokered',
      data: { lines: [{ lineId: '2', sku: 'TEE', quantity: 1 }] },
    });
  });

  it('is answered at once before they were heard of, and they are not brokered then', () => {
    const early = told(asked());
    expect(early).toEqual([{ type: 'CancellationRequested', data: cancellationRequest(7, mug(1)) }, atOnce(mug(1))]);
    const events = told(brokerOrder(evidence(10, both)), ...early);
    expect(events[0]).toEqual({ type: 'CancelledUnitsConfirmed', data: { orderId: order.orderId, lines: mug(1) } });
    expect(events.at(-1)).toMatchObject({
      data: {
        lines: [
          { lineId: '1', quantity: 1 },
          { lineId: '2', quantity: 1 },
        ],
      },
    });
    expect(fold(orderBrokering, [...early, ...events])?.cancelledEarly).toEqual([]);
  });

  it('of a cancelled order is answered as well', () =>
    expect(typesOf(told(asked(), ...waiting, ...told({ type: 'HearOrderCancellation', data: orderCancelled }, ...waiting)))).toEqual([
      'CancellationRequested',
      'FulfillmentCancelled',
    ]));
});
