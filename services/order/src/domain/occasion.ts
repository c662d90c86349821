import type { Decision } from './events';
import type { PromiseBook } from './promising/promise-book';
import type { PlacedOrder } from './state';

/** How long the order waits for others, and for how long. */
export interface Patience {
  /** For whoever was asked not to ship something. */
  readonly cancellationMs: number;
  /** For another way to pay. */
  readonly paymentMs: number;
  /** For stock, from when a line was short or its goods were expected. */
  readonly shortageMs: number;
  /** How long before a date of the customer somebody is warned. */
  readonly atRiskMs: number;
}

/** What becomes of lines that are short, unless somebody chooses. */
export type ShortagePolicy = 'wait' | 'split' | 'cancel';

/** When it is decided, by which settings, and ids for what comes of it. */
export interface Occasion {
  readonly now: string;
  readonly newId: () => string;
  readonly patience: Patience;
  readonly shortagePolicy: (channel: string) => ShortagePolicy;
  /** By what promises are made. */
  readonly promises: PromiseBook;
}

/**
 * What follows from what is known, whichever fact came last: topics arrive in any order relative to each other, so no rule may ask which
 * fact it was. Each rule sees what the rules before it decided.
 */
export type Rule = (order: PlacedOrder, occasion: Occasion) => readonly Decision[];

export const isAfter = (one: string | undefined, other: string): boolean => one !== undefined && Date.parse(one) > Date.parse(other);

export const later = (time: string, ms: number): string => new Date(Date.parse(time) + ms).toISOString();

/** The latest of times that are known. */
export const latest = (one: string, ...others: readonly (string | undefined)[]): string =>
  others.reduce<string>((last, other) => (other !== undefined && isAfter(other, last) ? other : last), one);
