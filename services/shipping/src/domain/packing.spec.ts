import { Refused } from '@cartage/eventsourcing';
import { packed, samePacking, type PackedParcel } from './packing';
import { parcels, plan } from './shipment.fixture';

const errorsOf = (given: readonly PackedParcel[]): readonly [field: string, code: string][] => {
  try {
    packed(plan.lines, given);
    return [];
  } catch (error) {
    if (error instanceof Refused) return error.errors.map(({ field, code }) => [field, code]);
    throw error;
  }
};
const one = (...lines: PackedParcel['lines']): PackedParcel => ({ weightGrams: 500, lines });
const mugs = (quantity: number) => ({ lineId: '1', quantity });
const lamp = { lineId: '2', quantity: 1 };

describe('packing every unit exactly once', () => {
  it('takes a line that is split over parcels', () => expect(errorsOf([one(mugs(2)), one(mugs(1), lamp)])).toEqual([]));
  it('names the line that was left out', () => expect(errorsOf([one(mugs(3))])).toEqual([['parcels', 'LINE_NOT_PACKED']]));
  it('names the place where a unit is packed a second time', () =>
    expect(errorsOf([one(mugs(3), lamp), one(mugs(1))])).toEqual([['parcels[1].lines[0].quantity', 'LINE_PACKED_TWICE']]));
  it('names a line that is not in the shipment', () =>
    expect(errorsOf([one(mugs(3), lamp, { lineId: '9', quantity: 1 })])).toEqual([['parcels[0].lines[2].lineId', 'LINE_NOT_IN_SHIPMENT']]));
  it('wants a parcel to hold something', () =>
    expect(errorsOf([one(mugs(3), lamp), one()])).toEqual([['parcels[1].lines', 'PARCEL_EMPTY']]));
  it('wants parcels to be told apart', () =>
    expect(
      errorsOf([
        { ...one(mugs(3)), parcelId: 'a' },
        { ...one(lamp), parcelId: 'a' },
      ]),
    ).toEqual([['parcels[1].parcelId', 'PARCEL_REPEATED']]));

  it('packs ten thousand lines in a moment', () => {
    const lines = Array.from({ length: 10_000 }, (_, n) => ({ lineId: String(n), sku: `S${n}`, quantity: 2 }));
    const [parcel] = packed(lines, [one(...lines.map(({ lineId, quantity }) => ({ lineId, quantity })))]);
    expect(parcel?.lines).toEqual(lines);
  });

  it('knows the same packing again when a store kept its fields in another order', () => {
    const reordered = parcels.map(({ lines, weightGrams, parcelId }) => ({
      lines: lines.map(({ sku, quantity, lineId }) => ({ quantity, lineId, sku })),
      weightGrams,
      parcelId,
    }));
    expect(samePacking(parcels, reordered)).toBe(true);
    expect(samePacking(parcels, parcels.slice(1))).toBe(false);
  });
});
