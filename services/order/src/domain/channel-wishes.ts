import { ownValue } from '@cartage/contracts';
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

/** Lines have the names that channels give them. */
export const unitsIn = (units: UnitsSold, lineId: string): number => ownValue(units, lineId) ?? 0;

export const unitsSold = (lines: readonly Pick<PlacementLine, 'lineId' | 'quantity'>[]): UnitsSold =>
  Object.fromEntries(lines.map(({ lineId, quantity }, i) => [lineId ?? String(i + 1), quantity]));

/** What it will have said before, the next time: what it names no more, it sells none of. */
export const unitsAfter = (before: UnitsSold, lines: Parameters<typeof unitsSold>[0]): UnitsSold => ({
  ...Object.fromEntries(Object.keys(before).map((lineId) => [lineId, 0])),
  ...unitsSold(lines),
});

/** What it will have said before, where only what it takes away has come about. */
export const unitsLess = (before: UnitsSold, lines: Parameters<typeof unitsSold>[0]): UnitsSold => {
  const now = unitsSold(lines);
  return Object.fromEntries(Object.entries(before).map(([lineId, units]) => [lineId, Math.min(units, unitsIn(now, lineId))]));
};

/** Units that were cancelled here come back from the channel as its own word, once it was told of them. */
export interface Echoes {
  /** What it said before, had it known then. */
  readonly before: UnitsSold;
  /** What was heard back of all that it was told, by now. */
  readonly heard: UnitsSold;
}

/** Of what a channel takes away now, so many units are only what it was told: they are no wish of its own. `told` and `heard` count from the beginning. */
export const echoesOf = ({ before, heard }: Echoes, lines: Parameters<typeof unitsSold>[0], told: UnitsSold): Echoes => {
  const now = unitsSold(lines);
  const echoed = Object.keys(told).map((lineId) => {
    const less = unitsIn(before, lineId) - unitsIn(now, lineId);
    return [lineId, Math.max(0, Math.min(less, unitsIn(told, lineId) - unitsIn(heard, lineId)))] as const;
  });
  const plus = (units: UnitsSold, sign: 1 | -1): UnitsSold => ({
    ...units,
    ...Object.fromEntries(echoed.filter(([, more]) => more > 0).map(([lineId, more]) => [lineId, unitsIn(units, lineId) + sign * more])),
  });
  return { before: plus(before, -1), heard: plus(heard, 1) };
};

/**
 * What follows from what a channel says now, against what it said before. Not against how the order stands: what was cancelled or edited here, the channel
 * may not have heard yet, and its old word may not undo it.
 */
export const wishesOf = (before: UnitsSold, lines: readonly PlacementLine[]): Wishes => {
  const now = unitsSold(lines);
  const known = Object.entries(before).map(([lineId, units]) => ({ lineId, by: unitsIn(now, lineId) - units }));
  return {
    cancel: known.flatMap(({ lineId, by }) => (by < 0 ? [{ lineId, quantity: -by }] : [])),
    more: known.filter(({ by }) => by > 0),
    add: lines.filter(({ lineId, quantity }) => quantity > 0 && ownValue(before, lineId ?? '') === undefined),
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
