import type { SupplierOrderLine } from './supplier-order';

export interface Cost {
  readonly currency: string;
  /** Minor units. */
  readonly amount: number;
}

/** What units of these lines cost, by currency; of lines whose price is not known, nothing is known. */
export const costOf = (lines: readonly SupplierOrderLine[], units: (line: SupplierOrderLine) => number): readonly Cost[] => {
  const sums = new Map<string, number>();
  for (const line of lines)
    if (line.unitCost) sums.set(line.unitCost.currency, (sums.get(line.unitCost.currency) ?? 0) + line.unitCost.amount * units(line));
  return [...sums].map(([currency, amount]) => ({ currency, amount })).toSorted((a, b) => (a.currency < b.currency ? -1 : 1));
};

/** What it comes to while nothing is rejected or cancelled; and what the supplier may bill: only what it has shipped. */
export const orderedCost = (lines: readonly SupplierOrderLine[]): readonly Cost[] =>
  costOf(lines, ({ quantity, rejected, cancelled }) => quantity - rejected - cancelled);
export const billableCost = (lines: readonly SupplierOrderLine[]): readonly Cost[] => costOf(lines, ({ shipped }) => shipped);
