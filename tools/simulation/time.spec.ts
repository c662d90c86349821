import { simulateMachine } from './globals';
import { chanceOf } from './random';
import { SimulatedTime } from './time';

describe('simulated time', () => {
  it('brings everything in the order of its times, and what has the same time in the order in which it was asked for', async () => {
    const time = new SimulatedTime(0);
    const said: string[] = [];
    for (const [name, ms] of [
      ['c', 30],
      ['a', 10],
      ['b', 20],
      ['a2', 10],
    ] as const)
      time.after(ms, () => said.push(`${name} ${time.now}`));
    await time.pass(25);
    expect(said).toEqual(['a 10', 'a2 10', 'b 20']);
    expect(time.now).toBe(25);
  });

  it('is late with everything after it was skipped, and forgets what was called off', async () => {
    const time = new SimulatedTime(0);
    const said: string[] = [];
    time.after(10, () => said.push(`late ${time.now}`));
    time.after(5, () => said.push('called off'))();
    time.skip(1_000);
    await time.pass(0);
    expect(said).toEqual(['late 1000']);
  });

  it('lets all that follows from one thing happen before the next, however many there are', async () => {
    const time = new SimulatedTime(0);
    const said: string[] = [];
    const say = async (n: number): Promise<void> => {
      await new Promise<void>((resolve) => process.nextTick(resolve));
      for (let i = 0; i < 10; i += 1) await Promise.resolve();
      process.nextTick(() => said.push(`${n}`));
    };
    for (let n = 1; n <= 200; n += 1) time.after(n, () => void (said.push(`${n} at ${time.now}`), say(n)));
    await time.pass(100);
    await time.pass(100);
    expect(said).toEqual(Array.from({ length: 200 }, (_, i) => [`${i + 1} at ${i + 1}`, `${i + 1}`]).flat());
  });
});

describe('a simulated machine', () => {
  it('tells whoever waits for any of several signals, once, why the first of them came', () => {
    const back = simulateMachine(new SimulatedTime(0), 1);
    try {
      const [one, other] = [new AbortController(), new AbortController()];
      const either = AbortSignal.any([one.signal, other.signal]);
      const said: unknown[] = [];
      either.addEventListener('abort', () => said.push(either.reason));
      other.abort('other');
      one.abort('one');
      expect([said, AbortSignal.any([one.signal]).reason]).toEqual([['other'], 'one']);
    } finally {
      back();
    }
  });
});

describe('chance', () => {
  it('is the same for the same names, and another for others', () => {
    const numbers = (...names: readonly (string | number)[]): readonly number[] => {
      const { whole } = chanceOf(7, ...names);
      return Array.from({ length: 20 }, () => whole(0, 1_000));
    };
    expect(numbers('life', 1)).toEqual(numbers('life', 1));
    expect(numbers('life', 1)).not.toEqual(numbers('life', 2));
  });

  it('draws every name as often as its share says, roughly', () => {
    const { drawn } = chanceOf(1, 'shares');
    const counted = { often: 0, seldom: 0, never: 0 };
    for (let n = 0; n < 10_000; n += 1) counted[drawn({ often: 9, seldom: 1, never: 0 })] += 1;
    expect(counted.never).toBe(0);
    expect(counted.seldom).toBeGreaterThan(800);
    expect(counted.seldom).toBeLessThan(1_200);
  });
});
