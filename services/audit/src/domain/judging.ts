import { earliest, later, NEVER, parted, type Book, type Entry, type Stamp } from './book';
import { clashesOf, gapOf } from './count';
import { keyOf } from './book';
import { EVERYTHING, PROMPTLY, type Following, type Whose } from './rule';
import { endOfOrder, holds } from './rules';
import { onceNamed, ruleNamed } from './rule-index';

/**
 * `missing`: what must follow did not; `uncaused`: it is there, and what it must follow from is not; `doubled`: it is there more than once; `stalled`: an order has not ended, and nothing is
 * awaited for it; `gap`: events of a subject were not heard, though later ones were.
 */
export const findingKinds = ['missing', 'uncaused', 'doubled', 'stalled', 'gap'] as const;
export type FindingKind = (typeof findingKinds)[number];

export interface Finding {
  readonly kind: FindingKind;
  /** The book that it stands in: the order, or the subject where there is none. */
  readonly key: string;
  readonly rule: string;
  /** What is expected, in words. */
  readonly expected: string;
  readonly whose: Whose;
  /** The thing that it is about, such as a shipment. With key and rule it names the finding, for ever. */
  readonly about: string;
  /** The fact that it follows from; of what is doubled, the second. */
  readonly cause?: Stamp;
  /** Since when: it was due then, or was doubled then. */
  readonly since: string;
  /** What came too late and closed it; absent: it is open. */
  readonly came?: Stamp;
}

/** How a thing of which something must follow stands. */
export interface Expectation {
  readonly key: string;
  readonly rule: Following;
  readonly about: string;
  readonly cause: Stamp;
  /** Absent: it may wait for as long as it takes, or a hold stops it. */
  readonly due?: string;
  readonly came?: Stamp;
  readonly excused?: Stamp;
}

const after = (time: string, ms: number): string => new Date(Date.parse(time) + ms).toISOString();

interface Pause {
  readonly stands: boolean;
  readonly endedAt?: string;
}

const pauseOf = (book: Book): Pause => {
  const names = new Set(holds.map(({ name }) => name));
  const standing = Object.entries(book.entries).filter(([key, { cause }]) => cause && names.has(parted(key)[0]));
  const ends = standing.map(([key, entry]) => earliest(entry.came, excuseOf(book, parted(key)[0], entry)));
  const endedAt = ends.reduce((last: string | undefined, end) => (end ? later(last, end.at) : last), undefined);
  return { stands: ends.some((end) => end === undefined), ...(endedAt === undefined ? {} : { endedAt }) };
};

/** Since the last of its parts was excused, where all of them are. */
const partsExcused = (book: Book, rule: string, { parts = [] }: Entry): Stamp | undefined => {
  const each = parts.map((part) => book.entries[keyOf(rule, part)]?.excused);
  return each.includes(undefined)
    ? undefined
    : each.reduce((last, stamp) => (last && stamp && last.at > stamp.at ? last : stamp), undefined);
};

const excuseOf = (book: Book, rule: string, entry: Entry): Stamp | undefined => {
  const all = book.entries[keyOf(rule, EVERYTHING)];
  return earliest(entry.excused, all?.excused, all?.came, partsExcused(book, rule, entry));
};

/** What the fact and the rule say, begun anew by what made it due only later: the second of two facts, or the end of a hold. */
const dueOf = (rule: Following, { due = NEVER, given }: Entry, pause: Pause): string | undefined => {
  if (due === NEVER || (rule.pauses && pause.stands)) return undefined;
  const again = [given?.at, rule.pauses ? pause.endedAt : undefined].flatMap((time) => time ?? []);
  return again.reduce((last, time) => later(last, after(time, rule.within ?? 0)), due);
};

const present = <Value extends object>(values: Value): { readonly [Field in keyof Value]?: NonNullable<Value[Field]> } =>
  Object.fromEntries(Object.entries(values).filter(([, value]) => value !== undefined)) as {
    readonly [Field in keyof Value]?: NonNullable<Value[Field]>;
  };

/** Everything that must follow in a book, met or not. */
export const expectationsOf = (book: Book): readonly Expectation[] => {
  const pause = pauseOf(book);
  return Object.entries(book.entries).flatMap(([key, entry]): readonly Expectation[] => {
    const [name, about] = parted(key);
    const rule = ruleNamed.get(name);
    if (!rule || !entry.cause || (rule.given && !entry.given)) return [];
    const how = present({ due: dueOf(rule, entry, pause), came: entry.came, excused: excuseOf(book, name, entry) });
    return [{ key: book.key, rule, about, cause: entry.cause, ...how }];
  });
};

