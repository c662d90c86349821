import { differencesOf, type OrderHere, type OrderThere } from './channel-differences';
import { counted, startOf, type Units } from './lines';

interface Here {
  readonly shipped?: number;
  readonly cancelled?: number;
  readonly ended?: boolean;
}

/** An order of three units of line 1. */
const placedOrder = ({ shipped = 0, cancelled = 0, ended = false }: Here): OrderHere => {
  const of = (quantity: number): Units => [{ lineId: '1', quantity }];
  const progress = counted(counted(startOf(of(3)), 'shipped', of(shipped)), 'cancelled', of(cancelled));
  return { progress, ...(ended ? { ended: { as: 'cancelled', at: '' } } : {}) };
};

const there = (more: Partial<OrderThere> = {}): OrderThere => ({
  ...{ externalOrderId: 'MX-1', changedAt: '2026-11-27T10:00:00.000Z', cancelled: false },
  lines: [{ lineId: '1', quantity: 3, shipped: 0 }],
  refunded: 0,
  ...more,
});
const none = { told: 0, heard: 0, charged: 900, currency: 'EUR' };
const of = (state: Parameters<typeof placedOrder>[0], more: Partial<OrderThere> = {}, money: Partial<typeof none> = {}) =>
  differencesOf(placedOrder(state), there(more), { ...none, ...money });
const kinds = (...args: Parameters<typeof of>) => of(...args).map(({ kind }) => kind);

describe('an order here and at its channel', () => {
  it('agrees where both say the same, and where the channel does not say', () => {
    expect(of({})).toEqual([]);
    expect(of({ shipped: 2 }, { lines: [{ lineId: '1', quantity: 3 }], refunded: undefined })).toEqual([]);
    expect(of({ shipped: 2 }, { lines: undefined })).toEqual([]);
  });

  it('disagrees about what was sent, by units and on which side there is more', () => {
    expect(of({ shipped: 2 }, { lines: [{ lineId: '1', quantity: 3, shipped: 1 }] })).toEqual([
      { kind: 'shipped-here', here: 2, there: 1, lines: [{ lineId: '1', here: 2, there: 1 }] },
    ]);
    expect(of({ shipped: 1 }, { lines: [{ lineId: '1', quantity: 3, shipped: 3 }] })).toEqual([
      { kind: 'shipped-there', here: 1, there: 3, lines: [{ lineId: '1', here: 1, there: 3 }] },
    ]);
  });

  it('disagrees about what is sold still, also of lines that only one side has', () => {
    expect(of({ cancelled: 1 })).toEqual([{ kind: 'quantity', here: 2, there: 3, lines: [{ lineId: '1', here: 2, there: 3 }] }]);
    expect(of({}, { lines: [{ lineId: '2', quantity: 1, shipped: 0 }] })).toEqual([
      {
        kind: 'quantity',
        here: 3,
        there: 1,
        lines: [
          { lineId: '1', here: 3, there: 0 },
          { lineId: '2', here: 0, there: 1 },
        ],
      },
    ]);
  });

  it('that is cancelled as a whole on one side disagrees by that, and not by its lines', () => {
    expect(of({}, { cancelled: true, lines: [{ lineId: '1', quantity: 0, shipped: 0 }] })).toEqual([
      { kind: 'cancelled-there', here: 3, there: 0, lines: [{ lineId: '1', here: 3, there: 0 }] },
    ]);
    expect(of({ cancelled: 3, ended: true })).toEqual([
      { kind: 'cancelled-here', here: 0, there: 3, lines: [{ lineId: '1', here: 0, there: 3 }] },
    ]);
    expect(kinds({ cancelled: 3, ended: true }, { cancelled: true })).toEqual([]);
    expect(kinds({ cancelled: 3, ended: true }, { lines: [{ lineId: '1', quantity: 0 }] })).toEqual([]);
  });

  it('disagrees about money that the channel gave and never told of, or was told to give and has not', () => {
    expect(of({}, { refunded: 300 })).toEqual([{ kind: 'refunded', here: 0, there: 300, lines: [], currency: 'EUR' }]);
    expect(of({}, { refunded: 100 }, { told: 300, heard: 100 })).toEqual([
      { kind: 'refunded', here: 300, there: 100, lines: [], currency: 'EUR' },
    ]);
    for (const money of [
      { told: 300, heard: 300 },
      { told: 0, heard: 300 },
    ])
      expect(kinds({}, { refunded: 300 }, money)).toEqual([]);
  });

  it('disagrees about what its customer pays, as long as all of it is sold on both sides', () => {
    expect(of({}, { charged: 950 })).toEqual([{ kind: 'charged', here: 900, there: 950, lines: [], currency: 'EUR' }]);
    expect(kinds({}, { charged: 900 })).toEqual([]);
    expect(kinds({ cancelled: 1 }, { charged: 600, lines: [{ lineId: '1', quantity: 2, shipped: 0 }] })).toEqual([]);
    expect(kinds({}, { charged: 600, lines: [{ lineId: '1', quantity: 2, shipped: 0 }] })).toEqual(['quantity']);
    expect(kinds({ cancelled: 3, ended: true }, { cancelled: true, charged: 1 })).toEqual([]);
    expect(kinds({}, { charged: 950, lines: undefined })).toEqual(['charged']);
  });

  it('disagrees about the currency by itself, and then about no amount', () => {
    expect(of({}, { charged: 900, refunded: 100, currency: 'GBP' })).toEqual([
      { kind: 'currency', here: 900, there: 900, lines: [], currency: 'EUR', currencyThere: 'GBP' },
    ]);
    expect(kinds({}, { charged: 900, refunded: 0, currency: 'EUR' })).toEqual([]);
  });
});
