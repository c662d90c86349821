import { piecesOf, wholeUnits, withParts, type LineQuantity, type ShortLine } from '@cartage/contracts';
import type { StockFacts } from './book';
import { skusOf } from './kit';
import type { Reservation } from './reservation';

/** Lines that can be had whole, and those that cannot. */
export interface Division {
  readonly fitting: readonly LineQuantity[];
  readonly short: readonly ShortLine[];
}

/**
 * Serves lines first come first, each whole or not at all, a kit with all of its parts: lines that share a SKU share its stock, and a line that does not fit leaves it to those
 * after it. The one rule by which availability is checked, reserved and allocated, so that check and claim cannot disagree (X2, X3).
 */
export const divide = (lines: readonly LineQuantity[], unitsOf: (sku: string) => number): Division => {
  const left = new Map<string, number>();
  const leftOf = (sku: string): number => left.get(sku) ?? unitsOf(sku);
  const fitting: LineQuantity[] = [];
  const short: ShortLine[] = [];
  for (const { lineId, sku, quantity, parts } of lines) {
    const line = withParts({ lineId, sku }, parts);
    const available = wholeUnits(line, leftOf);
    const fits = quantity <= available;
    for (const piece of piecesOf(line)) left.set(piece.sku, leftOf(piece.sku) - (fits ? quantity * piece.quantity : 0));
    if (fits) fitting.push({ ...line, quantity });
    else short.push({ ...line, requested: quantity, available });
  }
  return { fitting, short };
};

/** What a location cannot give, and what of that the order holds no reservation for: it was cancelled meanwhile, or lost. */
export const shortAt = (
  { lines, location }: { readonly lines: readonly LineQuantity[]; readonly location: string },
  state: Reservation,
  stock: StockFacts,
): { readonly short: readonly ShortLine[]; readonly held: readonly ShortLine[] } => {
  stock.require(skusOf(lines).map((sku) => ({ sku, location })));
  const there = divide(lines, (sku) => stock.available({ sku, location })).short;
  const held = lines
    .map(({ quantity, ...line }) => ({ ...line, requested: quantity, available: reservedOf(line, state) }))
    .filter(({ requested, available }) => available < requested);
  const isHeld = new Set(held.map(({ lineId }) => lineId));
  return { held, short: [...held, ...there.filter(({ lineId }) => !isHeld.has(lineId))] };
};

const reservedOf = ({ lineId, sku }: Pick<LineQuantity, 'lineId' | 'sku'>, { lines }: Reservation): number => {
  const line = lines.get(lineId);
  return line?.sku === sku ? line.reserved : 0;
};
