import type { DayUse, ForkTotals, OrderOutcome } from '../../domain/fork-outcome';
import type { HindsightTotals } from '../../domain/hindsight';
import type { ForkTerms } from '../../domain/fork-terms';

export const forkStatuses = ['waiting', 'running', 'done', 'failed'] as const;
export type ForkStatus = (typeof forkStatuses)[number];

/** What a fork came to. */
export interface ForkResult {
  /** Orders in which nothing is otherwise. */
  readonly same: number;
  readonly before: ForkTotals;
  readonly now: ForkTotals;
  /** Where it was asked for. */
  readonly hindsight?: HindsightTotals;
}

/** A fork of the past: what was asked, how far it is, and what it came to. */
export interface StoredFork {
  readonly forkId: string;
  readonly status: ForkStatus;
  readonly terms: ForkTerms;
  readonly note: string | null;
  readonly by: string;
  readonly askedAt: string;
  readonly startedAt: string | null;
  readonly endedAt: string | null;
  /** Decisions made again, and how many there are. */
  readonly decisions: number;
  readonly of: number;
  /** Why it failed. */
  readonly failure: { readonly code: string; readonly detail: string } | null;
  readonly result: ForkResult | null;
}

export interface NewFork extends Pick<StoredFork, 'forkId' | 'terms' | 'note' | 'by' | 'askedAt' | 'of'> {
  /** Of the request: the same id with another is refused. */
  readonly fingerprint: string;
}

/** A fork in hand. `attempt` tells who has it: whoever was taken for dead writes nothing any more. */
export interface ForkInHand extends Pick<StoredFork, 'forkId' | 'terms' | 'of'> {
  readonly attempt: number;
}

export interface ForkAnswer {
  readonly result: ForkResult;
  readonly orders: Iterable<OrderOutcome>;
  readonly days: readonly DayUse[];
}

/** The port to the tables of forks. */
export interface ForkTable {
  /** Keeps it to be played; once, however often it is asked. False where another request was made under its id. */
  ask(fork: NewFork): Promise<boolean>;
  /** How many wait or run. */
  unfinished(): Promise<number>;
  find(forkId: string): Promise<StoredFork | undefined>;
  /** Newest first, after this place. */
  list(after: readonly [askedAt: string, forkId: string] | undefined, limit: number): Promise<readonly StoredFork[]>;
  orders(
    forkId: string,
    page: { readonly changed: boolean; readonly after: string | undefined; readonly limit: number },
  ): Promise<readonly OrderOutcome[]>;
  days(forkId: string, after: readonly [location: string, day: string] | undefined, limit: number): Promise<readonly DayUse[]>;
  /** Takes it back, with all that it came to: whoever plays it finds that out. */
  drop(forkId: string): Promise<boolean>;
  /** The next that nobody has in hand, or whose player is dead, for so long. */
  claim(now: Date, until: Date): Promise<ForkInHand | undefined>;
  /** False when it was dropped, or another has it. */
  advance(fork: ForkInHand, decisions: number, until: Date): Promise<boolean>;
  /** All of it, or nothing where it was dropped or another has it. */
  finish(fork: ForkInHand, answer: ForkAnswer, at: Date): Promise<void>;
  fail(fork: ForkInHand, failure: NonNullable<StoredFork['failure']>, at: Date): Promise<void>;
  /** So many of those that ended before; answers how many it were. */
  forget(before: string, limit: number): Promise<number>;
}
