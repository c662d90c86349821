import type { Book, Heard } from './book';
import { booksOf, hear } from './hearing';
import { expectationsOf, findingsOf, isOpen, metBy, type Expectation, type Finding } from './judging';

/**
 * Hears published events one by one and says at any time what is missing, doubled or without a cause: a judge for simulations and for runs in which things
 * are broken on purpose. All in memory; the service keeps the same books in Postgres.
 *
 * ```ts
 * const audit = new Audit();
 * for (const envelope of published) audit.hear(envelope as Heard); // any order across topics, repetitions and replays too
 * audit.findings(now, { whose: ['services'] });                    // what our own programs owe at this time
 * audit.findings(farFuture, { whose: ['services'] });              // at the end of a run: as if time had gone on and nothing more had come
 * audit.awaited(orderId);                                          // what an order waits for, and since which event
 * ```
 *
 * An event is an `Envelope` of `@cartage/contracts`; of a type that is published in several versions, tell one. `now` is the time of the events (ISO 8601, or a `Date`): in a simulation its clock. A deadline is
 * reckoned from the time of the event that causes it, so that the answer depends on what was heard and on `now` only. Rules that wait for people, partners or customers have deadlines of
 * days: leave them out by `whose`, or ask at a time before them. What came late is not among the findings unless `late` is asked for.
 */
export class Audit {
  private readonly books = new Map<string, Book>();
  private facts = 0;

  hear(event: Heard): void {
    this.facts += 1;
    for (const key of booksOf(event)) this.books.set(key, hear(this.books.get(key), event, key));
  }

  /** How many events were heard, repetitions too. */
  get heard(): number {
    return this.facts;
  }

  /** Open findings at this time, by order and rule. */
  findings(
    now: string | Date,
    { whose, late = false }: { readonly whose?: readonly Finding['whose'][]; readonly late?: boolean } = {},
  ): readonly Finding[] {
    const at = typeof now === 'string' ? now : now.toISOString();
    return [...this.books.values()]
      .flatMap((book) => findingsOf(book, at))
      .filter((finding) => (late || isOpen(finding)) && (whose?.includes(finding.whose) ?? true))
      .toSorted((one, other) => (nameOf(one) < nameOf(other) ? -1 : 1));
  }

  /** What has to follow and has not, whether due or not: of one order, or of all. */
  awaited(key?: string): readonly Expectation[] {
    const book = key === undefined ? undefined : this.books.get(key);
    const books = key === undefined ? [...this.books.values()] : book ? [book] : [];
    return books.flatMap(expectationsOf).filter((each) => !metBy(each));
  }
}

/** What a finding is called, for ever. */
export const nameOf = ({ key, rule, kind, about }: Finding): string => `${key} ${rule} ${kind} ${about}`;

/** A finding in one line, for people and test output. */
export const lineOf = ({ kind, key, rule, about, cause, since, expected, came }: Finding): string =>
  `${kind} ${rule} (${about}) of ${key} since ${since}${cause ? `, after ${cause.type} ${cause.id}` : ''}${came ? `, late by ${came.type} at ${came.at}` : ''}: ${expected}`;
