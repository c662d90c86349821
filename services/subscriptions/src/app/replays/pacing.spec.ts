import type { Served } from '../../domain/pace';
import { Pacing } from './pacing';

describe('the pacing of replays', () => {
  let [now, served]: [number, Served] = [0, { count: 0, meanMs: 0 }];
  const pacing = () => new Pacing({ clock: { now: () => new Date(now) }, served: { take: () => served, hasAny: () => served.count > 0 } });
  const windows = (paces: Pacing, n: number): readonly number[] => Array.from({ length: n }, () => ((now += 1_000), paces.share()));

  it('changes once in a window, however often it is asked', () => {
    const paces = pacing();
    now += 999;
    expect([paces.share(), paces.share()]).toEqual([0.1, 0.1]);
    now += 1;
    expect([paces.share(), paces.share()]).toEqual([0.2, 0.2]);
  });

  it('rests now and then while somebody commands something, and goes down where that takes longer beside a replay', () => {
    const paces = pacing();
    served = { count: 50, meanMs: 10 };
    expect(windows(paces, 2)).toEqual([0, 0.1]);
    served = { count: 50, meanMs: 20 };
    expect(windows(paces, 4).map((share) => share.toFixed(3))).toEqual(['0.080', '0.064', '0.000', '0.051']);
  });

  it('goes on by its windows when the clock was put back', () => {
    const paces = pacing();
    served = { count: 50, meanMs: 10 };
    expect(windows(paces, 1)).toEqual([0]);
    now -= 3_600_000;
    expect(windows(paces, 1)).toEqual([0.1]);
  });

  it('begins with little where no replay has gone on for a while', () => {
    const paces = pacing();
    served = { count: 0, meanMs: 0 };
    expect(windows(paces, 5).at(-1)).toBe(1);
    now += 60_000;
    served = { count: 9_000, meanMs: 10 };
    expect(paces.share()).toBe(0);
    expect(windows(paces, 1)).toEqual([0.1]);
  });

  it('is little as soon as the first command comes, and not only with the next window', () => {
    const paces = pacing();
    served = { count: 0, meanMs: 0 };
    expect(windows(paces, 5).at(-1)).toBe(1);
    served = { count: 1, meanMs: 10 };
    now += 100;
    expect(paces.share()).toBe(0);
    expect(windows(paces, 1)).toEqual([0.1]);
  });
});
