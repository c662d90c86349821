import type { LineQuantity } from '@cartage/contracts';
import { specFor } from '@cartage/eventsourcing';
import { openBook } from './book';
import type { ReservationEvent } from './events';
import type { ReservationCommand } from './reservation-command';
import { reservationOn } from './reserving';
import type { NetworkStock } from './stock';

const now = '2026-11-23T09:15:30.000Z';
const orderId = '0199a3c4-7b1e-7c3d-9f2a-000000000001';
const reservationId = '0199a3c4-7b1e-7c3d-9f2a-000000000002';
const fulfillmentId = '0199a3c4-7b1e-7c3d-9f2a-000000000003';
const reason = { code: 'not-wanted-any-more', by: 'customer' } as const;

const mug = (quantity: number, lineId = '1'): LineQuantity => ({ lineId, sku: 'MUG', quantity });
const network = (more: Partial<NetworkStock> = {}): NetworkStock => ({
  sku: 'MUG',
  onHand: 10,
  allocated: 0,
  reserved: 0,
  safetyStock: 0,
  ...more,
});
const shelf = { sku: 'MUG', location: 'LDN', active: true, revision: 1, onHand: 10, allocated: 4, safetyStock: 0, unavailable: 0 };
const specWith = (sum: NetworkStock) => specFor(reservationOn(openBook({ stock: [shelf], network: [sum] })));
const { given } = specWith(network());

const change = (...lines: LineQuantity[]): ReservationCommand => ({
  type: 'ChangeDemand',
  data: { orderId, reservationId, lines, reason, now },
});
const end: ReservationCommand = { type: 'EndDemand', data: { orderId, reservationId, reason, now } };
const offer: ReservationCommand = { type: 'OfferStock', data: { orderId, reservationId, now } };
const split = (...lineIds: readonly string[]): ReservationCommand => ({
  type: 'SplitShortage',
  data: { orderId, reservationId, lineIds, now },
});
const letGo: ReservationCommand = { type: 'ReleaseAllocation', data: { orderId, reservationId, fulfillmentId, reason, now } };

const wanted = (...lines: LineQuantity[]): ReservationEvent => ({
  type: 'DemandChanged',
  data: { orderId, lines, reason, changedAt: now },
});
const ended = (...lines: LineQuantity[]): ReservationEvent => ({
  type: 'DemandChanged',
  data: { orderId, lines, ended: true, reason, changedAt: now },
});
const reserved = (...lines: LineQuantity[]): ReservationEvent => ({
  type: 'StockReserved',
  data: { orderId, reservationId, lines, reservedAt: now },
});
/** Of a line that waited. */
const filled = (...lines: LineQuantity[]): ReservationEvent => ({
  type: 'StockReserved',
  data: { orderId, reservationId, lines, waited: true, reservedAt: now },
});
const released = (lines: LineQuantity[], why: typeof reason | { code: 'not-wanted'; by: 'system' } = reason): ReservationEvent => ({
  type: 'StockReleased',
  data: { orderId, reservationId, reason: why, lines, releasedAt: now },
});
const short = (requested: number, available: number, lineId = '1'): ReservationEvent => ({
  type: 'StockShort',
  data: { orderId, short: [{ lineId, sku: 'MUG', requested, available }], decidedAt: now },
});
const allocated = (...lines: LineQuantity[]): ReservationEvent => ({
  type: 'StockAllocated',
  data: { orderId, fulfillmentId, location: 'LDN', lines, levels: [], allocatedAt: now },
});
const level = { sku: 'MUG', location: 'LDN', revision: 2, onHand: 10, allocated: 0, safetyStock: 0, available: 10 };
const cameBack = (...lines: LineQuantity[]): ReservationEvent => ({
  type: 'AllocationReleased',
  data: { orderId, fulfillmentId, location: 'LDN', lines, reason, levels: [level], releasedAt: now },
});

