import { shareOfUnits, type LineQuantity } from '@cartage/contracts';
import type { DeliveryCharge, Terms } from './terms';

/** What some units of a line cost. */
export interface LineCharge {
  readonly lineId: string;
  readonly quantity: number;
  readonly amount: number;
}

/** What a shipment, or a part of it, costs. */
export interface Charges {
  readonly lines: readonly LineCharge[];
  /** Charges for delivery in it: the first shipment of a ship group, and of it what is delivered first, bears them whole. */
  readonly delivery: number;
  readonly amount: number;
}

/** A shipment’s charges, and which ship groups’ delivery they hold. */
export interface ShipmentCharges extends Charges {
  readonly deliveries: readonly DeliveryCharge[];
}

interface Sold {
  readonly quantity: number;
  readonly amount: number;
}
const nothing: Sold = { quantity: 0, amount: 0 };

const sum = (things: readonly { readonly amount: number }[]): number => things.reduce((total, { amount }) => total + amount, 0);

/** What the first `units` of a line cost: shares of successive units are differences of this. */
export const costOfFirst = (units: number, { quantity, amount }: Sold): number => shareOfUnits(amount, { before: 0, units, of: quantity });

/** Units of each line. */
export const unitsOf = (lines: Iterable<Pick<LineCharge, 'lineId' | 'quantity'>>): ReadonlyMap<string, number> => {
  const units = new Map<string, number>();
  for (const { lineId, quantity } of lines) units.set(lineId, (units.get(lineId) ?? 0) + quantity);
  return units;
};

const soldOf = (lines: readonly LineCharge[]): Map<string, Sold> => {
  const sold = new Map<string, Sold>();
  for (const { lineId, quantity, amount } of lines) {
    const line = sold.get(lineId) ?? nothing;
    sold.set(lineId, { quantity: line.quantity + quantity, amount: line.amount + amount });
  }
  return sold;
};

/**
 * What units cost after those that were charged before. Each takes a line up to what its units cost by now, so that a line whose price was changed catches up. Units
 * beyond a line, and lines that are not there, cost nothing.
 */
const shares = (
  units: readonly LineQuantity[],
  sold: ReadonlyMap<string, Sold>,
  before: ReadonlyMap<string, Sold>,
): readonly LineCharge[] => {
  const charged = new Map(before);
  return units.map(({ lineId, quantity }) => {
    const earlier = charged.get(lineId) ?? nothing;
    const amount = Math.max(0, costOfFirst(earlier.quantity + quantity, sold.get(lineId) ?? nothing) - earlier.amount);
    charged.set(lineId, { quantity: earlier.quantity + quantity, amount: earlier.amount + amount });
    return { lineId, quantity, amount };
  });
};

/** What delivery of the ship groups that these lines go with costs, beyond what of it was charged before. */
const deliveriesOf = (
  { lines, deliveries }: Pick<Terms, 'lines' | 'deliveries'>,
  earlier: readonly DeliveryCharge[],
  shipped: readonly LineQuantity[],
): readonly DeliveryCharge[] => {
  const lineIds = new Set(shipped.map(({ lineId }) => lineId));
  const groups = new Set(lines.filter(({ lineId }) => lineIds.has(lineId)).map(({ shipGroupId }) => shipGroupId));
  return deliveries
    .filter(({ shipGroupId }) => groups.has(shipGroupId))
    .map(({ shipGroupId, amount }) => ({ shipGroupId, amount: amount - sum(earlier.filter((each) => each.shipGroupId === shipGroupId)) }))
    .filter(({ amount }) => amount > 0);
};

/** What a shipment costs after these earlier ones: the parts of all shipments add up to the order's total, however it is split. */
export const shipmentCharges = (
  terms: Pick<Terms, 'lines' | 'deliveries'>,
  earlier: readonly Pick<ShipmentCharges, 'lines' | 'deliveries'>[],
  shipped: readonly LineQuantity[],
): ShipmentCharges => {
  const sold = new Map(terms.lines.map(({ lineId, quantity, total }) => [lineId, { quantity, amount: total }]));
  const lines = shares(shipped, sold, soldOf(earlier.flatMap((shipment) => shipment.lines)));
  const deliveries = deliveriesOf(
    terms,
    earlier.flatMap((shipment) => shipment.deliveries),
    shipped,
  );
  return { lines, deliveries, delivery: sum(deliveries), amount: sum(lines) + sum(deliveries) };
};

/** What of a shipment's charges is due for some of its units, after others of it were delivered. */
export const deliveryCharges = (
  shipment: Charges,
  before: { readonly units: ReadonlyMap<string, number>; readonly first: boolean },
  delivered: readonly LineQuantity[],
): Charges => {
  const sold = soldOf(shipment.lines);
  const earlier = [...before.units].map(([lineId, quantity]): [string, Sold] => [
    lineId,
    { quantity, amount: costOfFirst(quantity, sold.get(lineId) ?? nothing) },
  ]);
  const lines = shares(delivered, sold, new Map(earlier));
  const delivery = before.first ? shipment.delivery : 0;
  return { lines, delivery, amount: sum(lines) + delivery };
};
