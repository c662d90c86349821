import { fold, specFor } from '@cartage/eventsourcing';
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
  tooLateFor,
  told,
} from './brokering.fixture';
import { MOST_WRONG_CODES } from './collecting';
import type { BrokeringCommand, HandoverRequest } from './commands';
import type { BrokeringEvent } from './events';
import { orderBrokering } from './order-brokering';

const { given } = specFor(orderBrokering);

const fulfillmentId = id(11);
const place = { name: 'Covent Garden', timeZone: 'Europe/London' };
const expiresAt = '2026-11-30T23:59:59.000Z';
const personal = { key: 'guest-1.k', box: 'c2VhbGVk' };
const reason = { code: 'showed-id', by: 'operator' };
const ref = { fulfillmentId, orderId: order.orderId, location: 'A', shipGroupId: '1' };
const kept = { ...ref, lines: order.lines };

/** The customer fetches it at `A`, where it is packed. */
const brokered = (method = 'pickup'): readonly BrokeringEvent[] => {
  const command = brokerOrder(evidence(10, [location('A', [9, 9], { kind: 'store' })]));
  const [group] = command.data.groups;
  const shipGroup = { shipGroupId: '1', method, pickupLocation: 'A' };
  return told({ ...command, data: { ...command.data, groups: group ? [{ ...group, shipGroup }] : [] } });
};
const becomesReady: BrokeringCommand = { type: 'BecomeReady', data: { fulfillmentId, place, expiresAt, now } };
const isReady: BrokeringEvent = { type: 'ReadyForPickup', data: { ...kept, place, readyAt: now, expiresAt } };
const waiting = [...brokered(), isReady];
const handOver = (over: Partial<HandoverRequest> = {}): BrokeringCommand => ({
  type: 'HandOver',
  data: { fulfillmentId, handoverId: id(60), codeIsRight: true, personal, now, ...over },
});
const handed = (over: object = {}): BrokeringEvent => ({
  type: 'HandedOver',
  data: { ...ref, handoverId: id(60), lines: order.lines, declined: [], verifiedBy: 'code', personal, handedOverAt: now, ...over },
});
const wrong = (wrongCodes: number): BrokeringEvent => ({
  type: 'PickupCodeRefused',
  data: { fulfillmentId, orderId: order.orderId, wrongCodes, refusedAt: now },
});
const late = '2026-12-01T00:00:00.000Z';
const expire = (at = late): BrokeringCommand => ({
  type: 'ExpirePickup',
  data: { fulfillmentId, expiryId: id(61), then: 'stock', now: at },
});
const expired: BrokeringEvent = { type: 'PickupExpired', data: { ...kept, expiryId: id(61), expiredAt: late } };
const cancelRequested = { type: 'HearCancellationRequest', data: { ...cancellationRequest(70, linesOf(['MUG', 1])), now } } as const;

describe('what a customer fetches', () => {
  it('is ready once it is packed, once, however often it is packed', () =>
    given(...brokered())
      .when(becomesReady)
      .thenOnce(isReady));
  it('is ready at once where what was to be sent to a store is there', () =>
    given(...brokered('ship-to-store'))
      .when(becomesReady)
      .thenOnce(isReady));
  it('is not ready when a carrier takes it', () =>
    given(...brokered('ship'))
      .when(becomesReady)
      .thenNothing());
  it('is not told to be ready once it is asked back', () =>
    given(...brokered(), ...told(cancelRequested, ...brokered()))
      .when(becomesReady)
      .thenNothing());
});

