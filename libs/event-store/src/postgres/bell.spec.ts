import { bell } from './bell';

const never = 1_000_000;

describe('a bell', () => {
  it('wakes everybody who waits', async () => {
    const { ring, rings, next } = bell(never);
    const { signal } = new AbortController();
    const waiting = [next(rings(), signal), next(rings(), signal)];
    ring();
    expect(await Promise.all(waiting)).toEqual(['rung', 'rung']);
  });

  it('does not let a ring be missed by who was still reading', async () => {
    const { ring, rings, next } = bell(never);
    const heard = rings();
    ring();
    expect(await next(heard, new AbortController().signal)).toBe('rung');
  });

  it('ticks by itself, once for all who wait', async () => {
    const { rings, next } = bell(5);
    const { signal } = new AbortController();
    expect(await Promise.all([next(rings(), signal), next(rings(), signal)])).toEqual(['tick', 'tick']);
    expect(await next(rings(), signal)).toBe('tick');
  });

  it('lets go of who is told to stop, and only of that one', async () => {
    const { ring, rings, next } = bell(never);
    const stopped = new AbortController();
    const waiting = [next(rings(), stopped.signal), next(rings(), new AbortController().signal)];
    stopped.abort();
    expect(await waiting[0]).toBe('stopped');
    ring();
    expect(await waiting[1]).toBe('rung');
    expect(await next(rings(), stopped.signal)).toBe('stopped');
  });
});
