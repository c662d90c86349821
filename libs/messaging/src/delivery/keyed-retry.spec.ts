import { eventually } from '@cartage/testkit';
import pino from 'pino';
import { KeyedRetry, pauseOf, type Task } from './keyed-retry';

const log = pino({ level: 'silent' });
const retry = { attempts: 2, firstPauseMs: 1, longestPauseMs: 1 };
const taskOf = (key: string, run: () => Promise<unknown>, bury: Task['bury'] = async () => undefined): Task => ({ key, run, bury });
const deliver = (window = 10) => new KeyedRetry<number>({ retry, window, log, onProgress: () => undefined });

describe('delivery', () => {
  it('is done up to the oldest event that is not', async () => {
    const delivery = deliver();
    let end: () => void = () => undefined;
    delivery.offer(
      1,
      taskOf('a', () => new Promise<void>((resolve) => (end = resolve))),
    );
    delivery.offer(
      2,
      taskOf('b', async () => undefined),
    );
    delivery.offer(3);
    await Promise.resolve();
    expect(delivery.reached).toBeUndefined();
    end();
    await eventually(() => expect(delivery.reached).toBe(3));
  });

  it('holds no more than its window, and makes room when something is done', async () => {
    const delivery = deliver(2);
    const ends: (() => void)[] = [];
    for (const key of ['a', 'b'])
      delivery.offer(
        ends.length,
        taskOf(key, () => new Promise<void>((resolve) => ends.push(resolve))),
      );
    expect(delivery.hasRoom()).toBe(false);
    const room = delivery.room();
    ends[0]?.();
    await room;
    expect(delivery.hasRoom()).toBe(true);
    ends[1]?.();
  });

  it('tries again to bury what cannot be buried, and goes on only then', async () => {
    const delivery = deliver();
    const done: string[] = [];
    const poison = taskOf(
      'a',
      () => Promise.reject(new Error('poison')),
      async (_, attempts) => {
        done.push(`buried after ${attempts}`);
        if (done.length < 3) throw new Error('The graveyard is closed.');
      },
    );
    delivery.offer(1, poison);
    delivery.offer(
      2,
      taskOf('a', async () => done.push('next')),
    );
    await eventually(() => expect(delivery.reached).toBe(2));
    expect(done).toEqual(['buried after 2', 'buried after 2', 'buried after 2', 'next']);
  });

  it('pauses twice as long after each try, up to the longest pause', () => {
    const policy = { attempts: 8, firstPauseMs: 50, longestPauseMs: 300 };
    expect([1, 2, 3, 4, 5].map((attempt) => pauseOf(policy, attempt))).toEqual([50, 100, 200, 300, 300]);
    expect(pauseOf(policy, 5_000)).toBe(300);
  });
});
