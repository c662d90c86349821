import { array, assert, integer, property, record } from 'fast-check';
import { parcelsOf } from './warehouse';

const units = (lines: readonly { readonly lineId: string; readonly quantity: number }[]): ReadonlyMap<string, number> => {
  const sums = new Map<string, number>();
  for (const { lineId, quantity } of lines) sums.set(lineId, (sums.get(lineId) ?? 0) + quantity);
  return sums;
};

describe('parcels', () => {
  it('hold every unit of a shipment exactly once, in a hundred pieces at most', () =>
    assert(
      property(array(record({ quantity: integer({ min: 1, max: 80_000 }) }), { minLength: 1, maxLength: 40 }), (quantities) => {
        const lines = quantities.map(({ quantity }, i) => ({ lineId: String(i + 1), quantity }));
        const parcels = parcelsOf(lines);
        expect(units(parcels.flatMap((parcel) => parcel.lines))).toEqual(units(lines));
        expect(parcels.length).toBeLessThanOrEqual(101);
        expect(parcels.every(({ lines: packed, weightGrams }) => packed.length > 0 && weightGrams > 0)).toBe(true);
      }),
    ));

  it('are one for a few things', () =>
    expect(parcelsOf([{ lineId: '1', quantity: 2 }])).toEqual([{ weightGrams: 660, lines: [{ lineId: '1', quantity: 2 }] }]));
});
