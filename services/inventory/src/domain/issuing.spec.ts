import type { LineQuantity } from '@cartage/contracts';
import { specFor } from '@cartage/eventsourcing';
import { openBook } from './book';
import type { ReservationEvent } from './events';
import { foundBefore } from './issuing';
import { evolve, noReservation } from './reservation';
import type { ReservationCommand } from './reservation-command';
import { reservationOn } from './reserving';
import type { NetworkStock, Stock } from './stock';

const now = '2026-11-23T09:15:30.000Z';
const orderId = '0199a3c4-7b1e-7c3d-9f2a-000000000001';
const reservationId = '0199a3c4-7b1e-7c3d-9f2a-000000000002';
const fulfillmentId = '0199a3c4-7b1e-7c3d-9f2a-000000000003';
const shipmentId = '0199a3c4-7b1e-7c3d-9f2a-000000000004';
const lostReason = { code: 'stock-lost', by: 'system' } as const;

const mug = (quantity: number): LineQuantity => ({ lineId: '1', sku: 'MUG', quantity });
const bookOf = (here: Partial<Stock>, over: Partial<NetworkStock> = {}) => {
  const shelf = {
    sku: 'MUG',
    location: 'LDN',
    active: true,
    revision: 1,
    onHand: 5,
    allocated: 0,
    safetyStock: 0,
    unavailable: 0,
    ...here,
  };
  const sum = { sku: 'MUG', onHand: shelf.onHand, allocated: shelf.allocated, reserved: 0, safetyStock: 0, ...over };
  return openBook({ stock: [shelf], network: [sum] });
};

const of = { orderId, fulfillmentId, location: 'LDN' } as const;
const reserved: ReservationEvent = { type: 'StockReserved', data: { orderId, reservationId, lines: [mug(2)], reservedAt: now } };
const allocated: ReservationEvent = { type: 'StockAllocated', data: { ...of, lines: [mug(2)], levels: [], allocatedAt: now } };
/** So many of the two units were not at the location. */
const missed = (quantity: number): ReservationEvent => ({
  type: 'AllocationReleased',
  data: { ...of, lines: [mug(quantity)], reason: lostReason, levels: [], releasedAt: now },
});
/** Nor anywhere else. */
const lost = (quantity: number): readonly ReservationEvent[] => [
  missed(quantity),
  { type: 'StockReleased', data: { orderId, reservationId, reason: lostReason, lines: [mug(quantity)], releasedAt: now } },
  { type: 'StockShort', data: { orderId, short: [{ ...mug(quantity), requested: quantity, available: 0 }], decidedAt: now } },
];
const command = { orderId, reservationId, fulfillmentId, shipmentId, lines: [mug(2)], now };
const issue: ReservationCommand = { type: 'IssueStock', data: command };

const level = (onHand: number, claimed: number) => [
  { sku: 'MUG', location: 'LDN', revision: 2, onHand, allocated: claimed, safetyStock: 0, available: onHand - claimed },
];
const left = (units: number, had: number, levels: ReturnType<typeof level>): ReservationEvent => ({
  type: 'StockIssued',
  data: { ...of, shipmentId, lines: [mug(2)], unallocated: [{ ...mug(units), reserved: had }], levels, issuedAt: now },
});

describe('goods that left although a loss had been booked of them', () => {
  it('are booked, and end the reservation that the loss had left', () =>
    specFor(reservationOn(bookOf({ onHand: 5, allocated: 1 }, { reserved: 1 })))
      .given(reserved, allocated, missed(1))
      .when(issue)
      .thenOnce(left(1, 1, level(3, 0))));

  it('are booked, and the order waits for them no more', () =>
    specFor(reservationOn(bookOf({ onHand: 5, allocated: 1 })))
      .given(reserved, allocated, ...lost(1))
      .when(issue)
      .thenOnce({ type: 'StockReserved', data: { orderId, reservationId, lines: [mug(1)], reservedAt: now } }, left(1, 1, level(3, 0))));

  it('are booked, though the order wants them no more', () =>
    specFor(reservationOn(bookOf({ onHand: 5 })))
      .given(reserved, allocated, ...lost(2), {
        type: 'DemandChanged',
        data: { orderId, lines: [mug(-2)], ended: true, reason: { code: 'order-cancelled', by: 'customer' }, changedAt: now },
      })
      .when(issue)
      .thenOnce(left(2, 0, level(3, 0))));
});

describe('what the books must find first', () => {
  const states = [
    ['nothing while there is a unit that nobody has a claim on', [missed(1)], bookOf({ onHand: 2, allocated: 1 }, { reserved: 1 }), 0],
    ['the unit that they wrote off, where there is none', lost(1), bookOf({ onHand: 1, allocated: 1 }), 1],
    ['what the location has allocated to others', lost(1), bookOf({ onHand: 4, allocated: 4 }, { onHand: 9 }), 1],
    ['what others have reserved on the network', lost(1), bookOf({ onHand: 4, allocated: 1 }, { reserved: 3 }), 1],
    ['nothing for the network where the location is closed', lost(1), bookOf({ onHand: 1, active: false }, { onHand: 0, allocated: 0 }), 0],
  ] as const;
  it.each(states)('is %s', (_, facts, book, quantity) => {
    const state = [reserved, allocated, ...facts].reduce(evolve, noReservation);
    expect(foundBefore(command, state, book)).toEqual(quantity > 0 ? [{ sku: 'MUG', location: 'LDN', quantity }] : []);
  });

  it('is nothing for what was allocated', () => {
    const state = [reserved, allocated].reduce(evolve, noReservation);
    expect(foundBefore(command, state, bookOf({ onHand: 2, allocated: 2 }))).toEqual([]);
  });
});
