import { shareOfUnits, type LineQuantity } from '@cartage/contracts';
import type { Terms } from './terms';

/** What some units of a line cost. */
export interface LineCharge {
  readonly lineId: string;
  readonly quantity: number;
  readonly amount: number;
}

/** What a shipment, or a part of it, costs. */
export interface Charges {
  readonly lines: readonly LineCharge[];
  /** The delivery charge: the first shipment, and of it what is delivered first, bears it whole. */
  readonly delivery: number;
  readonly amount: number;
}

interface Sold {
  readonly quantity: number;
  readonly amount: number;
}

/** What units cost, given what each line costs as a whole and what of it was charged before. Units beyond a line, and lines that are not there, cost nothing. */
const shares = (
  units: readonly LineQuantity[],
  sold: ReadonlyMap<string, Sold>,
  before: ReadonlyMap<string, number>,
): readonly LineCharge[] => {
  const charged = new Map(before);
  return units.map(({ lineId, quantity }) => {
    const line = sold.get(lineId) ?? { quantity: 0, amount: 0 };
    const earlier = charged.get(lineId) ?? 0;
    charged.set(lineId, earlier + quantity);
    return { lineId, quantity, amount: shareOfUnits(line.amount, { before: earlier, units: quantity, of: line.quantity }) };
  });
};

const chargesOf = (lines: readonly LineCharge[], delivery: number): Charges => ({
  lines,
  delivery,
  amount: lines.reduce((sum, { amount }) => sum + amount, delivery),
});

/** Units of each line. */
export const unitsOf = (lines: Iterable<Pick<LineCharge, 'lineId' | 'quantity'>>): ReadonlyMap<string, number> => {
  const units = new Map<string, number>();
  for (const { lineId, quantity } of lines) units.set(lineId, (units.get(lineId) ?? 0) + quantity);
  return units;
};

/** What a shipment costs after these earlier ones: the parts of all shipments add up to the order's total, however it is split. */
export const shipmentCharges = (
  terms: Pick<Terms, 'lines' | 'delivery'>,
  earlier: readonly Pick<Charges, 'lines'>[],
  shipped: readonly LineQuantity[],
): Charges => {
  const sold = new Map(terms.lines.map(({ lineId, quantity, total }) => [lineId, { quantity, amount: total }]));
  const lines = shares(shipped, sold, unitsOf(earlier.flatMap((shipment) => shipment.lines)));
  return chargesOf(lines, earlier.length === 0 ? terms.delivery : 0);
};

/** What of a shipment's charges is due for some of its units, after others of it were delivered. */
export const deliveryCharges = (
  shipment: Charges,
  before: { readonly units: ReadonlyMap<string, number>; readonly first: boolean },
  delivered: readonly LineQuantity[],
): Charges => {
  const sold = new Map<string, Sold>();
  for (const { lineId, quantity, amount } of shipment.lines) {
    const line = sold.get(lineId) ?? { quantity: 0, amount: 0 };
    sold.set(lineId, { quantity: line.quantity + quantity, amount: line.amount + amount });
  }
  return chargesOf(shares(delivered, sold, before.units), before.first ? shipment.delivery : 0);
};
