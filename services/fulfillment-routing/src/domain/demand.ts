import { piecesOf, unitsBySku, type LineQuantity } from '@cartage/contracts';

/** Units wanted of each SKU: `quantities[i]` of `skus[i]`. */
export interface Demand {
  readonly quantities: readonly number[];
  readonly units: number;
}

/** What these lines want, in the order of `skus`. */
export const demandOf = (lines: readonly LineQuantity[], skus: readonly string[]): Demand => {
  const wanted = unitsBySku(lines);
  const quantities = skus.map((sku) => wanted.get(sku) ?? 0);
  return { quantities, units: quantities.reduce((sum, quantity) => sum + quantity, 0) };
};

/** What stands on shelves for these lines, of each SKU once, in the order of the lines; of a kit its parts. */
export const skusOf = (lines: readonly LineQuantity[]): readonly string[] => [
  ...new Set(lines.flatMap((line) => piecesOf(line).map(({ sku }) => sku))),
];

/** Where each SKU stands among these: asked for each of thousands of lines, a look through all of them would be one for each. */
export const indexOf = (skus: readonly string[]): ReadonlyMap<string, number> => new Map(skus.map((sku, i) => [sku, i]));

/** Units of the demand that this stock could serve. */
export const usable = (available: readonly number[], quantities: readonly number[]): number =>
  quantities.reduce((sum, quantity, i) => {
    const there = unitsAt(available, i);
    return sum + (there < quantity ? there : quantity);
  }, 0);

/** Units that can be had. A level below nothing (safety stock eaten into) is nothing. */
export const unitsAt = (available: readonly number[], sku: number): number => {
  const units = available[sku] ?? 0;
  return units > 0 ? units : 0;
};
