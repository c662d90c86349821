import type { LineQuantity } from '@cartage/contracts';
import { costOfFirst } from './charges';
import type { Terms } from './terms';

/** Units of each line that will not ship. */
export type CancelledUnits = ReadonlyMap<string, number>;

type Priced = Pick<Terms, 'lines' | 'deliveries'>;

/**
 * What the order costs, now. Delivery of a ship group of which nothing ships costs nothing. The last units of a line are those that are cancelled: what was
 * charged for the first ones stays right, in whatever order the two are heard of. It is asked many times for each decision, and makes nothing that it can do without.
 */
export const dueOf = ({ lines, deliveries }: Priced, cancelled: CancelledUnits): number => {
  const shipping = new Set<string>();
  let due = 0;
  for (const { lineId, quantity, total, shipGroupId } of lines) {
    const kept = Math.max(0, quantity - (cancelled.get(lineId) ?? 0));
    due += costOfFirst(kept, { quantity, amount: total });
    if (kept > 0) shipping.add(shipGroupId);
  }
  for (const { shipGroupId, amount } of deliveries) if (shipping.has(shipGroupId)) due += amount;
  return due;
};

/** Never more of a line than it has. */
export const withCancelled = (
  { lines }: Pick<Terms, 'lines'>,
  before: CancelledUnits,
  units: readonly Pick<LineQuantity, 'lineId' | 'quantity'>[],
): CancelledUnits => {
  const most = new Map(lines.map(({ lineId, quantity }) => [lineId, quantity]));
  const cancelled = new Map(before);
  for (const { lineId, quantity } of units) cancelled.set(lineId, Math.min(most.get(lineId) ?? 0, (cancelled.get(lineId) ?? 0) + quantity));
  return cancelled;
};
