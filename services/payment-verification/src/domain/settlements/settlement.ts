import type { Reason } from '@cartage/contracts';
import { deciding, evolving, Refused, type DataOf, type Decider, type Named } from '@cartage/eventsourcing';
import { isByCarrier, movedBy, type SettlementLine } from './line';
import { match, type Closed, type Expectation, type Outcome } from './matching';
import { asTold, bookedOf, bookedWith, posting, coveredByHand, type Booked, type Posted, type RecordedByHand } from './posting';

/** A way to deal with what does not agree. */
export const resolutions = ['write-off', 'accept', 'claim'] as const;
export type Resolution = (typeof resolutions)[number];

export interface Settled {
  readonly line: SettlementLine;
  /** Absent: no order is known that it belongs to. */
  readonly orderId?: string;
  readonly outcome: Outcome;
  /** What it answers of ours. */
  readonly settles: readonly Expectation[];
  /** Movements of which nothing is missing any more. */
  readonly complete: readonly string[];
  /** What goes into the books: all of it the first time that the line is seen, then what has to be added or taken back. */
  readonly posted?: Posted;
  readonly at: string;
}

/** A line of which the order is known. */
export interface Answered extends Settled {
  readonly orderId: string;
}

export type SettlementEvent =
  /** Nothing answers it yet: it waits for what it speaks of. */
  | Named<'SettlementLineParked', Settled>
  | Named<'SettlementLineBooked', Settled>
  | Named<'PaymentSettled', Answered>
  | Named<'SettlementMismatch', Answered>
  /** The order is known to which a line belongs that waited. */
  | Named<'SettlementLineAssigned', { readonly lineId: string; readonly orderId: string; readonly at: string }>
  | Named<
      'SettlementMismatchResolved',
      {
        readonly line: SettlementLine;
        readonly orderId?: string;
        readonly outcome: Outcome;
        /** What was expected, in its own currency. */
        readonly expectedCurrency: string;
        readonly resolution: Resolution;
        readonly reason: Reason;
        readonly complete: readonly string[];
        readonly at: string;
      }
    >;

export type SettlementCommand =
  /** Compares lines of files with what moved: both may be told again, and in any order. */
  | Named<
      'Reconcile',
      {
        readonly orderId?: string;
        readonly lines: readonly SettlementLine[];
        readonly expectations: readonly Expectation[];
        /** What persons recorded of what carriers hand over. */
        readonly recorded: readonly RecordedByHand[];
        readonly now: string;
      }
    >
  | Named<'AssignLine', { readonly lineId: string; readonly orderId: string; readonly now: string }>
  | Named<'ResolveMismatch', { readonly lineId: string; readonly resolution: Resolution; readonly reason: Reason; readonly now: string }>;

/** What one line is known as. */
interface Standing {
  readonly line: SettlementLine;
  readonly outcome: Outcome;
  /** What is in the books because of it. */
  readonly booked: Booked;
  readonly resolution?: Resolution;
  /** Another stream has it. */
  readonly assignedTo?: string;
}

/** The lines of one order, or one line of which no order is known, and what they are compared with. */
export interface Settlement {
  readonly orderId?: string;
  readonly standings: ReadonlyMap<string, Standing>;
  readonly expectations: ReadonlyMap<string, Expectation>;
}

type Command<Type extends SettlementCommand['type']> = DataOf<SettlementCommand, Type>;

const isClosed = ({ resolution }: Standing): boolean => resolution === 'write-off' || resolution === 'accept';

const closedIn = (standings: Settlement['standings']): readonly Closed[] =>
  [...standings].filter(([, each]) => isClosed(each)).map(([lineId, { outcome }]) => ({ lineId, ...outcome }));

const eventOf = (data: Settled): SettlementEvent => {
  const { orderId, outcome } = data;
  if (outcome.code === 'alone') return { type: 'SettlementLineBooked', data };
  if (outcome.code === 'unmatched' || orderId === undefined) return { type: 'SettlementLineParked', data };
  return { type: outcome.code === 'matched' ? 'PaymentSettled' : 'SettlementMismatch', data: { ...data, orderId } };
};

const isSame = (one: Outcome, other: Outcome): boolean =>
  one.code === other.code && one.expected === other.expected && one.settles.join() === other.settles.join();

const orderOf = (orderId: string | undefined): { readonly orderId?: string } => (orderId === undefined ? {} : { orderId });

/** What was recorded because of a carrier’s line is known only where it is told of: until then it stays as it was. */
const isToldOf = (line: SettlementLine, told: ReadonlyMap<string, SettlementLine>): boolean => !isByCarrier(line) || told.has(line.lineId);

