/** Chance that follows from a seed, and from nothing else. */
export interface Chance {
  /** A whole number, both ends included. */
  whole(least: number, most: number): number;
  /** Happens so many times in a hundred; fractions of one are taken. */
  percent(share: number): boolean;
  pick<Item>(items: readonly Item[]): Item;
  /** Of these shares one; the name of what was drawn. */
  drawn<Name extends string>(shares: Readonly<Record<Name, number>>): Name;
}

/** FNV-1a: names become numbers, the same ones everywhere. */
const hashOf = (text: string): number => {
  let hash = 0x811c9dc5;
  for (let i = 0; i < text.length; i += 1) hash = Math.imul(hash ^ text.charCodeAt(i), 0x01000193);
  return hash >>> 0;
};

/** Mulberry32: fast, and good enough to choose by. */
export const numbersFrom = (seed: number): (() => number) => {
  let state = seed >>> 0;
  return () => {
    state = (state + 0x6d2b79f5) >>> 0;
    let mixed = Math.imul(state ^ (state >>> 15), state | 1);
    mixed ^= mixed + Math.imul(mixed ^ (mixed >>> 7), mixed | 61);
    return ((mixed ^ (mixed >>> 14)) >>> 0) / 2 ** 32;
  };
};

/** What is named differently is drawn independently: to leave one life out changes no other. */
export const chanceOf = (seed: number, ...names: readonly (string | number)[]): Chance => {
  const next = numbersFrom(hashOf(JSON.stringify([seed, ...names])));
  const whole = (least: number, most: number): number => least + Math.floor(next() * (most - least + 1));
  return {
    whole,
    percent: (share) => next() * 100 < share,
    pick: (items) => {
      if (items.length === 0) throw new RangeError('There is nothing to pick from.');
      return items[whole(0, items.length - 1)] as (typeof items)[number];
    },
    drawn: (shares) => {
      const entries = Object.entries<number>(shares) as [keyof typeof shares, number][];
      let left = next() * entries.reduce((sum, [, share]) => sum + share, 0);
      return (entries.find(([, share]) => (left -= share) < 0) ?? entries[entries.length - 1])?.[0] as keyof typeof shares;
    },
  };
};
