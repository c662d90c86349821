import type { LineQuantity } from '@cartage/contracts';
import type { ChargeLine, Terms } from './terms';

/** What a shipment is charged for one line. */
export interface LineCharge {
  readonly lineId: string;
  readonly quantity: number;
  readonly amount: number;
}

export interface ShipmentCharge {
  readonly lines: readonly LineCharge[];
  /** The delivery charge: the first shipment carries it whole. */
  readonly shipping: number;
  readonly amount: number;
}

/**
 * The share of a line's total that its first `units` units bear, rounded half up. Shares of successive shipments are differences of this
 * function, so every share is within a minor unit of the exact one and the shares of all units add up to the total, whatever the split.
 */
export const shareOf = ({ total, quantity }: ChargeLine, units: number): number => {
  if (units >= quantity) return total;
  // total × units may pass 2^53.
  const doubled = 2n * BigInt(total) * BigInt(units) + BigInt(quantity);
  return Number(doubled / (2n * BigInt(quantity)));
};

const unitsOf = (lines: readonly LineCharge[]): Map<string, number> => {
  const units = new Map<string, number>();
  for (const { lineId, quantity } of lines) units.set(lineId, (units.get(lineId) ?? 0) + quantity);
  return units;
};

/** What a shipment of `shipped` costs after these `earlier` ones. Units beyond what was ordered, and lines never sold, cost nothing. */
export const chargeFor = (
  { lines, shipping }: Pick<Terms, 'lines' | 'shipping'>,
  earlier: readonly ShipmentCharge[],
  shipped: readonly LineQuantity[],
): ShipmentCharge => {
  const sold = new Map(lines.map((line) => [line.lineId, line]));
  const charged = unitsOf(earlier.flatMap((shipment) => shipment.lines));
  const charges = shipped.map(({ lineId, quantity }): LineCharge => {
    const line = sold.get(lineId);
    const before = charged.get(lineId) ?? 0;
    charged.set(lineId, before + quantity);
    return { lineId, quantity, amount: line ? shareOf(line, before + quantity) - shareOf(line, before) : 0 };
  });
  const delivery = earlier.length === 0 ? shipping : 0;
  return { lines: charges, shipping: delivery, amount: charges.reduce((sum, { amount }) => sum + amount, delivery) };
};
