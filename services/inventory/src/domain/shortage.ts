import type { LineQuantity, ShortLine } from '@cartage/contracts';

/**
 * The lines that cannot be had whole, served first come first: lines that share a SKU share its stock. The one rule by which
 * availability is checked, reserved and allocated, so that check and claim cannot disagree (X2, X3).
 */
export const shortagesOf = (lines: readonly LineQuantity[], unitsOf: (sku: string) => number): readonly ShortLine[] => {
  const left = new Map<string, number>();
  return lines.flatMap(({ lineId, sku, quantity }) => {
    const before = left.get(sku) ?? unitsOf(sku);
    const available = Math.min(quantity, before);
    left.set(sku, before - available);
    return available < quantity ? [{ lineId, sku, requested: quantity, available }] : [];
  });
};
