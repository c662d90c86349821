import type { LineQuantity } from '@cartage/contracts';
import { fold, specFor } from '@cartage/eventsourcing';
import { openBook } from './book';
import type { ReservationEvent } from './events';
import type { ReservationCommand } from './reservation-command';
import { reservationOn } from './reserving';
import type { NetworkStock, Stock } from './stock';

const now = '2026-11-23T09:15:30.000Z';
const orderId = '0199a3c4-7b1e-7c3d-9f2a-000000000001';
const reservationId = '0199a3c4-7b1e-7c3d-9f2a-000000000002';
const fulfillmentId = '0199a3c4-7b1e-7c3d-9f2a-000000000003';
const shipmentId = '0199a3c4-7b1e-7c3d-9f2a-000000000004';
const returnId = '0199a3c4-7b1e-7c3d-9f2a-000000000005';

const mug = (quantity: number, lineId = '1'): LineQuantity => ({ lineId, sku: 'MUG', quantity });
const at = (location: string, more: Partial<Stock> = {}): Stock => ({
  sku: 'MUG',
  location,
  active: true,
  revision: 1,
  onHand: 10,
  allocated: 0,
  safetyStock: 0,
  unavailable: 0,
  ...more,
});
const network = (more: Partial<NetworkStock> = {}): NetworkStock => ({
  sku: 'MUG',
  onHand: 10,
  allocated: 0,
  reserved: 0,
  safetyStock: 0,
  ...more,
});
const specWith = (stock: readonly Stock[], sum: NetworkStock = network()) =>
  specFor(reservationOn(openBook({ stock, network: [sum], locked: [sum, { sku: 'MUG', location: 'LDN' }] })));

const { given } = specWith([at('LDN')]);
const levels = (more: object) => [
  { sku: 'MUG', location: 'LDN', revision: 2, onHand: 10, allocated: 0, safetyStock: 0, available: 10, ...more },
];

const reserve = (...lines: LineQuantity[]): ReservationCommand => ({ type: 'ReserveStock', data: { orderId, reservationId, lines, now } });
const allocate = (...lines: LineQuantity[]): ReservationCommand => ({
  type: 'AllocateStock',
  data: { orderId, fulfillmentId, location: 'LDN', lines, now },
});
const issue = (...lines: LineQuantity[]): ReservationCommand => ({
  type: 'IssueStock',
  data: { orderId, reservationId, fulfillmentId, shipmentId, lines, now },
});
const cancelled = { code: 'order-cancelled', by: 'customer' };
const notFound = { code: 'not-found-on-shelf', by: 'operator' };
const reject: ReservationCommand = { type: 'ReleaseAllocation', data: { orderId, reservationId, fulfillmentId, reason: notFound, now } };
const restock = (disposition: 'restock' | 'quarantine' | 'missing'): ReservationCommand => ({
  type: 'RestockReturn',
  data: { orderId, returnId, gradingId: 'g1', location: 'LDN', sku: 'MUG', lineId: '1', quantity: 1, disposition, now },
});

const reserved = (...lines: LineQuantity[]): ReservationEvent => ({
  type: 'StockReserved',
  data: { orderId, reservationId, lines, reservedAt: now },
});
const short = (requested: number, available: number, lineId = '1') => ({ lineId, sku: 'MUG', requested, available });
const stockShort = (...lines: ReturnType<typeof short>[]): ReservationEvent => ({
  type: 'StockShort',
  data: { orderId, short: lines, decidedAt: now },
});
const allocated = (...lines: LineQuantity[]): ReservationEvent => ({
  type: 'StockAllocated',
  data: { orderId, fulfillmentId, location: 'LDN', lines, levels: [], allocatedAt: now },
});

const wanted = (...lines: LineQuantity[]): ReservationEvent => ({
  type: 'DemandChanged',
  data: { orderId, lines, reason: cancelled, changedAt: now },
});
const released = (...lines: LineQuantity[]): ReservationEvent => ({
  type: 'StockReleased',
  data: { orderId, reservationId, reason: cancelled, lines, releasedAt: now },
});