describe('units that are not wanted any more', () => {
  it('are given back at once while they are reserved', () =>
    given(reserved(mug(4)))
      .when(change(mug(-3)))
      .then(wanted(mug(-3)), released([mug(3)])));

  it('are given back by line: the rest stays reserved', () =>
    given(reserved(mug(4), mug(2, '2')))
      .when(change(mug(-4)))
      .then(wanted(mug(-4)), released([mug(4)])));

  it('stay allocated until their location lets go of them', () =>
    given(reserved(mug(4)), allocated(mug(4)))
      .when(change(mug(-3)))
      .then(wanted(mug(-3))));

  it('are given back as soon as they come back from their location, whichever was told first', () => {
    given(reserved(mug(4)), allocated(mug(4)), wanted(mug(-3)))
      .when(letGo)
      .thenOnce(cameBack(mug(4)), released([mug(3)], { code: 'not-wanted', by: 'system' }));
    given(reserved(mug(4)), allocated(mug(4)), cameBack(mug(4)))
      .when(change(mug(-3)))
      .then(wanted(mug(-3)), released([mug(3)]));
  });

  it('wait for nothing', () =>
    given(short(12, 10))
      .when(change(mug(-12)))
      .then(wanted(mug(-12))));

  it('may leave a line that fits now', () =>
    given(short(12, 10))
      .when(change(mug(-3)))
      .then(wanted(mug(-3)), filled(mug(9))));

  it('are not known yet before the order is', () =>
    given()
      .when(change(mug(-1)))
      .thenRefused('RESERVATION_UNKNOWN'));
});

describe('more units', () => {
  it('are reserved beside those that are', () =>
    given(reserved(mug(4)), allocated(mug(4)))
      .when(change(mug(2), mug(1, '2')))
      .then(wanted(mug(2), mug(1, '2')), reserved(mug(2), mug(1, '2'))));

  it('wait if they are not there; what was reserved stays', () =>
    given(reserved(mug(4)))
      .when(change(mug(11)))
      .then(wanted(mug(11)), short(11, 10)));

  it('wait together with those of the line that wait already', () =>
    given(short(12, 10))
      .when(change(mug(2)))
      .then(wanted(mug(2)), short(14, 10)));

  it('may be those that another line of the order gives back by the same edit', () =>
    specWith(network({ reserved: 10 }))
      .given(reserved(mug(10)))
      .when(change(mug(-4), mug(4, '2')))
      .then(wanted(mug(-4), mug(4, '2')), released([mug(4)]), reserved(mug(4, '2'))));
});

describe('stock that comes in', () => {
  it('is reserved for a line that waits, whole', () =>
    given(short(10, 3))
      .when(offer)
      .thenOnce(filled(mug(10))));
  it('is not taken in part', () => given(short(11, 3)).when(offer).thenNothing());
  it('is nothing to an order that does not wait', () =>
    given(reserved(mug(1)))
      .when(offer)
      .thenNothing());
});

describe('a shortage that is split', () => {
  it('reserves the units that are there; the rest waits', () =>
    given(short(12, 10))
      .when(split('1'))
      .then({ type: 'ShortageSplit', data: { orderId, lineIds: ['1'], splitAt: now } }, filled(mug(10))));

  it('reserves the rest when it comes', () =>
    given(short(12, 10), reserved(mug(10)))
      .when(offer)
      .thenOnce(filled(mug(2))));

  it('reserves nothing where nothing is', () =>
    specWith(network({ onHand: 0 }))
      .given(short(12, 0))
      .when(split('1'))
      .then({ type: 'ShortageSplit', data: { orderId, lineIds: ['1'], splitAt: now } }));

  it('of many lines at once gives no unit to two of them', () =>
    given({
      type: 'StockShort',
      data: { orderId, short: ['1', '2'].map((lineId) => ({ lineId, sku: 'MUG', requested: 8, available: 0 })), decidedAt: now },
    })
      .when(split('1', '2', '1', '3'))
      .then({ type: 'ShortageSplit', data: { orderId, lineIds: ['1', '2', '1', '3'], splitAt: now } }, filled(mug(8), mug(2, '2'))));
});

describe('an order that is cancelled', () => {
  it('gives back whatever is left, and wants nothing any more', () =>
    given(reserved(mug(4), mug(2, '2')), wanted(mug(-4)), released([mug(4)]))
      .when(end)
      .thenOnce(ended(mug(-2, '2')), released([mug(2, '2')])));

  it('gives back what is allocated once its location lets go of it', () => {
    given(reserved(mug(4)), allocated(mug(4)))
      .when(end)
      .thenOnce(ended(mug(-4)));
    given(reserved(mug(4)), allocated(mug(4)), ended(mug(-4)))
      .when(letGo)
      .thenOnce(cameBack(mug(4)), released([mug(4)], { code: 'not-wanted', by: 'system' }));
  });

  it('waits no more', () =>
    given(short(12, 10), ended(mug(-12)))
      .when(offer)
      .thenNothing());
  it('takes no edit', () =>
    given(reserved(mug(4)), ended(mug(-4)), released([mug(4)]))
      .when(change(mug(1)))
      .thenNothing());
  it('is not known yet before it was placed', () => given().when(end).thenRefused('RESERVATION_UNKNOWN'));
});
