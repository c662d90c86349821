import type { Grade } from '@cartage/contracts';
import type { WantedGoods } from './exchange';

/** How far a line was decided. `stray` is what is of no line of the order. */
export const standings = ['asked', 'review', 'authorized', 'kept', 'declined', 'stray'] as const;
export type Standing = (typeof standings)[number];

export interface Grading {
  readonly quantity: number;
  readonly grade: Grade;
  readonly atFault: boolean;
}

/** Units of a return that were asked for together, or that came together without having been asked for. */
export interface ReturnLine {
  /** Absent: it is of no line of the order. */
  readonly lineId?: string;
  /** Of the line, or of a part of its kit. */
  readonly sku: string;
  /** The customer's reason codes. */
  readonly reasons: readonly string[];
  /** In which condition it is, as the customer says; absent: nothing was said. */
  readonly conditions?: readonly string[];
  readonly standing: Standing;
  /** The receipt that they came with, where nobody had announced them. */
  readonly unannouncedIn?: string;
  readonly asked: number;
  /** Of the asked: for a reason that is ours to answer for. */
  readonly faulty: number;
  readonly received: number;
  readonly gradings: readonly Grading[];
  /** Units whose refund was decided, be it nothing. */
  readonly settled: number;
  /** Of the settled: those that were ours to answer for. */
  readonly settledFaulty: number;
  /** What is wanted in place of them; absent: money. */
  readonly exchangeFor?: readonly WantedGoods[];
}

/** What came in at once of an item: how much of it was to come, how much was not, and how much was graded. */
export interface ReceiptItem {
  readonly lineId?: string;
  readonly sku: string;
  readonly announced: number;
  readonly unannounced: number;
  readonly graded: number;
}

/** What came in at once. */
export interface Receipt {
  readonly location: string;
  /** By item key. */
  readonly items: ReadonlyMap<string, ReceiptItem>;
}

interface Named {
  readonly lineId?: string | undefined;
  readonly sku: string;
}

export const itemKey = ({ lineId, sku }: Named): string => JSON.stringify([lineId ?? null, sku]);

export const gradedOf = ({ gradings }: ReturnLine): number => gradings.reduce((sum, { quantity }) => sum + quantity, 0);
export const ungradedOf = ({ announced, unannounced, graded }: ReceiptItem): number => announced + unannounced - graded;

export const isAllowed = ({ standing }: ReturnLine): boolean => standing === 'authorized' || standing === 'kept';
export const isUndecided = ({ standing }: ReturnLine): boolean => standing === 'asked' || standing === 'review';

/** Units that it holds, or will: of what was declined only what came all the same. */
export const unitsHeld = ({ standing, asked, received, settled }: ReturnLine): number => {
  if (standing === 'kept') return asked;
  return standing === 'declined' ? received : Math.max(asked, received, settled);
};

interface Portion extends Named {
  readonly quantity: number;
}

interface Taking {
  /** How many more units a line can take. */
  readonly roomOf: (line: ReturnLine) => number;
  readonly give: (line: ReturnLine, units: number) => ReturnLine;
}

/** Units of items, given to the lines that are of them: to one after the other, as each has room. In one pass, however many there are. */
export const spread = (lines: readonly ReturnLine[], portions: readonly Portion[], { roomOf, give }: Taking): readonly ReturnLine[] => {
  const left = new Map<string, number>();
  for (const portion of portions) left.set(itemKey(portion), (left.get(itemKey(portion)) ?? 0) + portion.quantity);
  return lines.map((line) => {
    const key = itemKey(line);
    const units = Math.min(left.get(key) ?? 0, Math.max(0, roomOf(line)));
    if (units === 0) return line;
    left.set(key, (left.get(key) ?? 0) - units);
    return give(line, units);
  });
};