const reconcile = (
  { orderId, lines, expectations, recorded, now }: Command<'Reconcile'>,
  state: Settlement,
): readonly SettlementEvent[] => {
  const all = new Map([...state.expectations, ...expectations.map((each) => [each.id, each] as const)]);
  const told = new Map(lines.map((line) => [line.lineId, line]));
  const known = [...state.standings.values()].filter(({ assignedTo }) => assignedTo === undefined).map(({ line }) => asTold(line, told));
  const fresh = [...told.values()].filter(({ lineId }) => !state.standings.has(lineId));
  const compared = [...known, ...fresh];
  const { outcomes, isSettled } = match(compared, all.values(), closedIn(state.standings));
  const byHand = coveredByHand(compared, { outcomes, recorded });
  return compared.flatMap((line): readonly SettlementEvent[] => {
    const [outcome, before] = [outcomes.get(line.lineId), state.standings.get(line.lineId)];
    if (!outcome || !isToldOf(line, told)) return [];
    const posted = posting(line, { byHand: byHand.get(line.lineId) ?? 0, before });
    if (before && !posted && isSame(before.outcome, outcome)) return [];
    const settles = outcome.settles.flatMap((id) => all.get(id) ?? []);
    const complete = outcome.settles.filter(isSettled);
    return [eventOf({ line, outcome, settles, complete, at: now, ...orderOf(orderId), ...(posted ? { posted } : {}) })];
  });
};

const standingOf = (lineId: string, { standings }: Settlement): Standing => {
  const standing = standings.get(lineId);
  if (!standing || standing.assignedTo !== undefined)
    throw new Refused('SETTLEMENT_LINE_UNKNOWN', `No line ${lineId} of a settlement is known here.`, 'unknown');
  return standing;
};

/** What a person has closed stays where it is. */
const assignLine = ({ lineId, orderId, now }: Command<'AssignLine'>, state: Settlement): readonly SettlementEvent[] => {
  const standing = state.standings.get(lineId);
  if (!standing || isClosed(standing) || standing.assignedTo !== undefined) return [];
  return [{ type: 'SettlementLineAssigned', data: { lineId, orderId, at: now } }];
};

const requireOpen = ({ outcome, resolution, line }: Standing, wanted: Resolution): void => {
  if (outcome.code === 'matched' || outcome.code === 'alone')
    throw new Refused('NOTHING_TO_RESOLVE', `Line ${line.lineId} agrees with what moved: there is nothing to resolve.`);
  if (resolution !== undefined && resolution !== 'claim' && resolution !== wanted)
    throw new Refused('MISMATCH_RESOLVED', `Line ${line.lineId} was resolved before: ${resolution}.`);
};

/** A claim stays open until it is paid or closed in another way. */
const resolveMismatch = (
  { lineId, resolution, reason, now }: Command<'ResolveMismatch'>,
  state: Settlement,
): readonly SettlementEvent[] => {
  const standing = standingOf(lineId, state);
  requireOpen(standing, resolution);
  const { line, outcome } = standing;
  if (standing.resolution === resolution) return [];
  const [first] = outcome.settles;
  const expectedCurrency = (first === undefined ? undefined : state.expectations.get(first)?.currency) ?? movedBy(line).currency;
  return [
    {
      type: 'SettlementMismatchResolved',
      data: {
        ...{ line, outcome, expectedCurrency, resolution, reason, at: now },
        ...orderOf(state.orderId),
        complete: resolution === 'claim' ? [] : outcome.settles,
      },
    },
  ];
};

const stood = (state: Settlement, { line, orderId, outcome, settles, posted }: Settled): Settlement => ({
  ...state,
  ...orderOf(orderId),
  standings: new Map(state.standings).set(line.lineId, {
    ...state.standings.get(line.lineId),
    ...{ line: { ...line, posted: true }, outcome },
    booked: bookedWith(bookedOf(line, state.standings.get(line.lineId)), posted),
  }),
  expectations: new Map([...state.expectations, ...settles.map((each) => [each.id, each] as const)]),
});

const changed = (state: Settlement, lineId: string, change: Partial<Standing>): Settlement => {
  const standing = state.standings.get(lineId);
  return standing ? { ...state, standings: new Map(state.standings).set(lineId, { ...standing, ...change }) } : state;
};

export const settlement: Decider<SettlementCommand, Settlement, SettlementEvent> = {
  initial: { standings: new Map(), expectations: new Map() },
  evolve: evolving<Settlement, SettlementEvent>({
    SettlementLineParked: stood,
    SettlementLineBooked: stood,
    PaymentSettled: stood,
    SettlementMismatch: stood,
    SettlementLineAssigned: (state, { lineId, orderId }) => changed(state, lineId, { assignedTo: orderId }),
    SettlementMismatchResolved: (state, { line, resolution }) => changed(state, line.lineId, { resolution }),
  }),
  decide: deciding<SettlementCommand, Settlement, SettlementEvent>({
    Reconcile: reconcile,
    AssignLine: assignLine,
    ResolveMismatch: resolveMismatch,
  }),
};

/** Of an order, or of one line of which no order is known; each has an id of its own. */
export const settlementStream = (id: string): string => `settlement-${id}`;

/** Lines of carriers that nobody has closed: what was recorded because of each has to be told with any of them. */
export const openByCarrier = ({ standings }: Settlement): readonly SettlementLine[] =>
  [...standings.values()]
    .filter((each) => isByCarrier(each.line) && !isClosed(each) && each.assignedTo === undefined)
    .map(({ line }) => line);

/** A claim that was paid, or a line that agrees after all, is not open any more. */
export const isOpen = ({ outcome, resolution }: Standing): boolean =>
  outcome.code !== 'matched' && outcome.code !== 'alone' && (resolution === undefined || resolution === 'claim');