describe('reserving', () => {
  it('claims every line of an order once', () =>
    given()
      .when(reserve(mug(4)))
      .thenOnce(reserved(mug(4))));

  it('claims the very last unit', () =>
    given()
      .when(reserve(mug(10)))
      .thenOnce(reserved(mug(10))));

  it('claims the lines that are there; each short one waits whole, and it is said what could have been had', () =>
    given()
      .when(reserve(mug(2), mug(9, '2')))
      .thenOnce(reserved(mug(2)), stockShort(short(9, 8, '2'))));

  it('leaves what is not enough for one line to those after it', () =>
    given()
      .when(reserve(mug(11), mug(9, '2')))
      .thenOnce(reserved(mug(9, '2')), stockShort(short(11, 10))));

  it('counts two lines of one SKU together: each alone would pass', () =>
    given()
      .when(reserve(mug(6), mug(6, '2')))
      .thenOnce(reserved(mug(6)), stockShort(short(6, 4, '2'))));

  it('promises no unit that another order has a claim on, nor one that is held back', () =>
    specWith([at('LDN')], network({ reserved: 3, allocated: 2, safetyStock: 4 }))
      .given()
      .when(reserve(mug(2)))
      .thenOnce(stockShort(short(2, 1))));

  it('has nothing to promise of a SKU that was never seen', () =>
    specWith([], { ...network({ onHand: 0 }), sku: 'NEW' })
      .given()
      .when(reserve({ lineId: '1', sku: 'NEW', quantity: 1 }))
      .thenOnce({ type: 'StockShort', data: { orderId, short: [{ ...short(1, 0), sku: 'NEW' }], decidedAt: now } }));

  it('takes an order that waits no second time', () =>
    given(stockShort(short(9, 8)))
      .when(reserve(mug(1)))
      .thenNothing());
});

describe('allocating', () => {
  it('turns the reservation into a claim on the location and tells its level', () =>
    given(reserved(mug(4)))
      .when(allocate(mug(4)))
      .thenOnce({
        type: 'StockAllocated',
        data: {
          orderId,
          fulfillmentId,
          location: 'LDN',
          lines: [mug(4)],
          levels: levels({ allocated: 4, available: 6 }),
          allocatedAt: now,
        },
      }));

  const refused = (available: number): ReservationEvent => ({
    type: 'AllocationRefused',
    data: { orderId, fulfillmentId, location: 'LDN', short: [short(4, available)], levels: [], refusedAt: now },
  });

  it.each([
    ['its stock is claimed by others', at('LDN', { allocated: 7 }), 3],
    ['it must hold units back', at('LDN', { safetyStock: 8 }), 2],
    ['it is closed', at('LDN', { active: false }), 0],
    ['it never had the SKU', at('PAR'), 0],
  ])('refuses a location when %s', (_, stock, available) =>
    specWith([stock])
      .given(reserved(mug(4)))
      .when(allocate(mug(4)))
      .thenOnce(refused(available)),
  );

  it('is not known yet before the reservation', () =>
    given()
      .when(allocate(mug(4)))
      .thenRefused('RESERVATION_UNKNOWN'));

  const notHeld = (requested: number, available: number): ReservationEvent => ({
    type: 'AllocationRefused',
    data: {
      orderId,
      fulfillmentId,
      location: 'LDN',
      short: [short(requested, available)],
      unreserved: [mug(requested - available)],
      levels: [],
      refusedAt: now,
    },
  });

  it('is refused for units that were cancelled meanwhile', () =>
    given(reserved(mug(4)), wanted(mug(-3)), released(mug(3)))
      .when(allocate(mug(4)))
      .thenOnce(notHeld(4, 1)));

  it('takes no more than the order reserved', () =>
    given(reserved(mug(4)))
      .when(allocate(mug(5)))
      .thenOnce(notHeld(5, 4)));
});

describe('a rejected fulfilment', () => {
  it('gives its claim back to the network, still reserved', () =>
    specWith([at('LDN', { allocated: 4 })], network({ allocated: 4 }))
      .given(reserved(mug(4)), allocated(mug(4)))
      .when(reject)
      .thenOnce({
        type: 'AllocationReleased',
        data: { orderId, fulfillmentId, location: 'LDN', lines: [mug(4)], reason: notFound, levels: levels({}), releasedAt: now },
      }));

  it('has nothing to give back where the location had been refused', () =>
    given(reserved(mug(4)), {
      type: 'AllocationRefused',
      data: { orderId, fulfillmentId, location: 'LDN', short: [], levels: [], refusedAt: now },
    })
      .when(reject)
      .thenNothing());

  it('is not known yet before the allocation', () =>
    given(reserved(mug(4)))
      .when(reject)
      .thenRefused('ALLOCATION_UNKNOWN'));
});

