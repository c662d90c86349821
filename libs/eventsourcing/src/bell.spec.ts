import { bell } from './bell';
import { manualClock } from './manual-clock';

describe('a bell', () => {
  it('wakes everybody who waits', async () => {
    const { ring, rings, next } = bell();
    const { signal } = new AbortController();
    const waiting = [next(rings(), signal), next(rings(), signal)];
    ring();
    expect(await Promise.all(waiting)).toEqual(['rung', 'rung']);
  });

  it('does not let a ring be missed by who was still looking', async () => {
    const { ring, rings, next } = bell();
    const heard = rings();
    ring();
    expect(await next(heard, new AbortController().signal)).toBe('rung');
  });

  it('ticks by itself, once for all who wait, and keeps no timer when nobody does', async () => {
    const clock = manualClock();
    const { ring, rings, next } = bell({ everyMs: 5_000, clock });
    const { signal } = new AbortController();
    const waiting = [next(rings(), signal), next(rings(), signal)];
    expect(clock.waiting()).toBe(1);
    await clock.advance(5_000);
    expect(await Promise.all(waiting)).toEqual(['tick', 'tick']);
    const again = next(rings(), signal);
    ring();
    expect(await again).toBe('rung');
    expect(clock.waiting()).toBe(0);
  });

  it('lets go of who is told to stop, and only of that one', async () => {
    const { ring, rings, next } = bell();
    const stopped = new AbortController();
    const waiting = [next(rings(), stopped.signal), next(rings(), new AbortController().signal)];
    stopped.abort();
    expect(await waiting[0]).toBe('stopped');
    ring();
    expect(await waiting[1]).toBe('rung');
    expect(await next(rings(), stopped.signal)).toBe('stopped');
  });
});
