import type { KitPart, LineQuantity } from '@cartage/contracts';
import { specFor } from '@cartage/eventsourcing';
import { openBook, Unlocked } from './book';
import type { ReservationEvent } from './events';
import { movementsOf } from './movement';
import { promiseOf } from './promise';
import type { ReservationCommand } from './reservation-command';
import { reservationOn } from './reserving';
import type { NetworkStock, Stock } from './stock';

const now = '2026-11-23T09:15:30.000Z';
const orderId = '0199a3c4-7b1e-7c3d-9f2a-000000000001';
const reservationId = '0199a3c4-7b1e-7c3d-9f2a-000000000002';
const fulfillmentId = '0199a3c4-7b1e-7c3d-9f2a-000000000003';
const base = { orderId, reservationId, now };
const by = { code: 'customer', by: 'customer' } as const;

const parts: readonly KitPart[] = [
  { sku: 'LAMP', quantity: 1, share: 3 },
  { sku: 'BULB', quantity: 2, share: 1 },
];
const sum = (sku: string, onHand: number, more: Partial<NetworkStock> = {}): NetworkStock => ({
  ...{ sku, onHand, allocated: 0, reserved: 0, safetyStock: 0 },
  ...more,
});
const set = (kit: readonly KitPart[] = parts): NetworkStock => ({ ...sum('SET', 0), kit });
const at = (sku: string, onHand: number, allocated = 0): Stock => ({
  ...{ sku, location: 'LDN', active: true, revision: 1, onHand, allocated, safetyStock: 0, unavailable: 0 },
});
const with3Lamps7Bulbs = [at('LAMP', 3), at('BULB', 7)];
const bookOf = (network: readonly NetworkStock[], stock: readonly Stock[] = with3Lamps7Bulbs) => openBook({ network, stock });
const usual = [sum('LAMP', 3), sum('BULB', 7), set()];
const { given } = specFor(reservationOn(bookOf(usual)));

/** As it is asked for, and as it is claimed. */
const asked = (quantity: number, lineId = '1'): LineQuantity => ({ lineId, sku: 'SET', quantity });
const sets = (quantity: number, lineId = '1'): LineQuantity => ({ ...asked(quantity, lineId), parts });
const bulbs = (quantity: number): LineQuantity => ({ lineId: '2', sku: 'BULB', quantity });
const place = (...lines: LineQuantity[]): ReservationCommand => ({ type: 'ReserveStock', data: { ...base, lines } });
const reserved = (...lines: LineQuantity[]): ReservationEvent => ({
  type: 'StockReserved',
  data: { orderId, reservationId, lines, reservedAt: now },
});
const allocated = (...lines: LineQuantity[]): ReservationEvent => ({
  type: 'StockAllocated',
  data: { orderId, fulfillmentId, location: 'LDN', lines, levels: [], allocatedAt: now },
});
const short = (requested: number, available: number): ReservationEvent => ({
  type: 'StockShort',
  data: { orderId, short: [{ lineId: '1', sku: 'SET', requested, available, parts }], decidedAt: now },
});

describe('rows of parts that nobody locked', () => {
  const all = Array.from({ length: 12 }, (_, i) => `P${i}`);
  const kitOf = (...skus: readonly string[]): readonly KitPart[] => skus.map((sku) => ({ sku, quantity: 1, share: 1 }));
  const missing = (work: () => unknown): readonly string[] => {
    try {
      work();
      return [];
    } catch (error) {
      if (error instanceof Unlocked) return error.cells.map(({ sku }) => sku);
      throw error;
    }
  };
  const kits = all.map((sku) => ({ ...sum(`${sku}-SET`, 0), kit: kitOf(sku) }));

  it('are asked for all at once, of however many kits an order is', () => {
    const lines = all.map((sku, i) => ({ lineId: String(i), sku: `${sku}-SET`, quantity: 1 }));
    const rules = reservationOn(bookOf(kits, []));
    expect(missing(() => rules.decide(place(...lines), rules.initial))).toEqual(all);
  });

  it('are asked for all at once, of however many parts a kit is that is booked back', () => {
    const rules = reservationOn(bookOf([{ ...set(kitOf(...all)) }], []));
    const back = { gradingId: 'g', location: 'LDN', sku: 'SET', quantity: 1, disposition: 'restock' };
    expect(missing(() => rules.decide({ type: 'RestockReturn', data: { ...back, orderId, now } }, rules.initial))).toEqual(all);
  });
});

