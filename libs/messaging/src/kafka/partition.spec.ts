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
const partitionOf = (window: number) => {
  const begun: number[] = [];
  const ends: (() => void)[] = [];
  const partition = new Partition({
    window,
    clock: systemClock,
    onProgress: () => undefined,
    settle: async ({ run }) => (await run(), true),
    incoming: ({ offset }) => ({
      key: offset,
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