describe('at the counter', () => {
  it('goods are given to whoever says their code, once', () =>
    given(...waiting)
      .when(handOver())
      .then(handed()));
  it('goods that were fetched are not given away again', () =>
    given(...waiting, handed())
      .when(handOver())
      .thenRefused('PICKUP_HANDED_OVER'));
  it('what is refused stays, and waits to be asked back', () => {
    const declined = linesOf(['MUG', 1]);
    given(...waiting)
      .when(handOver({ declined: [{ lineId: '1', quantity: 1 }] }))
      .then(handed({ lines: [{ ...order.lines[0], quantity: 1 }, order.lines[1]], declined }));
    const past = [...waiting, ...told(handOver({ declined: [{ lineId: '1', quantity: 1 }] }), ...waiting)];
    const request = { type: 'HearCancellationRequest', data: { ...cancellationRequest(70, declined), now } } as const;
    expect(told(request, ...past).map(({ type }) => type)).toEqual(['CancellationRequested', 'FulfillmentCancelled']);
    const reserved = { type: 'HearReservation', data: { evidence: new Map([['1', evidence(80, [location('B', [9, 9])])]]) } } as const;
    expect(told(reserved, ...past)).toEqual([]);
  });
  it('no more can be refused than is there, and not all of it', () => {
    given(...waiting)
      .when(handOver({ declined: [{ lineId: '1', quantity: 3 }] }))
      .thenRefused('UNITS_NOT_IN_FULFILLMENT');
    given(...waiting)
      .when(handOver({ declined: order.lines }))
      .thenRefused('NOTHING_TAKEN');
  });
  it('a wrong code is counted, and nothing is given away', () =>
    given(...waiting, wrong(1))
      .when(handOver({ codeIsRight: false }))
      .then(wrong(2)));
  it('a code that was said wrong too often counts no more, even if it is right', () =>
    given(...waiting, wrong(MOST_WRONG_CODES))
      .when(handOver())
      .thenRefused('PICKUP_LOCKED'));
  it('a person may answer for whom it is given to, whatever was said before', () =>
    given(...waiting, wrong(MOST_WRONG_CODES))
      .when(handOver({ codeIsRight: false, reason }))
      .then(handed({ verifiedBy: 'person', reason })));
  it('nothing is given away before it is ready', () =>
    given(...brokered())
      .when(handOver())
      .thenRefused('NOT_READY_FOR_PICKUP'));
  it('nothing is given away that the order holds, or the location', () => {
    const hold = { orderId: order.orderId, holdId: id(50), type: 'fraud', reason: { code: 'fraud', by: 'system' }, appliedAt: now };
    given(...waiting, { type: 'HoldApplied', data: hold })
      .when(handOver())
      .thenRefused('PICKUP_HELD');
    const held = { fulfillmentId, orderId: order.orderId, location: 'A', holdId: id(51), reason, heldAt: now };
    given(...waiting, { type: 'FulfillmentHeld', data: held })
      .when(handOver())
      .thenRefused('PICKUP_HELD');
  });
});

describe('a cancellation', () => {
  it('makes the code worth nothing as soon as it is asked for, and for good once it is answered', () => {
    const asked = [...waiting, ...told(cancelRequested, ...waiting)];
    given(...asked)
      .when(handOver())
      .thenRefused('FULFILLMENT_IN_MOTION');
    const known = evidence(20, [location('A', [9, 9])]);
    const answer = {
      type: 'HearShipmentCancellation',
      data: { cancellation: cancellationOf(fulfillmentId), evidence: known, another: evidence(30, []) },
    } as const;
    given(...asked, ...told(answer, ...asked))
      .when(handOver())
      .thenRefused('FULFILLMENT_CLOSED');
    given(...waiting, { type: 'OrderCancelled', data: orderCancelled })
      .when(handOver())
      .thenRefused('FULFILLMENT_CLOSED');
  });
  it('comes too late once the goods were fetched', () =>
    expect(told(cancelRequested, ...waiting, handed()).map(({ type }) => type)).toEqual([
      'CancellationRequested',
      'FulfillmentCancellationRefused',
    ]));
});

describe('what is not fetched', () => {
  it('expires at the end of its time, once, and not before', () => {
    given(...waiting)
      .when(expire('2026-11-30T23:59:58.000Z'))
      .thenNothing();
    given(...waiting)
      .when(expire())
      .thenOnce(expired);
  });
  it('is not given away any more, and is the first of its line to be asked back', () => {
    given(...waiting, expired)
      .when(handOver())
      .thenRefused('PICKUP_EXPIRED');
    const [, asked] = told(cancelRequested, ...waiting, expired);
    expect(asked).toMatchObject({ type: 'FulfillmentCancellationRequested', data: { fulfillmentId } });
  });
  it('does not expire once it was fetched, or asked back', () => {
    given(...waiting, handed())
      .when(expire())
      .thenNothing();
    given(...waiting, ...told(cancelRequested, ...waiting))
      .when(expire())
      .thenNothing();
  });
  it('does not expire while it is held: nobody could have fetched it', () =>
    given(...waiting, {
      type: 'FulfillmentHeld',
      data: { fulfillmentId, orderId: order.orderId, location: 'A', holdId: id(51), reason, heldAt: now },
    })
      .when(expire())
      .thenRefused('PICKUP_HELD'));
  it('is reminded of once before that, and anew after an extension', () => {
    const remind = (until: string): BrokeringCommand => ({ type: 'RemindOfPickup', data: { fulfillmentId, expiresAt: until, now } });
    const reminded: BrokeringEvent = { type: 'PickupReminderDue', data: { ...kept, place, expiresAt, remindedAt: now } };
    given(...waiting)
      .when(remind(expiresAt))
      .thenOnce(reminded);
    const until = '2026-12-04T23:59:59.000Z';
    const extended: BrokeringEvent = { type: 'PickupExtended', data: { ...kept, place, expiresAt: until, reason, extendedAt: now } };
    given(...waiting, reminded, extended)
      .when(remind(expiresAt))
      .thenNothing();
    given(...waiting, reminded, extended)
      .when(remind(until))
      .thenOnce({ ...reminded, data: { ...reminded.data, expiresAt: until } });
  });
});

