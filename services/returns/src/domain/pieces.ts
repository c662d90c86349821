import { sharesOf } from '@cartage/contracts';
import type { SoldLine } from './sale';

/**
 * What money and units of a line are counted in. Of a kit each of its parts is a piece, with its share of the price by the largest remainder: so a part that comes
 * back alone, and the whole kit, take from the same count, and all of them together never give back more than was paid. Of anything else the line is its only piece.
 */
export interface Piece {
  readonly key: string;
  readonly lineId: string;
  readonly sku: string;
  /** Units of it in one unit of the line. */
  readonly perUnit: number;
  /** In the whole line. */
  readonly quantity: number;
  /** What was paid for all of them, tax in it. */
  readonly total: number;
  readonly tax: number;
}

/** Units of a line, or of a part of its kit. */
export interface Item {
  readonly lineId: string;
  readonly sku: string;
  readonly quantity: number;
}

export const pieceKey = (lineId: string, sku: string): string => JSON.stringify([lineId, sku]);

export const piecesOf = ({ lineId, sku, quantity, total, tax, parts }: SoldLine): readonly Piece[] => {
  if (!parts) return [{ key: pieceKey(lineId, sku), lineId, sku, perUnit: 1, quantity, total, tax }];
  const totals = sharesOf(
    total,
    parts.map(({ share }) => share),
  );
  const taxes = sharesOf(tax, totals);
  return parts.map((part, i) => ({
    ...{ key: pieceKey(lineId, part.sku), lineId, sku: part.sku, perUnit: part.quantity, quantity: quantity * part.quantity },
    ...{ total: totals[i] ?? 0, tax: taxes[i] ?? 0 },
  }));
};

export interface PieceUnits {
  readonly piece: Piece;
  readonly units: number;
}

/** The pieces of some units of a line: of a kit all of its parts, unless the SKU names one of them. */
export const piecesIn = (line: SoldLine, { sku, quantity }: Pick<Item, 'sku' | 'quantity'>): readonly PieceUnits[] => {
  const pieces = piecesOf(line);
  const part = sku === line.sku ? undefined : pieces.find((piece) => piece.sku === sku);
  return part ? [{ piece: part, units: quantity }] : pieces.map((piece) => ({ piece, units: quantity * piece.perUnit }));
};

/** Whether a line is of this SKU, or of a kit with this part. */
export const isOf = (line: SoldLine, sku: string): boolean => line.sku === sku || (line.parts ?? []).some((part) => part.sku === sku);
