export const learnedInForks = ['look-ahead'] as const;
/** What is learned and decides where lines ship from. */
export type LearnedInFork = (typeof learnedInForks)[number];

/** What is to be otherwise in a fork of the past, and of which time. */
export interface ForkTerms {
  /** What was recorded before this instant stands as it is. */
  readonly from: string;
  /** Played forward until then. */
  readonly to: string;
  /** Version of the routing rules; absent: each order by those that it was routed by. */
  readonly rules?: string;
  /** Of what is learned this alone decides, found in the fork from what had come by then; absent: as the rules have it, by what was found at the time. */
  readonly learned?: readonly LearnedInFork[];
  readonly capacity: readonly CapacityOverride[];
  readonly stock: readonly StockOverride[];
  /** Codes of locations that take work, or take none, whatever they really did. */
  readonly opened: readonly string[];
  readonly closed: readonly string[];
  /** What would have been the best had first decisions of so many minutes been made together; absent: nobody asks. */
  readonly hindsightMinutes?: number;
}

export interface CapacityOverride {
  readonly location: string;
  /** Fulfilments on each of its days; absent: no limit. */
  readonly perDay?: number;
}

/** So many units more, or fewer, than there were. */
export interface StockOverride {
  readonly sku: string;
  readonly location: string;
  readonly units: number;
}