describe('a line of a kit', () => {
  it('claims all of its parts, and says what they are', () => {
    given()
      .when(place(asked(3)))
      .thenOnce(reserved(sets(3)));
    expect(movementsOf(reserved(sets(3)))).toEqual([
      { sku: 'LAMP', reserved: 3 },
      { sku: 'BULB', reserved: 6 },
    ]);
  });

  it('claims none of them where one is missing, and waits', () =>
    given()
      .when(place(asked(4)))
      .thenOnce(short(4, 3)));

  it('shares its parts with other lines: together they must find stock', () => {
    given()
      .when(place(bulbs(2), asked(3)))
      .thenOnce(reserved(bulbs(2)), short(3, 2));
    given()
      .when(place(asked(3), bulbs(2)))
      .thenOnce(reserved(sets(3)), {
        type: 'StockShort',
        data: { orderId, short: [{ lineId: '2', sku: 'BULB', requested: 2, available: 1 }], decidedAt: now },
      });
  });

  it('stays made of what it was made of when it was first asked for', () => {
    const anew = specFor(
      reservationOn(
        bookOf([sum('LAMP', 3, { reserved: 1 }), sum('BULB', 7, { reserved: 2 }), set([{ sku: 'WICK', quantity: 1, share: 1 }])]),
      ),
    );
    anew
      .given(reserved(sets(1)))
      .when({ type: 'ChangeDemand', data: { ...base, lines: [asked(1)], reason: by } })
      .then({ type: 'DemandChanged', data: { orderId, lines: [sets(1)], reason: by, changedAt: now } }, reserved(sets(1)));
  });

  it('is not judged before the rows of its parts are locked', () => {
    const locked = reservationOn(bookOf([set()], []));
    expect(() => locked.decide(place(asked(1)), locked.initial)).toThrow(Unlocked);
  });

  it('is filled when the last of its parts comes', () => {
    given(short(3, 2))
      .when({ type: 'OfferStock', data: base })
      .thenOnce({ type: 'StockReserved', data: { orderId, reservationId, lines: [sets(3)], waited: true, reservedAt: now } });
  });
});

describe('a kit at a location', () => {
  const allocate: ReservationCommand = { type: 'AllocateStock', data: { orderId, fulfillmentId, location: 'LDN', lines: [asked(2)], now } };

  it('is allocated there with all of its parts', () =>
    given(reserved(sets(2)))
      .when(allocate)
      .thenOnce({
        type: 'StockAllocated',
        data: {
          ...{ orderId, fulfillmentId, location: 'LDN', lines: [sets(2)], allocatedAt: now },
          levels: [
            { sku: 'LAMP', location: 'LDN', revision: 2, onHand: 3, allocated: 2, safetyStock: 0, available: 1 },
            { sku: 'BULB', location: 'LDN', revision: 2, onHand: 7, allocated: 4, safetyStock: 0, available: 3 },
          ],
        },
      }));

  it('or not at all', () =>
    specFor(reservationOn(bookOf(usual, [at('LAMP', 3), at('BULB', 3)])))
      .given(reserved(sets(2)))
      .when(allocate)
      .thenOnce({
        type: 'AllocationRefused',
        data: {
          ...{ orderId, fulfillmentId, location: 'LDN', levels: [], refusedAt: now },
          short: [{ lineId: '1', sku: 'SET', parts, requested: 2, available: 1 }],
        },
      }));

  it('misses all of it where a part is lost', () => {
    const book = bookOf([sum('LAMP', 3, { reserved: 2 }), sum('BULB', 4, { reserved: 4 }), set()]);
    specFor(reservationOn(book))
      .given(reserved(sets(2)))
      .when({ type: 'LoseStock', data: { orderId, sku: 'BULB', quantity: 1, now } })
      .then({
        type: 'StockReleased',
        data: {
          orderId,
          reservationId,
          lines: [sets(1)],
          reason: { code: 'stock-lost', detail: 'The units are not there.', by: 'system' },
          releasedAt: now,
        },
      });
  });

  it('leaves it part by part', () => {
    const issued: ReservationEvent = {
      type: 'StockIssued',
      data: { orderId, fulfillmentId, shipmentId: 's', location: 'LDN', lines: [sets(2)], levels: [], issuedAt: now },
    };
    expect(movementsOf(issued)).toEqual([
      { sku: 'LAMP', location: 'LDN', onHand: -2, allocated: -2 },
      { sku: 'BULB', location: 'LDN', onHand: -4, allocated: -4 },
    ]);
  });
});

describe('a kit that comes back', () => {
  const back = (sku: string, quantity: number): ReservationCommand => ({
    type: 'RestockReturn',
    data: { orderId, returnId: 'r', gradingId: 'g', lineId: '1', location: 'LDN', disposition: 'restock', sku, quantity, now },
  });
  const restocked = (sku: string, quantity: number, onHand: number): ReservationEvent => ({
    type: 'StockRestocked',
    data: {
      ...{ orderId, returnId: 'r', gradingId: 'g', lineId: '1', location: 'LDN', disposition: 'restock', sku, quantity, restockedAt: now },
      levels: [{ sku, location: 'LDN', revision: 2, onHand, allocated: 0, safetyStock: 0, available: onHand }],
    },
  });

  it('is booked part by part', () =>
    given(reserved(sets(2)), allocated(sets(2)))
      .when(back('SET', 2))
      .thenOnce(restocked('LAMP', 2, 5), restocked('BULB', 4, 11)));

  it('may be one of its parts', () =>
    given(reserved(sets(2)), allocated(sets(2)))
      .when(back('BULB', 1))
      .thenOnce(restocked('BULB', 1, 8)));
});

describe('what can be promised of a kit', () => {
  const networkOf = (sku: string) => usual.find((row) => row.sku === sku);
  it('is what its shortest part makes', () =>
    expect(promiseOf([asked(4)], networkOf)).toEqual([{ sku: 'SET', requested: 4, available: 3, promisable: false }]));
  it('is what the lines before it leave', () =>
    expect(promiseOf([bulbs(3), asked(3)], networkOf)).toEqual([
      { sku: 'BULB', requested: 3, available: 7, promisable: true },
      { sku: 'SET', requested: 3, available: 2, promisable: false },
    ]));
});
