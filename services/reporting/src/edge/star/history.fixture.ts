import { Topics, type Envelope, type PublicEvent } from '@cartage/contracts';
import { sampleOf } from '@cartage/testkit';
import fc from 'fast-check';
import { toldOf } from './events.fixture';

export interface Lived {
  /** When each version of the item came to hold, in seconds of an hour; mostly one after the other, and not always. */
  readonly changes: readonly number[];
  /** When units of it moved. */
  readonly movements: readonly number[];
  /** In this order the events come, cut into batches; some twice. */
  readonly ranks: readonly number[];
  readonly again: readonly number[];
  readonly cut: number;
}

const second = fc.integer({ min: 0, max: 3_599 });

export const livedOnce: fc.Arbitrary<Lived> = fc.record({
  changes: fc.oneof(
    fc.array(second, { maxLength: 5 }).map((all) => all.toSorted((one, other) => one - other)),
    fc.array(second, { maxLength: 5 }),
  ),
  movements: fc.array(second, { minLength: 1, maxLength: 6 }),
  ranks: fc.array(fc.integer({ min: 0, max: 99 }), { minLength: 11, maxLength: 11 }),
  again: fc.array(fc.nat({ max: 10 }), { maxLength: 4 }),
  cut: fc.integer({ min: 1, max: 4 }),
});

export const instant = (seconds: number): string => new Date(Date.UTC(2026, 10, 28, 9, 0, seconds)).toISOString();

const { category: _, ...uncategorised } = sampleOf('ItemChanged');

const described = (sku: string, { changes }: Lived): readonly PublicEvent[] =>
  changes.map((at, i) => ({
    type: 'ItemChanged',
    data: {
      ...{ ...uncategorised, sku, title: `${sku} ${i + 1}`, revision: i + 1, changedAt: instant(at) },
      // Every second description says nothing of it.
      ...(i % 2 === 0 ? { category: 'gifts' } : {}),
    },
  }));

const received = (sku: string, { movements }: Lived): readonly PublicEvent[] =>
  movements.map((at) => ({ type: 'StockReceived', data: { ...sampleOf('StockReceived'), sku, levels: [], receivedAt: instant(at) } }));

/** The lives of items as inventory tells them: descriptions, and units that come. Each item counts its own events. */
export const toldOfItems = (lives: readonly Lived[]): readonly (readonly Envelope[])[] =>
  lives.map((lived, item) => {
    const sku = skuOf(item);
    const told = toldOf(Topics.inventory, ...described(sku, lived), ...received(sku, lived));
    return told.map((each, n) => ({ ...each, id: `0199a3c4-7b1e-7c3d-9f2c-${String(item * 100 + n).padStart(12, '0')}`, subject: sku }));
  });

export const skuOf = (item: number): string => `MUG-${item}`;

/** Each life in an order of its own, one after the other. */
export const shuffled = (events: readonly (readonly Envelope[])[], lives: readonly Lived[]): readonly (readonly Envelope[])[] =>
  lives.flatMap(({ ranks, again, cut }, item) => {
    const mine = events[item] ?? [];
    const ranked = mine.map((event, i) => ({ event, rank: ranks[i] ?? 0 })).toSorted((one, other) => one.rank - other.rank);
    const all = [...ranked.map(({ event }) => event), ...again.flatMap((i) => mine[i] ?? [])];
    return Array.from({ length: Math.ceil(all.length / cut) }, (_, i) => all.slice(i * cut, (i + 1) * cut));
  });

/** What an item was called at that time: a version holds from its own time on, or from that of an earlier one which is later, until the next one does. */
export const titleAt = (sku: string, { changes }: Lived, at: number): string | null => {
  const held = changes.map((_, i) => Math.max(...changes.slice(0, i + 1))).filter((from) => from <= at).length;
  return held === 0 ? null : `${sku} ${held}`;
};
