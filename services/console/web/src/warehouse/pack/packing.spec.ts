import { allOf, isComplete, isSuggested, oneParcelOf, packScanOf } from './packing';

const lines = [
  { lineId: '1', sku: 'BOWL', quantity: 2 },
  { lineId: '2', sku: 'BOWL', quantity: 1 },
  { lineId: '3', sku: 'PLATE', quantity: 1 },
];

describe('a scan at the packing table', () => {
  it('fills line after line', () => {
    expect(packScanOf(lines, {}, 'bowl')).toEqual({ is: 'take', lineId: '1', sku: 'BOWL' });
    expect(packScanOf(lines, { '1': 2 }, 'BOWL')).toEqual({ is: 'take', lineId: '2', sku: 'BOWL' });
  });

  it('is no unit too many, and none of another order', () => {
    expect(packScanOf(lines, { '1': 2, '2': 1 }, 'BOWL')).toEqual({ is: 'enough' });
    expect(packScanOf(lines, {}, 'LAMP')).toEqual({ is: 'stranger' });
  });

  it('is the last when every unit is there', () => {
    expect(isComplete(lines, { '1': 2, '2': 1 })).toBe(false);
    expect(isComplete(lines, allOf(lines))).toBe(true);
    expect(isComplete([], {})).toBe(false);
  });
});

describe('a parcel', () => {
  it('that was packed otherwise has all units, its weight, and the sizes that somebody measured', () => {
    expect(oneParcelOf(lines, {})).toBeUndefined();
    expect(oneParcelOf(lines, { weightGrams: 0 })).toBeUndefined();
    expect(oneParcelOf(lines.slice(2), { weightGrams: 900, lengthMm: 300, widthMm: undefined })).toEqual({
      parcels: [{ weightGrams: 900, lengthMm: 300, lines: [{ lineId: '3', quantity: 1 }] }],
    });
  });

  it('is as suggested only where a box was found for everything', () => {
    const reason = { code: 'no-boxes', by: 'shipping' };
    expect(isSuggested({ parcels: [], unboxed: [] })).toBe(false);
    expect(isSuggested({ parcels: [], unboxed: [{ lineId: '1', sku: 'BOWL', quantity: 2, reason }] })).toBe(false);
  });
});
