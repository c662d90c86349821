import type { LineQuantity, ShortLine } from '@cartage/contracts';

/** Lines that can be had whole, and those that cannot. */
export interface Division {
  readonly fitting: readonly LineQuantity[];
  readonly short: readonly ShortLine[];
}

/**
 * Serves lines first come first, each whole or not at all: lines that share a SKU share its stock, and a line that does not fit leaves it to those
 * after it. The one rule by which availability is checked, reserved and allocated, so that check and claim cannot disagree (X2, X3).
 */
export const divide = (lines: readonly LineQuantity[], unitsOf: (sku: string) => number): Division => {
  const left = new Map<string, number>();
  const fitting: LineQuantity[] = [];
  const short: ShortLine[] = [];
  for (const { lineId, sku, quantity } of lines) {
    const available = left.get(sku) ?? unitsOf(sku);
    const fits = quantity <= available;
    left.set(sku, fits ? available - quantity : available);
    if (fits) fitting.push({ lineId, sku, quantity });
    else short.push({ lineId, sku, requested: quantity, available });
  }
  return { fitting, short };
};
