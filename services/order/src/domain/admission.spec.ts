import type { OrderLine } from '@cartage/contracts';
import fc from 'fast-check';
import { admitted, listsAt, type CatalogueEntry } from './admission';
import { order } from './order';
import { id, occasion, placing } from './order.fixture';

const at = '2026-11-27T12:00:00.000Z';
const line = (sku: string, unitPrice: number): OrderLine => ({
  lineId: '1',
  sku,
  quantity: 1,
  unitPrice,
  discounts: [],
  taxLines: [],
  total: unitPrice,
  shipGroupId: 'g',
});
const price = { list: 'base', revision: 3, validFrom: '2026-01-01T00:00:00Z', unitPrice: 1_000 };
const catalogue = new Map<string, CatalogueEntry>(
  [
    { sku: 'A', status: 'active', prices: [price, { ...price, list: 'gb', revision: 1, country: 'GB', unitPrice: 900 }] },
    { sku: 'FREE', status: 'discontinued', prices: [] },
    { sku: 'B', status: 'blocked', prices: [price] },
    { sku: 'ONLY-PRICED', prices: [price] },
  ].map((entry) => [entry.sku, entry]),
);
const admit = (lines: readonly OrderLine[], country = 'DE', percent = 0) =>
  admitted(
    { channel: 'web', lines, shipGroups: [{ shipGroupId: 'g', method: 'ship', destination: { country }, charge: 0, taxLines: [] }] },
    catalogue,
    { at, tolerance: { percent } },
  );

describe('an order is compared with the catalogue', () => {
  it('and says which list each price is from, and its version', () =>
    expect(admit([line('A', 1_000), line('FREE', 5)])).toEqual({
      lines: [{ ...line('A', 1_000), priceList: 'base@3' }, line('FREE', 5)],
      faults: [],
    }));

  it('by where the goods go', () => expect(admit([line('A', 900)], 'GB').lines[0]?.priceList).toBe('gb@1'));

  it.each([
    ['SKU_UNKNOWN', 'lines[0].sku', line('NONE', 1)],
    ['SKU_UNKNOWN', 'lines[0].sku', line('ONLY-PRICED', 1_000)],
    ['SKU_BLOCKED', 'lines[0].sku', line('B', 1_000)],
    ['PRICE_MISMATCH', 'lines[0].unitPrice', line('A', 999)],
    ['PRICE_MISMATCH', 'lines[0].unitPrice', line('A', 0)],
  ])('and %s is told at %s', (code, field, wrong) => expect(admit([wrong]).faults).toMatchObject([{ code, field }]));

  it('within the tolerance, and not beyond', () =>
    fc.assert(
      fc.property(fc.integer({ min: 0, max: 3_000 }), fc.integer({ min: 0, max: 100 }), (told, percent) =>
        expect(admit([line('A', told)], 'DE', percent).faults.length).toBe(Math.abs(told - 1_000) <= percent * 10 ? 0 : 1),
      ),
    ));
});

describe('an edit of an order whose prices are compared', () => {
  const [lantern, mug] = placing.lines;
  const listed = { ...placing, lines: placing.lines.map((each) => ({ ...each, priceList: 'base@2' })) };
  const prices = [{ ...price, unitPrice: 300 }];
  const known = new Map(['LANTERN', 'MUG', 'CUP'].map((sku) => [sku, { sku, status: 'active', prices }]));
  const reason = { code: 'asked-for', by: 'operator' } as const;
  type Asked = Partial<Extract<Parameters<typeof order.decide>[0], { readonly type: 'EditOrder' }>['data']>;
  const edit = (asked: Asked) => {
    const state = order.evolve(order.initial, { type: 'OrderPlaced', data: listed });
    const listOf = listsAt(placing, known, { at, tolerance: { percent: 0 } });
    const [edited] = order.decide({ type: 'EditOrder', data: { ...occasion(), editId: id(72), reason, listOf, ...asked } }, state);
    if (edited?.type !== 'OrderEdited') throw new Error('Nothing was edited.');
    return edited.data.lines.map(({ after }) => [after?.sku, after?.unitPrice, after?.priceList]);
  };

  it('says by which list, as it is now, what is added or priced anew is sold, and of a price of its own none', () =>
    expect(
      edit({
        add: [
          { sku: 'CUP', quantity: 1, unitPrice: 300 },
          { sku: 'CUP', quantity: 1, unitPrice: 299 },
        ],
        change: [
          { lineId: '1', unitPrice: 300, tax: 0, discount: 0 },
          { lineId: '2', unitPrice: 1, tax: 0, discount: 0 },
        ],
      }),
    ).toEqual([
      ['LANTERN', 300, 'base@3'],
      ['MUG', 1, undefined],
      ['CUP', 300, 'base@3'],
      ['CUP', 299, undefined],
    ]));

  it('leaves a line to the version that it was sold by where its price stays, whether or not the price is said again', () =>
    expect(
      edit({
        change: [
          { lineId: '1', quantity: 1 },
          { lineId: '2', quantity: 1, unitPrice: mug?.unitPrice ?? 0 },
        ],
      }),
    ).toEqual([
      ['LANTERN', lantern?.unitPrice, 'base@2'],
      ['MUG', mug?.unitPrice, 'base@2'],
    ]));

  it('names none where nobody compares', () =>
    expect(edit({ listOf: undefined, add: [{ sku: 'CUP', quantity: 1, unitPrice: 300 }] })).toEqual([['CUP', 300, undefined]]));
});
