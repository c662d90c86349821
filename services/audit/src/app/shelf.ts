import type { Book } from '../domain/book';
import type { Finding, FindingKind } from '../domain/judging';
import type { Whose } from '../domain/rule';

/** What is to be written of a book, and of what is found in it. */
export interface BookChange {
  readonly book: Book;
  readonly awaited: number;
  /** When it is looked at next, if nothing more is heard of it. */
  readonly lookAt?: string | undefined;
  readonly found: readonly Finding[];
  /** Names of findings that are so no more. */
  readonly ended: readonly string[];
}

/** What was heard in one batch. */
export interface HeardBatch {
  readonly at: string;
  readonly facts: readonly { readonly topic: string; readonly time: string }[];
}

type Work = (books: ReadonlyMap<string, Book>) => readonly BookChange[];

/** Where books and findings are kept. */
export interface Shelf {
  /** Gives the books of these keys to `work`, and keeps what it answers: all or nothing, and alone with them. */
  change(keys: readonly string[], work: Work, batch: HeardBatch): Promise<void>;
  /** As above with books whose time to be looked at has come; answers how many there were. */
  look(until: string, limit: number, work: Work): Promise<number>;
  /** The time of the oldest fact that was heard since then; nothing if none was. */
  oldestHeardSince(since: string): Promise<string | undefined>;
  find(key: string): Promise<Book | undefined>;
  /** Books in which nothing is awaited or found, and nothing was heard since `before`. */
  forget(before: string, limit: number): Promise<number>;
}

/** A finding as people see it. Times are ISO 8601 UTC. */
export interface ShownFinding {
  readonly findingId: string;
  readonly kind: FindingKind;
  readonly rule: string;
  readonly expected: string;
  readonly whose: Whose;
  readonly key: string;
  readonly orderId: string | null;
  readonly about: string;
  readonly causeId: string | null;
  readonly causeType: string | null;
  readonly since: string;
  readonly foundAt: string;
  readonly late: boolean;
  readonly cameId: string | null;
  readonly cameType: string | null;
  readonly cameAt: string | null;
  readonly closedAt: string | null;
  readonly closedBy: string | null;
  readonly reason: string | null;
}

export interface FindingFilter {
  readonly kind?: FindingKind | undefined;
  readonly rule?: string | undefined;
  readonly orderId?: string | undefined;
  readonly open?: boolean | undefined;
}

/** Where the page before ended: since and id of its last row. */
export type After = readonly [string, string];

export interface Closing {
  readonly findingId: string;
  readonly by: string;
  readonly reason: string;
  readonly at: string;
}

/** Findings as they were told. */
export interface FindingTable {
  list(filter: FindingFilter, after: After | undefined, limit: number): Promise<readonly ShownFinding[]>;
  get(findingId: string): Promise<ShownFinding | undefined>;
  /** Only if it is open. */
  close(closing: Closing): Promise<void>;
}
