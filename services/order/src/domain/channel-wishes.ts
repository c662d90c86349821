import type { LineToCancel } from './cancelling';
import type { LineEdit } from './editing';
import type { PlacementLine } from './placement';

/** Units of each line that a channel says are sold. */
export type UnitsSold = Readonly<Record<string, number>>;

/** What a channel wants otherwise than it said before. */
export interface Wishes {
  /** Units that are not to ship. */
  readonly cancel: readonly (LineToCancel & { readonly quantity: number })[];
  /** Units more of lines that are there; `by` of each. */
  readonly more: readonly { readonly lineId: string; readonly by: number }[];
  readonly add: readonly PlacementLine[];
}

export const unitsSold = (lines: readonly Pick<PlacementLine, 'lineId' | 'quantity'>[]): UnitsSold =>
  Object.fromEntries(lines.map(({ lineId, quantity }, i) => [lineId ?? String(i + 1), quantity]));

/** What it will have said before, the next time: what it names no more, it sells none of. */
export const unitsAfter = (before: UnitsSold, lines: Parameters<typeof unitsSold>[0]): UnitsSold => ({
  ...Object.fromEntries(Object.keys(before).map((lineId) => [lineId, 0])),
  ...unitsSold(lines),
});

/**
 * What follows from what a channel says now, against what it said before. Not against how the order stands: what was cancelled or edited here, the channel
 * may not have heard yet, and its old word may not undo it.
 */
export const wishesOf = (before: UnitsSold, lines: readonly PlacementLine[]): Wishes => {
  const now = unitsSold(lines);
  const known = Object.entries(before).map(([lineId, units]) => ({ lineId, by: (now[lineId] ?? 0) - units }));
  return {
    cancel: known.flatMap(({ lineId, by }) => (by < 0 ? [{ lineId, quantity: -by }] : [])),
    more: known.filter(({ by }) => by > 0),
    add: lines.filter(({ lineId, quantity }) => quantity > 0 && before[lineId ?? ''] === undefined),
  };
};

/** Units more, as the lines of the order count: with what was cancelled of them. */
export const raised = (
  lines: readonly { readonly lineId: string; readonly quantity: number }[],
  more: Wishes['more'],
): readonly LineEdit[] =>
  more.flatMap(({ lineId, by }) => {
    const line = lines.find((each) => each.lineId === lineId);
    return line ? [{ lineId, quantity: line.quantity + by }] : [];
  });
