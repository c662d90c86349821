import type { LineQuantity } from '@cartage/contracts';
import { costOfFirst } from './charges';
import type { Terms } from './terms';

/** Units of each line that will not ship. */
export type CancelledUnits = ReadonlyMap<string, number>;

type Priced = Pick<Terms, 'lines' | 'deliveries'>;

/** The last units of a line are those that are cancelled: what was charged for the first ones stays right, in whatever order the two are heard of. */
const keptUnits = ({ lines }: Pick<Terms, 'lines'>, cancelled: CancelledUnits): ReadonlyMap<string, number> =>
  new Map(lines.map(({ lineId, quantity }) => [lineId, Math.max(0, quantity - (cancelled.get(lineId) ?? 0))]));

/** What the order costs, now. Delivery of a ship group of which nothing ships costs nothing. */
export const dueOf = (terms: Priced, cancelled: CancelledUnits): number => {
  const kept = keptUnits(terms, cancelled);
  const ofLines = terms.lines.map(({ lineId, quantity, total }) => costOfFirst(kept.get(lineId) ?? 0, { quantity, amount: total }));
  const shipping = new Set(terms.lines.filter(({ lineId }) => (kept.get(lineId) ?? 0) > 0).map(({ shipGroupId }) => shipGroupId));
  const ofGroups = terms.deliveries.filter(({ shipGroupId }) => shipping.has(shipGroupId)).map(({ amount }) => amount);
  return [...ofLines, ...ofGroups].reduce((sum, amount) => sum + amount, 0);
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
