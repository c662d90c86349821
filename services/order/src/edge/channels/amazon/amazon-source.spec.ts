import { manualClock, type ManualClock } from '@cartage/eventsourcing';
import { AmazonOrder, AmazonSeller, eventually } from '@cartage/testkit';
import { polling, type PollLog } from '../../../app/channels/polling';
import { amazonSource } from './amazon-source';

let seller: AmazonSeller;
let clock: ManualClock;
let asked: { next: number; to: string };
let taken: string[];
let fail: string | undefined;

const log: PollLog = {
  take: async (_, { now, until }) => {
    if (asked.next > now.getTime()) return undefined;
    asked.next = until.getTime();
    return asked.to;
  },
  due: async () => undefined,
  keep: async () => undefined,
  end: async (_, { at, askedTo = asked.to }) => void (asked = { next: at.getTime(), to: askedTo }),
};

beforeEach(async () => {
  seller = new AmazonSeller();
  clock = manualClock();
  asked = { next: 0, to: '2026-11-27T10:05:00.000Z' };
  [taken, fail] = [[], undefined];
});
afterEach(() => seller.stop());

const sold = (id: string, changedAt: string): AmazonOrder =>
  seller.sell(new AmazonOrder({ id, changedAt, lines: [{ id: '1', sku: 'A', quantity: 1, paid: 1_000 }], currency: 'EUR' }));

const pollOf = async () => {
  const source = amazonSource({ ...(await seller.start()), clock });
  const take = async (_: string, { payload }: { payload: unknown }) => {
    const { orderId } = payload as { orderId: string };
    if (orderId === fail) throw new Error(`Cannot take ${orderId}.`);
    taken.push(orderId);
  };
  return { source, poll: polling({ sources: new Map([['shop', source]]), log, take, newId: () => 'id', clock }) };
};

describe('orders that have to be asked for', () => {
  it('are all that changed since the last time, with some overlap, page by page, and no sooner than it is time', async () => {
    const { poll } = await pollOf();
    seller.pageSize = 2;
    sold('old', '2026-11-27T09:54:59Z');
    for (const id of ['1', '2', '3', '4', '5']) sold(id, '2026-11-27T09:56:00Z');
    await poll();
    expect(taken).toEqual(['1', '2', '3', '4', '5']);
    expect(asked.to).toBe('2026-11-27T10:30:00Z');
    await poll();
    expect(taken).toHaveLength(5);
    await clock.advance(180_000);
    sold('6', '2026-11-27T10:31:00Z');
    await poll();
    expect(taken.slice(5)).toEqual(['6']);
  });

  it('are asked for again where one could not be taken, which keeps no other back', async () => {
    const { poll } = await pollOf();
    for (const id of ['1', '2']) sold(id, '2026-11-27T10:06:00Z');
    fail = '1';
    await expect(poll()).rejects.toThrow('Cannot take 1.');
    expect([taken, asked.to]).toEqual([['2'], '2026-11-27T10:05:00.000Z']);
    fail = undefined;
    await clock.advance(30_000);
    await poll();
    expect(taken).toEqual(['2', '1', '2']);
  });

  it('are left to the next process where this one is stopped while it waits for its turn at Amazon', async () => {
    const { poll } = await pollOf();
    seller.pageSize = 1;
    for (let id = 1; id <= 21; id += 1) sold(String(id), '2026-11-27T10:06:00Z');
    const stopping = new AbortController();
    const stopped = expect(poll(stopping.signal)).rejects.toThrow('it is being stopped');
    await eventually(() => expect(clock.waiting()).toBe(1));
    stopping.abort();
    await stopped;
    expect([taken.length, asked.next]).toEqual([20, clock.now().getTime() + 30_000]);
  });

  it('are the same message as long as they say the same', async () => {
    const { source } = await pollOf();
    const order = sold('305-1', '2026-11-27T10:06:00Z');
    const [one, same] = [await source.order('305-1'), await source.order('305-1')];
    order.changedAt = '2026-11-27T10:07:00Z';
    const other = await source.order('305-1');
    expect(one).toMatchObject({
      topic: 'order',
      payload: { orderId: '305-1' },
      messageId: expect.stringMatching(/^order\.305-1\.[0-9a-f]{32}$/),
    });
    expect([same?.messageId === one?.messageId, other?.messageId === one?.messageId]).toEqual([true, false]);
    expect(await source.order('nowhere')).toBeUndefined();
  });
});
