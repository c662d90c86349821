import { Refused } from '@cartage/eventsourcing';
import { decideStock, type StockCommand } from './adjusting';
import { openBook, type StockBook } from './book';
import { recount } from './closing';
import { movementsOf } from './movement';
import { promiseOf } from './promise';
import { divide } from './shortage';
import { atpOf, heldBack, type NetworkStock, type Stock } from './stock';

const now = '2026-11-23T09:15:30.000Z';
const cell = { sku: 'MUG', location: 'LDN' };
const here = (more: Partial<Stock> = {}): Stock => ({
  ...cell,
  active: true,
  revision: 4,
  onHand: 10,
  allocated: 2,
  safetyStock: 0,
  unavailable: 0,
  ...more,
});
const everywhere = (more: Partial<NetworkStock> = {}): NetworkStock => ({
  sku: 'MUG',
  onHand: 10,
  allocated: 2,
  reserved: 3,
  safetyStock: 0,
  ...more,
});
const bookOf = (stock = here(), network = everywhere()): StockBook => openBook({ stock: [stock], network: [network] });
const receive = (quantity: number): StockCommand => ({ type: 'ReceiveStock', data: { ...cell, quantity, reference: 'PO-1', now } });
const adjust = (quantity: number): StockCommand => ({ type: 'AdjustStock', data: { ...cell, quantity, cause: 'count', now } });
const holdBack = (safetyStock: number): StockCommand => ({ type: 'HoldBackStock', data: { ...cell, safetyStock, now } });
const level = { ...cell, revision: 5, onHand: 10, allocated: 2, safetyStock: 0, available: 8 };

const refusal = (attempt: () => unknown): string => {
  try {
    return `no refusal, but ${JSON.stringify(attempt())}`;
  } catch (error) {
    if (error instanceof Refused) return error.code;
    throw error;
  }
};

describe('stock at a location', () => {
  it('grows by what comes in', () =>
    expect(decideStock(receive(5), bookOf())).toEqual([
      {
        type: 'StockReceived',
        data: { ...cell, quantity: 5, reference: 'PO-1', levels: [{ ...level, onHand: 15, available: 13 }], receivedAt: now },
      },
    ]));

  it('falls by a loss of units that nobody has a claim on', () =>
    expect(decideStock(adjust(-5), bookOf())).toEqual([
      {
        type: 'StockAdjusted',
        data: { ...cell, quantity: -5, cause: 'count', levels: [{ ...level, onHand: 5, available: 3 }], adjustedAt: now },
      },
    ]));

  it('falls by a loss of units that are promised to orders, too', () => expect(decideStock(adjust(-9), bookOf())).toHaveLength(1));
  it('refuses to lose more than is there', () => expect(refusal(() => decideStock(adjust(-11), bookOf()))).toBe('STOCK_INSUFFICIENT'));
  it('refuses more than can be counted', () =>
    expect(refusal(() => decideStock(receive(1_000_000_000), bookOf()))).toBe('STOCK_TOO_LARGE'));

  it('holds units back from promises, as far as they are there', () =>
    expect(decideStock(holdBack(20), bookOf())).toEqual([
      {
        type: 'SafetyStockChanged',
        data: { ...cell, safetyStock: 20, levels: [{ ...level, safetyStock: 8, available: 0 }], changedAt: now },
      },
    ]));

  it('has nothing to change when as much is held back already', () =>
    expect(decideStock(holdBack(4), bookOf(here({ safetyStock: 4 })))).toEqual([]));
});

describe('stock over the network', () => {
  it('loses nothing to a location that should hold back more than it has', () => {
    const book = openBook({ stock: [here({ onHand: 0, allocated: 0 })], network: [everywhere({ onHand: 5, allocated: 0, reserved: 0 })] });
    for (const movement of decideStock(holdBack(9), book).flatMap(movementsOf)) book.enter(movement);
    expect(book.promisable('MUG')).toBe(5);
  });

  it('enters in the ledger what a receipt adds, and what of it is held back at once', () => {
    const book = bookOf(here({ safetyStock: 12 }), everywhere({ safetyStock: 8 }));
    expect(
      decideStock(receive(5), book)
        .flatMap(movementsOf)
        .map((movement) => book.enter(movement)),
    ).toEqual([{ ...cell, inNetwork: true, onHand: 5, reserved: 0, allocated: 0, safetyStock: 4, unavailable: 0, atp: -2 }]);
    expect(book.changed()).toEqual({
      stock: [{ ...here({ safetyStock: 12 }), onHand: 15, revision: 5 }],
      network: [everywhere({ onHand: 15, safetyStock: 12 })],
      supply: [],
    });
  });

  it('is not moved by a location that is closed', () => {
    const book = bookOf(here({ active: false }));
    expect(book.enter({ ...cell, onHand: 5 })).toMatchObject({ inNetwork: false, atp: 5 });
    expect(book.changed().network).toEqual([]);
  });

  it('can promise what is on hand without claims and safety stock, and never less than nothing', () => {
    const lost = everywhere({ reserved: 8, safetyStock: 3 });
    expect(atpOf(lost)).toBe(-3);
    expect(openBook({ stock: [], network: [lost] }).promisable('MUG')).toBe(0);
  });

  it('moves no row that was not locked', () => expect(() => bookOf().enter({ sku: 'CUP', reserved: 1 })).toThrow('without being locked'));
});

describe('opening and closing a location', () => {
  const idle = here({ allocated: 0, safetyStock: 4 });

  it('takes its stock out of the network, and puts it back', () => {
    const book = bookOf(idle, everywhere({ onHand: 15, allocated: 0, safetyStock: 4 }));
    expect(recount([idle], false, book)).toEqual([{ sku: 'MUG', onHand: -10, allocated: -0, safetyStock: -heldBack(idle) }]);
    expect(recount([idle], true, book)).toEqual([{ sku: 'MUG', onHand: 10, allocated: 0, safetyStock: 4 }]);
  });

  it.each([
    ['its stock is allocated', here(), everywhere({ onHand: 100 })],
    ['orders are promised what only it has', idle, everywhere({ allocated: 0 })],
  ])('is refused while %s', (_, row, network) =>
    expect(refusal(() => recount([row], false, bookOf(row, network)))).toBe('LOCATION_CLAIMED'),
  );
});

describe('check and claim', () => {
  const lines = [
    { lineId: '1', sku: 'MUG', quantity: 3 },
    { lineId: '2', sku: 'MUG', quantity: 3 },
  ];

  it.each([5, 6])('agree for two lines of one SKU when %i units can be had', (units) => {
    const network = everywhere({ onHand: units, allocated: 0, reserved: 0 });
    const claimed = divide(lines, openBook({ stock: [], network: [network] }).promisable).short.length === 0;
    expect(promiseOf(lines, () => network)).toEqual([{ sku: 'MUG', requested: 6, available: units, promisable: claimed }]);
    expect(claimed).toBe(units === 6);
  });
});
