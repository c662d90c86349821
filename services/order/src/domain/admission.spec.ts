import type { OrderLine } from '@cartage/contracts';
import fc from 'fast-check';
import { admitted, type CatalogueEntry } from './admission';

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
const price = { list: 'base', validFrom: '2026-01-01T00:00:00Z', unitPrice: 1_000 };
const catalogue = new Map<string, CatalogueEntry>(
  [
    { sku: 'A', status: 'active', prices: [price, { ...price, list: 'gb', country: 'GB', unitPrice: 900 }] },
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
  it('and says which list each price is from', () =>
    expect(admit([line('A', 1_000), line('FREE', 5)])).toEqual({
      lines: [{ ...line('A', 1_000), priceList: 'base' }, line('FREE', 5)],
      faults: [],
    }));

  it('by where the goods go', () => expect(admit([line('A', 900)], 'GB').lines[0]?.priceList).toBe('gb'));

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
