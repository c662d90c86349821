import { allOf, isComplete, isSuggested, oneParcelOf, packScanOf } from './packing';

const lines = [
  { lineId: '1', sku: 'BOWL', quantity: 2 },
  { lineId: '2', sku: 'BOWL', quantity: 1 },
  { lineId: '3', sku: 'PLATE', quantity: 1 },
];

const one = (sku: string) => ({ sku, units: 1 });

describe('a scan at the packing table', () => {
  it('fills line after line', () => {
    expect(packScanOf(lines, {}, one('bowl'))).toEqual({ is: 'take', checked: { '1': 1, '2': 0 } });
    expect(packScanOf(lines, { '1': 2 }, one('BOWL'))).toEqual({ is: 'take', checked: { '1': 2, '2': 1 } });
  });

  it('is no unit too many, and none of another order', () => {
    expect(packScanOf(lines, { '1': 2, '2': 1 }, one('BOWL'))).toEqual({ is: 'enough' });
    expect(packScanOf(lines, {}, one('LAMP'))).toEqual({ is: 'stranger' });
  });

  it('of a case fills lines with all of its units, or none', () => {
    expect(packScanOf(lines, {}, { sku: 'BOWL', units: 3 })).toEqual({ is: 'take', checked: { '1': 2, '2': 1 } });
    expect(packScanOf(lines, { '1': 1 }, { sku: 'BOWL', units: 3 })).toEqual({ is: 'over' });
    expect(packScanOf(lines, { '1': 2, '2': 1 }, { sku: 'BOWL', units: 3 })).toEqual({ is: 'enough' });
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