describe('an extension', () => {
  const latest = '2026-12-23T23:59:59.000Z';
  const until = '2026-12-04T23:59:59.000Z';
  const extend = (at: string): BrokeringCommand => ({ type: 'ExtendPickup', data: { fulfillmentId, expiresAt: at, latest, reason, now } });
  const extended: BrokeringEvent = { type: 'PickupExtended', data: { ...kept, place, expiresAt: until, reason, extendedAt: now } };
  it('keeps it for longer, once', () =>
    given(...waiting)
      .when(extend(until))
      .thenOnce(extended));
  it('moves the end of its time', () =>
    given(...waiting, extended)
      .when(expire())
      .thenNothing());
  it('is never to less, and not for ever', () => {
    given(...waiting)
      .when(extend('2026-11-29T23:59:59.000Z'))
      .thenRefused('PICKUP_TIME_WRONG');
    given(...waiting)
      .when(extend('2027-01-01T00:00:00.000Z'))
      .thenRefused('PICKUP_TIME_WRONG');
  });
  it('comes too late for what has expired', () =>
    given(...waiting, expired)
      .when(extend(until))
      .thenRefused('PICKUP_EXPIRED'));
});

describe('what is sent to a store first', () => {
  const store = 'STORE';
  const toStore = ((): readonly BrokeringEvent[] => {
    const command = brokerOrder(evidence(10, [location('A', [9, 9])]));
    const groups = command.data.groups.map((group) => ({
      ...group,
      shipGroup: { shipGroupId: '1', method: 'ship-to-store', pickupLocation: store },
    }));
    return told({ ...command, data: { ...command.data, groups } });
  })();
  const [mugs, tee] = order.lines;
  const arrival = (parcelId: string, lines: typeof order.lines) => ({
    ...{ shipmentId: id(5), orderId: order.orderId, fulfillmentId, location: 'A', store, carrier: 'simulated', lines },
    ...{ parcels: [{ parcelId, trackingNumber: parcelId, lines }], occurredAt: now, recordedAt: now },
  });
  const arrives = (parcelId: string, lines: typeof order.lines): BrokeringCommand => ({
    type: 'HearArrival',
    data: { arrival: arrival(parcelId, lines), place, expiresAt, now },
  });
  const first: BrokeringEvent = { type: 'ArrivedAtStore', data: arrival('a', mugs ? [mugs] : []) };
  const second: BrokeringEvent = { type: 'ArrivedAtStore', data: arrival('b', tee ? [tee] : []) };
  const readyThere: BrokeringEvent = { type: 'ReadyForPickup', data: { ...kept, location: store, place, readyAt: now, expiresAt } };
  const there = [...toStore, first, second, readyThere];
  const handedThere = {
    ...ref,
    location: store,
    handoverId: id(60),
    cameByParcel: true,
    verifiedBy: 'code',
    personal,
    handedOverAt: now,
  } as const;

  it('is not ready when it is packed: it is on its way', () =>
    given(...toStore)
      .when(becomesReady)
      .thenNothing());
  it('is ready there once all of its parcels have arrived, each told once', () => {
    given(...toStore)
      .when(arrives('a', first.data.lines))
      .thenOnce(first);
    given(...toStore, first)
      .when(arrives('b', second.data.lines))
      .thenOnce(second, readyThere);
  });
  it('is handed over there; what is refused stays with the store, and is not looked for anywhere', () => {
    const declined = linesOf(['MUG', 1]);
    const lines = [{ ...order.lines[0], quantity: 1 }, order.lines[1]] as typeof order.lines;
    given(...there)
      .when(handOver({ declined: [{ lineId: '1', quantity: 1 }] }))
      .then({ type: 'HandedOver', data: { ...handedThere, lines, declined } });
    const past = [...there, ...told(handOver({ declined: [{ lineId: '1', quantity: 1 }] }), ...there)];
    expect(fold(orderBrokering, past)?.unfilled).toEqual([]);
  });
  it('is handed over though somebody asked for it back too late', () => {
    const tooLate: BrokeringCommand = { type: 'HearCancellationRefusal', data: { refusal: tooLateFor(fulfillmentId), now } };
    const asked = [...there, ...told(cancelRequested, ...there)];
    given(...asked)
      .when(handOver())
      .thenRefused('FULFILLMENT_IN_MOTION');
    given(...asked, ...told(tooLate, ...asked))
      .when(handOver())
      .then({ type: 'HandedOver', data: { ...handedThere, lines: order.lines, declined: [] } });
  });
  it('expires like the rest, and says what becomes of it there', () =>
    given(...there)
      .when({ type: 'ExpirePickup', data: { fulfillmentId, expiryId: id(61), then: 'send-back', now: late } })
      .thenOnce({
        type: 'PickupExpired',
        data: { ...kept, location: store, expiryId: id(61), cameByParcel: true, then: 'send-back', expiredAt: late },
      }));
});
