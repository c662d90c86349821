import { piecesOf, type Sold } from '@cartage/contracts';

export const skusOf = (lines: readonly Sold[]): readonly string[] => lines.flatMap((line) => piecesOf(line).map(({ sku }) => sku));

/** So many units of a SKU are in one unit of the line. */
export const perUnit = (line: Sold, sku: string): number => piecesOf(line).find((piece) => piece.sku === sku)?.quantity ?? 0;
