import type { Reason } from '@cartage/contracts';
import { deciding, Refused, type Decider, type FieldError, type Named } from '@cartage/eventsourcing';
import {
  differenceOf,
  evolveSheet,
  lastCount,
  noSheet,
  type CountedUnits,
  type CountLine,
  type CountSheet,
  type CountSheetEvent,
  type CountSheetPlan,
  type CountWorth,
} from './count-sheet';

interface About {
  readonly countId: string;
  readonly now: string;
}

/** What is judged of a count beside the sheet. */
export interface Shelf {
  /** What the books have there now: it may be other than when it was counted. */
  readonly onHand: number;
}

export type OpenCountSheet = Named<
  'OpenCountSheet',
  About & CountSheetPlan & { readonly lines: readonly Pick<CountLine, 'sku' | 'bin'>[] }
>;
export type CountLines = Named<'CountLines', About & { readonly counts: readonly (CountedUnits & Shelf)[] }>;
/** A person says that a difference is so. */
export type ApproveCount = Named<
  'ApproveCount',
  /** `sentBy`: whoever sent it, in whoever's name. */
  About & { readonly sku: string; readonly approvedBy: string; readonly sentBy: string } & Pick<Shelf, 'onHand'>
>;
/** A person does not believe it. */
export type RejectCount = Named<'RejectCount', About & { readonly sku: string; readonly reason: Reason }>;
export type CancelCountSheet = Named<'CancelCountSheet', About & { readonly reason: Reason }>;
export type ExpireCountSheet = Named<'ExpireCountSheet', About>;

export type CountCommand = OpenCountSheet | CountLines | ApproveCount | RejectCount | CancelCountSheet | ExpireCountSheet;

type Facts = readonly CountSheetEvent[];

export const countSheet = (countId: string): Decider<CountCommand, CountSheet, CountSheetEvent> => ({
  initial: noSheet(countId),
  evolve: evolveSheet,
  decide: deciding<CountCommand, CountSheet, CountSheetEvent>({
    OpenCountSheet: ({ now, lines, ...data }, { status }) =>
      status === 'none' ? [{ type: 'CountSheetOpened', data: { ...data, lines: distinct(lines), openedAt: now } }] : [],
    CountLines: (data, state) => counted(data, state),
    ApproveCount: ({ sku, approvedBy, sentBy, onHand, now }, state) => {
      const line = requireLine(sku, state, ['approval', 'booked']);
      if (line.status === 'booked') return [];
      if (state.fourEyes) requireOther([approvedBy, sentBy], line);
      return isOutdated(line, onHand)
        ? [recount(countId, sku, { reason: outdated, now })]
        : [{ type: 'CountBooked', data: { countId, sku, approvedBy, bookedAt: now } }];
    },
    RejectCount: ({ sku, reason, now }, state) =>
      requireLine(sku, state, ['approval', 'recount', 'missed']).status === 'approval' ? [recount(countId, sku, { reason, now })] : [],
    CancelCountSheet: ({ reason, now }, state) => {
      if (state.status === 'cancelled') return [];
      requireOpen(state);
      return [{ type: 'CountSheetCancelled', data: { countId, reason, cancelledAt: now } }];
    },
    ExpireCountSheet: ({ now }, { status }) =>
      status === 'open' ? [{ type: 'CountSheetExpired', data: { countId, expiredAt: now } }] : [],
  }),
});

const distinct = (lines: OpenCountSheet['data']['lines']): OpenCountSheet['data']['lines'] => [
  ...new Map(lines.map((line) => [line.sku, line])).values(),
];

const counted = ({ countId, counts, now }: CountLines['data'], state: CountSheet): Facts => {
  // Of a closed sheet every line is settled: somebody else was first.
  if (state.status !== 'closed') requireOpen(state);
  requireLines(
    counts.map(({ sku }) => sku),
    state,
  );
  return counts.flatMap(({ onHand, ...units }): Facts => {
    const line = state.lines.get(units.sku);
    if (!line || isSettled(line)) return [];
    const fact: CountSheetEvent = { type: 'LineCounted', data: { countId, ...units, recordedAt: now } };
    return [fact, judged({ ...line, counts: [...line.counts, units] }, state, { onHand, now })];
  });
};

/** Somebody else counted it meanwhile. */
const isSettled = ({ status }: CountLine): boolean => status === 'booked' || status === 'approval';

