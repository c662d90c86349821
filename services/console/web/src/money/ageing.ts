import type { Schemas } from '../api/client';

type Aged = Schemas['OutstandingAgeing']['items'][number];
type Locked = Schemas['CashLocked']['items'][number];
export type Age = Aged['age'];
export type Stage = Locked['stage'];

export const ages = ['0-7', '8-14', '15-30', '31-60', '61-'] as const satisfies readonly Age[];
export const stages = ['to-collect', 'collected', 'captured-shipped', 'captured-delivered'] as const satisfies readonly Stage[];

/** What one source, carrier and channel owe in one currency, by age. */
export interface AgeingRow extends Pick<Aged, 'settlementSource' | 'carrier' | 'channel' | 'currency'> {
  readonly id: string;
  readonly byAge: Readonly<Partial<Record<Age, number>>>;
  readonly total: number;
  readonly overdue: number;
  readonly count: number;
  readonly oldestAt: string;
}

const sum = <Item>(items: readonly Item[], of: (item: Item) => number): number => items.reduce((total, item) => total + of(item), 0);

const grouped = <Item>(
  items: readonly Item[],
  keyOf: (item: Item) => string,
): readonly (readonly [string, readonly [Item, ...Item[]]])[] => {
  const groups = new Map<string, [Item, ...Item[]]>();
  for (const item of items) {
    const group = groups.get(keyOf(item));
    if (group) group.push(item);
    else groups.set(keyOf(item), [item]);
  }
  return [...groups];
};

/** A row for each that owes, and its ages beside one another. Two currencies are two rows: they are never added up. */
export const ageingRows = (items: readonly Aged[]): readonly AgeingRow[] =>
  grouped(items, ({ settlementSource, carrier, channel, currency }) => JSON.stringify([settlementSource, carrier, channel, currency])).map(
    ([id, [first, ...others]]) => {
      const all = [first, ...others];
      const { settlementSource, carrier, channel, currency } = first;
      return {
        ...{ id, settlementSource, carrier, channel, currency },
        byAge: Object.fromEntries(grouped(all, ({ age }) => age).map(([age, some]) => [age, sum(some, ({ amount }) => amount)])),
        total: sum(all, ({ amount }) => amount),
        overdue: sum(all, ({ overdue }) => overdue),
        count: sum(all, ({ count }) => count),
        oldestAt: all.map(({ oldestAt }) => oldestAt).sort()[0] ?? first.oldestAt,
      };
    },
  );

/** Money that is locked in one stage of one channel, in one currency. */
export interface LockedRow extends Pick<Locked, 'channel' | 'currency'> {
  readonly id: string;
  readonly byStage: Readonly<Partial<Record<Stage, number>>>;
  readonly total: number;
  readonly orders: number;
  /** Whole weeks that the oldest of it has been locked. */
  readonly weeks: number;
}

/** A row for each channel and currency, and its stages beside one another. */
export const lockedRows = (items: readonly Locked[]): readonly LockedRow[] =>
  grouped(items, ({ channel, currency }) => JSON.stringify([channel, currency])).map(([id, [first, ...others]]) => {
    const all = [first, ...others];
    return {
      ...{ id, channel: first.channel, currency: first.currency },
      byStage: Object.fromEntries(grouped(all, ({ stage }) => stage).map(([stage, some]) => [stage, sum(some, ({ amount }) => amount)])),
      total: sum(all, ({ amount }) => amount),
      orders: sum(all, ({ orders }) => orders),
      weeks: Math.max(...all.map(({ weeks }) => weeks)),
    };
  });

/** Where each part of a bar begins and how wide it is, of 100; parts below zero have no width. */
export const partsOf = (amounts: readonly number[]): readonly (readonly [start: number, width: number])[] => {
  const sizes = amounts.map((amount) => Math.max(0, amount));
  const whole = sum(sizes, (size) => size);
  if (whole === 0) return sizes.map(() => [0, 0]);
  return sizes.map((size, at) => [(100 * sum(sizes.slice(0, at), (each) => each)) / whole, (100 * size) / whole]);
};
