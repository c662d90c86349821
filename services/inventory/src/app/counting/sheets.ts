import { unknownCount } from '../../domain/counting/counting';
import {
  differenceOf,
  lastCount,
  type CountLine,
  type CountLineStatus,
  type CountSheet,
  type CountWorth,
} from '../../domain/counting/count-sheet';

/** What is to be counted: these SKUs, or those at the location that were counted longest ago. */
export type CountScope =
  | { readonly lines: readonly Pick<CountLine, 'sku' | 'bin'>[] }
  | {
      /** `A`: the SKUs that make up four fifths of the units that left there in 90 days; `B`: the next 15 percent; `C`: the rest. */
      readonly abc?: 'A' | 'B' | 'C' | undefined;
      /** Not counted for so many days. */
      readonly olderThanDays?: number | undefined;
      /** What stands in these, and in those of which these are the beginning: of `A-01` also `A-01-3`. */
      readonly bins?: readonly string[] | undefined;
      readonly limit: number;
    };

export interface ShownSheet extends Omit<CountSheet, 'status' | 'lines'> {
  readonly status: Exclude<CountSheet['status'], 'none'>;
  /** How many lines stand so. */
  readonly lines: { readonly [Status in CountLineStatus]: number };
}

/** A line as it may be shown: of a blind sheet what is expected only when it is settled. */
export interface ShownCountLine {
  readonly sku: string;
  readonly bin: string | null;
  readonly status: CountLineStatus;
  readonly counts: number;
  readonly counted: number | null;
  readonly expected: number | null;
  readonly difference: number | null;
  /** What the difference was worth when it was counted; null: nobody knows, or the sheet does not ask. */
  readonly value: CountWorth | null;
  readonly countedBy: string | null;
  readonly countedAt: string | null;
  readonly approvedBy: string | null;
  /** Why it is to be counted again; null: it is not. */
  readonly recount: string | null;
}

export interface SheetsQuery {
  readonly location?: string | undefined;
  readonly status?: string | undefined;
  readonly after?: string | undefined;
  readonly limit: number;
}

export interface CountLinesQuery {
  readonly countId: string;
  readonly status?: CountLineStatus | undefined;
  readonly after?: readonly [bin: string, sku: string] | undefined;
  readonly limit: number;
}

/** The reading port. */
export interface CountReading {
  find(countId: string): Promise<ShownSheet | undefined>;
  list(query: SheetsQuery): Promise<readonly ShownSheet[]>;
  /** As they are walked: by bin, then by SKU. */
  lines(query: CountLinesQuery): Promise<readonly ShownCountLine[]>;
  kindOf(location: string): Promise<string | undefined>;
  kitsAmong(skus: readonly string[]): Promise<readonly string[]>;
  /** Those counted longest ago first. */
  choose(location: string, scope: Exclude<CountScope, { readonly lines: unknown }>, now: string): Promise<readonly string[]>;
  /** Where they stand, as the warehouse says. */
  binsOf(location: string, skus: readonly string[]): Promise<ReadonlyMap<string, string>>;
}

export const shownSheet = ({ status, lines, ...sheet }: CountSheet): ShownSheet => {
  if (status === 'none') throw unknownCount(sheet.countId);
  const tally = { open: 0, recount: 0, approval: 0, booked: 0, missed: 0 };
  for (const line of lines.values()) tally[line.status] += 1;
  return { ...sheet, status, lines: tally };
};

const hiddenFrom = ({ status }: CountLine, blind: boolean): boolean => blind && status !== 'booked' && status !== 'approval';

const lastOf = (line: CountLine): Pick<ShownCountLine, 'counted' | 'countedBy' | 'countedAt'> => {
  const { quantity = null, countedBy = null, countedAt = null } = lastCount(line) ?? {};
  return { counted: quantity, countedBy, countedAt };
};

const expectedOf = (line: CountLine, blind: boolean): Pick<ShownCountLine, 'expected' | 'difference' | 'value'> => {
  const last = hiddenFrom(line, blind) ? undefined : lastCount(line);
  return last
    ? { expected: last.expected, difference: differenceOf(last), value: last.worth ?? null }
    : { expected: null, difference: null, value: null };
};

export const shownLine = (line: CountLine, blind: boolean): ShownCountLine => {
  const { sku, bin = null, status, approvedBy = null, recount } = line;
  const why = status === 'recount' && recount ? recount.code : null;
  return { sku, bin, status, counts: line.counts.length, ...lastOf(line), ...expectedOf(line, blind), approvedBy, recount: why };
};