/** What ended it, if anything did. */
export const metBy = ({ came, excused }: Expectation): Stamp | undefined => earliest(came, excused);

const kindOf = ({ isCause }: Following): FindingKind => (isCause ? 'uncaused' : 'missing');

const overdue = (expectation: Expectation, at: string): readonly Finding[] => {
  const { rule, due, cause, key, about } = expectation;
  const met = metBy(expectation);
  if (due === undefined || due >= (met?.at ?? at)) return [];
  const finding = { kind: kindOf(rule), key, rule: rule.name, expected: rule.says, whose: rule.whose, about, cause, since: due };
  return [met ? { ...finding, came: met } : finding];
};

/** The order that stands here has not ended, and nothing is awaited for it: since when somebody should have gone on. */
const stalledSince = (book: Book, all: readonly Expectation[]): { readonly end: Expectation; readonly since: string } | undefined => {
  const waiting = all.filter((each) => !metBy(each) && each.rule.isCause !== true);
  const [end, ...others] = waiting;
  return end?.rule === endOfOrder && others.length === 0 ? { end, since: after(book.last, PROMPTLY) } : undefined;
};

const stalled = (book: Book, all: readonly Expectation[], at: string): readonly Finding[] => {
  const found = stalledSince(book, all);
  if (!found || found.since >= at) return [];
  const { rule, about, cause } = found.end;
  return [{ kind: 'stalled', key: book.key, rule: rule.name, expected: rule.says, whose: rule.whose, about, cause, since: found.since }];
};

const inOrder = (one: Stamp, other: Stamp): number => (one.at === other.at ? (one.id < other.id ? -1 : 1) : one.at < other.at ? -1 : 1);

const doubled = ({ key, claims }: Book): readonly Finding[] =>
  Object.entries(claims).flatMap(([name, { things, undone, again }]): readonly Finding[] => {
    const [ruleName, about] = parted(name);
    const rule = onceNamed.get(ruleName);
    const gone = new Set(undone);
    const there = Object.entries(things).flatMap(([thing, stamp]) => (gone.has(thing) ? [] : [stamp]));
    const second = there.toSorted(inOrder)[1 + again.length];
    if (!rule || !second) return [];
    return [{ kind: 'doubled', key, rule: rule.name, expected: rule.says, whose: 'services', about, cause: second, since: second.at }];
  });

const ofSequence = { rule: 'sequence', whose: 'services' } as const;

const uncounted = ({ key, counts }: Book, at: string): readonly Finding[] =>
  Object.entries(counts).flatMap(([name, count]): readonly Finding[] => {
    const gap = gapOf(count);
    const clashes = [...clashesOf(count)].map(([n, since]): Finding => ({
      ...{ ...ofSequence, kind: 'doubled', key, about: `${name} ${n}`, since },
      expected: 'Each number of a subject’s events is of one event.',
    }));
    if (!gap || gap.due >= at) return clashes;
    const about = `${name} ${gap.from}-${gap.to}`;
    return [
      ...clashes,
      { ...ofSequence, kind: 'gap', key, about, since: gap.due, expected: 'The events of a subject are numbered without gaps.' },
    ];
  });

/** Everything that is wrong in a book at a time, and what was late: the same for the same facts, in whatever order they were heard. */
export const findingsOf = (book: Book, at: string): readonly Finding[] => {
  const all = expectationsOf(book);
  return [...all.flatMap((each) => overdue(each, at)), ...stalled(book, all, at), ...doubled(book), ...uncounted(book, at)];
};

export const isOpen = ({ came }: Finding): boolean => came === undefined;

/** When something of a book can next be found, if nothing more is heard of it. */
export const nextLook = (book: Book, at: string): string | undefined => {
  const all = expectationsOf(book);
  const dues = all.flatMap((each) => (metBy(each) ? [] : (each.due ?? [])));
  const gaps = Object.values(book.counts).flatMap((count) => gapOf(count)?.due ?? []);
  const times = [...dues, ...gaps, stalledSince(book, all)?.since].flatMap((time) => (time !== undefined && time >= at ? time : []));
  return times.toSorted()[0];
};
