import type { Reason } from '@cartage/contracts';
import { deciding, evolving, Refused, type Decider, type Named } from '@cartage/eventsourcing';
import type { LikelyCause } from './cause';

/** Whose count, and of what: another system's of a SKU at a location or in a channel. */
export interface DifferenceSubject {
  readonly differenceId: string;
  /** The system that says so. */
  readonly source: string;
  readonly location?: string;
  readonly channel?: string;
  readonly sku: string;
}

export interface Figures {
  readonly statementId: string;
  /** The instant that both are of. */
  readonly asOf: string;
  readonly theirs: number;
  readonly ours: number;
}

/** Private: that they differ by more than is usual is told as an alert, and what is booked for it as an adjustment. */
export type DifferenceEvent =
  | Named<'StockDifferenceFound', DifferenceSubject & Figures & { readonly cause: LikelyCause; readonly foundAt: string }>
  | Named<'StockDifferenceAgreed', { readonly differenceId: string; readonly asOf: string; readonly agreedAt: string }>
  | Named<'TheirStockAccepted', Decision & { readonly units: number }>
  | Named<'OurStockAccepted', Decision>;

interface Decision {
  readonly differenceId: string;
  readonly reason: Reason;
  readonly decidedAt: string;
}

/** `agreed`: it went by itself. `theirs`, `ours`: a person accepted that count. */
export type DifferenceStatus = 'open' | 'agreed' | 'theirs' | 'ours';

export interface Difference extends DifferenceSubject, Figures {
  readonly status: DifferenceStatus;
  readonly cause: LikelyCause;
  /** Since when it stands, whatever its size was meanwhile. */
  readonly since: string;
  /** Why a person decided so. */
  readonly reason?: Reason;
  readonly settledAt?: string;
  readonly revision: number;
}

export type DifferenceCommand =
  | Named<'CompareStock', DifferenceSubject & Figures & { readonly cause: LikelyCause; readonly now: string }>
  /** `ours`: what the books had at that instant, as they stand today. */
  | Named<'AcceptTheirs', { readonly ours: number; readonly reason: Reason; readonly now: string }>
  | Named<'AcceptOurs', { readonly reason: Reason; readonly now: string }>;

export const unitsOf = ({ theirs, ours }: Pick<Figures, 'theirs' | 'ours'>): number => theirs - ours;

type Settled = Pick<Difference, 'status' | 'settledAt'> & { readonly reason?: Reason };

const settled = (state: Difference | undefined, how: Settled): Difference | undefined =>
  state && { ...state, ...how, revision: state.revision + 1 };

const found = (
  state: Difference | undefined,
  { foundAt, ...data }: Extract<DifferenceEvent, { readonly type: 'StockDifferenceFound' }>['data'],
): Difference => ({
  ...data,
  status: 'open',
  since: state?.status === 'open' ? state.since : foundAt,
  revision: (state?.revision ?? 0) + 1,
});

export const difference: Decider<DifferenceCommand, Difference | undefined, DifferenceEvent> = {
  initial: undefined,
  evolve: evolving<Difference | undefined, DifferenceEvent>({
    StockDifferenceFound: (state, data) => found(state, data),
    StockDifferenceAgreed: (state, { asOf, agreedAt }) =>
      settled(state && { ...state, asOf, ours: state.theirs }, { status: 'agreed', settledAt: agreedAt }),
    TheirStockAccepted: (state, { reason, decidedAt }) => settled(state, { status: 'theirs', reason, settledAt: decidedAt }),
    OurStockAccepted: (state, { reason, decidedAt }) => settled(state, { status: 'ours', reason, settledAt: decidedAt }),
  }),
  decide: deciding<DifferenceCommand, Difference | undefined, DifferenceEvent>({
    CompareStock: (said, state) => {
      // What was said of an earlier instant says nothing about this one.
      if (state && said.asOf < state.asOf) return [];
      return unitsOf(said) === 0 ? agreed(said, state) : differs(said, state);
    },
    AcceptTheirs: ({ ours, reason, now }, state) => {
      const { differenceId, status, theirs, location } = required(state);
      if (location === undefined)
        throw new Refused('CHANNEL_HAS_NO_STOCK', 'A channel has no stock of its own: tell it again what it has.');
      if (status === 'theirs') return [];
      requireOpen(status, differenceId);
      return [{ type: 'TheirStockAccepted', data: { differenceId, units: theirs - ours, reason, decidedAt: now } }];
    },
    AcceptOurs: ({ reason, now }, state) => {
      const { differenceId, status } = required(state);
      if (status === 'ours') return [];
      requireOpen(status, differenceId);
      return [{ type: 'OurStockAccepted', data: { differenceId, reason, decidedAt: now } }];
    },
  }),
};

type Said = Extract<DifferenceCommand, { readonly type: 'CompareStock' }>['data'];

const agreed = ({ differenceId, asOf, now }: Said, state: Difference | undefined): readonly DifferenceEvent[] =>
  state?.status === 'open' || state?.status === 'ours'
    ? [{ type: 'StockDifferenceAgreed', data: { differenceId, asOf, agreedAt: now } }]
    : [];

/** What a person accepted stays so for as long as they differ by the same; and the same is not told again and again. */
const differs = ({ now, ...said }: Said, state: Difference | undefined): readonly DifferenceEvent[] => {
  const same = state !== undefined && unitsOf(state) === unitsOf(said);
  if (same && state.status === 'ours') return [];
  if (same && state.status === 'open' && state.cause.code === said.cause.code) return [];
  return [{ type: 'StockDifferenceFound', data: { ...said, foundAt: now } }];
};

export const unknownDifference = (differenceId: string): Refused =>
  new Refused('DIFFERENCE_UNKNOWN', `There is no difference ${differenceId}.`, 'unknown');

const required = (state: Difference | undefined): Difference => {
  if (state) return state;
  throw unknownDifference('of that id');
};

const requireOpen = (status: DifferenceStatus, differenceId: string): void => {
  if (status !== 'open') throw new Refused('DIFFERENCE_SETTLED', `Difference ${differenceId} is settled: ${status}.`);
};
