import { shareOfUnits, type CustomsDeclaration, type LineQuantity } from '@cartage/contracts';

type DeclaredLine = CustomsDeclaration['parcels'][number]['lines'][number];

/** A shipment that was declared when it left. */
export interface Exported {
  readonly shipmentId: string;
  readonly declaredAt: string;
  readonly declaration: CustomsDeclaration;
  readonly parcels: readonly { readonly parcelId: string; readonly trackingNumber: string; readonly lines: readonly LineQuantity[] }[];
}

const sum = (numbers: readonly number[]): number => numbers.reduce((all, each) => all + each, 0);

const unitsOf = (lines: readonly { readonly lineId: string; readonly quantity: number }[], lineId: string): number =>
  sum(lines.filter((line) => line.lineId === lineId).map(({ quantity }) => quantity));

/** So many of so many units of a line that left. */
const shareOf = (line: DeclaredLine, units: number, of: number): DeclaredLine => {
  const share = (amount: number): number => shareOfUnits(amount, { before: 0, units, of });
  return { ...line, quantity: share(line.quantity), value: share(line.value), weightGrams: share(line.weightGrams) };
};

/** Once for each SKU of a line, in however many parcels it left. */
const added = (lines: readonly DeclaredLine[]): readonly DeclaredLine[] => {
  const bySku = new Map<string, DeclaredLine>();
  for (const line of lines) {
    const { quantity = 0, value = 0, weightGrams = 0 } = bySku.get(line.sku) ?? {};
    bySku.set(line.sku, {
      ...line,
      quantity: quantity + line.quantity,
      value: value + line.value,
      weightGrams: weightGrams + line.weightGrams,
    });
  }
  return [...bySku.values()];
};

/**
 * What comes back of a line, as it was declared when it left: the same goods by the same codes, and their share of the same value. A kit that left by its parts comes back by
 * them, and so does one part of it. Nothing where it was never declared, or fewer units were.
 */
export const declaredAsExported = ({ lineId, sku, quantity }: LineQuantity, exports: readonly Exported[]): readonly DeclaredLine[] => {
  const left = added(
    exports.flatMap(({ declaration }) => declaration.parcels.flatMap(({ lines }) => lines.filter((line) => line.lineId === lineId))),
  );
  const same = left.find((line) => line.sku === sku);
  if (same) return same.quantity >= quantity ? [shareOf(same, quantity, same.quantity)] : [];
  const units = unitsOf(
    exports.flatMap(({ parcels }) => parcels.flatMap(({ lines }) => lines)),
    lineId,
  );
  return units >= quantity ? left.map((line) => shareOf(line, quantity, units)) : [];
};

/** The parcels that goods of these lines left in. */
export const exportsNamed = (exports: readonly Exported[], lines: readonly LineQuantity[]): NonNullable<CustomsDeclaration['exported']> =>
  exports.flatMap(({ shipmentId, declaredAt, declaration, parcels }) =>
    parcels
      .filter((parcel) => lines.some(({ lineId }) => unitsOf(parcel.lines, lineId) > 0))
      .map(({ parcelId, trackingNumber }) => {
        const document = declaration.parcels.find((each) => each.parcelId === parcelId)?.document ?? 'commercial-invoice';
        return { shipmentId, parcelId, trackingNumber, document, declaredAt };
      }),
  );
