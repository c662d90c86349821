import { hasPassed, systemClock } from './clock';
import { manualClock } from './manual-clock';

describe('the time of the machine', () => {
  it('ends a pause by itself, or quietly when it is told to', async () => {
    await expect(systemClock.pause(1)).resolves.toBeUndefined();
    const stopped = new AbortController();
    const pausing = systemClock.pause(1_000_000, stopped.signal);
    stopped.abort();
    await expect(pausing).resolves.toBeUndefined();
    await expect(systemClock.pause(1_000_000, stopped.signal)).resolves.toBeUndefined();
  });

  it('does not take a pause of months for none', async () => {
    const stopped = new AbortController();
    const ended: string[] = [];
    const long = systemClock.pause(2 ** 40, stopped.signal).then(() => ended.push('long'));
    await systemClock.pause(5).then(() => ended.push('short'));
    stopped.abort();
    await long;
    expect(ended).toEqual(['short', 'long']);
  });
});

describe('how long it is', () => {
  it.each([
    [1_000, 0, 999, false],
    [1_000, 0, 1_000, true],
    [1_000, Number.NEGATIVE_INFINITY, 0, true],
    [0, 7, 7, true],
  ])('is told by the clock: %s ms since %s are over at %s: %s', (ms, since, now, isOver) =>
    expect(hasPassed(ms, { since, now })).toBe(isOver),
  );

  it('counts as long enough where the clock was put back', () => expect(hasPassed(1_000, { since: 3_600_000, now: 0 })).toBe(true));
});

describe('a clock that is moved by hand', () => {
  it('ends pauses in their order, each at its own time', async () => {
    const clock = manualClock('2026-11-23T12:00:00.000Z');
    const ended: string[] = [];
    const pause = async (ms: number): Promise<void> => {
      await clock.pause(ms);
      ended.push(`${ms} at ${clock.now().toISOString().slice(14, 19)}`);
    };
    const all = [pause(3_000), pause(1_000).then(() => pause(1_500))];
    await clock.advance(2_400);
    expect(ended).toEqual(['1000 at 00:01']);
    await clock.advance(600);
    await Promise.all(all);
    expect(ended).toEqual(['1000 at 00:01', '1500 at 00:02', '3000 at 00:03']);
    expect(clock.waiting()).toBe(0);
  });
});
