import { withParts, type LineQuantity } from '@cartage/contracts';

/** So many units of a line. */
export type UnitsOfLine = Pick<LineQuantity, 'lineId' | 'quantity'>;

/** Units of all of them together. */
export const unitsOf = (lines: readonly Pick<LineQuantity, 'quantity'>[]): number => lines.reduce((sum, { quantity }) => sum + quantity, 0);

/** Units of each line, added up. */
export const unitsByLine = (lines: readonly UnitsOfLine[]): ReadonlyMap<string, number> => {
  const units = new Map<string, number>();
  for (const { lineId, quantity } of lines) units.set(lineId, (units.get(lineId) ?? 0) + quantity);
  return units;
};

/** These lines without those units of them. */
export const without = (lines: readonly LineQuantity[], taken: readonly LineQuantity[]): readonly LineQuantity[] =>
  divided(lines, taken).rest;

/** The units of these lines that are among those wanted, and what is left of each side. */
export const divided = <Line extends LineQuantity>(lines: readonly Line[], wanted: readonly UnitsOfLine[]): Division<Line> => {
  const open = new Map(unitsByLine(wanted));
  const [found, rest]: [Line[], Line[]] = [[], []];
  for (const line of lines) {
    const units = Math.min(line.quantity, open.get(line.lineId) ?? 0);
    open.set(line.lineId, (open.get(line.lineId) ?? 0) - units);
    if (units > 0) found.push({ ...line, quantity: units });
    if (units < line.quantity) rest.push({ ...line, quantity: line.quantity - units });
  }
  return { found, rest };
};

interface Division<Line> {
  readonly found: readonly Line[];
  readonly rest: readonly Line[];
}

/** Each line once, with all of its units. */
export const merged = (lines: readonly LineQuantity[]): readonly LineQuantity[] => {
  const once = new Map<string, LineQuantity>();
  for (const { lineId, sku, parts, quantity } of lines)
    once.set(lineId, withParts({ lineId, sku, quantity: quantity + (once.get(lineId)?.quantity ?? 0) }, parts));
  return [...once.values()];
};
