import { PROMPTLY } from './rule';

/** Before everything. */
export const begins = '';

/** An event that was heard before another that should stand before it. */
interface Ahead {
  readonly n: number;
  readonly mark: string;
}

/** How far the events of one subject have been heard: `ce_sequence` counts them from 1 without gaps. */
export interface Count {
  /** All up to here were. */
  readonly to: number;
  /** The last of these, oldest first: enough to tell a repetition from another event of the same number. */
  readonly recent: readonly string[];
  readonly ahead: readonly Ahead[];
  /** Numbers that two events have. */
  readonly clashes: readonly Ahead[];
}

const REMEMBERED = 16;
const empty: Count = { to: 0, recent: [], ahead: [], clashes: [] };

/** When it was recorded and the end of its id, which is random: as short as it can be, for there are many. */
const markOf = ({ id, time }: Counted): string => `${Date.parse(time).toString(36)}.${id.slice(-12)}`;

export const timeOfMark = (mark: string): string => new Date(Number.parseInt(mark.slice(0, mark.indexOf('.')), 36)).toISOString();

export interface Counted {
  readonly id: string;
  readonly time: string;
  readonly sequence: number;
}

const added = (all: readonly Ahead[], one: Ahead): readonly Ahead[] =>
  all.some(({ n, mark }) => n === one.n && mark === one.mark)
    ? all
    : [...all, one].toSorted((a, b) => a.n - b.n || (a.mark < b.mark ? -1 : 1));

/** What follows without a gap is counted on. */
const joined = ({ to, recent, ahead, ...count }: Count): Count => {
  const [next, ...rest] = ahead;
  if (next?.n !== to + 1) return { ...count, to, recent, ahead };
  return joined({ ...count, to: next.n, recent: [...recent, next.mark].slice(-REMEMBERED), ahead: rest });
};

const clashed = (count: Count, known: string, one: Ahead): Count =>
  known === one.mark ? count : { ...count, clashes: added(added(count.clashes, { n: one.n, mark: known }), one) };

/** The same count, if it was counted before. */
export const counted = (count: Count = empty, event: Counted): Count => {
  const one: Ahead = { n: event.sequence, mark: markOf(event) };
  if (one.n <= count.to) {
    const known = count.recent[count.recent.length - 1 - (count.to - one.n)];
    return known === undefined ? count : clashed(count, known, one);
  }
  const waiting = count.ahead.find(({ n }) => n === one.n);
  return waiting ? clashed(count, waiting.mark, one) : joined({ ...count, ahead: added(count.ahead, one) });
};

/** Numbers that were not heard, though later ones were; since when they are missed. */
export interface Gap {
  readonly from: number;
  readonly to: number;
  readonly due: string;
}

export const gapOf = ({ to, ahead, clashes }: Count): Gap | undefined => {
  const [next] = ahead;
  if (!next) return undefined;
  const beyond = [...ahead, ...clashes.filter(({ n }) => n > to)].map(({ mark }) => timeOfMark(mark));
  const first = beyond.toSorted()[0] ?? begins;
  return { from: to + 1, to: next.n - 1, due: new Date(Date.parse(first) + PROMPTLY).toISOString() };
};

/** Numbers that several events have, each with the time of the last of these. */
export const clashesOf = ({ clashes }: Count): ReadonlyMap<number, string> => {
  const times = new Map<number, string>();
  for (const { n, mark } of clashes) {
    const at = timeOfMark(mark);
    times.set(n, at > (times.get(n) ?? begins) ? at : (times.get(n) ?? begins));
  }
  return times;
};
