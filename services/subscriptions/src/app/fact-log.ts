import type { Envelope } from '@cartage/contracts';
import type { About } from '../domain/about';
import type { Entry } from '../domain/journaling';

/** Which facts somebody wants; whatever is left out is no condition, and of a list any one is enough. */
export interface FactFilter extends About {
  readonly orders?: readonly string[];
  readonly channels?: readonly string[];
  readonly types?: readonly string[];
  /** Recorded then or later, and before that. */
  readonly from?: string;
  readonly to?: string;
}

export interface Reading extends FactFilter {
  /** Those behind this position. */
  readonly after: number;
  /** Those up to this position. */
  readonly upTo?: number;
  readonly limit: number;
}

/** What is read at once: so many facts, or so many bytes of them. */
export interface Piece {
  /** At least one where there is one. */
  readonly entries: readonly Entry[];
  /** Whether there may be more behind the last of them; otherwise all was looked through. */
  readonly more: boolean;
}

/** All public facts, once each, in one order; and the journal of each order among them. */
export interface FactLog {
  /** Durable when it is done. What is there is not entered again. */
  keep(facts: readonly Envelope[]): Promise<void>;
  /** Enters what has waited since before then for the beginning of its journal; answers how many facts it were. */
  release(before: Date): Promise<number>;
  /** The position of the last fact; 0 for none. */
  head(): Promise<number>;
  /** How many wait for the beginning of their journal. */
  waiting(): Promise<number>;
  read(reading: Reading): Promise<Piece>;
  /** Of one order, behind this number of its journal. */
  journal(orderId: string, after: number, limit: number): Promise<readonly Entry[]>;
  /** Where the order was sold, null if nobody said so; nothing if nothing was heard of it. */
  channelOf(orderId: string): Promise<string | null | undefined>;
}