describe('issuing', () => {
  const picked = specWith([at('LDN', { allocated: 4 })], network({ allocated: 4 }));

  it('takes the goods off the location that they were allocated at', () =>
    picked
      .given(reserved(mug(4)), allocated(mug(4)))
      .when(issue(mug(3)))
      .thenOnce({
        type: 'StockIssued',
        data: {
          orderId,
          fulfillmentId,
          shipmentId,
          location: 'LDN',
          lines: [mug(3)],
          levels: levels({ onHand: 7, allocated: 1, available: 6 }),
          issuedAt: now,
        },
      }));

  it('waits for the allocation', () =>
    picked
      .given(reserved(mug(4)))
      .when(issue(mug(4)))
      .thenRefused('ALLOCATION_UNKNOWN'));
});

describe('units that came back undelivered', () => {
  const picked = specWith([at('LDN', { allocated: 3 })], network({ allocated: 3, reserved: 1 }));
  const left: ReservationEvent = {
    type: 'StockIssued',
    data: { orderId, fulfillmentId, shipmentId, location: 'LDN', lines: [mug(3)], levels: [], issuedAt: now },
  };
  const back: ReservationCommand = {
    type: 'ChangeDemand',
    data: { orderId, reservationId, lines: [mug(-3)], reason: { code: 'returned-to-origin', by: 'carrier' }, undelivered: true, now },
  };

  it('are wanted no more, and give back no claim on units that are still to ship', () =>
    picked
      .given(reserved(mug(4)), allocated(mug(3)), left)
      .when(back)
      .then({
        type: 'DemandChanged',
        data: { orderId, lines: [mug(-3)], reason: { code: 'returned-to-origin', by: 'carrier' }, undelivered: true, changedAt: now },
      }));

  it('are the same whether that they left is heard before or after', () => {
    const decider = reservationOn(openBook({ stock: [at('LDN')], network: [network()], locked: [] }));
    const gone: ReservationEvent = {
      type: 'DemandChanged',
      data: { orderId, lines: [mug(-3)], reason: notFound, undelivered: true, changedAt: now },
    };
    const begun = [reserved(mug(4)), allocated(mug(3))];
    const end = (...events: readonly ReservationEvent[]) => fold(decider, [...begun, ...events]).lines;
    expect(end(gone, left)).toEqual(end(left, gone));
    expect(end(gone, left).get('1')).toMatchObject({ wanted: 1, reserved: 1, allocated: 0, issued: 0 });
  });

  it('are booked where they are, what nobody had sent with them', () =>
    given()
      .when({
        type: 'RestockReturn',
        data: { orderId, shipmentId, gradingId: 'g1', location: 'LDN', sku: 'MUG', quantity: 2, disposition: 'quarantine', now },
      })
      .thenOnce({
        type: 'StockRestocked',
        data: {
          ...{ orderId, shipmentId, gradingId: 'g1', location: 'LDN', sku: 'MUG', quantity: 2, disposition: 'quarantine' },
          ...{ levels: levels({}), restockedAt: now },
        },
      }));
});

describe('a returned unit', () => {
  const restocked = (disposition: 'restock' | 'quarantine', level: object): ReservationEvent => ({
    type: 'StockRestocked',
    data: {
      orderId,
      returnId,
      gradingId: 'g1',
      location: 'LDN',
      sku: 'MUG',
      lineId: '1',
      quantity: 1,
      disposition,
      levels: levels(level),
      restockedAt: now,
    },
  });

  it('can be sold again at the location that received it', () =>
    given()
      .when(restock('restock'))
      .thenOnce(restocked('restock', { onHand: 11, available: 11 })));

  it('is there but cannot be sold in any other disposition', () =>
    given().when(restock('quarantine')).thenOnce(restocked('quarantine', {})));
  it('is not booked when it never came', () => given().when(restock('missing')).thenNothing());
  it('waits for its location to be known', () => specWith([]).given().when(restock('restock')).thenRefused('LOCATION_UNKNOWN'));
});
