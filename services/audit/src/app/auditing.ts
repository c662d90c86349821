import { keepingTogether } from '@cartage/eventsourcing';
import type { Book, Heard } from '../domain/book';
import { awaitedIn, changesBetween } from '../domain/changing';
import { booksOf, hear } from '../domain/hearing';
import { findingsOf, isOpen, nextLook } from '../domain/judging';
import type { BookChange, Shelf } from './shelf';

export interface AuditingNeeds {
  readonly shelf: Shelf;
  readonly now: () => Date;
}

/** So many at once are judged, and no more wait for them. */
const AT_ONCE = 200;
/** A batch forms for so long behind another: what is told of one order in that time is one write. What is missing is named within minutes, so that a second is nothing. */
const GATHER_MS = 1_000;
const MAX_BATCH = 2_000;
/** Whatever was heard in the last minutes says how far behind the listening is. */
const RECENT_MS = 120_000;

const BEGINS = '';

const changeOf = (before: Book | undefined, book: Book): BookChange => ({
  book,
  awaited: awaitedIn(book),
  lookAt: nextLook(book, BEGINS),
  ...changesBetween(before, book),
});

/** The books with these events in them: only those that changed. */
const heardIn = (books: ReadonlyMap<string, Book>, events: readonly Heard[]): readonly BookChange[] => {
  const after = new Map(books);
  for (const event of events) for (const key of booksOf(event)) after.set(key, hear(after.get(key), event, key));
  return [...after].flatMap(([key, book]) => (book === books.get(key) ? [] : [changeOf(books.get(key), book)]));
};

const judgedAt =
  (at: string) =>
  (book: Book): BookChange => ({
    book,
    awaited: awaitedIn(book),
    lookAt: nextLook(book, at),
    found: findingsOf(book, at).filter(isOpen),
    ended: [],
  });

/** Hears events, and says what is missing once its time is over. */
export class Auditing {
  /** Durable when it is done. */
  readonly hear: (event: Heard) => Promise<void>;

  constructor(private readonly needs: AuditingNeeds) {
    const gather = { ms: GATHER_MS, below: MAX_BATCH };
    this.hear = keepingTogether((events: readonly Heard[]) => this.take(events), { maxBatch: MAX_BATCH, gather });
  }

  /** Judges what has become due; answers how many books it were. */
  async look(): Promise<number> {
    const until = await this.judgedUntil();
    const judge = judgedAt(until);
    let judged = 0;
    for (let more = AT_ONCE; more === AT_ONCE; judged += more)
      more = await this.needs.shelf.look(until, AT_ONCE, (books) => [...books.values()].map(judge));
    return judged;
  }

  private take(events: readonly Heard[]): Promise<void> {
    const keys = [...new Set(events.flatMap(booksOf))].toSorted();
    const batch = { at: this.needs.now().toISOString(), facts: events.map(({ topic, time }) => ({ topic, time })) };
    return this.needs.shelf.change(keys, (books) => heardIn(books, events), batch);
  }

  /** As long as old facts come (after an outage, at a replay, while everything is heard anew), nothing that is younger than they are can be missed yet. */
  private async judgedUntil(): Promise<string> {
    const now = this.needs.now();
    const oldest = await this.needs.shelf.oldestHeardSince(new Date(now.getTime() - RECENT_MS).toISOString());
    const until = now.toISOString();
    return oldest !== undefined && oldest < until ? oldest : until;
  }
}
