import type { PublicEvent } from '@cartage/contracts';
import type { DataOf } from '@cartage/eventsourcing';

export type EventType = PublicEvent['type'];

/** Of each of these facts, the things that it is about: ids. */
export type AboutOf = { readonly [Type in EventType]?: (data: DataOf<PublicEvent, Type>) => readonly string[] };

/** A thing of which something must follow, and until when, where the fact itself says it. */
export interface Begun {
  readonly about: string;
  /** ISO 8601; what the rule allows is added. Absent: what the rule allows, from the time of the fact. */
  readonly until?: string | undefined;
  /** What it consists of: where each of these is excused, it is, too. */
  readonly parts?: readonly string[];
}

export type BegunOf = { readonly [Type in EventType]?: (data: DataOf<PublicEvent, Type>) => readonly (string | Begun)[] };

/**
 * Who brings about what must follow: our programs, within minutes; or people of the house, partners (carriers, suppliers, banks, channels), customers,
 * within days.
 */
export const whoseAll = ['services', 'people', 'partners', 'customers'] as const;
export type Whose = (typeof whoseAll)[number];

/** About everything in the book of an order, as an excuse (`unless`). */
export const EVERYTHING = '*';

/** Cause → what must follow, within what, unless what. */
export interface Following {
  readonly name: string;
  /** The rule as a sentence. */
  readonly says: string;
  readonly whose: Whose;
  /** Causes. Of several about the same thing the latest deadline counts. */
  readonly after: BegunOf;
  /** Any of these about the same thing, whether before or after the cause. */
  readonly comes: AboutOf;
  /** Any of these: then nothing needs to follow. */
  readonly unless?: AboutOf;
  /** It must follow only where one of these is there, too, about the same thing; its time begins with the later of both. */
  readonly given?: AboutOf;
  /** So many milliseconds after the cause, or after what it says itself. Absent: it may wait for as long as it takes, and is never missing. */
  readonly within?: number;
  /** While a hold stands it is not due, and after the hold it has its time anew. */
  readonly pauses?: true;
  /** It has to have a cause: what is missing is not a consequence. */
  readonly isCause?: true;
  /** What comes may be told under another key than the cause: the books are named by `elsewhere`. */
  readonly across?: true;
}

/** One thing of which there may be one; `thing` where several facts tell of the same one, such as a label. */
export interface Claim {
  readonly about: string;
  readonly thing?: string;
}

type ClaimsOf = { readonly [Type in EventType]?: (data: DataOf<PublicEvent, Type>) => readonly Claim[] };

/** What may be there once: a second one is found at once. */
export interface Once {
  readonly name: string;
  readonly says: string;
  readonly of: ClaimsOf;
  /** These things are there no more, and count no more. */
  readonly undone?: ClaimsOf;
  /** Each of these allows it once more. */
  readonly again?: AboutOf;
}

export const SECOND = 1_000;
export const MINUTE = 60 * SECOND;
export const HOUR = 60 * MINUTE;
export const DAY = 24 * HOUR;

/** What programs do, they do at once; so long they may have been down, or behind. */
export const PROMPTLY = 5 * MINUTE;

/** An order of more lines is followed as a whole, not by line. */
const MANY_LINES = 300;
const ALL_LINES = 'all lines';

interface WithLine {
  readonly lineId: string;
}

/** Each line of which something must follow. */
export const eachLine = (lines: readonly WithLine[]): readonly string[] =>
  lines.length > MANY_LINES ? [ALL_LINES] : lines.map(({ lineId }) => lineId);

/** The lines of which something came; and that something came at all, for an order that is followed as a whole. */
export const theseLines = (lines: readonly WithLine[]): readonly string[] => [
  ...(lines.length > MANY_LINES ? [] : lines.map(({ lineId }) => lineId)),
  ALL_LINES,
];

/** A line, where it is a part of something. */
export const lineIn = ({ lineId }: WithLine): string => `line ${lineId}`;

/** A thing that consists of these lines. */
export const madeOf = (about: string, lines: readonly WithLine[]): readonly Begun[] => {
  const parts = [...new Set(lines.map(lineIn))];
  return [parts.length > MANY_LINES ? { about } : { about, parts }];
};

interface PricedLine extends WithLine {
  readonly total: number;
}

/** Lines for which nobody pays. */
export const givenAway = (lines: readonly (PricedLine | undefined)[]): readonly string[] =>
  lines.flatMap((line) => (line?.total === 0 ? [lineIn(line)] : []));
