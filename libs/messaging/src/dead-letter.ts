import { isError, messageOf, stackOf } from '@cartage/eventsourcing';
import type { RawRecord } from './record';

/**
 * - `dead`: could not be taken; waits for a person, who sends it again or drops it.
 * - `retrying`: will be taken again by itself: sent again by a person, early, or its turn has come.
 * - `waiting`: came after one of the same key that is not done, and keeps its order.
 * - `dropped`: a person has decided that it is not to be taken, and said why.
 */
export const deadLetterStates = ['dead', 'retrying', 'waiting', 'dropped'] as const;
export type DeadLetterState = (typeof deadLetterStates)[number];

/** Something that came for a group, to be stored as it came. */
export interface Letter {
  readonly group: string;
  readonly topic: string;
  readonly key: string;
  /** The event's id; where it stood, for a record that is no event. A group keeps each once. */
  readonly eventId: string;
  /** Empty for a record that is no event. */
  readonly type: string;
  readonly record: RawRecord;
}

export interface Failure {
  readonly error: unknown;
  /** How often it was tried. */
  readonly attempts: number;
}

/** A stored letter. Times are ISO 8601 UTC. */
export interface StoredLetter extends Letter {
  /** Counts up with the time of storing. */
  readonly id: string;
  readonly state: DeadLetterState;
  readonly error: string;
  readonly stack: string;
  readonly attempts: number;
  readonly storedAt: string;
  readonly changedAt: string;
  /** Why it was dropped. */
  readonly reason?: string;
  /** How many of its key wait behind it. */
  readonly behind: number;
}

/** A letter as lists show it: without what came, which may be large. */
export type ListedLetter = Omit<StoredLetter, 'record' | 'stack'>;

/** Why a key is blocked: its first letter is dead, or comes again by itself because it was early. */
export interface Front {
  readonly state: 'dead' | 'retrying';
  readonly since: string;
}

/**
 * What groups could not take, and what came after it of the same key, in its order; one place for each listening service, whatever the wiring.
 * Every change is durable when it answers. Of the letters of a key the first is `dead` or `retrying` and all others are `waiting`, always: each
 * change that ends the first makes the next one `retrying`. Any process may do any of this at any time.
 */
export interface DeadLetters {
  /** The keys whose events must be queued, each with its first letter. */
  blocked(group: string): Promise<ReadonlyMap<string, Front>>;
  /** Stores one that could not be taken. One that is here already changes nothing. */
  bury(letter: Letter, failure: Failure): Promise<void>;
  /** Stores one that came too early, to be taken again by itself. */
  postpone(letter: Letter, failure: Failure): Promise<void>;
  /** Stores one behind those of its key; false when none of these is left, and it can be taken. */
  queue(letter: Letter): Promise<boolean>;
  /** Letters whose time has come, at most one of a key, and no more once they are of `CLAIM_BYTES`; nobody else is given them for a minute. */
  claim(group: string, limit: number): Promise<readonly StoredLetter[]>;
  /** It was taken: it is gone, and the next of its key has its turn. */
  taken(id: string): Promise<void>;
  /** It is dead, once more. */
  failed(id: string, failure: Failure): Promise<void>;
  /** It is still too early; the pauses grow with its age. */
  early(id: string, failure: Failure): Promise<void>;
  /** What the first letter of this key may have been too early for is there: if it comes again by itself, it comes now, unless somebody has it in hand. */
  hasten(group: string, key: string): Promise<void>;
}

export interface LetterFilter {
  readonly group?: string | undefined;
  readonly state?: DeadLetterState | undefined;
  /** Only those stored after this one. */
  readonly after?: string | undefined;
  readonly limit: number;
}

/** The same for people. Refuses with `DEAD_LETTER_UNKNOWN`, `DEAD_LETTER_WAITING` and `DEAD_LETTER_DROPPED`. */
export interface DeadLetterDesk {
  /** In the order of their storing. */
  list(filter: LetterFilter): Promise<readonly ListedLetter[]>;
  find(id: string): Promise<StoredLetter>;
  /** Has a dead one taken again, and after it those that wait behind it, in order. */
  send(id: string): Promise<StoredLetter>;
  /** Keeps it, with the reason, and lets those behind it go on. */
  drop(id: string, reason: string): Promise<StoredLetter>;
}

/** Text that every database takes: without NUL and without halves of characters. */
export const plainText = (text: string): string => text.replaceAll('\0', '\ufffd').replace(/\p{Surrogate}/gu, '\ufffd');

/** The cause of a dead letter as text, for whoever reads it later. */
export const causeOf = (error: unknown): { readonly message: string; readonly stack: string } =>
  isError(error)
    ? { message: plainText(`${error.name}: ${messageOf(error)}`), stack: plainText(stackOf(error)) }
    : { message: plainText(String(error)), stack: '' };

/** So long nobody else is given what was claimed. */
export const CLAIM_MS = 60_000;

/** What came with letters that are claimed at once; taking them needs several times as much memory. */
export const CLAIM_BYTES = 1_000_000;

const LONGEST_EARLY_MS = 60_000;

/** How long an early letter of this age rests. */
export const earlyPause = (ageMs: number): number => Math.min(LONGEST_EARLY_MS, Math.max(500, ageMs / 4));
