import type { Envelope } from '@cartage/contracts';

/** How far the journal of an order has come. */
export interface Journal {
  readonly orderId: string;
  /** The number of its last entry. */
  readonly last: number;
  /** Where the order was sold; absent as long as nothing said so. */
  readonly channel?: string;
}

/** A fact in its place: in the log of all facts, and in the journal of its order if it has one. */
export interface Entry {
  readonly fact: Envelope;
  /** Its number in the log of all facts, from 1. */
  readonly position: number;
  readonly orderId?: string;
  /** Its number in the journal of its order, from 1. */
  readonly sequence?: number;
  readonly channel?: string;
}

/** What is known before a batch. */
export interface Known {
  /** The last position that is taken. */
  readonly head: number;
  readonly journals: ReadonlyMap<string, Journal>;
  /** By order: facts that came before the one that its journal begins with, in the order in which they came. */
  readonly waiting: ReadonlyMap<string, readonly Envelope[]>;
}

export interface Journaled {
  readonly entries: readonly Entry[];
  /** Facts of orders whose journal has not begun. */
  readonly waiting: readonly Envelope[];
  /** Those that changed. */
  readonly journals: readonly Journal[];
}

/** The order that a fact belongs to. Whatever belongs to one names it. */
export const orderOf = ({ data }: Pick<Envelope, 'data'>): string | undefined => {
  if (typeof data !== 'object' || data === null || !('orderId' in data)) return undefined;
  return typeof data.orderId === 'string' ? data.orderId : undefined;
};

const beginnings: ReadonlySet<string> = new Set(['OrderPlaced', 'OrderImported']);

/** The journal of an order begins with this fact, which says where it was sold. */
export const begins = ({ type }: Pick<Envelope, 'type'>): boolean => beginnings.has(type);

const channelIn = (fact: Envelope): string | undefined => {
  const { data } = fact;
  if (!begins(fact) || typeof data !== 'object' || data === null || !('channel' in data)) return undefined;
  return typeof data.channel === 'string' ? data.channel : undefined;
};

/** One batch on its way into the log. */
class Journaling {
  readonly entries: Entry[] = [];
  readonly changed = new Map<string, Journal>();
  readonly waiting = new Map<string, Envelope[]>();
  private head: number;

  constructor(private readonly known: Known) {
    this.head = known.head;
  }

  take(fact: Envelope): void {
    const orderId = orderOf(fact);
    if (orderId === undefined) this.enter(fact);
    else if (this.journalOf(orderId)) this.enterFor(orderId, fact);
    else if (begins(fact)) this.begin(orderId, [fact, ...this.early(orderId)]);
    else this.waiting.set(orderId, [...(this.waiting.get(orderId) ?? []), fact]);
  }

  begin(orderId: string, facts: readonly Envelope[]): void {
    for (const fact of facts) this.enterFor(orderId, fact);
    this.waiting.delete(orderId);
  }

  private journalOf(orderId: string): Journal | undefined {
    return this.changed.get(orderId) ?? this.known.journals.get(orderId);
  }

  private early(orderId: string): readonly Envelope[] {
    return [...(this.known.waiting.get(orderId) ?? []), ...(this.waiting.get(orderId) ?? [])];
  }

  private enterFor(orderId: string, fact: Envelope): void {
    const before = this.journalOf(orderId) ?? { orderId, last: 0 };
    const channel = before.channel ?? channelIn(fact);
    const journal = { ...before, last: before.last + 1, ...(channel === undefined ? {} : { channel }) };
    this.changed.set(orderId, journal);
    this.enter(fact, journal);
  }

  private enter(fact: Envelope, journal?: Journal): void {
    this.head += 1;
    const place = journal && { orderId: journal.orderId, sequence: journal.last };
    this.entries.push({ fact, position: this.head, ...place, ...(journal?.channel === undefined ? {} : { channel: journal.channel }) });
  }
}

const resultOf = ({ entries, waiting, changed }: Journaling): Journaled => ({
  entries,
  waiting: [...waiting.values()].flat(),
  journals: [...changed.values()],
});

/**
 * Gives facts that were not there before their places, in the order in which they come. The journal of an order begins with the fact that says where it was sold: topics are heard apart, and
 * what overtakes that one waits for it.
 */
export const journaled = (known: Known, facts: readonly Envelope[]): Journaled => {
  const journaling = new Journaling(known);
  for (const fact of facts) journaling.take(fact);
  return resultOf(journaling);
};

/** Gives facts their places that have waited long enough: the journals begin without what they should begin with, which is entered when it comes. */
export const released = (known: Known): Journaled => {
  const journaling = new Journaling(known);
  for (const [orderId, facts] of known.waiting) journaling.begin(orderId, facts);
  return resultOf(journaling);
};
