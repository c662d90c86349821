import { specFor } from '@cartage/eventsourcing';
import { openBook } from './book';
import type { ReservationEvent } from './events';
import { reservationOn } from './reserving';
import type { HandOverStock } from './reservation-command';

const now = '2026-11-23T10:00:00.000Z';
const orderId = 'o-1';
const stock = (onHand: number) =>
  openBook({
    network: [{ sku: 'MUG', onHand: 10, allocated: 0, reserved: 2, safetyStock: 0 }],
    stock: [
      { sku: 'MUG', location: 'LON-1', active: true, revision: 1, onHand, allocated: 0, safetyStock: 0, unavailable: 0 },
      { sku: 'MUG', location: 'LON-2', active: true, revision: 1, onHand: 10 - onHand, allocated: 0, safetyStock: 0, unavailable: 0 },
    ],
  });
const mugs = { lineId: '1', sku: 'MUG', quantity: 2 };
const ebook = { lineId: '2', sku: 'E-BOOK', quantity: 1, parts: [] };
const reserved: ReservationEvent = {
  type: 'StockReserved',
  data: { orderId, reservationId: 'r-1', lines: [mugs, ebook], reservedAt: now },
};
const handOver = (lines: HandOverStock['data']['lines'], location?: string): HandOverStock => ({
  type: 'HandOverStock',
  data: { orderId, handoverId: 'h-1', reservationId: 'r-2', lines, now, ...(location === undefined ? {} : { location }) },
});
const on = (onHand: number) => specFor(reservationOn(stock(onHand)));
const done = (lines: readonly object[]) => ({ type: 'StockHandedOver', data: { orderId, handoverId: 'h-1', lines, handedOverAt: now } });

describe('handing goods over', () => {
  it('takes them off the shelf of that store, and ends the claim on the network', () =>
    on(3)
      .given(reserved)
      .when(handOver([mugs], 'LON-1'))
      .thenOnce(
        {
          type: 'StockIssued',
          data: {
            ...{ orderId, fulfillmentId: 'h-1', shipmentId: 'h-1', location: 'LON-1', lines: [mugs], issuedAt: now },
            unallocated: [{ ...mugs, reserved: 2 }],
            levels: [{ sku: 'MUG', location: 'LON-1', revision: 2, onHand: 1, allocated: 0, safetyStock: 0, available: 1 }],
          },
        },
        done([mugs]) as ReservationEvent,
      ));

  it('is refused whole where the store does not have all of it', () =>
    on(1)
      .given(reserved)
      .when(handOver([mugs], 'LON-1'))
      .thenOnce({
        type: 'HandoverRefused',
        data: { orderId, handoverId: 'h-1', short: [{ lineId: '1', sku: 'MUG', requested: 2, available: 1 }], refusedAt: now },
      }));

  it('needs a place for what is counted', () =>
    on(3)
      .given(reserved)
      .when(handOver([mugs]))
      .then({
        type: 'HandoverRefused',
        data: { orderId, handoverId: 'h-1', short: [{ lineId: '1', sku: 'MUG', requested: 2, available: 0 }], refusedAt: now },
      }));

  it('takes nothing off any shelf for what is not counted', () =>
    on(0)
      .given(reserved)
      .when(handOver([{ lineId: '2', sku: 'E-BOOK', quantity: 1 }]))
      .thenOnce(done([ebook]) as ReservationEvent));

  it('is of an order that is known', () =>
    on(3)
      .given()
      .when(handOver([mugs], 'LON-1'))
      .thenRefused('RESERVATION_UNKNOWN'));
});

describe('what is not counted', () => {
  it('is reserved without any stock', () =>
    on(0)
      .given()
      .when({ type: 'ReserveStock', data: { orderId, reservationId: 'r-1', lines: [ebook], now } })
      .then({ type: 'StockReserved', data: { orderId, reservationId: 'r-1', lines: [ebook], reservedAt: now } }));
});
