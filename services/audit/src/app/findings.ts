import { Refused } from '@cartage/eventsourcing';
import { NEVER } from '../domain/book';
import { heardOf } from '../domain/count';
import { expectationsOf, metBy, type Expectation } from '../domain/judging';
import type { Whose } from '../domain/rule';
import type { After, Closing, FindingFilter, FindingTable, Shelf, ShownFinding } from './shelf';

const unknownFinding = (findingId: string): Refused => new Refused('FINDING_UNKNOWN', `There is no finding ${findingId}.`, 'unknown');

export const standings = ['met', 'late', 'excused', 'waiting', 'overdue'] as const;
export type Standing = (typeof standings)[number];

/** Something that must follow of an order, and how it stands. */
export interface ShownExpectation {
  readonly rule: string;
  readonly expected: string;
  readonly whose: Whose;
  readonly about: string;
  readonly standing: Standing;
  readonly causeId: string;
  readonly causeType: string;
  readonly causeAt: string;
  readonly due: string | null;
  readonly metById: string | null;
  readonly metByType: string | null;
  readonly metAt: string | null;
}

export interface ShownOrder {
  readonly orderId: string;
  /** By topic and subject, how many events of it were heard. */
  readonly heard: readonly { readonly topic: string; readonly subject: string; readonly events: number }[];
  readonly forgotten: boolean;
  readonly expectations: readonly ShownExpectation[];
}

const standingOf = (expectation: Expectation, at: string): Standing => {
  const { due = NEVER, came } = expectation;
  const met = metBy(expectation);
  if (!met) return due < at ? 'overdue' : 'waiting';
  if (met.at > due) return 'late';
  return came ? 'met' : 'excused';
};

const shown = (expectation: Expectation, at: string): ShownExpectation => {
  const { rule, about, cause, due } = expectation;
  const met = metBy(expectation);
  return {
    ...{ rule: rule.name, expected: rule.says, whose: rule.whose, about, standing: standingOf(expectation, at) },
    ...{ causeId: cause.id, causeType: cause.type, causeAt: cause.at, due: due ?? null },
    ...{ metById: met?.id ?? null, metByType: met?.type ?? null, metAt: met?.at ?? null },
  };
};

const byCause = (one: ShownExpectation, other: ShownExpectation): number =>
  one.causeAt === other.causeAt ? (one.rule < other.rule ? -1 : 1) : one.causeAt < other.causeAt ? -1 : 1;

export interface FindingsNeeds {
  readonly table: FindingTable;
  readonly shelf: Pick<Shelf, 'find'>;
  readonly now: () => Date;
}

/** What is found, and what is expected of an order, as people ask about it. */
export class Findings {
  constructor(private readonly needs: FindingsNeeds) {}

  list(filter: FindingFilter, after: After | undefined, limit: number): Promise<readonly ShownFinding[]> {
    return this.needs.table.list(filter, after, limit);
  }

  async get(findingId: string): Promise<ShownFinding> {
    const found = await this.needs.table.get(findingId);
    if (!found) throw unknownFinding(findingId);
    return found;
  }

  /** Closed for the same reason once more, it stays as it is. */
  async close(closing: Omit<Closing, 'at'>): Promise<ShownFinding> {
    const { closedAt, reason } = await this.get(closing.findingId);
    if (closedAt !== null && reason !== closing.reason)
      throw new Refused('FINDING_CLOSED', `Finding ${closing.findingId} was closed at ${closedAt}.`);
    await this.needs.table.close({ ...closing, at: this.needs.now().toISOString() });
    return this.get(closing.findingId);
  }

  async order(orderId: string): Promise<ShownOrder> {
    const book = await this.needs.shelf.find(orderId);
    if (!book) throw new Refused('ORDER_UNKNOWN', `Nothing was heard of an order ${orderId}.`, 'unknown');
    const at = this.needs.now().toISOString();
    const heard = Object.entries(book.counts).map(([name, count]) => {
      const space = name.indexOf(' ');
      return { topic: name.slice(0, space), subject: name.slice(space + 1), events: heardOf(count) };
    });
    const expectations = expectationsOf(book).map((each) => shown(each, at));
    return { orderId, heard, forgotten: book.forgotten === true, expectations: expectations.toSorted(byCause) };
  }
}
