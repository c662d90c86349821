import type { Envelope } from '@cartage/contracts';

/** What of a topic is counted on its own. */
export type Counted = Pick<Envelope, 'topic' | 'subject' | 'sequence'>;

/** An event that should have come, and has not. */
export type Missing = Counted;

export interface Heard<Event extends Counted> {
  /** Those that were not heard before, in their order. */
  readonly fresh: readonly Event[];
  /** What is missing between them. */
  readonly missing: readonly Missing[];
  /** Those of the fresh ones that had been missing. */
  readonly found: readonly Event[];
  /** The last sequence of each subject by now. */
  readonly last: ReadonlyMap<string, Counted>;
}

/** So many of the numbers that were passed over at once are noted, the latest: a topic whose beginning is gone would have any number of them. */
const MOST_MISSING = 1_000;

/** Names a subject among all topics. */
export const subjectKey = ({ topic, subject }: Pick<Envelope, 'topic' | 'subject'>): string => `${topic} ${subject}`;

const sequenceKey = (event: Counted): string => `${subjectKey(event)} ${event.sequence}`;

const counted = ({ topic, subject }: Counted, sequence: number): Counted => ({ topic, subject, sequence });

/** The numbers between what was heard before and this one. */
const passedOver = (event: Counted, before: number): readonly Missing[] => {
  const first = Math.max(before + 1, event.sequence - MOST_MISSING);
  return Array.from({ length: event.sequence - first }, (_, i) => counted(event, first + i));
};

/**
 * Tells what is new from what came before: every subject counts its events from 1 without gaps. `lastOf` is what stood for each subject before, 0 for none;
 * `wasMissing` says whether a number that was passed over is still waited for. Whatever comes twice is taken once.
 */
export const hear = <Event extends Counted>(
  events: readonly Event[],
  lastOf: (event: Event) => number,
  wasMissing: (event: Event) => boolean,
): Heard<Event> => {
  const last = new Map<string, Counted>();
  const missing = new Map<string, Missing>();
  const fresh: Event[] = [];
  const found = new Map<string, Event>();
  /** It was passed over in an earlier batch, and comes now for the first time. */
  const isFound = (event: Event): boolean => {
    const key = sequenceKey(event);
    if (found.has(key) || !wasMissing(event)) return false;
    found.set(key, event);
    return true;
  };
  for (const event of events) {
    const subject = subjectKey(event);
    const before = last.get(subject)?.sequence ?? lastOf(event);
    const key = sequenceKey(event);
    if (event.sequence > before) {
      for (const each of passedOver(event, before)) missing.set(sequenceKey(each), each);
      last.set(subject, counted(event, event.sequence));
      fresh.push(event);
    } else if (missing.delete(key) || isFound(event)) fresh.push(event);
  }
  return { fresh, missing: [...missing.values()], found: [...found.values()], last };
};
