import { shareOfUnits } from '@cartage/contracts';
import { sumOf } from './pricing';
import type { PlacedOrder } from './state';

/** Units of lines that are kept: nothing is due for the others. */
export type Kept = (lineId: string) => number;

/**
 * What the order costs when these units of each line are kept, minor units: the first units of a line bear its first shares, so that it is the same in whatever portions
 * the others were cancelled. A ship group of which nothing is kept costs no delivery.
 */
export const dueFor = ({ sold, placed: { taxIncluded } }: Pick<PlacedOrder, 'sold' | 'placed'>, kept: Kept): number => {
  let due = 0;
  const groups = new Set<string>();
  for (const { lineId, total, quantity, shipGroupId } of sold.lines) {
    const units = kept(lineId);
    due += shareOfUnits(total, { before: 0, units, of: quantity });
    if (units > 0) groups.add(shipGroupId);
  }
  for (const { shipGroupId, charge, taxLines } of sold.shipGroups)
    if (groups.has(shipGroupId)) due += charge + (taxIncluded ? 0 : sumOf(taxLines));
  return due;
};
