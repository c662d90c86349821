import { earlier, emptyBook, keyOf, later, NEVER, type Book, type Claims, type Entry, type Heard, type Stamp } from './book';
import { counted } from './count';
import type { Begun, Claim, Following } from './rule';
import { takingsOn, touchesOn, type Taking, type Touch } from './rule-index';

/** Rules whose consequence stands in another book than their cause: in which one. */
const elsewhereOf = (event: Heard): string | undefined => {
  if (event.type === 'OrderPlaced') return event.data.replaces?.orderId;
  return event.type.startsWith('PersonErased') && 'erasureId' in event.data ? `erasure/${event.data.erasureId}` : undefined;
};

/** The books that an event is written into: that of its key, and that of what it is a consequence of. */
export const booksOf = (event: Heard): readonly string[] => {
  const elsewhere = elsewhereOf(event);
  return elsewhere === undefined || elsewhere === event.key ? [event.key] : [event.key, elsewhere];
};

const stampOf = ({ id, type, time }: Heard): Stamp => ({ id, type, at: time });

const dueOf = ({ within }: Following, at: string, { until }: Begun): string => {
  const from = until === undefined ? at : until;
  return within === undefined ? NEVER : new Date(Date.parse(from) + within).toISOString();
};

interface About {
  readonly begun: Begun;
  readonly stamp: Stamp;
}

/** Of several causes the earliest is kept, with what it consists of. */
const partsOf = (entry: Entry | undefined, { begun: { parts }, stamp }: About): Pick<Entry, 'parts'> =>
  parts === undefined || earlier(entry?.cause, stamp) !== stamp ? {} : { parts };

const entryWith = (entry: Entry | undefined, { rule, role }: Touch, { begun, stamp }: About): Entry => ({
  ...entry,
  ...(role === 'cause' ? { ...partsOf(entry, { begun, stamp }), due: later(entry?.due, dueOf(rule, stamp.at, begun)) } : {}),
  [role]: earlier(entry?.[role], stamp),
});

const touched = (entries: Book['entries'], touches: readonly Touch[], event: Heard): Book['entries'] => {
  const stamp = stampOf(event);
  const changed: Record<string, Entry> = {};
  for (const touch of touches)
    for (const each of touch.about(event.data as never)) {
      const begun = typeof each === 'string' ? { about: each } : each;
      const key = keyOf(touch.rule.name, begun.about);
      changed[key] = entryWith(changed[key] ?? entries[key], touch, { begun, stamp });
    }
  return { ...entries, ...changed };
};

const noClaims: Claims = { things: {}, undone: [], again: [] };

const withOne = (all: readonly string[], one: string): readonly string[] => (all.includes(one) ? all : [...all, one].toSorted());

interface Claimed {
  readonly thing: Claim['thing'];
  readonly stamp: Stamp;
}

const claimsWith = (claims: Claims, role: Taking['role'], { thing, stamp }: Claimed): Claims => {
  const name = thing ?? stamp.id;
  if (role === 'thing') return { ...claims, things: { ...claims.things, [name]: earlier(claims.things[name], stamp) } };
  return { ...claims, [role]: withOne(claims[role], role === 'again' ? stamp.id : name) };
};

const taken = (all: Book['claims'], event: Heard): Book['claims'] => {
  const stamp = stampOf(event);
  const changed: Record<string, Claims> = {};
  for (const taking of takingsOn(event.type))
    for (const claim of taking.claims(event.data as never)) {
      const key = keyOf(taking.rule.name, claim.about);
      changed[key] = claimsWith(changed[key] ?? all[key] ?? noClaims, taking.role, { thing: claim.thing, stamp });
    }
  return { ...all, ...changed };
};

/** Of a book that was forgotten the causes are not there any more. */
const looksFor =
  (book: Book) =>
  ({ rule, role }: Touch): boolean =>
    book.forgotten !== true || rule.isCause !== true || role !== 'cause';

/** In the book of another order it can only be a consequence. */
const heardElsewhere = (book: Book, event: Heard): Book => {
  const consequences = touchesOn(event.type).filter(({ rule, role }) => rule.across === true && role === 'came');
  return { ...book, entries: touched(book.entries, consequences, event) };
};

/**
 * The book with one more event in it: the same book if it was in it already. In whatever order events come, and however often, the books end the same. A book that was forgotten
 * knows a repetition by its number only.
 */
export const hear = (book: Book | undefined, event: Heard, key = event.key): Book => {
  const before = book ?? emptyBook(key);
  if (key !== event.key) return heardElsewhere(before, event);
  const name = `${event.topic} ${event.subject}`;
  const known = before.counts[name];
  const count = counted(known, event);
  if (count === known) return before;
  return {
    ...before,
    counts: { ...before.counts, [name]: count },
    entries: touched(before.entries, touchesOn(event.type).filter(looksFor(before)), event),
    claims: taken(before.claims, event),
    last: later(before.last, event.time),
  };
};

/** A book that was settled long ago: only how far its events were heard is kept. */
export const forgotten = ({ key, counts, last }: Book): Book => ({ key, counts, last, entries: {}, claims: {}, forgotten: true });
