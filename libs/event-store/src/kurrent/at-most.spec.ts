import { atMost } from './at-most';

describe('a bound on what runs at the same time', () => {
  it('starts no more than that, and everything in the order of its coming', async () => {
    const inTurn = atMost(2);
    const started: number[] = [];
    const ends: (() => void)[] = [];
    const all = [0, 1, 2, 3].map((n) =>
      inTurn(async () => {
        started.push(n);
        await new Promise<void>((resolve) => ends.push(resolve));
        return n;
      }),
    );
    await Promise.resolve();
    expect(started).toEqual([0, 1]);
    for (const n of [0, 1, 2, 3]) {
      ends[n]?.();
      await all[n];
    }
    expect(await Promise.all(all)).toEqual([0, 1, 2, 3]);
    expect(started).toEqual([0, 1, 2, 3]);
  });

  it('gives the place of what failed to the next', async () => {
    const inTurn = atMost(1);
    const failed = inTurn(async () => Promise.reject(new Error('away')));
    const next = inTurn(async () => 'done');
    await expect(failed).rejects.toThrow('away');
    expect(await next).toBe('done');
  });
});
