import fc from 'fast-check';
import { declaredAsExported, exportsNamed, type Exported } from './returned';

const goods = { description: 'Mug', hsCode: '691200', originCountry: 'CN' };
const line = (lineId: string, sku: string, [quantity, value]: readonly [number, number]) => ({
  ...{ lineId, sku, quantity, value, weightGrams: quantity * 300 },
  ...goods,
});
/** Four units of line 1 in two parcels, and two kits of line 2 by their parts. */
const exported: Exported = {
  shipmentId: 's-1',
  declaredAt: '2026-11-20T10:00:00.000Z',
  declaration: {
    ...{ from: 'GB', to: 'CH', currency: 'GBP' },
    parcels: [
      { parcelId: '1', document: 'cn22', weightGrams: 900, value: 3_000, lines: [line('1', 'MUG', [3, 3_000])] },
      {
        ...{ parcelId: '2', document: 'cn23', weightGrams: 2_400, value: 3_500 },
        lines: [line('1', 'MUG', [1, 1_001]), line('2', 'BULB', [4, 500]), line('2', 'LAMP', [2, 2_000])],
      },
    ],
  },
  parcels: [
    { parcelId: '1', trackingNumber: 'RM1', lines: [{ lineId: '1', sku: 'MUG', quantity: 3 }] },
    {
      ...{ parcelId: '2', trackingNumber: 'RM2' },
      lines: [
        { lineId: '1', sku: 'MUG', quantity: 1 },
        { lineId: '2', sku: 'KIT', quantity: 2 },
      ],
    },
  ],
};
const back = (lineId: string, sku: string, quantity: number) =>
  declaredAsExported({ lineId, sku, quantity }, [exported]).map((each) => [each.sku, each.quantity, each.value, each.weightGrams]);

describe('goods that come back across a border', () => {
  it('are declared as they left, for their share of what all of them were declared at', () => {
    expect(back('1', 'MUG', 4)).toEqual([['MUG', 4, 4_001, 1_200]]);
    expect(back('1', 'MUG', 1)).toEqual([['MUG', 1, 1_000, 300]]);
    expect(declaredAsExported({ lineId: '1', sku: 'MUG', quantity: 1 }, [exported])).toMatchObject([goods]);
  });

  it('are the parts of a kit that left by its parts, or one of them', () => {
    expect(back('2', 'KIT', 1)).toEqual([
      ['BULB', 2, 250, 600],
      ['LAMP', 1, 1_000, 300],
    ]);
    expect(back('2', 'BULB', 1)).toEqual([['BULB', 1, 125, 300]]);
  });

  it('are not what never was declared, nor more than was', () => {
    expect([back('1', 'MUG', 5), back('3', 'HAT', 1), back('2', 'KIT', 3)]).toEqual([[], [], []]);
  });

  it('name the parcels that they left in', () => {
    const named = (lineId: string) => exportsNamed([exported], [{ lineId, sku: '', quantity: 1 }]);
    expect(named('2')).toEqual([
      { shipmentId: 's-1', parcelId: '2', trackingNumber: 'RM2', document: 'cn23', declaredAt: exported.declaredAt },
    ]);
    expect([named('1').length, named('3').length]).toEqual([2, 0]);
  });

  it('are never worth more than what left', () =>
    fc.assert(
      fc.property(fc.integer({ min: 1, max: 4 }), (quantity) => {
        const [declared] = declaredAsExported({ lineId: '1', sku: 'MUG', quantity }, [exported]);
        expect(declared?.value).toBeLessThanOrEqual(4_001);
        expect(declared?.weightGrams).toBe(300 * quantity);
      }),
    ));
});
