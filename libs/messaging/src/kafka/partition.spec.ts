import { systemClock } from '@cartage/eventsourcing';
import { eventually } from '@cartage/testkit';
import type { KafkaMessage } from 'kafkajs';
import { Partition } from './partition';

const message = (offset: number): KafkaMessage => ({
  offset: String(offset),
  key: null,
  value: null,
  timestamp: '',
  attributes: 0,
  headers: {},
});
const batch = (from: number, to: number, end = to + 1) => ({
  messages: Array.from({ length: to - from + 1 }, (_, i) => message(from + i)),
  highWatermark: String(end),
});

/** A partition whose events are done when they are told to, each of a key of its own. */
const partitionOf = (window: number, sizes?: { readonly windowBytes: number; readonly bytesOf: (offset: number) => number }) => {
  const begun: number[] = [];
  const ends: (() => void)[] = [];
  const partition = new Partition({
    window,
    windowBytes: sizes?.windowBytes,
    clock: systemClock,
    onProgress: () => undefined,
    settle: async ({ run }) => (await run(), true),
    incoming: ({ offset }) => ({
      key: offset,
      bytes: sizes?.bytesOf(Number(offset)),
      run: () => new Promise<void>((resolve) => (begun.push(Number(offset)), ends.push(resolve))),
      letter: () => {
        throw new Error('Nothing is stored here.');
      },
    }),
  });
  return { partition, begun, endOne: () => ends.shift()?.() };
};

describe('a partition', () => {
  it('takes each record once and in order, however batches overlap and wait for room', async () => {
    const { partition, begun, endOne } = partitionOf(2);
    const pause = () => () => undefined;
    const taken = [batch(0, 4), batch(3, 6), batch(7, 7)].map((fetched) => partition.take(fetched, pause));
    await eventually(() => expect(begun).toEqual([0, 1]));
    for (let done = 1; done <= 8; done += 1) {
      endOne();
      await eventually(() => expect(begun).toHaveLength(Math.min(8, done + 2)));
    }
    await Promise.all(taken);
    expect(begun).toEqual([0, 1, 2, 3, 4, 5, 6, 7]);
    await eventually(() => expect(partition.toCommit).toBe(7));
  });

  it('takes no more into its hands than so many bytes, but one that is larger alone', async () => {
    const { partition, begun, endOne } = partitionOf(500, { windowBytes: 100, bytesOf: (offset) => (offset === 3 ? 5_000 : 50) });
    const taken = partition.take(batch(0, 5), () => () => undefined);
    await eventually(() => expect(begun).toEqual([0, 1]));
    endOne();
    await eventually(() => expect(begun).toEqual([0, 1, 2]));
    endOne();
    await eventually(() => expect(begun).toEqual([0, 1, 2, 3]));
    endOne();
    await eventually(() => expect(partition.toCommit).toBe(2));
    expect(begun).toEqual([0, 1, 2, 3]);
    endOne();
    await eventually(() => expect(begun).toEqual([0, 1, 2, 3, 4, 5]));
    await taken;
  });

  it('is behind by what the topic held at the last fetch and is not done', async () => {
    const { partition, endOne } = partitionOf(10);
    expect(partition.behind).toBe(0);
    await partition.take(batch(100, 102, 110), () => () => undefined);
    expect(partition.behind).toBe(10);
    endOne();
    endOne();
    await eventually(() => expect(partition.behind).toBe(8));
    await partition.take(batch(103, 109), () => () => undefined);
    for (let left = 8; left > 0; left -= 1) endOne();
    await eventually(() => expect(partition.behind).toBe(0));
  });

  it('has no more fetched while there is no room for long', async () => {
    const { partition, endOne } = partitionOf(1);
    const paused: string[] = [];
    await partition.take(batch(0, 1), () => {
      paused.push('paused');
      return () => paused.push('resumed');
    });
    expect(paused).toEqual(['paused']);
    endOne();
    await eventually(() => expect(paused).toEqual(['paused', 'resumed']));
    endOne();
  });
});
