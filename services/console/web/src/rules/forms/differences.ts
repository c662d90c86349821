import type { Place } from './places';

/** A field that says something else than before: what is undefined was not there, or is not any more. */
export interface Difference {
  readonly place: Place;
  readonly before: unknown;
  readonly now: unknown;
}

/** An item of a list that says the same at another place. */
export interface Move {
  readonly place: Place;
  /** Where it was, from 0. */
  readonly from: number;
}

export type Change = Difference | Move;

type Named = Readonly<Record<string, unknown>>;

const isNamed = (value: unknown): value is Named => typeof value === 'object' && value !== null && !Array.isArray(value);
const isParts = (value: unknown): boolean => Array.isArray(value) && value.some((item) => typeof item === 'object' && item !== null);

/** Fields of an object by their names, so that the order in which they came says nothing. */
const keyOf = (value: unknown): string =>
  JSON.stringify(value, (_, part: unknown) =>
    isNamed(part) ? Object.fromEntries(Object.entries(part).toSorted(([a], [b]) => (a < b ? -1 : 1))) : part,
  ) ?? '';

export const isSame = (before: unknown, now: unknown): boolean => keyOf(before) === keyOf(now);

/** Items that say the same in both lists, in the same order: as many as are found, from the beginning and from the end. */
const anchors = (before: readonly unknown[], now: readonly unknown[]): readonly (readonly [number, number])[] => {
  const begin = before.findIndex((item, at) => at >= now.length || !isSame(item, now[at]));
  const same = begin < 0 ? before.length : begin;
  const most = Math.min(before.length, now.length) - same;
  const fromEnd = [...Array(most).keys()].findIndex((at) => !isSame(before.at(-1 - at), now.at(-1 - at)));
  const end = fromEnd < 0 ? most : fromEnd;
  return [
    ...[...Array(same).keys()].map((at) => [at, at] as const),
    ...[...Array(end).keys()].map((at) => [before.length - end + at, now.length - end + at] as const),
  ];
};

interface Pairing {
  readonly pairs: readonly (readonly [before: number, now: number])[];
  readonly gone: readonly number[];
  readonly added: readonly number[];
}

const restOf = (length: number, taken: ReadonlySet<number>): number[] => [...Array(length).keys()].filter((at) => !taken.has(at));

/** Which item of now is which of before: what says the same, wherever it is; then what is left, one after the other. */
const pairing = (before: readonly unknown[], now: readonly unknown[]): Pairing => {
  const pairs: (readonly [number, number])[] = [...anchors(before, now)];
  const take = (isPair: (was: number, is: number) => boolean): void => {
    const was = restOf(before.length, new Set(pairs.map(([at]) => at)));
    const is = restOf(now.length, new Set(pairs.map(([, at]) => at)));
    for (const at of was) {
      const found = is.findIndex((each) => isPair(at, each));
      if (found >= 0) pairs.push([at, is.splice(found, 1)[0] ?? 0]);
    }
  };
  take((was, is) => isSame(before[was], now[is]));
  take(() => true);
  return {
    pairs: pairs.toSorted(([, a], [, b]) => a - b),
    gone: restOf(before.length, new Set(pairs.map(([at]) => at))),
    added: restOf(now.length, new Set(pairs.map(([, at]) => at))),
  };
};

/** Pairs that are not in the order of before: those are at another place, and the others only had others put before them. By their place now. */
const outOfOrder = (pairs: Pairing['pairs']): ReadonlySet<number> => {
  const found = new Set<number>();
  let furthest = -1;
  for (const [was, is] of pairs) {
    if (was < furthest) found.add(is);
    furthest = Math.max(furthest, was);
  }
  return found;
};

const ofLists = (before: readonly unknown[], now: readonly unknown[], place: Place): readonly Change[] => {
  const { pairs, gone, added } = pairing(before, now);
  const elsewhere = outOfOrder(pairs);
  return [
    ...pairs.flatMap(([was, is]): readonly Change[] => {
      const at = [...place, is];
      if (isSame(before[was], now[is])) return elsewhere.has(is) ? [{ place: at, from: was }] : [];
      return changesOf(before[was], now[is], at);
    }),
    ...added.flatMap((at) => changesOf(undefined, now[at], [...place, at])),
    ...gone.flatMap((at) => changesOf(before[at], undefined, [...place, at])),
  ];
};

const ofNamed = (before: Named, now: Named, place: Place): readonly Change[] =>
  [...new Set([...Object.keys(before), ...Object.keys(now)])].flatMap((name) => changesOf(before[name], now[name], [...place, name]));

/** Both are objects, or one is and the other was not there; two empty ones have no fields to tell of. */
const areNamed = (sides: readonly unknown[]): boolean =>
  sides.every((side) => side === undefined || isNamed(side)) && sides.some((side) => isNamed(side) && Object.keys(side).length > 0);

const named = (value: unknown): Named => (isNamed(value) ? value : {});
const listed = (value: unknown): readonly unknown[] => (Array.isArray(value) ? value : []);

/** Whatever is made of parts is told part by part, also where it was not there before or is gone. */
export const changesOf = (before: unknown, now: unknown, place: Place = []): readonly Change[] => {
  if (isSame(before, now)) return [];
  if (areNamed([before, now])) return ofNamed(named(before), named(now), place);
  if (isParts(before) || isParts(now)) return ofLists(listed(before), listed(now), place);
  return [{ place, before, now }];
};

/** What came to a list of texts or numbers, what went, and whether only their order is another. */
export const listChange = (before: readonly unknown[], now: readonly unknown[]) => ({
  added: now.filter((item) => !before.includes(item)),
  gone: before.filter((item) => !now.includes(item)),
});
