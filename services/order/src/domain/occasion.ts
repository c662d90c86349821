import type { Decision } from './events';
import type { PromiseBook } from './promising/promise-book';
import { shortageChoices, type PlacedOrder, type ShortageChoice } from './state';

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

/** What becomes of lines that are short, unless somebody chooses: the first that can be followed. A substitute may not be there. */
export type ShortagePolicy = readonly ShortageChoice[];

const isChoice = (word: string): word is ShortageChoice => (shortageChoices as readonly string[]).includes(word);

/** `substitute>split` and the like; nothing, where it is no policy. */
export const shortagePolicyIn = (text: string): ShortagePolicy | undefined => {
  const words = text.split('>').map((word) => word.trim());
  return words.every(isChoice) ? words : undefined;
};

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
