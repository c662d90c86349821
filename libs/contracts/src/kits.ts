import type { KitPart, LineQuantity } from './parts';

/** What stands on shelves for a line: of a kit its parts, else the SKU itself. */
export type Sold = Pick<LineQuantity, 'sku' | 'parts'>;

/** Of one unit. A kit has no stock of its own. */
export const piecesOf = ({ sku, parts }: Sold): readonly Pick<KitPart, 'sku' | 'quantity'>[] => parts ?? [{ sku, quantity: 1 }];

/** Units of each SKU in these lines, all of them together. */
export const unitsBySku = (lines: readonly (Sold & Pick<LineQuantity, 'quantity'>)[]): ReadonlyMap<string, number> => {
  const units = new Map<string, number>();
  for (const line of lines)
    for (const piece of piecesOf(line)) units.set(piece.sku, (units.get(piece.sku) ?? 0) + line.quantity * piece.quantity);
  return units;
};

/** How many units of a line there are, all of its pieces together. */
export const wholeUnits = (line: Sold, unitsOf: (sku: string) => number): number =>
  Math.min(...piecesOf(line).map(({ sku, quantity }) => Math.floor(unitsOf(sku) / quantity)));

/** The line, with what it is made of if it is a kit. */
export const withParts = <Line extends object>(line: Line, parts: readonly KitPart[] | undefined): Line & Pick<LineQuantity, 'parts'> =>
  parts ? { ...line, parts } : line;
