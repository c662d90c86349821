import { setImmediate as turn } from 'node:timers/promises';
import { inParallel } from './crowd';

describe('a crowd', () => {
  it('does everything, never more at a time than it is wide', async () => {
    const done: number[] = [];
    let [busy, most] = [0, 0];
    await inParallel([1, 2, 3, 4, 5], 2, async (n) => {
      most = Math.max(most, (busy += 1));
      await turn();
      done.push(n);
      busy -= 1;
    });
    expect(done.toSorted()).toEqual([1, 2, 3, 4, 5]);
    expect(most).toBe(2);
  });

  it('stops at the first failure, which is not lost even if the next item was long in coming', async () => {
    const started: number[] = [];
    async function* slowly() {
      yield 1;
      for (let i = 0; i < 5; i += 1) await turn();
      yield 2;
      yield 3;
    }
    const work = async (n: number): Promise<void> => {
      started.push(n);
      if (n === 1) throw new Error('broken');
    };
    await expect(inParallel(slowly(), 4, work)).rejects.toThrow('broken');
    expect(started).not.toContain(3);
  });
});
