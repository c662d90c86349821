import { QueryClient } from '@tanstack/react-query';
import { createApi } from '../api/client';
import { countedIn, countOf, heldIn, orderCounts, type OrderCounts } from './counting';
import type { Asking, Filters, QueueKind } from './queue';
import { nameOfItem, type KnownWork } from './work/known-work';
import type { ItemWork } from './work/standing';
import type { PageAsked } from '../tables/Listed';

interface Row {
  readonly at: string;
}

const since = ({ at }: Row): string => at;
const newestFirst = [{ at: '2026-11-28T12:00:00Z' }, { at: '2026-11-28T09:00:00+02:00' }, { at: '2026-11-28T08:00:00Z' }];

/** Where this sleeps, and nobody has to be asked for it. */
const asking = (asleep: KnownWork | null = new Map()): Asking => {
  const client = new QueryClient();
  client.setQueryData(['work', 'snoozed'], asleep);
  return { api: createApi('http://here', { token: () => Promise.resolve(undefined), refused: () => undefined }), client };
};

afterEach(() => jest.restoreAllMocks());

describe('how many wait in a queue', () => {
  it('is as many as its list has, the oldest of which waits longest', () =>
    expect(countedIn({ items: newestFirst, next: null }, { since })).toEqual({
      ...{ count: 3, upTo: Infinity },
      oldest: '2026-11-28T09:00:00+02:00',
    }));

  it('is no more than is counted, and nobody says what is oldest where the list begins with the newest', () => {
    const counted = countedIn({ items: newestFirst, next: 'more' }, { since });
    expect(counted).toEqual({ count: 3, upTo: 3, oldest: null });
    expect(countedIn({ items: newestFirst.toReversed(), next: 'more' }, { since, isOldestFirst: true }).oldest).not.toBeNull();
  });

  it('is nothing where nothing is', () =>
    expect(countedIn({ items: [], next: null }, { since })).toEqual({ count: 0, upTo: Infinity, oldest: null }));

  it('is what the queue counts itself, or else what its first page tells', async () => {
    const asked: unknown[] = [];
    const kind = {
      since,
      ask: async (_: unknown, filters: object, page: object) => (asked.push(filters, page), { items: newestFirst, next: null }),
    } as unknown as QueueKind<Row, unknown>;
    expect((await countOf(kind, asking())).count).toBe(3);
    expect(asked).toEqual([{}, { limit: 200 }]);
    expect((await countOf({ ...kind, count: async () => ({ count: 70, upTo: 100, oldest: null }) }, asking())).count).toBe(70);
  });
});

describe('how many of them do not sleep', () => {
  const sleepsUntil = (key: string, snoozedUntil: string): readonly [string, ItemWork] => [
    nameOfItem('holds', key),
    {
      ...{ queue: 'holds', key, version: 1, assignee: null, mine: false, notes: 0, changedAt: '2026-11-29T00:00:00Z' },
      ...{ snoozedUntil, snoozeReason: 'Later.' },
    },
  ];
  const hour = (n: number): string => new Date(Date.now() + n * 3_600_000).toISOString();
  /** So many items, one after the other, of which the queue may count all at once. */
  const kindOf = (most: number, counted?: number) =>
    ({
      ...{ id: 'holds', since: () => '2026-11-28T00:00:00Z', itemOf: ({ at }: Row) => at },
      ask: async (_: unknown, _filters: Filters, { limit, cursor = '0' }: PageAsked) => {
        const from = Number(cursor);
        const items = Array.from({ length: Math.min(limit, most - from) }, (_each, i) => ({ at: String(from + i) }));
        return { items, next: from + limit < most ? String(from + limit) : null };
      },
      ...(counted === undefined ? {} : { count: async () => ({ count: counted, upTo: 10_000, oldest: '2026-11-01T00:00:00Z' }) }),
    }) as unknown as QueueKind<Row, unknown>;
  const asleep = new Map([sleepsUntil('0', hour(1)), sleepsUntil('7', hour(1)), sleepsUntil('8', hour(-1)), sleepsUntil('gone', hour(1))]);

  it.each([undefined, 12])('is all but those that sleep and are still there: counted at once as %s', async (counted) =>
    expect(await countOf(kindOf(12, counted), asking(asleep))).toMatchObject({ count: 10, upTo: Infinity }),
  );

  it('is what the queue counts, without those that were found asleep, where it is long', async () =>
    expect(await countOf(kindOf(5_000, 5_000), asking(asleep))).toEqual({ count: 4_998, upTo: 10_000, oldest: '2026-11-01T00:00:00Z' }));

  it('is all of them for who may not know what sleeps', async () =>
    expect(await countOf(kindOf(12, 12), asking(null))).toMatchObject({ count: 12 }));
});

describe('orders that stand still', () => {
  const counts = {
    upTo: 10_000,
    statuses: [{ status: 'on-hold', orders: 9, oldest: '2026-11-01T00:00:00Z' }],
    holds: [{ type: 'stock-short', orders: 2, oldest: '2026-11-02T00:00:00Z' }],
  } as unknown as OrderCounts;

  it('are counted all, or by what keeps them', () => {
    expect(heldIn(counts)).toEqual({ count: 9, upTo: 10_000, oldest: '2026-11-01T00:00:00Z' });
    expect(heldIn(counts, 'stock-short')).toEqual({ count: 2, upTo: 10_000, oldest: '2026-11-02T00:00:00Z' });
    expect(heldIn(counts, 'unfillable')).toEqual({ count: 0, upTo: 10_000, oldest: null });
  });

  it('are counted by one request for all queues', async () => {
    const fetched = jest
      .spyOn(globalThis, 'fetch')
      .mockImplementation(async () => new Response(JSON.stringify(counts), { headers: { 'content-type': 'application/json' } }));
    const same = asking();
    await Promise.all([orderCounts(same), orderCounts(same)]);
    expect(fetched).toHaveBeenCalledTimes(1);
  });
});
