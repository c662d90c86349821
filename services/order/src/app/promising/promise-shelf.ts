import { hasPassed } from '@cartage/eventsourcing';
import { promiseBook, emptyBook, type KnownPlace, type PromiseBook, type PromiseEntries } from '../../domain/promising/promise-book';
import type { TransitTimes } from '../../domain/promising/transit';
import { versionOf, type PromiseCalendar, type PromisePolicy } from '../../domain/promising/policies';

/** Where the book is written down for every process. */
export interface PromiseRecords {
  /** Another text whenever anything has changed: cheap to ask. */
  edition(): Promise<string>;
  entries(): Promise<PromiseEntries>;
}

/** The book in memory: no order asks a table for its promise. */
export interface PromiseShelf {
  /** Not older than `forMs`. */
  readonly current: () => Promise<PromiseBook>;
  /** As it is in memory, for what is decided at once; what is older than `forMs` is read anew meanwhile. */
  readonly latest: () => PromiseBook;
  /** What was changed in this process holds here at once. */
  readonly policyChanged: (policy: PromisePolicy) => void;
  readonly calendarChanged: (calendar: PromiseCalendar) => void;
}

export interface PromiseShelfNeeds {
  readonly records: PromiseRecords;
  /** What is learned of how long carriers need. */
  readonly transit?: TransitTimes;
  readonly now: () => Date;
  /** What another process changed may be known so much later. */
  readonly forMs: number;
}

type Newest<Entry> = Map<string, Entry>;

const keepNewest = <Entry extends { readonly revision: number }>(newest: Newest<Entry>, key: string, entry: Entry): void => {
  if (entry.revision >= (newest.get(key)?.revision ?? 0)) newest.set(key, entry);
};

/** What is known never goes back: the tables may be a little behind what was changed here. */
class Shelf implements PromiseShelf {
  private readonly policies: Newest<PromisePolicy> = new Map();
  private readonly calendars: Newest<PromiseCalendar> = new Map();
  private readonly places: Newest<KnownPlace> = new Map();
  private book = emptyBook;
  private edition = '';
  private readAt = Number.NEGATIVE_INFINITY;
  private reading: Promise<void> | undefined;

  constructor(private readonly needs: PromiseShelfNeeds) {}

  readonly current = async (): Promise<PromiseBook> => {
    if (this.isOld()) await this.readOnce();
    return this.book;
  };

  readonly latest = (): PromiseBook => {
    // What could not be read is read again by whoever asks next; until then what is known holds.
    if (this.isOld()) this.readOnce().catch(() => undefined);
    return this.book;
  };

  readonly policyChanged = (policy: PromisePolicy): void => {
    keepNewest(this.policies, versionOf(policy), policy);
    this.bind();
  };

  readonly calendarChanged = (calendar: PromiseCalendar): void => {
    keepNewest(this.calendars, calendar.code, calendar);
    this.bind();
  };

  private isOld(): boolean {
    return hasPassed(this.needs.forMs, { since: this.readAt, now: this.needs.now().getTime() });
  }

  /** Whoever asks while it is being read waits for that. */
  private readOnce(): Promise<void> {
    this.reading ??= this.read().finally(() => (this.reading = undefined));
    return this.reading;
  }

  private async read(): Promise<void> {
    const [at, { records }] = [this.needs.now().getTime(), this.needs];
    const edition = await records.edition();
    if (edition !== this.edition) {
      const { policies, calendars, places } = await records.entries();
      for (const policy of policies) keepNewest(this.policies, versionOf(policy), policy);
      for (const calendar of calendars) keepNewest(this.calendars, calendar.code, calendar);
      for (const place of places) keepNewest(this.places, place.location, place);
      this.bind();
      this.edition = edition;
    }
    this.readAt = at;
  }

  private bind(): void {
    const entries = { policies: [...this.policies.values()], calendars: [...this.calendars.values()], places: [...this.places.values()] };
    this.book = promiseBook(entries, this.needs.transit);
  }
}

export const promiseShelf = (needs: PromiseShelfNeeds): PromiseShelf => new Shelf(needs);
