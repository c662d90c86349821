import type { Reason } from '@cartage/contracts';
import { evolving, type Named } from '@cartage/eventsourcing';

/** How far a count may be from what is expected, and stand at once: the greater of the two. */
export interface CountTolerance {
  readonly units: number;
  readonly percent: number;
}

/** Differences beyond any of these are booked when a person says so. */
export interface CountApproval {
  readonly units?: number;
  /** Minor units: what the units cost, or are sold for where no cost is known. What has neither in the currency is beyond. */
  readonly amount?: number;
  readonly currency?: string;
}

/** What a difference was worth when it was counted: minor units, below zero for what is missing. */
export interface CountWorth {
  readonly amount: number;
  readonly currency: string;
  /** What such units cost, or what they are sold for. */
  readonly by: 'cost' | 'price';
}

export interface CountedUnits {
  readonly sku: string;
  readonly quantity: number;
  /** What the books had there at that time. */
  readonly expected: number;
  readonly countedBy?: string;
  readonly countedAt: string;
  /** Of what it differs from what is expected, in the currency of the sheet; absent: nobody knows, or no sheet asks. */
  readonly worth?: CountWorth;
}

/** `recount`: it has to be counted again. `approval`: a person has to say so. `missed`: the sheet ended before it was settled. */
export type CountLineStatus = 'open' | 'recount' | 'approval' | 'booked' | 'missed';

export interface CountLine {
  readonly sku: string;
  readonly bin?: string;
  readonly status: CountLineStatus;
  /** The first first. */
  readonly counts: readonly Omit<CountedUnits, 'sku'>[];
  /** Why it is to be counted again. */
  readonly recount?: Reason;
  readonly approvedBy?: string;
}

export interface CountSheetPlan {
  readonly location: string;
  readonly reference?: string;
  /** What is expected is shown to nobody before a line is settled. */
  readonly blind: boolean;
  readonly tolerance: CountTolerance;
  readonly approval?: CountApproval;
  /** Whoever counted a line may not approve it. */
  readonly fourEyes?: boolean;
  readonly dueAt?: string;
}

/** `closed`: every line is booked. `expired`: its time was over before. */
export interface CountSheet extends CountSheetPlan {
  readonly status: 'none' | 'open' | 'closed' | 'expired' | 'cancelled';
  readonly countId: string;
  readonly lines: ReadonlyMap<string, CountLine>;
  readonly openedAt: string;
  /** Grows with every fact. */
  readonly revision: number;
}

type About<Data> = Data & { readonly countId: string };

/** Stream `count-<countId>`. Private: what is booked is told by `StockCounted`. */
export type CountSheetEvent =
  | Named<
      'CountSheetOpened',
      About<CountSheetPlan & { readonly lines: readonly Pick<CountLine, 'sku' | 'bin'>[]; readonly openedAt: string }>
    >
  | Named<'LineCounted', About<CountedUnits & { readonly recordedAt: string }>>
  | Named<'RecountRequested', About<{ readonly sku: string; readonly reason: Reason; readonly requestedAt: string }>>
  | Named<'CountApprovalRequested', About<{ readonly sku: string; readonly requestedAt: string }>>
  | Named<'CountBooked', About<{ readonly sku: string; readonly approvedBy?: string; readonly bookedAt: string }>>
  | Named<'CountSheetExpired', About<{ readonly expiredAt: string }>>
  | Named<'CountSheetCancelled', About<{ readonly reason: Reason; readonly cancelledAt: string }>>;

export const noSheet = (countId: string): CountSheet => ({
  ...{ status: 'none', countId, location: '', blind: false, tolerance: { units: 0, percent: 0 } },
  ...{ lines: new Map(), openedAt: '', revision: 0 },
});

const withLine = (sheet: CountSheet, sku: string, change: (line: CountLine) => CountLine): CountSheet => {
  const line = sheet.lines.get(sku);
  const revision = sheet.revision + 1;
  return line ? { ...sheet, revision, lines: new Map(sheet.lines).set(sku, change(line)) } : { ...sheet, revision };
};

const ended = (sheet: CountSheet, status: 'expired' | 'cancelled', missed: readonly CountLineStatus[]): CountSheet => ({
  ...{ ...sheet, status, revision: sheet.revision + 1 },
  lines: new Map(
    [...sheet.lines].map(([sku, line]) => [sku, missed.includes(line.status) ? { ...line, status: 'missed' as const } : line]),
  ),
});

const closed = (sheet: CountSheet): CountSheet =>
  sheet.status === 'open' && [...sheet.lines.values()].every(({ status }) => status === 'booked') ? { ...sheet, status: 'closed' } : sheet;

export const evolveSheet = evolving<CountSheet, CountSheetEvent>({
  CountSheetOpened: (_, { lines, ...plan }) => ({
    ...plan,
    ...{ status: 'open', revision: 1 },
    lines: new Map(lines.map((line) => [line.sku, { ...line, status: 'open', counts: [] }])),
  }),
  LineCounted: (sheet, { countId: _, sku, recordedAt: __, ...count }) =>
    withLine(sheet, sku, (line) => ({ ...line, counts: [...line.counts, count] })),
  RecountRequested: (sheet, { sku, reason }) =>
    withLine(sheet, sku, (line) => ({ ...line, status: sheet.status === 'open' ? 'recount' : 'missed', recount: reason })),
  CountApprovalRequested: (sheet, { sku }) => withLine(sheet, sku, (line) => ({ ...line, status: 'approval' })),
  CountBooked: (sheet, { sku, approvedBy }) =>
    closed(withLine(sheet, sku, (line) => ({ ...line, status: 'booked', ...(approvedBy === undefined ? {} : { approvedBy }) }))),
  // What was counted and waits for a word may still be booked.
  CountSheetExpired: (sheet) => ended(sheet, 'expired', ['open', 'recount']),
  CountSheetCancelled: (sheet) => ended(sheet, 'cancelled', ['open', 'recount', 'approval']),
});

export const lastCount = ({ counts }: CountLine): Omit<CountedUnits, 'sku'> | undefined => counts.at(-1);
export const differenceOf = ({ quantity, expected }: Pick<CountedUnits, 'quantity' | 'expected'>): number => quantity - expected;
