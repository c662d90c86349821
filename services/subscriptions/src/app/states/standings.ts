import type { Entry } from '../../domain/journaling';
import type { FoldFault, Standing } from '../../domain/standing';

/** How far the states are, by places among all facts. */
export interface StandingProgress {
  /** Facts up to here are in the states. */
  readonly folded: number;
  /** States that changed up to here were told. */
  readonly published: number;
}

/** The states of everything as it is now. One process at a time changes them. */
export interface Standings {
  /** How far this way of making them is. Where they were made in another one, they are emptied first: they are made anew, and told anew. */
  begin(): Promise<StandingProgress>;
  /** Brings them up to date by these facts; in one transaction with how far they are. Answers with those that could not be folded. */
  fold(entries: readonly Entry[]): Promise<readonly FoldFault[]>;
  /** So many that changed behind this place, in the order in which they did; all of the last place, so that the next call goes on behind it. */
  changed(after: number, limit: number): Promise<readonly Standing[]>;
  /** How far they were told; 0 where nothing was. */
  told(): Promise<number>;
  /** They were told up to here. */
  published(position: number): Promise<void>;
}
