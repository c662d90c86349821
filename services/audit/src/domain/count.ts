import { PROMPTLY } from './rule';

/** Before everything. */
export const begins = '';

/** An event that was heard before another that should stand before it. */
interface Ahead {
  readonly n: number;
  readonly mark: string;
  /** Of so many that each has no mark of its own: all from `n` up to here were heard, and the mark is that of the earliest. */
  readonly to?: number;
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
/** One that never comes, such as one that no broker takes, must not have all that follow kept one by one for ever. */
const MOST_AHEAD = 100;
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

const lastOf = ({ n, to = n }: Ahead): number => to;
const isEarlier = (one: Ahead, other: Ahead): boolean => timeOfMark(one.mark) < timeOfMark(other.mark);

/** Of many, those that follow each other without a gap are one, except the last. */
const packed = (all: readonly Ahead[]): readonly Ahead[] => {
  if (all.length <= MOST_AHEAD) return all;
  const runs: Ahead[] = [];
  for (const one of all.slice(0, -REMEMBERED)) {
    const before = runs.at(-1);
    if (before === undefined || lastOf(before) + 1 !== one.n) runs.push(one);
    else runs.splice(-1, 1, { n: before.n, mark: isEarlier(one, before) ? one.mark : before.mark, to: lastOf(one) });
  }
  return [...runs, ...all.slice(-REMEMBERED)];
};

/** What follows without a gap is counted on. */
const joined = (count: Count): Count => {
  let { to, recent } = count;
  let joins = 0;
  for (const next of count.ahead) {
    if (next.n !== to + 1) break;
    recent = next.to === undefined ? [...recent, next.mark].slice(-REMEMBERED) : [];
    to = lastOf(next);
    joins += 1;
  }
  return { ...count, to, recent, ahead: count.ahead.slice(joins) };
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
  const waiting = count.ahead.find((each) => each.n <= one.n && one.n <= lastOf(each));
  if (waiting === undefined) return joined({ ...count, ahead: packed(added(count.ahead, one)) });
  return waiting.to === undefined ? clashed(count, waiting.mark, one) : count;
};

/** How many were heard, each once. */
export const heardOf = ({ to, ahead }: Count): number => ahead.reduce((sum, one) => sum + lastOf(one) - one.n + 1, to);

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