type Judging = { readonly onHand: number; readonly now: string };

/** A count stands when it is near what was expected, or when two in a row say the same; beyond what may be booked at once a person is asked. */
const judged = (line: CountLine, { countId, tolerance, approval }: CountSheet, { now, onHand }: Judging): CountSheetEvent => {
  const { sku } = line;
  if (!isNear(line, tolerance) && !isAgreed(line)) return recount(countId, sku, { reason: beyondTolerance, now });
  if (isOutdated(line, onHand)) return recount(countId, sku, { reason: outdated, now });
  return isBeyond(lastDifference(line), approval, lastCount(line)?.worth)
    ? { type: 'CountApprovalRequested', data: { countId, sku, requestedAt: now } }
    : { type: 'CountBooked', data: { countId, sku, bookedAt: now } };
};

const lastDifference = (line: CountLine): number => differenceOf(lastCount(line) ?? { quantity: 0, expected: 0 });

const isNear = (line: CountLine, { units, percent }: CountSheet['tolerance']): boolean =>
  Math.abs(lastDifference(line)) <= Math.max(units, Math.floor(((lastCount(line)?.expected ?? 0) * percent) / 100));

const isAgreed = (line: CountLine): boolean => {
  const before = line.counts.at(-2);
  return before !== undefined && differenceOf(before) === lastDifference(line);
};

const beyondTolerance: Reason = { code: 'beyond-tolerance', detail: 'The count is far from what was expected.', by: 'policy' };
const outdated: Reason = { code: 'outdated', detail: 'More has left since than the count says was there.', by: 'policy' };

const recount = (countId: string, sku: string, { reason, now }: { readonly reason: Reason; readonly now: string }): CountSheetEvent => ({
  type: 'RecountRequested',
  data: { countId, sku, reason, requestedAt: now },
});

/** By the count more has left since than was there: it cannot be right. */
const isOutdated = (line: CountLine, onHand: number): boolean => {
  const last = lastCount(line);
  return last !== undefined && onHand + differenceOf(last) < 0;
};

const isBeyond = (difference: number, approval: CountSheet['approval'], worth: CountWorth | undefined): boolean => {
  if (!approval || difference === 0) return false;
  if (approval.units !== undefined && Math.abs(difference) > approval.units) return true;
  return approval.amount !== undefined && (worth === undefined || Math.abs(worth.amount) > approval.amount);
};

/** Four eyes: whoever counted it, if only the first time, is not asked whether it is so. */
const requireOther = (approving: readonly string[], { sku, counts }: CountLine): void => {
  const counter = counts.find(({ countedBy }) => countedBy !== undefined && approving.includes(countedBy))?.countedBy;
  if (counter !== undefined) throw new Refused('COUNT_SAME_PERSON', `${counter} counted ${sku}: somebody else has to approve it.`);
};

const requireOpen = ({ status, countId }: CountSheet): void => {
  if (status === 'open') return;
  if (status === 'none') throw unknownCount(countId);
  throw new Refused('COUNT_ENDED', `Count sheet ${countId} is ${status}: open another one.`);
};

const requireLines = (skus: readonly string[], { lines, countId }: CountSheet): void => {
  const errors = skus.flatMap((sku, i): readonly FieldError[] =>
    lines.has(sku)
      ? []
      : [{ field: `counts[${i}].sku`, code: 'LINE_UNKNOWN', message: `${sku} is not on count sheet ${countId}: open one for it.` }],
  );
  if (errors[0]) throw new Refused('LINE_UNKNOWN', errors[0].message, 'invalid', errors);
};

const requireLine = (sku: string, { lines, status, countId }: CountSheet, wanted: readonly CountLine['status'][]): CountLine => {
  if (status === 'none') throw unknownCount(countId);
  const line = lines.get(sku);
  if (!line) throw new Refused('LINE_UNKNOWN', `${sku} is not on count sheet ${countId}.`, 'unknown');
  if (wanted.includes(line.status)) return line;
  throw new Refused('COUNT_LINE_STATUS', `${sku} on count sheet ${countId} is ${line.status}: no count of it waits for a word.`);
};

export const unknownCount = (countId: string): Refused => new Refused('COUNT_UNKNOWN', `There is no count sheet ${countId}.`, 'unknown');
